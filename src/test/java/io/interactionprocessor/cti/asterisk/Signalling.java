package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What phones are told in SIP, and the dialplan in variables: headers, data, digits. */
abstract class Signalling extends DeskPhones {
    Signalling(int version) {
        super(version);
    }

    private static boolean toldToAnswer(SipMessage invite) {
        return invite.header("Call-Info").contains("answer-after=0")
                && invite.header("Alert-Info").contains("info=alert-autoanswer");
    }

    @Test
    void aHeaderMakesThePhoneAnswerAndHeadersTellOfTheCall() {
        holder(pbx.settings());
        desk.whenCalled((phone, invite) -> {
            if (toldToAnswer(invite)) {
                phone.answer(invite);
            } else {
                phone.reply(invite, "180 Ringing", false);
            }
        });
        ready("2002");
        carrier.call("7001", "\"Ann\" <sip:0301234@127.0.0.34>");
        CallLeg offered = leg("2002", ALERTING);
        driver.accepted("2002", new Command.SetData(offered.id(), Map.of("name", "Jürgen; \"J\""), List.of()));
        assertThat(desk.got("INVITE")).as("silent until accepted").isEmpty();
        driver.accepted("2002", new Command.Answer(offered.id()));
        CallLeg leg = leg("2002", CONNECTED);
        SipMessage invite = desk.got("INVITE").get(0);
        assertThat(invite.header("X-Call-Id")).isEqualTo(leg.call());
        assertThat(new JsonObject(invite.header("X-Call-Data")).getMap())
                .isEqualTo(Map.of("CUSTOMER_ID", "4711", "name", "Jürgen; \"J\""));
        assertThat(invite.header("From")).contains("0301234");
    }

    @Test
    void aNotifyMakesThePhoneAnswer() {
        holder(with(Map.of("2002", AnswerMode.TALK), Map.of()));
        desk.whenCalled((phone, invite) -> phone.reply(invite, "180 Ringing", false));
        ready("2002");
        carrier.call("8001", "<sip:0301234@127.0.0.34>");
        CallLeg offered = leg("2002", ALERTING);
        eventually(() -> assertThat(desk.got("INVITE")).hasSize(1));
        SipMessage invite = desk.got("INVITE").get(0);
        assertThat(toldToAnswer(invite)).isFalse();
        assertThat(invite.header("X-Call-Id")).isEqualTo(offered.call());
        assertThat(desk.got("NOTIFY")).isEmpty();
        driver.accepted("2002", new Command.Answer(offered.id()));
        eventually(() -> assertThat(desk.got("NOTIFY")).isNotEmpty());
        assertThat(desk.got("NOTIFY").get(0).header("Event")).isEqualTo("talk");
        desk.answer(invite);
        leg("2002", CONNECTED);
    }

    @Test
    void dataIsWrittenToTheDialplansVariables() throws Exception {
        CallLeg leg = served();
        driver.accepted("2002", new Command.SetData(leg.id(), Map.of("CUSTOMER_ID", "ü 4712", "other", 1), List.of()));
        eventually(() -> assertThat(variables("CUSTOMER_ID")).containsOnly("ü 4712"));
        assertThat(variables("other")).containsOnly("");
        driver.accepted("2002", new Command.SetData(leg.id(), Map.of(), List.of("CUSTOMER_ID")));
        eventually(() -> assertThat(variables("CUSTOMER_ID")).containsOnly(""));
        driver.accepted("2002", new Command.SetData(leg.id(), Map.of("CUSTOMER_ID", "4713"), List.of()));
        driver.accepted("2002", new Command.SingleStepConference(leg.id(), "5550101"));
        eventually(() -> assertThat(variables("CUSTOMER_ID")).hasSizeGreaterThan(2));
        eventually(() -> assertThat(variablesOfOurs("CUSTOMER_ID")).containsOnly("4713"));
    }

    @Test
    void digitsAreHeardAtTheFarEnd() {
        CallLeg leg = served();
        driver.accepted("2002", new Command.SendDtmf(leg.id(), "42#"));
        eventually(() -> assertThat(carrier.digits()).isEqualTo("42#"));
        driver.accepted("2002", new Command.SendDtmf(leg.id(), "*0D"));
        eventually(() -> assertThat(carrier.digits()).isEqualTo("42#*0D"));
        assertThat(desk.digits()).as("the agent's own phone").isEmpty();
    }
}
