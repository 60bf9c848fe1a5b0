package io.interactionprocessor.gateway;

import static io.interactionprocessor.gateway.Messages.bindResource;
import static io.interactionprocessor.gateway.Messages.bindService;
import static io.interactionprocessor.gateway.Messages.core;
import static io.interactionprocessor.gateway.Messages.prepareSession;
import static io.interactionprocessor.gateway.Messages.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialogueTest extends DialogueStage {
    @Test
    void pingTellsTheTime() {
        JsonObject answer = ask(core("r1", "ping"));

        assertThat(answer.getString("result")).isEqualTo("success");
        assertThat(answer.getJsonObject("data").getString("time")).isEqualTo("2023-11-14T22:13:20.000Z");
    }

    @Test
    void servicesAreListedAndFiltered() {
        assertThat(ask(core("r1", "getServices")).getJsonObject("data").getJsonArray("services"))
                .hasSize(2);
        JsonObject filter = new JsonObject().put("data", new JsonObject().put("type", "interactionProcessor"));
        assertThat(ask(core("r2", "getServices", filter)).getJsonObject("data").getJsonArray("services"))
                .hasSize(1);
    }

    @Test
    void anUnknownCommandFails() {
        assertThat(code(ask(core("r1", "dance")))).isEqualTo("unknownCommand");
    }

    @Test
    void aServiceMustBeThereAndBound() {
        assertThat(code(ask(bindService("r1", "nothing")))).isEqualTo("unknownService");
        assertThat(code(ask(service("r2", "nothing", "getCapabilities", new JsonObject()))))
                .isEqualTo("unknownService");
        JsonObject notBound = ask(service("r3", "sim", "getCapabilities", new JsonObject()));
        assertThat(notBound.getString("messageType")).isEqualTo("serviceError");
        assertThat(code(notBound)).isEqualTo("notBound");
        assertThat(code(ask(core("r4", "unbindService", new JsonObject().put("serviceId", "sim")))))
                .isEqualTo("notBound");
        assertThat(handed).isEmpty();
    }

    @Test
    void bindingTwiceIsBindingOnce() {
        ask(bindService("r1", "sim"));
        assertThat(ask(bindService("r2", "sim")).getString("result")).isEqualTo("success");
        assertThat(catalog.clientCount("sim")).isEqualTo(1);

        ask(core("r3", "unbindService", new JsonObject().put("serviceId", "sim")));
        assertThat(catalog.clientCount("sim")).isZero();
    }

    @Test
    void theMonitorAnswersThenListsThenTells() {
        dialogue.message(bindService("r1", "ServiceMonitor"), now);
        catalog.cluster("sim", true, List.of());

        assertThat(sent).hasSize(3);
        assertThat(sent.get(0).getString("messageType")).isEqualTo("coreResponse");
        assertThat(eventType(1)).isEqualTo("serviceList");
        assertThat(eventType(2)).isEqualTo("serviceStatusChanged");

        sent.clear();
        ask(bindService("r2", "ServiceMonitor"));
        ask(core("r3", "unbindService", new JsonObject().put("serviceId", "ServiceMonitor")));
        catalog.cluster("sim", false, List.of());
        assertThat(sent).hasSize(2);

        sent.clear();
        dialogue.message(bindService("r4", "ServiceMonitor"), now);
        assertThat(eventType(1)).isEqualTo("serviceList");
    }

    @Test
    void theMonitorTakesNoRequestsAndHasNoResources() {
        dialogue.message(bindService("r1", "ServiceMonitor"), now);
        sent.clear();

        assertThat(code(ask(prepareSession("r2", "ServiceMonitor", "1001", "x"))))
                .isEqualTo("unknownCommand");
        assertThat(code(ask(bindResource("r3", "ServiceMonitor", "R")))).isEqualTo("unknownResource");
    }

    @Test
    void aFastClientIsToldAndAFloodIsCut() {
        for (int i = 0; i < 2000; i++) {
            assertThat(ask(core("r" + i, "ping")).getString("result")).isEqualTo("success");
        }
        assertThat(code(ask(core("too much", "ping")))).isEqualTo("tooManyRequests");
        assertThat(closed).isEmpty();
        for (int i = 2001; i < 20_000; i++) {
            dialogue.message(core("r", "ping"), now);
        }
        assertThat(closed).isEmpty();
        dialogue.message(core("r", "ping"), now);
        assertThat(closed).hasSize(1).allSatisfy(each -> assertThat(each).startsWith("1008"));
    }

    @Test
    void malformedMessagesAreAnsweredAndTheTwentyFirstCloses() {
        for (int i = 0; i < 21; i++) {
            assertThat(closed).isEmpty();
            assertThat(code(ask("{nonsense"))).isEqualTo("malformedMessage");
        }
        assertThat(closed).hasSize(1).allSatisfy(each -> assertThat(each).startsWith("1008"));
    }

    @Test
    void wrongFieldsNeverClose() {
        for (int i = 0; i < 100; i++) {
            assertThat(code(ask(core("r" + i, "bindService")))).isEqualTo("invalidRequest");
        }
        assertThat(closed).isEmpty();
    }

    @Test
    void anErrorOfOursIsAnsweredWithItsId() {
        ask(bindService("r0", "sim"));
        addresses = id -> {
            throw new IllegalStateException("canary");
        };
        JsonObject answer = ask(prepareSession("r1", "sim", "1001", "geheim"));

        assertThat(code(answer)).isEqualTo("internalError");
        assertThat(answer.encode()).contains("\"context\":\"chance\"").doesNotContain("canary");
        assertThat(closed).isEmpty();
    }

    @Test
    void whoGoesLeavesNothingBehind() {
        ask(bindService("r0", "sim"));
        dialogue.message(bindService("r1", "ServiceMonitor"), now);
        dialogue.message(bindResource("r2", "sim", "R"), now);
        int before = sent.size();
        dialogue.closed();
        dialogue.outbound(new Outbound.Frames("R", List.of(started("r9")), List.of("r9")), now);

        assertThat(handed.get(handed.size() - 1)).isEqualTo(new Inbound.Closed("connection.1"));
        assertThat(catalog.clientCount("sim")).isZero();
        assertThat(catalog.clientCount("ServiceMonitor")).isZero();
        assertThat(catalog.subscriberCount()).isZero();
        assertThat(sent).hasSize(before);
    }

    @Test
    void whoAskedNothingOfTheSessionsIsNoNewsToThem() {
        ask(core("r1", "ping"));
        dialogue.closed();

        assertThat(handed).isEmpty();
    }
}
