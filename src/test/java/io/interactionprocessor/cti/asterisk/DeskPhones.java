package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cti.ConnectorDriver;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** One Asterisk, an agent's desk phone (2002) and a carrier's line, both played by the test itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeskPhones {
    private final int version;
    private final List<AsteriskConnector> connectors = new ArrayList<>();
    private Vertx vertx;
    private int leases;
    private List<AsteriskSettings.AgentLine> agents = List.of();

    Pbx pbx;
    DeskPhone desk;
    DeskPhone carrier;
    ConnectorDriver driver;

    DeskPhones(int version) {
        this.version = version;
    }

    @BeforeAll
    void open() throws Exception {
        pbx = Pbx.start(version, getClass().getSimpleName());
        vertx = Vertx.vertx();
    }

    @AfterAll
    void close() throws Exception {
        if (vertx != null) {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
        if (pbx != null) {
            pbx.close();
        }
    }

    @BeforeEach
    void plugIn() throws Exception {
        AsteriskContract.clear(pbx);
        desk = pbx.desk();
        carrier = pbx.carrier();
    }

    @AfterEach
    void unplug() throws Exception {
        connectors.forEach(connector -> driver.call(connector::disconnect));
        connectors.clear();
        AsteriskContract.forget(pbx, agents);
        // While they can still say that they know.
        AsteriskContract.clear(pbx);
        desk.close();
        carrier.close();
    }

    // ---- words

    /** Another node, so to speak, which takes the link over. */
    AsteriskConnector holder(AsteriskSettings settings) {
        AsteriskConnector connector = connector(settings);
        connectors.add(connector);
        driver.connect(++leases);
        return connector;
    }

    /** One that does not connect yet. */
    AsteriskConnector connector(AsteriskSettings settings) {
        AsteriskConnector connector = new AsteriskConnector(vertx, settings, System::currentTimeMillis);
        driver = new ConnectorDriver(vertx, connector);
        agents = settings.agents();
        return connector;
    }

    /** The usual settings with other stations. */
    AsteriskSettings with(Map<String, AnswerMode> answers, Map<String, String> endpoints) {
        AsteriskSettings usual = pbx.settings();
        AsteriskSettings.Stations stations = usual.stations();
        return new AsteriskSettings(
                usual.ari(),
                usual.ami(),
                usual.app(),
                usual.agents(),
                new AsteriskSettings.Stations(
                        stations.endpoint(), stations.member(), stations.answer(), answers, endpoints),
                usual.queues(),
                usual.routes(),
                usual.callData(),
                usual.holdMusic(),
                usual.times());
    }

    /** The usual settings with other queues. */
    AsteriskSettings queues(UnaryOperator<AsteriskSettings.QueueLine> change) {
        AsteriskSettings usual = pbx.settings();
        return new AsteriskSettings(
                usual.ari(),
                usual.ami(),
                usual.app(),
                usual.agents(),
                usual.stations(),
                usual.queues().stream().map(change).toList(),
                usual.routes(),
                usual.callData(),
                usual.holdMusic(),
                usual.times());
    }

    void ready(String agent) {
        driver.accepted(agent, new Command.LogOn(""));
        driver.accepted(agent, new Command.SetState(Availability.READY, null));
    }

    /** The carrier's customer talks to agent 2002. */
    CallLeg served() {
        if (driver == null || connectors.isEmpty()) {
            holder(pbx.settings());
        }
        ready("2002");
        carrier.call("8001", "\"Ann\" <sip:0301234@127.0.0.34>");
        driver.accepted(
                "2002",
                new Command.Answer(leg("2002", ConversationState.ALERTING).id()));
        return leg("2002", ConversationState.CONNECTED);
    }

    /** Waits until an agent has one leg, in a state; by asking, since a new holder says nothing of what has not changed. */
    CallLeg leg(String of, ConversationState state) {
        AgentView[] seen = new AgentView[1];
        eventually(() -> {
            seen[0] = driver.view(of);
            assertThat(seen[0].legs())
                    .singleElement()
                    .satisfies(leg -> assertThat(leg.state()).isEqualTo(state));
        });
        return seen[0].legs().get(0);
    }

    void untilIdle(String agent) {
        eventually(() -> assertThat(driver.view(agent).legs()).isEmpty());
    }

    Cause ended(String of, String leg) {
        Cause[] cause = new Cause[1];
        eventually(() -> {
            assertThat(driver.events(of)).anyMatch(event -> event.ended().containsKey(leg));
            driver.events(of).forEach(event -> cause[0] = event.ended().getOrDefault(leg, cause[0]));
        });
        return cause[0];
    }

    /** Asterisk's channels, by their ids. */
    Map<String, JsonObject> channels() throws Exception {
        Map<String, JsonObject> channels = new LinkedHashMap<>();
        for (Object each : new JsonArray(pbx.ari("GET", "/channels").body())) {
            channels.put(((JsonObject) each).getString("id"), (JsonObject) each);
        }
        return channels;
    }

    /** A variable on every channel. */
    List<String> variables(String name) throws Exception {
        return variables(name, "");
    }

    /** A variable on every channel that the service has made. */
    List<String> variablesOfOurs(String name) throws Exception {
        return variables(name, "cti-");
    }

    private List<String> variables(String name, String prefix) throws Exception {
        List<String> values = new ArrayList<>();
        for (String id : channels().keySet()) {
            if (id.startsWith(prefix) && !id.endsWith(";2")) {
                values.add(new JsonObject(pbx.ari("GET", "/channels/" + id + "/variable?variable=" + name)
                                .body())
                        .getString("value", ""));
            }
        }
        return values;
    }
}
