package io.interactionprocessor.gateway;

import static io.interactionprocessor.gateway.Messages.bindResource;
import static io.interactionprocessor.gateway.Messages.bindService;
import static io.interactionprocessor.gateway.Messages.core;
import static io.interactionprocessor.gateway.Messages.prepareSession;
import static io.interactionprocessor.gateway.Messages.resource;
import static io.interactionprocessor.gateway.Messages.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrandsTest extends DialogueStage {
    @Test
    void requestsGoOnToTheSessionsOfTheirDomain() {
        ask(bindService("r1", "sim"));
        dialogue.message(prepareSession("r2", "sim", "1001", "geheim"), now);
        dialogue.message(bindResource("r3", "sim", "R"), now);
        dialogue.message(resource("r4", "sim", "R", "session.start"), now);

        assertThat(handed).hasSize(3).allSatisfy(each -> {
            assertThat(each.connection()).isEqualTo("connection.1");
            assertThat(((Inbound.Call) each).remote()).isEqualTo("10.0.0.1");
        });
        assertThat(((Request.PrepareSession) request(0)).password().reveal()).isEqualTo("geheim");
    }

    @Test
    void bindResourceNeedsTheServiceToExistAndNotToBeBound() {
        dialogue.message(bindResource("r1", "sim", "R"), now);
        assertThat(handed).hasSize(1);

        JsonObject error = ask(bindResource("r2", "nothing", "R"));
        assertThat(error.getString("messageType")).isEqualTo("serviceError");
        assertThat(code(error)).isEqualTo("unknownService");
    }

    @Test
    void aBoundResourcesAnswerComesBeforeItsMissedEvents() {
        bindR();

        assertThat(sent.get(0).getJsonObject("data").getString("resumeKey")).isEqualTo("key");
        assertThat(sent.get(1).getInteger("sequence")).isEqualTo(8);
        assertThat(sent.get(2).getInteger("sequence")).isEqualTo(9);
    }

    @Test
    void whatHasEndedHereIsUnknownUntilBoundAgain() {
        bindR();
        dialogue.outbound(new Outbound.Unbound("R", true, 0, ""), now);

        assertThat(code(ask(resource("r1", "sim", "R", "session.start")))).isEqualTo("unknownResource");
        assertThat(code(ask(bindResource("r2", "sim", "R")))).isEqualTo("unknownResource");
    }

    @Test
    void whatIsBoundElsewhereIsForTheSessionsToSay() {
        int before = handed.size();
        dialogue.message(resource("r1", "sim", "other", "session.start"), now);
        assertThat(handed).hasSize(before + 1);

        Failure notBound = Failure.of(FailureCode.NOT_BOUND, "not yours");
        dialogue.outbound(new Outbound.Answer(new Response.ResourceError("r1", "sim", "other", notBound)), now);
        assertThat(code(last())).isEqualTo("notBound");
    }

    @Test
    void aTakenOverBindingClosesAfterTheLastFrames() {
        bindR();
        dialogue.outbound(new Outbound.Frames("R", List.of("{\"messageType\":\"resourceEvent\"}"), List.of()), now);
        dialogue.outbound(new Outbound.Unbound("R", false, 4001, "taken"), now);

        assertThat(closed).containsExactly("4001 taken");
        assertThat(last().getString("messageType")).isEqualTo("resourceEvent");
    }

    @Test
    void whatIsNotAnsweredInTimeIsAnsweredHereAndALateAnswerIsDropped() {
        bindR();
        ask(bindService("r0", "sim"));
        sent.clear();
        dialogue.message(service("r1", "sim", "getCapabilities", new JsonObject()), now);
        dialogue.message(resource("r2", "sim", "R", "session.start"), now);
        now += ANSWER_TIMEOUT - 1;
        dialogue.tick(now);
        assertThat(sent).isEmpty();

        now += 1;
        dialogue.tick(now);
        assertThat(sent).extracting(DialogueStage::code).containsExactly("timeout", "timeout");
        assertThat(sent).extracting(each -> each.getString("requestId")).containsExactly("r1", "r2");

        dialogue.outbound(
                new Outbound.Answer(new Response.ServiceSuccess("r1", "sim", "getCapabilities", Map.of())), now);
        dialogue.outbound(new Outbound.Frames("R", List.of(started("r2")), List.of("r2")), now);
        dialogue.tick(now + ANSWER_TIMEOUT);
        assertThat(sent).hasSize(2);
        assertThat(figures.lateAnswers()).isEqualTo(2);
    }

    @Test
    void anAnswerToARequestOfAnEarlierConnectionIsDelivered() {
        bindR();
        dialogue.outbound(new Outbound.Frames("R", List.of(started("sent before")), List.of("sent before")), now);

        assertThat(last().getString("requestId")).isEqualTo("sent before");
    }

    @Test
    void aSecondRequestWithTheIdOfOneThatWaitsIsRefusedUnlessASessionCanTell() {
        ask(bindService("r0", "sim"));
        dialogue.message(service("r1", "sim", "getCapabilities", new JsonObject()), now);
        JsonObject refusal = ask(core("r1", "ping"));
        assertThat(refusal.getString("messageType")).isEqualTo("coreError");
        assertThat(refusal.getJsonObject("error").getString("field")).isEqualTo("/requestId");

        bindR();
        sent.clear();
        dialogue.message(resource("r2", "sim", "R", "session.start"), now);
        dialogue.message(resource("r2", "sim", "R", "session.start"), now);
        assertThat(sent).isEmpty();
        dialogue.outbound(new Outbound.Frames("R", List.of(started("r2"), started("r2")), List.of("r2", "r2")), now);
        assertThat(sent).hasSize(2);
    }

    @Test
    void onlySoManyRequestsMayWait() {
        ask(bindService("r0", "sim"));
        for (int i = 0; i < 128; i++) {
            dialogue.message(service("w" + i, "sim", "getCapabilities", new JsonObject()), now);
        }
        assertThat(code(ask(service("one more", "sim", "getCapabilities", new JsonObject()))))
                .isEqualTo("tooManyRequests");
        assertThat(handed).hasSize(128);
        assertThat(ask(core("r1", "ping")).getString("result")).isEqualTo("success");
    }

    @Test
    void aNodeWithoutSessionsSaysSoAtOnce() {
        ask(bindService("r0", "sim"));
        somebodyThere = false;

        assertThat(code(ask(prepareSession("r1", "sim", "1001", "x")))).isEqualTo("notAcceptingSessions");
    }

    @Test
    void aConfirmBringsAStandInThatWorksOnce() {
        ask(bindService("r0", "sim"));
        String confirm = confirmFor("r1", "geheim");
        String standIn = new JsonObject(confirm)
                .getJsonObject("response")
                .getJsonObject("original")
                .getJsonObject("request")
                .getJsonObject("data")
                .getJsonObject("agent")
                .getString("password");
        assertThat(standIn).isEqualTo("standin:chance");
        assertThat(confirm).doesNotContain("geheim");

        dialogue.message(prepareSession("r2", "sim", "1001", standIn), now);
        assertThat(password(handed.size() - 1)).isEqualTo("geheim");
        dialogue.message(prepareSession("r3", "sim", "1001", standIn), now);
        assertThat(password(handed.size() - 1)).isEqualTo("standin:chance");
    }

    @Test
    void aStandInIsNoGoodAfterAMinute() {
        ask(bindService("r0", "sim"));
        confirmFor("r1", "geheim");
        now += 60_000;
        dialogue.message(prepareSession("r2", "sim", "1001", "standin:chance"), now);

        assertThat(password(handed.size() - 1)).isEqualTo("standin:chance");
    }
}
