package io.interactionprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cluster.NodeInfo;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a node rehearses, and what it is not ready for meanwhile. */
class WarmUpTest {
    private final List<NodeInfo> nodes = new ArrayList<>();
    private final Promise<Integer> led = Promise.promise();
    private int rehearsals;
    private final WarmUp warmUp = new WarmUp(() -> nodes, "me", (sessions, millis) -> {
        rehearsals++;
        return led.future();
    });

    private void node(String id, int clients) {
        nodes.add(new NodeInfo(
                id,
                "ws://" + id,
                "http://" + id,
                true,
                Map.of("sim", new NodeInfo.ServiceInfo("demo", NodeInfo.Phase.IN_SERVICE, clients)),
                Map.of()));
    }

    @Test
    void isNotReadyBeforeItHasBegun() {
        assertThat(warmUp.lacks()).isPresent();
    }

    @Test
    void nobodyHasClients_nobodyIsExpected() {
        node("other", 0);
        node("me", 7);
        warmUp.begin();
        assertThat(rehearsals).isZero();
        assertThat(warmUp.lacks()).isEmpty();
    }

    @Test
    void anotherNodeHas_itIsReadyOnceItHasRehearsed() {
        node("me", 0);
        node("other", 1);
        warmUp.begin();
        assertThat(rehearsals).isEqualTo(1);
        assertThat(warmUp.lacks()).isPresent();
        led.complete(100);
        assertThat(warmUp.lacks()).isEmpty();
    }

    @Test
    void whatCannotBeRehearsedHoldsNothingUp() {
        node("other", 1);
        warmUp.begin();
        led.fail("the grid does not answer");
        assertThat(warmUp.lacks()).isEmpty();
    }
}
