package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.FAILED;
import static io.interactionprocessor.model.ConversationState.HELD;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.interactionprocessor.cti.ConnectorDriver;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What goes wrong: phones that are not reached, holders of the link that die, an Asterisk that does, a cut between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Troubles {
    private static final int AGENT = 1101;
    private static final int OTHER = 1301;
    private static final int CUSTOMER = 1001;

    private final int version;
    private Vertx vertx;
    private Pbx pbx;
    private Phone agent;
    private Phone other;
    private Phone customer;
    private final List<AsteriskConnector> connectors = new ArrayList<>();
    private ConnectorDriver driver;

    Troubles(int version) {
        this.version = version;
    }

    @BeforeAll
    void open() throws Exception {
        pbx = Pbx.start(version, "troubles");
        agent = pbx.with(new Phone(pbx, "1001", AGENT, true));
        other = pbx.with(new Phone(pbx, "1002", OTHER, true));
        customer = pbx.with(new Phone(pbx, "9001", CUSTOMER, false));
        pbx.with(new SippPhone(pbx, "127.0.0.31", pbx.talkPort, "talk-phone.xml"));
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
    void connect() throws Exception {
        AsteriskContract.clear(pbx);
        driver = holder(pbx.settings());
        driver.connect(1);
    }

    @AfterEach
    void disconnect() {
        connectors.forEach(connector -> driver.call(connector::disconnect));
        connectors.clear();
    }

    // ---- words

    /** Another node, so to speak. */
    private ConnectorDriver holder(AsteriskSettings settings) {
        AsteriskConnector connector = new AsteriskConnector(vertx, settings, System::currentTimeMillis);
        connectors.add(connector);
        return new ConnectorDriver(vertx, connector);
    }

    private AsteriskConnector connector(int index) {
        return connectors.get(index);
    }

    private void logOn(String... agents) {
        for (String each : agents) {
            driver.accepted(each, new Command.LogOn(""));
        }
    }

    private void ready(String each) {
        driver.accepted(each, new Command.SetState(Availability.READY, null));
    }

    private static CallLeg leg(ConnectorDriver by, String of, ConversationState state) {
        return eventuallyView(by, of, state).legs().get(0);
    }

    /** By asking: a new holder says nothing of what has not changed. */
    private static AgentView eventuallyView(ConnectorDriver by, String of, ConversationState state) {
        AgentView[] seen = new AgentView[1];
        eventually(() -> {
            seen[0] = by.view(of);
            assertThat(seen[0].legs())
                    .singleElement()
                    .satisfies(leg -> assertThat(leg.state()).isEqualTo(state));
        });
        return seen[0];
    }

    private CallLeg served() {
        logOn("1001");
        ready("1001");
        customer.dial("8001");
        driver.accepted("1001", new Command.Answer(leg(driver, "1001", ALERTING).id()));
        return leg(driver, "1001", CONNECTED);
    }

    private Cause ended(String of, String leg) {
        Cause[] cause = new Cause[1];
        eventually(() -> {
            assertThat(driver.events(of)).anyMatch(event -> event.ended().containsKey(leg));
            driver.events(of).forEach(event -> cause[0] = event.ended().getOrDefault(leg, cause[0]));
        });
        return cause[0];
    }

    private static void hears(Phone phone, Integer... tones) {
        eventually(() -> assertThat(Phone.hear(phone).get(phone.number)).isEqualTo(Set.of(tones)));
    }

    private JsonArray channels() throws IOException, InterruptedException {
        return new JsonArray(pbx.ari("GET", "/channels").body());
    }

    // ---- who is not reached

    @Test
    void causesAreTold() {
        logOn("1001");
        Map<String, Cause> causes = Map.of(
                "5550201",
                Cause.BUSY,
                "5550401",
                Cause.REJECTED,
                "5550601",
                Cause.UNREACHABLE,
                "1004",
                Cause.UNREACHABLE);
        causes.forEach((number, cause) -> {
            driver.accepted("1001", new Command.MakeCall(number, Map.of()));
            CallLeg failed = leg(driver, "1001", FAILED);
            assertThat(failed.cause()).as(number).isEqualTo(cause);
            driver.accepted("1001", new Command.Release(failed.id()));
        });
    }

    @Test
    void aStationWithoutAPhoneCallsNobody() {
        logOn("1004");
        Reply reply = driver.execute("1004", new Command.MakeCall("5550101", Map.of()));
        assertThat(reply.refusal()).isEqualTo(Refusal.CTI_REJECTED);
        assertThat(reply.message()).contains("1004");
        assertThat(driver.view("1004").legs()).isEmpty();
    }

    @Test
    void aStationWithoutAPhoneGivesTheCallBack() {
        logOn("1004", "1001");
        ready("1004");
        customer.dial("8001");
        CallLeg offered = leg(driver, "1004", ALERTING);
        driver.execute("1004", new Command.Answer(offered.id()));
        assertThat(ended("1004", offered.id())).isEqualTo(Cause.UNREACHABLE);
        ready("1001");
        leg(driver, "1001", ALERTING);
        hears(customer, Pbx.QUEUE_MUSIC);
    }

    @Test
    void whoLetsItRingIsNotReady() {
        AsteriskSettings usual = pbx.settings();
        AsteriskSettings hasty = new AsteriskSettings(
                usual.ari(),
                usual.ami(),
                usual.app(),
                usual.agents(),
                usual.stations(),
                List.of(new AsteriskSettings.QueueLine("8001", "sales", "", "queue", 0, 400)),
                usual.routes(),
                usual.callData(),
                usual.holdMusic(),
                usual.times());
        driver = holder(hasty);
        driver.connect(2);
        logOn("1001");
        ready("1001");
        customer.dial("8001");
        CallLeg offered = leg(driver, "1001", ALERTING);
        assertThat(ended("1001", offered.id())).isEqualTo(Cause.NO_ANSWER);
        AgentView view = driver.view("1001");
        assertThat(view.availability()).isEqualTo(Availability.NOT_READY);
        assertThat(view.reason()).isEqualTo("ringNoAnswer");
        hears(customer, Pbx.QUEUE_MUSIC);
    }

    @Test
    void aPhoneIsToldToAnswer() {
        logOn("2001");
        ready("2001");
        customer.dial("8001");
        CallLeg offered = leg(driver, "2001", ALERTING);
        eventually(() -> assertThat(channels().stream().map(each -> ((JsonObject) each).getString("state")))
                .contains("Ringing"));
        driver.accepted("2001", new Command.Answer(offered.id()));
        leg(driver, "2001", CONNECTED);
        driver.accepted("2001", new Command.Release(offered.id()));
        driver.accepted("2001", new Command.MakeCall("5550101", Map.of()));
        leg(driver, "2001", CONNECTED);
    }

    @Test
    void aPhoneThatDiesEndsItsCall() throws Exception {
        try (Phone dying = new Phone(pbx, "1003", 1501, true)) {
            logOn("1003");
            driver.accepted("1003", new Command.MakeCall("9001", Map.of()));
            leg(driver, "1003", ALERTING);
            customer.lift();
            leg(driver, "1003", CONNECTED);
            dying.kill();
        }
        eventually(
                Duration.ofSeconds(15),
                () -> assertThat(driver.view("1003").legs()).isEmpty());
        eventually(() -> assertThat(channels()).isEmpty());
    }

    // ---- Asterisk's own queues

    @Test
    void asterisksQueuesKnowWhoIsReady() throws Exception {
        logOn("1001");
        eventually(() -> assertThat(member("1001")).contains("Paused: 1"));
        ready("1001");
        eventually(() -> assertThat(member("1001")).contains("Paused: 0"));
        driver.accepted("1001", new Command.SetState(Availability.NOT_READY, "lunch"));
        eventually(() -> assertThat(member("1001")).contains("Paused: 1", "PausedReason: lunch"));
        driver.accepted("1001", new Command.LogOff());
        eventually(() -> assertThat(member("1001")).isEmpty());
    }

    @Test
    void whomAsterisksQueueGivesUpOnIsNotReady() {
        logOn("1001");
        ready("1001");
        customer.dial("8801");
        CallLeg offered = leg(driver, "1001", ALERTING);
        assertThat(ended("1001", offered.id())).isEqualTo(Cause.NO_ANSWER);
        assertThat(driver.view("1001").reason()).isEqualTo("ringNoAnswer");
        ready("1001");
        CallLeg again = leg(driver, "1001", ALERTING);
        customer.hangUp();
        assertThat(ended("1001", again.id())).isEqualTo(Cause.ABANDONED);
        assertThat(driver.view("1001").availability()).isEqualTo(Availability.READY);
    }

    @Test
    void aNumberThatNobodyKnowsGoesBackToTheDialplan() {
        customer.dial("8009");
        hears(customer, 1201);
    }

    private String member(String station) throws IOException {
        String all = AmiQuestion.ask(pbx.amiPort, "QueueStatus", "QueueStatusComplete");
        return List.of(all.split("\r\n\r\n")).stream()
                .filter(block -> block.contains("Local/" + station + "@"))
                .findFirst()
                .orElse("");
    }

    // ---- holders that die

    @Test
    void anotherHolderFinishesAConsultation() {
        CallLeg primary = served();
        logOn("1002");
        driver.accepted("1001", new Command.SetData(primary.id(), Map.of("order", "A-1"), List.of()));
        driver.accepted("1001", new Command.Consult(primary.id(), "1002"));
        driver.accepted("1002", new Command.Answer(leg(driver, "1002", ALERTING).id()));
        driver.await("1001", view -> view.legs().get(1).state() == CONNECTED);
        AgentView before = driver.view("1001");
        hears(customer, Pbx.HOLD_MUSIC);

        ConnectorDriver next = holder(pbx.settings());
        next.connect(2);
        AgentView after = next.view("1001");
        assertThat(after.legs()).isEqualTo(before.legs());
        assertThat(after.version()).isGreaterThan(before.version());
        eventually(() -> assertThat(driver.links()).singleElement().asString().contains("taken the application"));
        assertThat(driver.execute("1001", new Command.Release(primary.id())).refusal())
                .isEqualTo(Refusal.CTI_UNAVAILABLE);
        hears(customer, Pbx.HOLD_MUSIC);
        hears(agent, OTHER);

        next.accepted(
                "1001", new Command.Transfer(primary.id(), after.legs().get(1).id()));
        CallLeg transferred = leg(next, "1002", CONNECTED);
        assertThat(transferred.data()).containsEntry("order", "A-1");
        hears(customer, OTHER);
        hears(other, CUSTOMER);
    }

    @Test
    void whatHappenedWithoutAHolderIsFound() throws Exception {
        CallLeg primary = served();
        driver.accepted("1001", new Command.Hold(primary.id()));
        driver.call(() -> connector(0).disconnect());
        hears(customer, Pbx.HOLD_MUSIC);
        customer.hangUp();
        eventually(() -> assertThat(channels()).hasSize(1));
        customer.dial("8001");
        eventually(() -> assertThat(channels())
                .as("the dialplan keeps him")
                .anyMatch(each -> "Wait"
                        .equals(((JsonObject) each).getJsonObject("dialplan").getString("app_name"))));

        ConnectorDriver next = holder(pbx.settings());
        next.connect(2);
        AgentView view = next.view("1001");
        assertThat(view.legs()).noneMatch(leg -> leg.id().equals(primary.id()));
        hears(customer, Pbx.QUEUE_MUSIC);
        CallLeg offered = leg(next, "1001", ALERTING);
        next.accepted("1001", new Command.Answer(offered.id()));
        hears(customer, AGENT);
        hears(agent, CUSTOMER);
    }

    @Test
    void aCallThatWasAnsweredWithoutAHolderIsConnected() {
        logOn("1001");
        driver.accepted("1001", new Command.MakeCall("9001", Map.of()));
        leg(driver, "1001", ALERTING);
        driver.call(() -> connector(0).disconnect());
        customer.lift();
        eventually(() -> assertThat(channels().stream().map(each -> ((JsonObject) each).getString("state")))
                .containsOnly("Up"));
        ConnectorDriver next = holder(pbx.settings());
        next.connect(2);
        leg(next, "1001", CONNECTED);
        hears(customer, AGENT);
    }

    @Test
    void whatBelongsToNobodyGoes() throws Exception {
        try (Cable ari = new Cable(pbx.ariPort)) {
            driver = holder(pbx.settings(ari.port(), pbx.amiPort, pbx.settings().agents(), "PJSIP/{number}"));
            driver.connect(2);
            CallLeg leg = served();
            // A holder who is cut off: Asterisk goes on believing that somebody listens.
            ari.cut();
            pbx.ari("POST", "/channels/create?endpoint=PJSIP/1002&app=cti&channelId=cti-lorphan1");
            pbx.ari("POST", "/bridges/cti-corphan1?type=mixing");
            takesOver(leg);
        }
    }

    private void takesOver(CallLeg leg) throws Exception {
        assertThat(channels()).hasSize(3);
        ConnectorDriver next = holder(pbx.settings());
        next.connect(3);
        eventually(() -> {
            assertThat(channels()).hasSize(2);
            assertThat(new JsonArray(pbx.ari("GET", "/bridges").body())).hasSize(1);
        });
        assertThat(leg(next, "1001", CONNECTED).id()).isEqualTo(leg.id());
        hears(customer, AGENT);
    }

    @Test
    void aRepeatedCommandIsDoneOnceThoughItsHolderDied() {
        logOn("1001");
        AgentCommand command =
                new AgentCommand("1001", new Epoch(1), "make-1", new Command.MakeCall("5550101", Map.of()));
        Reply first = driver.execute(command);
        assertThat(first.accepted()).isTrue();
        leg(driver, "1001", CONNECTED);
        ConnectorDriver next = holder(pbx.settings());
        next.connect(2);
        assertThat(next.execute(command)).isEqualTo(first);
        assertThat(next.view("1001").legs()).hasSize(1);
    }

    // ---- Asterisk and the network

    @Test
    void asteriskIsKilledAndComesBack() throws Exception {
        CallLeg leg = served();
        pbx.kill();
        eventually(() -> assertThat(driver.links()).hasSize(1));
        assertThat(driver.execute("1001", new Command.Release(leg.id())).refusal())
                .isEqualTo(Refusal.CTI_UNAVAILABLE);
        pbx.start();
        eventually(() -> assertThat(driver.links()).hasSize(2).last().isEqualTo("up"));
        AgentView view = driver.view("1001");
        assertThat(view.loggedOn()).isTrue();
        assertThat(view.legs()).isEmpty();
        assertThat(view.availability()).isEqualTo(Availability.READY);
        agent.register();
        other.register();
        customer.hangUp();
        customer.register();
        eventually(() -> assertThat(driver.execute("1001", new Command.MakeCall("5550101", Map.of()))
                        .refusal())
                .isNull());
        leg(driver, "1001", CONNECTED);
    }

    @Test
    void aShortPauseOfAsteriskBreaksNothing() throws Exception {
        CallLeg leg = served();
        signal("STOP");
        // one that was under way may have been answered before
        driver.call(
                () -> connector(0).ping().timeout(100, TimeUnit.MILLISECONDS).otherwiseEmpty());
        Future<Void> ping = driver.later(() -> connector(0).ping());
        try {
            assertThat(catchThrowable(() -> ping.await(1_900, TimeUnit.MILLISECONDS)))
                    .isInstanceOf(TimeoutException.class);
        } finally {
            signal("CONT");
        }
        driver.call(() -> ping);
        driver.accepted("1001", new Command.Hold(leg.id()));
        leg(driver, "1001", HELD);
        assertThat(driver.links()).isEmpty();
    }

    private void signal(String name) throws Exception {
        String asterisk = Long.toString(pbx.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, asterisk).start().waitFor())
                .isZero();
    }

    @Test
    void theNetworkIsCutAndMended() throws Exception {
        try (Cable ari = new Cable(pbx.ariPort);
                Cable ami = new Cable(pbx.amiPort)) {
            driver = holder(pbx.settings(ari.port(), ami.port(), pbx.settings().agents(), "PJSIP/{number}"));
            driver.connect(2);
            CallLeg leg = served();
            ari.cut();
            ami.cut();
            Future<Void> ping = driver.later(() -> connector(1).ping());
            customer.hangUp();
            eventually(() -> assertThat(channels()).hasSize(1));
            assertThat(ping.succeeded()).as("nobody answers behind the cut").isFalse();
            ari.mend();
            ami.mend();
            eventually(() -> assertThat(driver.links()).hasSize(2).last().isEqualTo("up"));
            assertThat(driver.view("1001").legs()).noneMatch(each -> each.id().equals(leg.id()));
            eventually(() -> assertThat(channels()).isEmpty());
            hearsNothing(agent);
        }
    }

    private static void hearsNothing(Phone phone) {
        eventually(() -> assertThat(Phone.hear(phone).get(phone.number)).isNull());
    }

    @Test
    void heldStaysHeldOverAllThat() {
        CallLeg leg = served();
        driver.accepted("1001", new Command.Hold(leg.id()));
        ConnectorDriver next = holder(pbx.settings());
        next.connect(2);
        assertThat(leg(next, "1001", HELD).id()).isEqualTo(leg.id());
        hears(customer, Pbx.HOLD_MUSIC);
        next.accepted("1001", new Command.Retrieve(leg.id()));
        hears(customer, AGENT);
        hears(agent, CUSTOMER);
    }
}
