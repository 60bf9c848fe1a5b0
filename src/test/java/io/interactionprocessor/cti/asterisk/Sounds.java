package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.FAILED;
import static io.interactionprocessor.model.ConversationState.HELD;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cti.ConnectorDriver;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every operation, checked by what each phone hears: a tone for each party, one for each music, one for ringback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Sounds {
    private static final int AGENT = 1101;
    private static final int OTHER = 1301;
    private static final int CUSTOMER = 1001;
    private static final int BY_HAND = 1501;
    private static final int OUTSIDE = 1201;
    private static final int BUSY_TONE = 480;

    private final int version;
    private Vertx vertx;
    private Pbx pbx;
    private Phone agent;
    private Phone other;
    private Phone byHand;
    private Phone customer;
    private AsteriskConnector connector;
    private ConnectorDriver driver;

    Sounds(int version) {
        this.version = version;
    }

    @BeforeAll
    void open() throws Exception {
        pbx = Pbx.start(version, "sounds");
        agent = pbx.with(new Phone(pbx, "1001", AGENT, true));
        other = pbx.with(new Phone(pbx, "1002", OTHER, true));
        byHand = pbx.with(new Phone(pbx, "1003", BY_HAND, false));
        customer = pbx.with(new Phone(pbx, "9001", CUSTOMER, false));
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
        connector = new AsteriskConnector(vertx, pbx.settings(), System::currentTimeMillis);
        driver = new ConnectorDriver(vertx, connector);
        driver.connect(1);
    }

    @AfterEach
    void disconnect() {
        driver.call(() -> connector.disconnect());
    }

    // ---- words

    private void logOn(String... agents) {
        for (String each : agents) {
            driver.accepted(each, new Command.LogOn(""));
        }
    }

    private CallLeg leg(String of, ConversationState state) {
        return driver.await(
                        of,
                        view -> view.legs().size() == 1 && view.legs().get(0).state() == state)
                .legs()
                .get(0);
    }

    private CallLeg served() {
        logOn("1001");
        driver.accepted("1001", new Command.SetState(Availability.READY, null));
        customer.dial("8001");
        CallLeg offered = leg("1001", ALERTING);
        driver.accepted("1001", new Command.Answer(offered.id()));
        return leg("1001", CONNECTED);
    }

    private CallLeg consulted(CallLeg primary, String number) {
        driver.accepted("1001", new Command.Consult(primary.id(), number));
        driver.await("1001", view -> view.legs().size() == 2);
        if (number.equals("1002")) {
            driver.accepted("1002", new Command.Answer(leg("1002", ALERTING).id()));
        }
        return driver.await("1001", view -> view.legs().get(1).state() == CONNECTED)
                .legs()
                .get(1);
    }

    /** All at once, since sounds take their time: pairs of a phone and what it must hear; {@code null}: no sound at all. */
    private static void hears(Object... pairs) {
        eventually(() -> {
            Phone[] phones = new Phone[pairs.length / 2];
            for (int i = 0; i < phones.length; i++) {
                phones[i] = (Phone) pairs[2 * i];
            }
            Map<String, Set<Integer>> heard = Phone.hear(phones);
            for (int i = 0; i < phones.length; i++) {
                assertThat(heard.get(phones[i].number))
                        .as("what %s hears of %s", phones[i].number, heard)
                        .isEqualTo(pairs[2 * i + 1]);
            }
        });
    }

    private static Set<Integer> tones(Integer... tones) {
        return new TreeSet<>(List.of(tones));
    }

    // ---- the calls

    @Test
    void waitingThenServedThenHeldThenRetrievedThenMuted() {
        logOn("1001");
        customer.dial("8001");
        hears(customer, tones(Pbx.QUEUE_MUSIC));
        driver.accepted("1001", new Command.SetState(Availability.READY, null));
        CallLeg leg = leg("1001", ALERTING);
        hears(customer, tones(Pbx.QUEUE_MUSIC), agent, null);
        driver.accepted("1001", new Command.Answer(leg.id()));
        hears(customer, tones(AGENT), agent, tones(CUSTOMER));
        driver.accepted("1001", new Command.Hold(leg.id()));
        hears(customer, tones(Pbx.HOLD_MUSIC), agent, tones());
        driver.accepted("1001", new Command.Retrieve(leg.id()));
        hears(customer, tones(AGENT), agent, tones(CUSTOMER));
        driver.accepted("1001", new Command.Mute(leg.id()));
        hears(customer, null, agent, tones(CUSTOMER));
        driver.accepted("1001", new Command.Unmute(leg.id()));
        hears(customer, tones(AGENT), agent, tones(CUSTOMER));
        driver.accepted("1001", new Command.Release(leg.id()));
        hears(customer, null, agent, null);
    }

    @Test
    void ringbackThenTheOneWhoIsCalled() {
        logOn("1001");
        driver.accepted("1001", new Command.MakeCall("9001", Map.of()));
        CallLeg leg = leg("1001", ALERTING);
        hears(agent, tones(Pbx.RINGBACK));
        customer.lift();
        leg("1001", CONNECTED);
        hears(agent, tones(CUSTOMER), customer, tones(AGENT));
        customer.hangUp();
        driver.await("1001", view -> view.legs().isEmpty());
        assertThat(leg.direction()).isNotNull();
    }

    @Test
    void theBusyTone() {
        logOn("1001");
        driver.accepted("1001", new Command.MakeCall("5550201", Map.of()));
        CallLeg leg = leg("1001", FAILED);
        assertThat(leg.cause()).isEqualTo(Cause.BUSY);
        eventually(() -> assertThat(Phone.hear(agent).get("1001")).contains(BUSY_TONE));
        driver.accepted("1001", new Command.Release(leg.id()));
        hears(agent, null);
    }

    @Test
    void consultThenAlternateThenConferThenDrop() {
        CallLeg primary = served();
        logOn("1002");
        CallLeg consult = consulted(primary, "1002");
        hears(customer, tones(Pbx.HOLD_MUSIC), agent, tones(OTHER), other, tones(AGENT));
        driver.accepted("1001", new Command.Alternate(primary.id(), consult.id()));
        hears(customer, tones(AGENT), agent, tones(CUSTOMER), other, tones(Pbx.HOLD_MUSIC));
        driver.accepted("1001", new Command.Alternate(consult.id(), primary.id()));
        hears(customer, tones(Pbx.HOLD_MUSIC), agent, tones(OTHER), other, tones(AGENT));
        driver.accepted("1001", new Command.Conference(primary.id(), consult.id()));
        hears(customer, tones(AGENT, OTHER), agent, tones(CUSTOMER, OTHER), other, tones(AGENT, CUSTOMER));
        CallLeg all = leg("1001", CONNECTED);
        driver.accepted("1001", new Command.Hold(all.id()));
        hears(customer, tones(OTHER), agent, tones(), other, tones(CUSTOMER));
        driver.accepted("1001", new Command.Retrieve(all.id()));
        String third = driver.view("1002").legs().get(0).id();
        driver.accepted("1001", new Command.DropMember(all.id(), third));
        hears(customer, tones(AGENT), agent, tones(CUSTOMER), other, null);
    }

    @Test
    void consultThenReconnect() {
        CallLeg primary = served();
        CallLeg consult = consulted(primary, "5550101");
        hears(customer, tones(Pbx.HOLD_MUSIC), agent, tones(OUTSIDE));
        driver.accepted("1001", new Command.Reconnect(primary.id(), consult.id()));
        hears(customer, tones(AGENT), agent, tones(CUSTOMER));
    }

    @Test
    void consultThenTransfer() {
        CallLeg primary = served();
        logOn("1002");
        CallLeg consult = consulted(primary, "1002");
        driver.accepted("1001", new Command.Transfer(primary.id(), consult.id()));
        hears(customer, tones(OTHER), agent, null, other, tones(CUSTOMER));
    }

    @Test
    void transferWhileItRings() {
        CallLeg primary = served();
        logOn("1002");
        driver.accepted("1001", new Command.Consult(primary.id(), "1002"));
        CallLeg ringing = leg("1002", ALERTING);
        AgentView both = driver.await(
                "1001", view -> view.legs().size() == 2 && view.legs().get(1).state() == ALERTING);
        hears(customer, tones(Pbx.HOLD_MUSIC), agent, tones(Pbx.RINGBACK));
        driver.accepted(
                "1001", new Command.Transfer(primary.id(), both.legs().get(1).id()));
        hears(customer, tones(Pbx.RINGBACK), agent, null);
        driver.accepted("1002", new Command.Answer(ringing.id()));
        hears(customer, tones(OTHER), other, tones(CUSTOMER));
    }

    @Test
    void blindTransferOutside() {
        CallLeg leg = served();
        driver.accepted("1001", new Command.SingleStepTransfer(leg.id(), "5550101"));
        hears(customer, tones(OUTSIDE), agent, null);
    }

    @Test
    void blindTransferToAPhoneThatIsLiftedByHand() throws Exception {
        CallLeg leg = served();
        logOn("1003");
        driver.accepted("1001", new Command.SingleStepTransfer(leg.id(), "1003"));
        hears(customer, tones(Pbx.RINGBACK), agent, null);
        byHand.lift();
        hears(customer, tones(BY_HAND), byHand, tones(CUSTOMER));
        leg("1003", CONNECTED);
    }

    @Test
    void aPartyIsAdded() {
        CallLeg leg = served();
        driver.accepted("1001", new Command.SingleStepConference(leg.id(), "5550101"));
        hears(customer, tones(AGENT, OUTSIDE), agent, tones(CUSTOMER, OUTSIDE));
    }

    // ---- what is done on the phone itself

    @Test
    void theHoldKey() {
        CallLeg leg = served();
        agent.hold();
        assertThat(leg("1001", HELD).id()).isEqualTo(leg.id());
        hears(customer, tones(Pbx.HOLD_MUSIC));
        assertThat(driver.execute("1001", new Command.Retrieve(leg.id())).message())
                .contains("phone itself");
        agent.resume();
        leg("1001", CONNECTED);
        hears(customer, tones(AGENT));
        agent.hangUp();
        driver.await("1001", view -> view.legs().isEmpty());
        hears(customer, null);
    }

    @Test
    void theHandsetIsLifted() {
        logOn("1003");
        driver.accepted("1003", new Command.SetState(Availability.READY, null));
        customer.dial("7001");
        CallLeg offered = leg("1003", ALERTING);
        assertThat(offered.data()).isEqualTo(Map.of("CUSTOMER_ID", "4711"));
        assertThat(driver.execute("1003", new Command.Answer(offered.id())).message())
                .contains("lift its handset");
        eventually(() -> assertThat(byHand.told("CALL_INCOMING")).isPositive());
        byHand.lift();
        leg("1003", CONNECTED);
        hears(customer, tones(BY_HAND), byHand, tones(CUSTOMER));
    }

    @Test
    void thePhoneDeclines() {
        logOn("1003");
        driver.accepted("1003", new Command.SetState(Availability.READY, null));
        long rung = byHand.told("CALL_INCOMING");
        customer.dial("8001");
        CallLeg offered = leg("1003", ALERTING);
        eventually(() -> assertThat(byHand.told("CALL_INCOMING")).isGreaterThan(rung));
        byHand.hangUp();
        driver.await("1003", view -> view.legs().isEmpty());
        assertThat(driver.events("1003"))
                .filteredOn(event -> event.ended().containsKey(offered.id()))
                .singleElement()
                .satisfies(event -> assertThat(event.ended().get(offered.id())).isIn(Cause.BUSY, Cause.REJECTED));
        hears(customer, tones(Pbx.QUEUE_MUSIC));
    }

    @Test
    void sevenAndTheNumberDialledOnThePhone() {
        logOn("1003");
        byHand.dial("79001");
        CallLeg leg = leg("1003", ALERTING);
        assertThat(leg.to()).isEqualTo("9001");
        hears(byHand, tones(Pbx.RINGBACK));
        customer.lift();
        leg("1003", CONNECTED);
        hears(customer, tones(BY_HAND), byHand, tones(CUSTOMER));
    }
}
