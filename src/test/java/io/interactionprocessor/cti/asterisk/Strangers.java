package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.FAILED;
import static io.interactionprocessor.model.ConversationState.HELD;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.cti.asterisk.AsteriskSettings.AgentLine;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.QueueLine;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.Route;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Phones, callers and a PBX as others have them: what they may do that baresip and our own dialplan do not. */
abstract class Strangers extends DeskPhones {
    private static final String ANN = "\"Ann\" <sip:0301234@127.0.0.34>";

    Strangers(int version) {
        super(version);
    }

    private AsteriskSettings odd() {
        return odd(
                new AsteriskSettings.Ari(pbx.ariUrl(), "cti", Secret.of("ctisecret")),
                pbx.settings().ami());
    }

    private AsteriskSettings odd(AsteriskSettings.Ari ari, Optional<AsteriskSettings.Ami> ami) {
        AsteriskSettings usual = pbx.settings();
        return new AsteriskSettings(
                ari,
                ami,
                usual.app(),
                List.of(
                        new AgentLine("2002", "Agent 2002", "2002", Set.of("8001", "Support Team")),
                        new AgentLine("änna@x", "Änna \"A\" Ö", "31", Set.of("8001"))),
                new AsteriskSettings.Stations(
                        "PJSIP/{number}",
                        usual.stations().member(),
                        AnswerMode.MANUAL,
                        Map.of(),
                        Map.of("31", "PJSIP/desk-anna")),
                List.of(
                        new QueueLine("8001", "sales", "", "queue", 0, 15_000),
                        new QueueLine("Support Team", "Support Team", "Support Team", "no such class", 0, 15_000)),
                List.of(
                        new Route(Pattern.compile("06[0-9]+"), "PJSIP/carrier"),
                        new Route(Pattern.compile("555[0-9]{4}"), "Local/{number}@outside/n")),
                usual.callData(),
                usual.holdMusic(),
                usual.times());
    }

    private CallLeg talking(String agent) {
        ready(agent);
        carrier.call("8001", ANN);
        return leg(agent, CONNECTED);
    }

    // ---- phones

    @Test
    void earlyMediaWithoutRinging() {
        holder(odd());
        driver.accepted("2002", new Command.LogOn(""));
        carrier.whenCalled((phone, invite) -> phone.reply(invite, "183 Session Progress", true));
        driver.accepted("2002", new Command.MakeCall("0601", Map.of()));
        leg("2002", ALERTING);
        carrier.answer(carrier.got("INVITE").get(0));
        leg("2002", CONNECTED);
        assertThat(carrier.got("INVITE").get(0).header("From")).contains("2002");
        driver.accepted(
                "2002", new Command.Release(driver.view("2002").legs().get(0).id()));
        eventually(() -> assertThat(channels()).isEmpty());
    }

    @Test
    void whyAPhoneDoesNotAnswer() {
        holder(odd());
        driver.accepted("2002", new Command.LogOn(""));
        Map<String, Cause> causes = new LinkedHashMap<>();
        causes.put("486 Busy Here", Cause.BUSY);
        causes.put("600 Busy Everywhere", Cause.BUSY);
        causes.put("603 Decline", Cause.REJECTED);
        causes.put("480 Temporarily Unavailable", Cause.NO_ANSWER);
        causes.put("404 Not Found", Cause.INVALID_DESTINATION);
        causes.put("503 Service Unavailable", Cause.UNREACHABLE);
        causes.put("488 Not Acceptable Here", Cause.UNREACHABLE);
        causes.put("500 Server Internal Error", Cause.UNREACHABLE);
        causes.forEach((status, cause) -> {
            carrier.whenCalled((phone, invite) -> phone.reply(invite, status, false));
            driver.accepted("2002", new Command.MakeCall("0601", Map.of()));
            CallLeg failed = leg("2002", FAILED);
            assertThat(failed.cause()).as(status).isEqualTo(cause);
            driver.accepted("2002", new Command.Release(failed.id()));
            untilIdle("2002");
        });
    }

    @Test
    void aPhoneThatForwardsEndsTheCallToIt() {
        holder(odd());
        driver.accepted("2002", new Command.LogOn(""));
        carrier.whenCalled((phone, invite) -> phone.reply(invite, "302 Moved Temporarily", false));
        driver.accepted("2002", new Command.MakeCall("0601", Map.of()));
        leg("2002", FAILED);
    }

    @Test
    void aPhoneThatIsSlowToConfirmTheEnd() throws Exception {
        holder(odd());
        CallLeg leg = talking("2002");
        desk.confirmsByeAfter(2_000);
        driver.accepted("2002", new Command.Release(leg.id()));
        untilIdle("2002");
        desk.confirmsByeAfter(0);
        carrier.call("8001", ANN);
        assertThat(leg("2002", CONNECTED).id()).isNotEqualTo(leg.id());
        eventually(() -> assertThat(channels()).hasSize(2));
    }

    @Test
    void holdingByDescription() {
        holder(odd());
        talking("2002");
        for (String direction : List.of("sendonly", "inactive")) {
            desk.describe(direction);
            leg("2002", HELD);
            desk.describe("sendrecv");
            leg("2002", CONNECTED);
        }
        carrier.describe("sendonly");
        carrier.describe("sendrecv");
        desk.hangUp();
        untilIdle("2002");
        eventually(() -> assertThat(channels()).isEmpty());
    }

    @Test
    void anEndpointWhoseNameIsNotItsNumber() {
        holder(odd());
        CallLeg leg = talking("änna@x");
        assertThat(desk.got("INVITE").get(0).first()).contains("sip:anna@");
        driver.accepted("änna@x", new Command.Release(leg.id()));
        untilIdle("änna@x");
        desk.call("75550101", "<sip:desk-anna@127.0.0.33>");
        assertThat(leg("änna@x", CONNECTED).to()).isEqualTo("5550101");
    }

    // ---- callers

    @Test
    void callersOfAllKinds() {
        holder(odd());
        ready("2002");
        Map<String, String> callers = new LinkedHashMap<>();
        callers.put("\"Anonymous\" <sip:anonymous@anonymous.invalid>", "anonymous");
        callers.put("<sip:127.0.0.34>", "");
        callers.put("\"J\u00fcrgen \\\"J\\\" \u4e2d\" <sip:+4930123@127.0.0.34>", "+4930123");
        callers.put("\"%41,|;${EVIL}\" <sip:012;phone-context=x@127.0.0.34>", "012");
        callers.forEach((from, number) -> {
            carrier.call("8001", from);
            CallLeg leg = leg("2002", CONNECTED);
            assertThat(leg.from()).as(from).isEqualTo(number);
            assertThat(leg.members()).hasSize(2);
            carrier.hangUp();
            untilIdle("2002");
        });
    }

    // ---- the PBX

    @Test
    void queuesWhoseNamesHaveSpacesAndMusicThatIsNotThere() {
        holder(odd());
        ready("2002");
        carrier.call("8802", ANN);
        CallLeg leg = leg("2002", CONNECTED);
        assertThat(leg.queue()).isEqualTo("Support Team");
        driver.accepted("2002", new Command.Hold(leg.id()));
        driver.accepted("2002", new Command.Retrieve(leg.id()));
        carrier.hangUp();
        untilIdle("2002");
    }

    @Test
    void callsThatAreNotOursAreLeftAlone() throws Exception {
        holder(odd());
        carrier.call("8800", ANN);
        eventually(() -> assertThat(channels()).hasSize(1));
        String foreign = channels().keySet().iterator().next();
        CallLeg leg = talking("2002");
        holder(odd());
        assertThat(leg("2002", CONNECTED).id()).isEqualTo(leg.id());
        driver.accepted("2002", new Command.Release(leg.id()));
        eventually(() -> assertThat(channels().keySet()).containsExactly(foreign));
    }

    @Test
    void withoutAmi() {
        holder(odd(new AsteriskSettings.Ari(pbx.ariUrl(), "cti", Secret.of("ctisecret")), Optional.empty()));
        talking("2002");
    }

    @Test
    void withAnAmiThatRefuses() {
        holder(odd(
                new AsteriskSettings.Ari(pbx.ariUrl() + "/", "cti", Secret.of("ctisecret")),
                Optional.of(new AsteriskSettings.Ami("127.0.0.1", pbx.amiPort, "cti", Secret.of("wrong")))));
        talking("2002");
    }

    @Test
    void usersThatMayNotSayWhy() {
        refused("cti", "wrong-one", "401", "ari.conf");
        refused("reader", "ctisecret", "403", "read_only");
    }

    private void refused(String user, String password, String... words) {
        AsteriskConnector connector =
                connector(odd(new AsteriskSettings.Ari(pbx.ariUrl(), user, Secret.of(password)), Optional.empty()));
        assertThatThrownBy(() -> driver.later(() -> connector.connect(new Epoch(99), driver))
                        .await())
                .hasMessageContainingAll(words)
                .hasMessageNotContaining(password);
        driver.call(connector::disconnect);
    }
}
