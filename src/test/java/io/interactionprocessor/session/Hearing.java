package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interactionprocessor.protocol.MessageWriter;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.session.simulation.ClientTree;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a client hears: keeps it as short lines for comparison, checks the sequence, builds the objects from the events.
 * Actions, since and ids of the session are left out of the lines; the objects hold them.
 */
class Hearing {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MessageWriter WRITER = new MessageWriter();

    private final List<String> lines = new ArrayList<>();
    ClientTree tree = new ClientTree();
    long sequence;
    String resource;
    String resumeKey;
    JsonNode snapshot;
    /** The data of the last failure or error. */
    JsonNode failure;

    int closeCode;
    boolean unbound;
    private AssertionError broken;

    void follow(Hearing before) {
        tree = before.tree;
        sequence = before.sequence;
        resource = before.resource;
        resumeKey = before.resumeKey;
    }

    /** What is wrong is told by {@link #heard}: whoever calls this one may swallow it. */
    void hear(Outbound message) {
        try {
            take(message);
        } catch (AssertionError e) {
            broken = broken == null ? e : broken;
        }
    }

    private void take(Outbound message) {
        if (message instanceof Outbound.Answer answer) {
            frame(WRITER.response(answer.response()));
        } else if (message instanceof Outbound.Bound bound) {
            if (bound.answer().data() instanceof Response.Bound data && !data.resumed()) {
                sequence = -1;
            }
            resource = bound.resourceId();
            frame(WRITER.response(bound.answer()));
            bound.events().forEach(this::frame);
        } else if (message instanceof Outbound.Frames frames) {
            frames.frames().forEach(this::frame);
        } else if (message instanceof Outbound.Unbound gone) {
            unbound = true;
            closeCode = gone.closeCode();
            lines.add(
                    "unbound" + (gone.ended() ? " ended" : "") + (gone.closeCode() == 0 ? "" : " " + gone.closeCode()));
        }
    }

    private void frame(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            String type = message.get("messageType").textValue();
            if (type.equals("resourceEvent")) {
                event(message.get("event"));
            } else {
                answer(message);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private void answer(JsonNode message) {
        String id = message.get("requestId").textValue();
        if (message.has("error")) {
            failure = message.get("error");
            lines.add(id + " error " + failure.get("code").textValue());
            return;
        }
        JsonNode response = message.has("response") ? message.get("response") : message;
        String result = response.get("result").textValue();
        StringJoiner line = new StringJoiner(" ");
        line.add(id).add(result).add(response.get("command").textValue());
        if (result.equals("failure")) {
            failure = response.get("failure");
            line.add(failure.get("code").textValue());
            assertThat(failure.get("message").textValue()).isNotBlank();
            assertThat(response.get("original").get("requestId").textValue()).isEqualTo(id);
        } else if (result.equals("confirm")) {
            JsonNode session = response.get("session");
            line.add(session.get("state").textValue())
                    .add(session.get("node").textValue())
                    .add(session.get("calls").toString());
        } else if (response.has("resource")) {
            resource = response.get("resource").get("id").textValue();
        } else if (response.path("data").has("resumeKey")) {
            JsonNode data = response.get("data");
            resumeKey = data.get("resumeKey").textValue();
            line.add("epoch=" + data.get("epoch")).add("resumed=" + data.get("resumed"));
            line.add(data.get("state").textValue());
        } else if (response.path("data").has("groups")) {
            snapshot = response.get("data");
            line.add(snapshot.get("session").get("state").textValue()).add("at=" + snapshot.get("sequence"));
        }
        lines.add(line.toString());
    }

    private void event(JsonNode event) {
        long number = event.get("sequence").longValue();
        boolean begins = sequence < 0 && event.get("name").textValue().equals("session.snapshot");
        if (!begins) {
            assertThat(number).as("sequence of %s", event).isEqualTo(Math.max(0, sequence) + 1);
        }
        sequence = number;
        tree.apply(event);
        String cause = event.has("requestId") ? event.get("requestId").textValue() : "-";
        StringJoiner line = new StringJoiner(" ");
        line.add(cause)
                .add(event.get("name").textValue())
                .add(shortened(event.get("target").textValue()));
        JsonNode data = event.get("data");
        if (event.get("name").textValue().equals("session.snapshot")) {
            snapshot = data;
        } else {
            data.properties().forEach(field -> {
                String name = field.getKey();
                if (!name.equals("actions") && !name.equals("blocked") && !name.equals("since")) {
                    line.add(name + '=' + plain(field.getValue()));
                }
            });
        }
        lines.add(line.toString());
    }

    private static String plain(JsonNode value) {
        return value.toString().replace("\"", "");
    }

    String path(String target) {
        if (target.equals("session")) {
            return resource;
        } else if (target.equals("g1") || target.startsWith("/")) {
            return resource + '.' + target.replace("/", "");
        } else if (target.equals("c1")) {
            return resource + ".g1.c1";
        }
        return resource + ".g1.c1." + target;
    }

    private String shortened(String target) {
        String root = resource == null ? "" : resource;
        return target.equals(root)
                ? "session"
                : target.replace(root + ".g1.c1.", "")
                        .replace(root + ".g1.c1", "c1")
                        .replace(root + ".g1", "g1");
    }

    /** Compares all that has been heard since the last comparison. */
    void hears(String... expected) {
        assertThat(heard()).containsExactly(expected);
    }

    List<String> heard() {
        if (broken != null) {
            throw broken;
        }
        List<String> now = List.copyOf(lines);
        lines.clear();
        return now;
    }

    /** What the client may ask of an object, by its events. */
    List<String> actions(String target) {
        List<String> names = new ArrayList<>();
        tree.objects().get(path(target)).get("actions").forEach(name -> names.add(name.textValue()));
        return names;
    }

    String blocked(String target, String command) {
        JsonNode code = tree.objects().get(path(target)).get("blocked").get(command);
        return code == null ? null : code.textValue();
    }
}
