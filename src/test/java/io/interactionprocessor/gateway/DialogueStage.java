package io.interactionprocessor.gateway;

import static io.interactionprocessor.gateway.Messages.bindResource;
import static io.interactionprocessor.gateway.Messages.prepareSession;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.MessageReader;
import io.interactionprocessor.protocol.MessageWriter;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;

/** A dialogue between nobody and nothing: what it sends, closes and hands over is kept for the test to look at. */
abstract class DialogueStage {
    static final long ANSWER_TIMEOUT = 10_100;

    final MessageWriter writer = new MessageWriter();
    final List<JsonObject> sent = new ArrayList<>();
    final List<String> closed = new ArrayList<>();
    final List<Inbound> handed = new ArrayList<>();
    final GatewayFigures figures = new GatewayFigures();
    final ServiceCatalog catalog = new ServiceCatalog("ws://here/ws", writer::serviceEvent, () -> 0);
    Function<String, String> addresses = id -> id.equals("sim") ? "session.demo" : null;
    boolean somebodyThere = true;
    Dialogue dialogue;
    long now;

    @BeforeEach
    void begin() {
        catalog.phase(ServiceCatalog.NodePhase.SERVING);
        catalog.register("sim", "Switch", Map.of("instance-domain", "demo"));
        World world = new World(
                GatewaySettings.on("127.0.0.1", 0),
                catalog,
                new MessageReader(),
                writer,
                this::hand,
                id -> addresses.apply(id),
                figures,
                new HashSet<>(),
                new AtomicBoolean(),
                () -> "chance",
                () -> 1_700_000_000_000L);
        FakeClient client = new FakeClient();
        dialogue = new Dialogue("connection.1", "10.0.0.1", world, client, client::send, 0);
    }

    void bindR() {
        dialogue.message(bindResource("bind", "sim", "R"), now);
        sent.clear();
        Response.CoreSuccess success =
                new Response.CoreSuccess("bind", "bindResource", new Response.Bound("key", 3, true, "active"));
        dialogue.outbound(new Outbound.Bound("R", success, List.of("{\"sequence\":8}", "{\"sequence\":9}")), now);
    }

    String confirmFor(String requestId, String password) {
        dialogue.message(prepareSession(requestId, "sim", "1001", password), now);
        Request request = request(handed.size() - 1);
        dialogue.outbound(
                new Outbound.Answer(new Response.SessionConfirm(
                        requestId, "sim", "Already there", 0, "active", "n2", 1, request.original())),
                now);
        return last().encode();
    }

    String started(String requestId) {
        return writer.response(new Response.ResourceSuccess(requestId, "sim", "R", "session.start", "R", null));
    }

    /** Sends a message that is answered at once, with one frame. */
    JsonObject ask(String message) {
        int before = sent.size();
        dialogue.message(message, now);
        assertThat(sent).hasSize(before + 1);
        return last();
    }

    JsonObject last() {
        return sent.get(sent.size() - 1);
    }

    String eventType(int index) {
        return sent.get(index).getJsonObject("event").getString("eventType");
    }

    Request request(int index) {
        return ((Inbound.Call) handed.get(index)).request();
    }

    String password(int index) {
        return ((Request.PrepareSession) request(index)).password().reveal();
    }

    static String code(JsonObject answer) {
        JsonObject body = answer;
        for (String key : List.of("response", "error", "failure")) {
            body = body.getJsonObject(key, body);
        }
        return body.getString("code");
    }

    private void hand(String address, Inbound message, Runnable nobodyThere) {
        assertThat(address).isEqualTo("session.demo");
        if (somebodyThere) {
            handed.add(message);
        } else {
            nobodyThere.run();
        }
    }

    private final class FakeClient implements World.Client {
        @Override
        public void send(String frame) {
            sent.add(new JsonObject(frame));
        }

        @Override
        public void replay(Iterable<String> frames) {
            frames.forEach(this::send);
        }

        @Override
        public void close(int code, String reason) {
            closed.add(code + " " + reason);
        }
    }
}
