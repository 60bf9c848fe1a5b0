package io.interactionprocessor.session.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.protocol.MessageWriter;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.protocol.SessionCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An agent's desktop: logs in, works, loses its connection, comes back. Everything it hears is checked. */
final class Desktop {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final MessageWriter WRITER = new MessageWriter();

    private static final int TAKEN = 4001;
    private static final int OVERRIDDEN = 4002;
    private static final int MOVED = 1012;

    private final World world;
    private final String agent;
    private final Worker worker;
    private Dialogue dialogue;
    /** What it had before over the same connection, by session: late answers belong there. */
    private final Map<String, Dialogue> past = new HashMap<>();

    private String resumeKey;
    private Connection connection;
    private boolean working;
    private boolean retired;
    private boolean overrides;
    /** The prepareSession, bindResource or unbindResource that is not answered, and since when. */
    private String asking;

    private int asked;
    private boolean trying;

    Desktop(World world, String agent, boolean overrides) {
        this.world = world;
        this.agent = agent;
        this.overrides = overrides;
        this.worker = new Worker(world, this);
    }

    String agent() {
        return agent;
    }

    Worker worker() {
        return worker;
    }

    Dialogue dialogue() {
        return dialogue;
    }

    boolean isWorking() {
        return working;
    }

    boolean isRetired() {
        return retired;
    }

    Connection connection() {
        return connection;
    }

    boolean waits() {
        return asking != null || (dialogue != null && !dialogue.owed().isEmpty());
    }

    // ---- coming and going

    void comesSoon(int most) {
        if (!trying && !retired) {
            trying = true;
            world.time.after(world.faults.between(1, most), () -> {
                trying = false;
                comes();
            });
        }
    }

    private void comes() {
        if (retired || working || asking != null) {
            return;
        }
        if (connection == null) {
            SimulatedNode node = world.someNode();
            if (node == null) {
                comesSoon(500);
                return;
            }
            connection = new Connection(world, world.newAddress(), node, this);
        }
        if (dialogue == null) {
            prepare();
        } else {
            bind();
        }
    }

    private void prepare() {
        if (overrides) {
            world.overrides(this);
        }
        ask(new Request.PrepareSession(
                question(), World.PROCESSOR.id(), null, overrides, agent, Secret.of("demo"), "{}", "{}"));
    }

    private void bind() {
        boolean forgot = resumeKey != null && world.faults.oneIn(12);
        Long last = resumeKey == null || forgot ? null : (Long) dialogue.sequence;
        ask(new Request.BindResource(question(), World.PROCESSOR.id(), dialogue.session(), resumeKey, last, "{}"));
        String id = asking;
        Connection over = connection;
        world.time.after(world.faults.between(800, 1_500), () -> {
            if (id.equals(asking) && over == connection) {
                // it has been waiting for long enough, and tries its luck elsewhere
                over.breaks(true);
            }
        });
    }

    private String question() {
        return "q" + ++asked;
    }

    private void ask(Request request) {
        asking = request.requestId();
        connection.toNode(request);
        Connection over = connection;
        String id = asking;
        world.time.after(World.PATIENCE, () -> {
            if (id.equals(asking) && over == connection && !over.isBroken() && !world.hasTrouble(over)) {
                Checks.violated(agent + ": no answer to " + request);
            }
        });
    }

    /** Lets go of the session but not of the connection. */
    void unbinds() {
        working = false;
        ask(new Request.UnbindResource(question(), World.PROCESSOR.id(), dialogue.session(), "{}"));
    }

    /** Asks for the session that it has, over the same connection. */
    void bindsAgain() {
        working = false;
        bind();
    }

    /** Another desktop of this agent takes his place. */
    void retire() {
        retired = true;
    }

    void disconnected(Connection which) {
        if (which != connection) {
            return;
        }
        left();
        // some agents go home without a word
        comesSoon(world.isCalm() || !world.faults.oneIn(15) ? 1_500 : 8_000);
    }

    /** The connection is gone. */
    private void left() {
        connection = null;
        asking = null;
        working = false;
        past.clear();
        if (dialogue != null) {
            dialogue.disconnected();
        }
    }

    private void forget() {
        if (dialogue != null) {
            past.put(dialogue.session(), dialogue);
        }
        dialogue = null;
        resumeKey = null;
        working = false;
    }

    // ---- what it hears

    void receive(Connection from, Outbound message) {
        if (from != connection) {
            return;
        }
        if (message instanceof Outbound.Answer answer) {
            answered(parse(WRITER.response(answer.response())));
        } else if (message instanceof Outbound.Bound bound) {
            asking = null;
            bound((Response.Bound) bound.answer().data());
            bound.events().forEach(this::frame);
            afterBinding();
        } else if (message instanceof Outbound.Frames frames) {
            frames.frames().forEach(this::frame);
        } else if (message instanceof Outbound.Unbound gone) {
            unbound(gone);
        }
    }

    @Override
    public String toString() {
        return (working ? "working" : "not working") + ", asks " + asking + ", is owed "
                + (dialogue == null ? "no session" : dialogue.session() + ' ' + dialogue.owed())
                + (connection == null ? ", not connected" : ", connected to " + connection.node());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private void frame(String text) {
        JsonNode message = parse(text);
        Dialogue of = dialogueOf(message);
        if (message.get("messageType").textValue().equals("resourceEvent")) {
            of.event(message.get("event"));
        } else {
            Dialogue.Sent sent = of.answer(message.get("requestId").textValue(), message.get("response"), text);
            if (of != dialogue) {
                return;
            }
            if (sent.request.command() instanceof SessionCommand.Snapshot && sent.succeeded) {
                compare(sent, message.get("response").get("data"), text);
            } else if (sent.request.command() instanceof SessionCommand.Start) {
                started(sent);
            }
        }
    }

    private Dialogue dialogueOf(JsonNode message) {
        String session = message.get("resourceId").textValue();
        Dialogue of = dialogue != null && dialogue.session().equals(session) ? dialogue : past.get(session);
        if (of == null) {
            Checks.violated(agent + ": what is this to me: " + message);
        }
        return of;
    }

    /** A snapshot is what the events until then have told. */
    private void compare(Dialogue.Sent sent, JsonNode snapshot, String text) {
        if (!sent.answer.equals(text) || snapshot.get("sequence").longValue() != dialogue.sequence) {
            return;
        }
        List<String> differences = dialogue.tree.differences(snapshot);
        if (!differences.isEmpty()) {
            Checks.violated(agent + ": events and snapshot differ: " + differences);
        }
        sent.answer = text;
    }

    private void started(Dialogue.Sent sent) {
        String code = sent.succeeded
                ? ""
                : parse(sent.answer).get("response").get("failure").get("code").textValue();
        working = sent.succeeded || code.equals("alreadyStarted");
        if (working) {
            worker.begin();
        } else if (!dialogue.ended()) {
            world.time.after(world.faults.between(50, 500), () -> start(sent.request.resourceId()));
        }
    }

    private void start(String session) {
        if (connection != null && dialogue != null && dialogue.session().equals(session) && !working) {
            worker.send(new SessionCommand.Start(null), session);
        }
    }

    private void bound(Response.Bound data) {
        boolean first = resumeKey == null;
        resumeKey = data.resumeKey();
        if (!first || data.resumed()) {
            dialogue.bound(data.resumed());
        }
        working = data.state().equals("active");
    }

    private void afterBinding() {
        if (!working) {
            start(dialogue.session());
        } else {
            worker.repeatLost();
            worker.begin();
        }
    }

    private void answered(JsonNode message) {
        String id = message.path("requestId").textValue();
        if (!id.equals(asking)) {
            if (message.has("resourceId") && dialogueOf(message).error(id)) {
                // unknownResource or notBound: it has just ended, or let go
                if (dialogueOf(message) == dialogue) {
                    lostSession(message.get("error").get("code").textValue());
                }
            } else {
                Checks.violated(agent + ": an answer that nobody waits for: " + message);
            }
            return;
        }
        asking = null;
        if (message.has("error")) {
            lostSession(message.get("error").get("code").textValue());
            return;
        }
        JsonNode response = message.has("response") ? message.get("response") : message;
        String result = response.get("result").textValue();
        if (result.equals("confirm")) {
            overrides = world.isCalm() || world.faults.oneIn(2);
            comesSoon(400);
        } else if (result.equals("failure")) {
            overrides |= response.get("failure").get("code").textValue().equals("alreadyBound");
            if (overrides) {
                forget();
            }
            comesSoon(400);
        } else if (response.has("resource")) {
            overrides = false;
            dialogue = new Dialogue(
                    world.checks, response.get("resource").get("id").textValue());
            comes();
        } else {
            // unbound
            if (dialogue != null) {
                dialogue.disconnected();
            }
            comesSoon(3_000);
        }
    }

    private void lostSession(String code) {
        if (code.equals("unknownResource")) {
            forget();
        } else {
            working = false;
        }
        comesSoon(400);
    }

    private void unbound(Outbound.Unbound gone) {
        if (dialogue == null || !dialogue.session().equals(gone.resourceId())) {
            return;
        }
        if (gone.ended() && gone.closeCode() == 0 && !dialogue.ended()) {
            Checks.violated(agent + ": ended without session.ended");
        }
        if (gone.ended()
                && gone.closeCode() == MOVED
                && !world.hasTrouble(connection)
                && !world.overriderHasTrouble(gone.resourceId())) {
            Checks.violated(agent + ": ended on another node, and neither that nor this one had trouble");
        }
        if (gone.closeCode() == TAKEN) {
            Checks.violated(agent + ": sent away in favour of a connection that it does not have");
        }
        if (gone.closeCode() == OVERRIDDEN && !world.wasOverriddenByAnother(this)) {
            Checks.violated(agent + ": overridden by nobody");
        }
        boolean wasAsked = working || gone.ended();
        if (gone.closeCode() != 0) {
            connection.closedByNode();
            left();
        }
        if (gone.ended()) {
            forget();
        }
        if (wasAsked || gone.closeCode() != 0) {
            comesSoon(1_500);
        }
    }
}
