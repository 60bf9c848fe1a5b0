package io.interactionprocessor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.gateway.ServiceCatalog.NodePhase;
import io.interactionprocessor.protocol.ServiceEvent;
import io.interactionprocessor.protocol.ServiceObject;
import io.interactionprocessor.protocol.ServiceObject.NodeStatus;
import io.interactionprocessor.protocol.ServiceObject.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ServiceCatalogTest {
    private static final String HERE = "ws://here/ws";
    private static final NodeStatus THERE = new NodeStatus("ws://there/ws", true, 7);

    private final AtomicLong now = new AtomicLong();
    private final List<ServiceEvent> rendered = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final Consumer<String> subscriber = seen::add;
    private final ServiceCatalog catalog = new ServiceCatalog(
            HERE,
            event -> {
                rendered.add(event);
                return event.getClass().getSimpleName() + rendered.size();
            },
            now::get);

    @Test
    void theMonitorIsAlwaysThere() {
        catalog.phase(NodePhase.SERVING);

        ServiceObject monitor = catalog.services(Optional.empty()).get(0);
        assertThat(monitor.id()).isEqualTo("ServiceMonitor");
        assertThat(monitor.serviceStatus().status()).isEqualTo(Status.InService);
        assertThat(monitor.serviceStatus().nodes()).containsExactly(new NodeStatus(HERE, true, 0));
    }

    @Test
    void theSwitchsVersionIsToldWhenItIsKnown() {
        catalog.register("sim", "Switch", Map.of("cti-vendor", "Asterisk", "cti-version", ""));
        catalog.subscribe(subscriber);

        catalog.ctiVersion("sim", "");
        assertThat(seen).isEmpty();
        catalog.ctiVersion("sim", "22.1");
        catalog.ctiVersion("sim", "22.1");

        assertThat(seen).hasSize(1);
        assertThat(catalog.services(Optional.of("interactionProcessor")).get(0).info())
                .containsEntry("cti-version", "22.1")
                .containsEntry("cti-vendor", "Asterisk");
    }

    @Test
    void aServiceFollowsTheNodeAndTheLink() {
        catalog.register("sim", "Switch", Map.of());
        assertThat(sim().status()).isEqualTo(Status.Starting);
        assertThat(sim().acceptingClients()).isFalse();

        catalog.phase(NodePhase.SERVING);
        assertThat(sim().status()).isEqualTo(Status.OutOfService);
        assertThat(sim().acceptingClients()).isTrue();

        catalog.cluster("sim", true, List.of(THERE));
        assertThat(sim().status()).isEqualTo(Status.InService);

        catalog.accepting(false);
        assertThat(sim().status()).isEqualTo(Status.InService);
        assertThat(sim().acceptingClients()).isFalse();

        catalog.accepting(true);
        catalog.phase(NodePhase.STOPPING);
        assertThat(sim().status()).isEqualTo(Status.Stopping);
        assertThat(sim().acceptingClients()).isFalse();
    }

    @Test
    void itsNodesAreThisOneByOurOwnCountAndTheOthers() {
        serve();
        catalog.bound("sim");
        catalog.bound("sim");
        catalog.unbound("sim");
        catalog.cluster("sim", true, List.of(new NodeStatus(HERE, false, 99), THERE));

        assertThat(sim().clientCount()).isEqualTo(1);
        assertThat(sim().nodes()).containsExactly(new NodeStatus(HERE, true, 1), THERE);
    }

    @Test
    void servicesAreListedByType() {
        serve();

        assertThat(catalog.services(Optional.of("interactionProcessor")))
                .extracting(ServiceObject::id)
                .containsExactly("sim");
        assertThat(catalog.services(Optional.of("nothing"))).isEmpty();
        assertThat(catalog.services(Optional.empty()))
                .extracting(ServiceObject::id)
                .containsExactly("ServiceMonitor", "sim");
    }

    @Test
    void aSubscriberGetsTheListThenOnlyWhatChangesAfterIt() {
        serve();
        catalog.subscribe(subscriber);
        assertThat(rendered.get(0)).isInstanceOf(ServiceEvent.ServiceList.class);

        catalog.cluster("sim", true, List.of());
        assertThat(seen).isEmpty();
        catalog.cluster("sim", false, List.of());
        catalog.register("pbx", "Other", Map.of());
        catalog.unregister("pbx");

        assertThat(rendered.subList(1, rendered.size()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("ServiceStatusChanged", "ServiceRegistered", "ServiceUnregistered");
        assertThat(seen).hasSize(3);
    }

    @Test
    void statusAndNodesAreToldAtOnceEachTime() {
        serve();
        catalog.subscribe(subscriber);

        catalog.cluster("sim", true, List.of(THERE));
        catalog.cluster("sim", true, List.of(new NodeStatus(THERE.url(), false, 7)));
        catalog.cluster("sim", true, List.of());
        catalog.accepting(false);

        // The last one is the monitor's as well.
        assertThat(seen).hasSize(5);
    }

    @Test
    void countsAloneAreToldOnceInFiveSeconds() {
        serve();
        catalog.subscribe(subscriber);

        catalog.bound("sim");
        catalog.bound("sim");
        catalog.bound("sim");
        assertThat(lastTold().clientCount()).isEqualTo(1);
        now.addAndGet(4999);
        catalog.tick();
        assertThat(seen).hasSize(1);
        now.addAndGet(1);
        catalog.tick();
        assertThat(seen).hasSize(2);
        assertThat(lastTold().clientCount()).isEqualTo(3);
        now.addAndGet(60_000);
        catalog.tick();
        assertThat(seen).hasSize(2);
    }

    @Test
    void nobodyIsToldOfWhoWatches() {
        serve();
        catalog.subscribe(subscriber);

        catalog.bound("ServiceMonitor");
        now.addAndGet(60_000);
        catalog.tick();

        assertThat(seen).isEmpty();
        assertThat(catalog.clientCount("ServiceMonitor")).isEqualTo(1);
    }

    @Test
    void whoHasGoneHearsNothingAndNothingIsRendered() {
        serve();
        catalog.subscribe(subscriber);
        catalog.unsubscribe(subscriber);
        int before = rendered.size();

        catalog.cluster("sim", false, List.of(THERE));

        assertThat(seen).isEmpty();
        assertThat(rendered).hasSize(before);
    }

    private void serve() {
        catalog.phase(NodePhase.SERVING);
        catalog.register("sim", "Switch", Map.of("vendor", "us"));
        catalog.cluster("sim", true, List.of());
    }

    private ServiceObject.ServiceStatus sim() {
        return catalog.services(Optional.of("interactionProcessor")).get(0).serviceStatus();
    }

    private ServiceObject.ServiceStatus lastTold() {
        return ((ServiceEvent.ServiceStatusChanged) rendered.get(rendered.size() - 1))
                .service()
                .serviceStatus();
    }
}
