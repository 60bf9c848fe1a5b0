package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.cti.ConnectorContract;
import io.interactionprocessor.cti.ConnectorDriver;
import io.interactionprocessor.cti.LinkReply;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract, and what is special of the simulated switch: the grid, and the link that can be cut. */
class SimulatedConnectorTest extends ConnectorContract {
    private static final SimulatedSettings SETTINGS =
            SimulatedSettings.of(SimulatedSettings.range(1001, 10, Set.of("8001", "8002")), 1);

    private final MemoryGridStore grid = new MemoryGridStore();
    private SimulatedConnector connector;
    private SimulatedConnector standby;
    private ConnectorDriver other;

    @Override
    protected Rig rig(Vertx vertx) {
        connector = new SimulatedConnector(vertx, SETTINGS, grid, System::currentTimeMillis);
        standby = new SimulatedConnector(vertx, SETTINGS, grid, System::currentTimeMillis);
        other = new ConnectorDriver(vertx, standby);
        return new Rig() {
            private String call;

            @Override
            public Connector connector() {
                return connector;
            }

            @Override
            public String agent(int which) {
                return which == 0 ? "1001" : "1002";
            }

            @Override
            public String answering() {
                return "5550101";
            }

            @Override
            public String busy() {
                return "5550201";
            }

            @Override
            public String invalid() {
                return "12345";
            }

            @Override
            public String queue() {
                return "8001";
            }

            @Override
            public void customerCalls(String to) {
                call = operate(SwitchOperations.call("5550150", to, new JsonObject(), 0))
                        .getString("id");
            }

            @Override
            public void customerHangsUp() {
                operate(SwitchOperations.hangUp(call));
            }
        };
    }

    private JsonObject operate(JsonObject request) {
        LinkReply.Side side = driver.call(() -> connector.operate(request.encode()));
        assertThat(side.status()).as(side.json()).isEqualTo(200);
        return new JsonObject(side.json());
    }

    private void setLink(boolean up) {
        operate(SwitchOperations.link(up ? "up" : "down"));
    }

    @Test
    void overAHalfOpenLinkNothingGetsThroughAndPingsAreAnsweredLate() {
        driver.accepted("1001", new Command.LogOn(""));
        driver.await("1001", AgentView::loggedOn);
        int told = driver.events("1001").size();

        operate(SwitchOperations.link("silent"));
        Future<Void> ping = driver.later(connector::ping);
        Future<Reply> lost = driver.later(() -> connector.execute(command("lost", Availability.READY)));
        operate(SwitchOperations.call("5550150", "1001", new JsonObject(), 0));
        assertThat(ping.isComplete()).isFalse();

        setLink(true);
        eventually(() -> assertThat(ping.succeeded()).isTrue());
        assertThat(lost.isComplete()).isFalse();
        assertThat(driver.events("1001")).as("what happened is not told").hasSize(told);
        assertThat(driver.call(connector::snapshotAll))
                .as("but can be asked for; the command has not been executed")
                .anySatisfy(view -> {
                    assertThat(view.agent()).isEqualTo("1001");
                    assertThat(view.legs()).hasSize(1);
                });
    }

    @Test
    void nothingLeavesTheSwitchBeforeTheGridHasIt() {
        driver.accepted("1001", new Command.LogOn(""));
        driver.await("1001", AgentView::loggedOn);
        int told = driver.events("1001").size();
        int writes = grid.writes();
        grid.holdBack();
        Future<Reply> ready = driver.later(() -> connector.execute(command("a", Availability.READY)));
        eventually(() -> assertThat(grid.waiting()).isEqualTo(1));
        List<Future<Reply>> more = List.of(
                driver.later(() -> connector.execute(command("b", Availability.NOT_READY))),
                driver.later(() -> connector.execute(command("c", Availability.READY))),
                driver.later(() -> connector.execute(command("a", Availability.READY))));
        driver.call(() -> Future.succeededFuture());
        assertThat(ready.isComplete()).isFalse();
        assertThat(more).noneMatch(Future::isComplete);
        assertThat(driver.events("1001")).hasSize(told);
        assertThat(grid.waiting()).as("one write at a time").isEqualTo(1);
        driver.call(() -> {
            grid.letGo();
            return Future.succeededFuture();
        });
        eventually(() -> assertThat(more).allMatch(Future::succeeded));
        assertThat(more.get(2).result()).as("the first reply again").isEqualTo(ready.result());
        assertThat(driver.events("1001")).hasSize(told + 3);
        assertThat(grid.writes()).as("the rest as one group").isEqualTo(writes + 2);
    }

    private static AgentCommand command(String id, Availability availability) {
        return new AgentCommand("1001", new Epoch(1), id, new Command.SetState(availability, null));
    }

    @Test
    void aFencedHolderWritesAndTellsNothing() {
        driver.accepted("1001", new Command.LogOn(""));
        other.connect(2);
        Map<String, byte[]> before = grid.entries();
        int told = driver.events("1001").size();
        assertThatThrownBy(() -> driver.execute(command("a", Availability.READY)))
                .as("the outcome is not known here")
                .isInstanceOf(AssertionError.class);
        eventually(() -> assertThat(driver.links()).singleElement().asString().startsWith("down: "));
        assertThat(grid.entries()).isEqualTo(before);
        assertThat(driver.events("1001")).hasSize(told);
        assertThat(driver.execute(command("b", Availability.READY)).refusal()).isEqualTo(Refusal.CTI_UNAVAILABLE);
        assertThat(other.view("1001").availability()).isEqualTo(Availability.NOT_READY);
        assertThat(other.execute(command("a", Availability.READY)).accepted())
                .as("the same id at the new holder")
                .isTrue();
        assertThatThrownBy(() -> driver.connect(1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aStandbyGoesOnInTheMiddleOfACall() {
        driver.accepted("1001", new Command.LogOn(""));
        driver.accepted("1001", new Command.MakeCall("5550101", Map.of("k", 1)));
        other.connect(2);
        AgentView view = other.view("1001");
        assertThat(view.legs()).hasSize(1);
        other.await("1001", seen -> seen.legs().get(0).state() == ConversationState.CONNECTED);
    }

    @Test
    void whenTheGridFailsForAWhileTheSwitchGoesOnFromWhatItHas() {
        driver.accepted("1001", new Command.LogOn(""));
        grid.fail("no majority");
        assertThatThrownBy(() -> driver.execute(command("a", Availability.READY)))
                .isInstanceOf(AssertionError.class);
        eventually(() -> assertThat(driver.links()).hasSize(1));
        grid.fail(null);
        eventually(() -> assertThat(driver.links())
                .containsExactly("down: the grid does not take the switch's state: no majority", "up"));
        assertThat(driver.view("1001").availability()).isEqualTo(Availability.NOT_READY);
        assertThat(driver.execute(command("a", Availability.READY)).accepted()).isTrue();
    }

    @Test
    void aCutLinkLosesEventsAndRefusesCommandsButNotCalls() {
        driver.accepted("1001", new Command.LogOn(""));
        driver.accepted("1001", new Command.SetState(Availability.READY, null));
        setLink(false);
        eventually(() -> assertThat(driver.links()).containsExactly("down: the simulated link is down"));
        int told = driver.events("1001").size();
        assertThat(driver.execute(command("a", Availability.NOT_READY)).refusal())
                .isEqualTo(Refusal.CTI_UNAVAILABLE);
        operate(SwitchOperations.call("5550150", "8001", new JsonObject(), 0));
        setLink(true);
        eventually(() -> assertThat(driver.links()).hasSize(2));
        assertThat(driver.events("1001")).hasSize(told);
        assertThat(driver.view("1001").legs()).hasSize(1);
        assertThat(driver.call(() -> connector.snapshotAll()).get(0).legs()).hasSize(1);
    }

    @Test
    void theCutOutlivesItsHolder() {
        setLink(false);
        other.connect(2);
        assertThat(other.links()).hasSize(1);
        assertThat(other.execute(command("a", Availability.READY)).refusal()).isEqualTo(Refusal.CTI_UNAVAILABLE);
    }

    @Test
    void customersComeByThemselvesWhenAskedTo() {
        operate(SwitchOperations.traffic(6_000, 100));
        eventually(() -> assertThat(
                        operate(SwitchOperations.calls()).getJsonArray("calls").size())
                .isGreaterThan(2));
        operate(SwitchOperations.traffic(0, 0));
        JsonObject history = operate(SwitchOperations.history(0, 2));
        assertThat(history.getJsonArray("entries").getJsonObject(1).getInteger("number"))
                .isEqualTo(2);
        assertThat(history.getLong("last")).isGreaterThan(2);
    }
}
