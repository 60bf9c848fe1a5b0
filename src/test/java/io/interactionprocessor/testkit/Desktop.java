package io.interactionprocessor.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An agent's desktop: one connection, at most one session. It speaks the protocol, keeps every event of its session, and
 * {@linkplain #check() checks} what section 6.2 promises of all of them.
 */
public final class Desktop implements AutoCloseable {

    private static final String SERVICE = "sim";

    private final RawClient wire;
    private final Cluster.Node node;
    private final List<JsonObject> inherited = new ArrayList<>();
    private String agent;
    private String resource;
    private String resumeKey;
    private long epoch;
    private int firstRequest;
    private int requests;

    private Desktop(RawClient wire, Cluster.Node node) {
        this.wire = wire;
        this.node = node;
    }

    /** Connects, no more. */
    public static Desktop connect(Cluster.Node node) {
        return new Desktop(RawClient.connect(node.url()), node);
    }

    /** Connects from an address of the caller's choice, 127.0.0.x. */
    public static Desktop connectFrom(Cluster.Node node, String localAddress) {
        return new Desktop(RawClient.connect(node.url(), localAddress, null), node);
    }

    /** Connects, binds the service, prepares a session and binds it; not started. */
    public static Desktop bound(Cluster.Node node, String agent) {
        Desktop desktop = connect(node);
        desktop.bindService();
        desktop.prepare(agent, false);
        desktop.bind();
        return desktop;
    }

    /** As {@link #bound}, and started: {@code session.initialized} has come. */
    public static Desktop started(Cluster.Node node, String agent) {
        Desktop desktop = bound(node, agent);
        desktop.start();
        return desktop;
    }

    /** As {@link #started}, and the telephony channel is active: it rings and dials. */
    public static Desktop active(Cluster.Node node, String agent) {
        Desktop desktop = started(node, agent);
        desktop.ok("channel.activate", desktop.channel());
        desktop.until(
                "ACTIVE",
                m -> m.channel().may("channel.dial") && m.one(Mirror.Kind.GROUP).may("channelgroup.ready"));
        return desktop;
    }

    /** As {@link #active}, and ready for queues. */
    public static Desktop ready(Cluster.Node node, String agent) {
        Desktop desktop = active(node, agent);
        desktop.makeReady();
        return desktop;
    }

    /** Sends {@code channel.ready} and waits until it is so. */
    public void makeReady() {
        ok("channel.ready", channel());
        until("ready", m -> "ready".equals(m.channel().text("availability")));
    }

    // --- Requests
    // -----------------------------------------------------------------------------------------------------

    /** The next request id. */
    public String nextId() {
        requests++;
        return "q" + requests;
    }

    /** Binds the service. */
    public void bindService() {
        succeeded(core("bindService", new JsonObject().put("serviceId", SERVICE)));
    }

    /** A core request; the whole answer. */
    public JsonObject core(String command, JsonObject extra) {
        return wire.ask(new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", nextId())
                .put("command", command)
                .put("data", new JsonObject())
                .mergeIn(extra));
    }

    /** A service request; the whole answer. */
    public JsonObject service(String command, JsonObject data) {
        return wire.ask(serviceMessage(nextId(), command, data));
    }

    /** A service request as a message. */
    public static JsonObject serviceMessage(String id, String command, JsonObject data) {
        return new JsonObject()
                .put("messageType", "serviceRequest")
                .put("requestId", id)
                .put("serviceId", SERVICE)
                .put("request", new JsonObject().put("command", command).put("data", data));
    }

    /** The data of a prepareSession. */
    public static JsonObject credentials(String agent, String password, Boolean override) {
        JsonObject data =
                new JsonObject().put("agent", new JsonObject().put("id", agent).put("password", password));
        return override == null ? data : data.put("override", override);
    }

    /** Sends prepareSession; its {@code response}. */
    public JsonObject tryPrepare(String forAgent, boolean override) {
        return service("prepareSession", credentials(forAgent, "demo", override))
                .getJsonObject("response");
    }

    /** Sends prepareSession, which must succeed. */
    public void prepare(String forAgent, boolean override) {
        JsonObject response = tryPrepare(forAgent, override);
        if (!"success".equals(response.getString("result"))) {
            throw new AssertionError("prepareSession of " + forAgent + ": " + response);
        }
        agent = forAgent;
        resource = response.getJsonObject("resource").getString("id");
    }

    /** Binds the prepared session; the answer's data. */
    public JsonObject bind() {
        return bind(resource, null, null);
    }

    /** Binds a session, perhaps resuming; the answer's data. */
    public JsonObject bind(String resourceId, String key, Long lastSequence) {
        resource = resourceId;
        JsonObject data = new JsonObject();
        if (key != null) {
            data.put("resumeKey", key);
        }
        if (lastSequence != null) {
            data.put("lastSequence", lastSequence);
        }
        JsonObject answer = succeeded(core("bindResource", bindBody(resourceId, data)));
        JsonObject bound = answer.getJsonObject("data");
        resumeKey = bound.getString("resumeKey");
        epoch = bound.getLong("epoch");
        return bound;
    }

    /** What bindResource has besides the envelope. */
    public static JsonObject bindBody(String resourceId, JsonObject data) {
        return new JsonObject()
                .put("serviceId", SERVICE)
                .put("resourceId", resourceId)
                .put("data", data);
    }

    /** A new desktop on that node resumes this one's session after its last event. */
    public Desktop resumeOn(Cluster.Node other) {
        return resumeOn(other, lastSequence());
    }

    /** A new desktop on that node resumes this one's session after that event; null: it names none. */
    public Desktop resumeOn(Cluster.Node other, Long last) {
        List<JsonObject> known = new ArrayList<>(events());
        Desktop next = connect(other);
        next.agent = agent;
        next.firstRequest = requests + 1000;
        next.requests = next.firstRequest;
        next.bindService();
        if (last != null) {
            known.removeIf(event -> event.getLong("sequence") > last);
            next.inherited.addAll(known);
        }
        next.bind(resource, resumeKey, last);
        return next;
    }

    /** Starts the session and waits for {@code session.initialized}. */
    public void start() {
        ok("session.start", resource);
        until("initialized", Mirror::initialized);
    }

    /** A request to the session's resource; its {@code response}, which there must be. */
    public JsonObject request(String command, String target, JsonObject data) {
        JsonObject answer = wire.ask(message(nextId(), command, target, data));
        if (!"resourceResponse".equals(answer.getString("messageType"))) {
            throw new AssertionError(command + " got " + answer);
        }
        return answer.getJsonObject("response");
    }

    /** Sends a request and does not wait; its id. */
    public String send(String command, String target, JsonObject data) {
        String id = nextId();
        wire.send(message(id, command, target, data));
        return id;
    }

    /** A request as a message. */
    public JsonObject message(String id, String command, String target, JsonObject data) {
        return new JsonObject()
                .put("messageType", "resourceRequest")
                .put("requestId", id)
                .put("serviceId", SERVICE)
                .put("resourceId", resource)
                .put(
                        "request",
                        new JsonObject()
                                .put("command", command)
                                .put("target", target)
                                .put("data", data));
    }

    /** A request that must succeed. */
    public JsonObject ok(String command, String target) {
        return ok(command, target, new JsonObject());
    }

    /** A request that must succeed. */
    public JsonObject ok(String command, String target, JsonObject data) {
        JsonObject response = request(command, target, data);
        if (!"success".equals(response.getString("result"))) {
            throw new AssertionError(command + " " + data + " got " + response);
        }
        return response;
    }

    /** A request that must fail with this code; the {@code failure}. */
    public JsonObject fails(String code, String command, String target, JsonObject data) {
        JsonObject response = request(command, target, data);
        if (!"failure".equals(response.getString("result"))
                || !code.equals(response.getJsonObject("failure").getString("code"))) {
            throw new AssertionError(command + " " + data + " must fail with " + code + ", got " + response);
        }
        return response.getJsonObject("failure");
    }

    private static JsonObject succeeded(JsonObject answer) {
        if (!"success".equals(answer.getString("result"))) {
            throw new AssertionError("got " + answer);
        }
        return answer;
    }

    /** Dials and waits until the far end has answered. */
    public void talkTo(String destination) {
        ok("channel.dial", channel(), new JsonObject().put("destination", destination));
        until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        settle();
    }

    /** Consults and waits until the consult is in a state. */
    public void consult(String destination, String state) {
        ok("interaction.consult", interaction(), new JsonObject().put("destination", destination));
        until("consult " + state, m -> m.consultIs(state));
        settle();
    }

    /** Waits until the primary conversation rings in, and answers. */
    public void answer() {
        until("ALERTING", m -> m.primaryIs("ALERTING"));
        ok("conversation.answer", primary());
        until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        settle();
    }

    // --- What it knows
    // ------------------------------------------------------------------------------------------------

    /** All events of the session, as {@code event} objects with their {@code sequence}, oldest first. */
    public List<JsonObject> events() {
        return Stream.concat(inherited.stream(), ownEvents().map(each -> each.getJsonObject("event")))
                .toList();
    }

    private Stream<JsonObject> ownEvents() {
        return wire.received().stream()
                .filter(each -> "resourceEvent".equals(each.getString("messageType")))
                .filter(each -> resource != null && resource.equals(each.getString("resourceId")));
    }

    /** The events after that sequence number. */
    public List<JsonObject> eventsAfter(long sequence) {
        return events().stream()
                .filter(event -> event.getLong("sequence") > sequence)
                .toList();
    }

    /** The names of the events after that sequence number; a state's with the state. */
    public List<String> namesAfter(long sequence) {
        return eventsAfter(sequence).stream().map(Desktop::name).toList();
    }

    /** An event's name; of a state.updated with kind and state, such as {@code conversation=HELD}. */
    public static String name(JsonObject event) {
        return event.getString("name").equals("state.updated")
                ? Mirror.Kind.of(event.getString("target")).prefix() + "="
                        + event.getJsonObject("data").getString("state")
                : event.getString("name");
    }

    /** The sequence number of the last event; 0 if there is none. */
    public long lastSequence() {
        List<JsonObject> events = events();
        return events.isEmpty() ? 0 : events.get(events.size() - 1).getLong("sequence");
    }

    /** What the events so far say. */
    public Mirror mirror() {
        return Mirror.of(events());
    }

    /** Waits until the mirror is as wanted. */
    public Mirror until(String what, Predicate<Mirror> wanted) {
        return until(what, RawClient.SOON, wanted);
    }

    /** Waits until the mirror is as wanted. */
    public Mirror until(String what, Duration within, Predicate<Mirror> wanted) {
        return wire.awaitThat(agent + " " + what, within, () -> {
            Mirror now = mirror();
            return wanted.test(now) ? now : null;
        });
    }

    /** The first event after that sequence number that has this {@linkplain #name name}; waits for it. */
    public JsonObject event(long after, String name) {
        return event(after, name, RawClient.SOON);
    }

    /** The first event after that sequence number that has this {@linkplain #name name}; waits for it. */
    public JsonObject event(long after, String name, Duration within) {
        return wire.awaitThat(
                agent + " event " + name,
                within,
                () -> eventsAfter(after).stream()
                        .filter(event -> name(event).equals(name))
                        .findFirst()
                        .orElse(null));
    }

    /** The target of the telephony channel. */
    public String channel() {
        return mirror().channel().target();
    }

    /** The target of the channel group. */
    public String group() {
        return mirror().one(Mirror.Kind.GROUP).target();
    }

    /** The target of the interaction. */
    public String interaction() {
        return mirror().interaction().target();
    }

    /** The target of the primary conversation. */
    public String primary() {
        return mirror().primary().target();
    }

    /** The target of the consult conversation. */
    public String consulted() {
        return mirror().consult().target();
    }

    /** Whether the channel has no interaction and is not busy. */
    public static boolean idle(Mirror mirror) {
        return mirror.interaction() == null && !"busy".equals(mirror.channel().text("availability"));
    }

    /** Waits until the channel has no interaction and is not busy. */
    public void untilIdle() {
        until("idle", Desktop::idle);
    }

    /** The session's resource id. */
    public String resource() {
        return resource;
    }

    /** The agent. */
    public String agent() {
        return agent;
    }

    /** Given by the last successful bindResource. */
    public String resumeKey() {
        return resumeKey;
    }

    /** Given by the last successful bindResource. */
    public long epoch() {
        return epoch;
    }

    /** The connection. */
    public RawClient wire() {
        return wire;
    }

    /** The node it is connected to. */
    public Cluster.Node node() {
        return node;
    }

    // --- Checks
    // -------------------------------------------------------------------------------------------------------

    /** The answer to session.snapshot. */
    public JsonObject snapshot() {
        return ok("session.snapshot", resource).getJsonObject("data");
    }

    /** Waits until every event is here that the session had when this was called. */
    public long settle() {
        long sequence = snapshot().getLong("sequence");
        wire.awaitThat("event " + sequence, RawClient.SOON, () -> lastSequence() >= sequence ? true : null);
        return lastSequence();
    }

    /** Holds what the events said against a snapshot, and the sections that speak of all events. */
    public void check() {
        JsonObject snapshot = snapshot();
        long sequence = snapshot.getLong("sequence");
        wire.awaitThat("event " + sequence, RawClient.SOON, () -> lastSequence() >= sequence ? true : null);
        List<JsonObject> known = events().stream()
                .filter(event -> event.getLong("sequence") <= sequence)
                .toList();
        Mirror byEvents = Mirror.of(known);
        Mirror bySnapshot = Mirror.ofSnapshot(snapshot);
        List<String> wrong = new ArrayList<>(orderComplaints());
        wrong.addAll(byEvents.complaints());
        wrong.addAll(bySnapshot.complaints());
        wrong.addAll(byEvents.differences(bySnapshot));
        if (!wrong.isEmpty()) {
            throw new AssertionError(agent + ":\n" + String.join("\n", wrong) + "\nevents: "
                    + known.stream()
                            .map(event -> event.getLong("sequence") + " " + name(event))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Section 6.2: the sequence, one answer to each request, and the response before its events. */
    public List<String> orderComplaints() {
        List<String> wrong = new ArrayList<>();
        List<Long> sequences =
                events().stream().map(event -> event.getLong("sequence")).toList();
        long first = sequences.isEmpty() ? 1 : sequences.get(0);
        boolean fromSnapshot = !sequences.isEmpty()
                && "session.snapshot".equals(events().get(0).getString("name"));
        if (first != 1 && !fromSnapshot) {
            wrong.add("the first event has sequence " + first);
        }
        List<Long> wanted =
                IntStream.range(0, sequences.size()).mapToObj(at -> first + at).toList();
        if (!wanted.equals(sequences)) {
            wrong.add("sequences " + sequences);
        }
        wrong.addAll(answerComplaints());
        return wrong;
    }

    private List<String> answerComplaints() {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> answers = new java.util.HashMap<>();
        for (JsonObject message : wire.received()) {
            if (RawClient.isEvent(message)) {
                String cause = eventRequestId(message);
                if (cause != null && isOwn(cause) && !answers.containsKey(cause)) {
                    wrong.add("an event before the answer that it belongs to: " + message);
                }
            } else if (message.getString("requestId") != null) {
                answers.merge(message.getString("requestId"), 1, Integer::sum);
            }
        }
        answers.forEach((id, count) -> {
            if (count > 1 && !REPEATED.contains(id)) {
                wrong.add(count + " answers to " + id);
            }
        });
        return wrong;
    }

    /** Ids that tests send twice on purpose. */
    public static final Set<String> REPEATED = Set.of("repeated");

    private boolean isOwn(String requestId) {
        return IntStream.rangeClosed(firstRequest + 1, requests).anyMatch(n -> requestId.equals("q" + n));
    }

    /** The requestId that an event carries, in the event or beside it; or null. */
    public static String eventRequestId(JsonObject message) {
        String beside = message.getString("requestId");
        JsonObject event = message.getJsonObject("event");
        return beside != null || event == null ? beside : event.getString("requestId");
    }

    /** Every blocked command of every object fails with the code that the snapshot gives, and nothing changes. */
    public void checkBlocked() {
        Mirror before = Mirror.ofSnapshot(snapshot());
        long last = lastSequence();
        List<String> wrong = new ArrayList<>();
        for (Mirror.Item item : before.items().values()) {
            item.blocked().forEach((command, code) -> {
                JsonObject response = request(command, item.target(), Commands.dataFor(command));
                String got = "failure".equals(response.getString("result"))
                        ? response.getJsonObject("failure").getString("code")
                        : response.getString("result");
                if (!code.equals(got)) {
                    wrong.add(command + " on " + item + " is blocked with " + code + ", got " + got);
                }
            });
        }
        wrong.addAll(before.differences(Mirror.ofSnapshot(snapshot())));
        namesAfter(last).forEach(name -> wrong.add("an event: " + name));
        if (!wrong.isEmpty()) {
            throw new AssertionError(agent + ":\n" + String.join("\n", wrong));
        }
    }

    /** A value taken from the mirror once it is there. */
    public <T> T when(String what, Function<Mirror, T> found) {
        return wire.awaitThat(agent + " " + what, RawClient.SOON, () -> found.apply(mirror()));
    }

    /** Asks again until the answer is accepted, for what no event tells. */
    public <T> T ask(String what, java.util.concurrent.Callable<T> ask, Predicate<? super T> accepted) {
        return ask(what, RawClient.SOON, ask, accepted);
    }

    /** Asks again until the answer is accepted, for what no event tells. */
    public <T> T ask(
            String what, Duration within, java.util.concurrent.Callable<T> ask, Predicate<? super T> accepted) {
        return Await.until(what, within, ask, accepted);
    }

    /** Lets time pass, where time itself is what is tested. */
    public void sleep(long millis) {
        Await.pause(millis);
    }

    /** Lets time pass before asking, where asking too often would change the answer. */
    public <T> T sleepingly(long millis, java.util.function.Supplier<T> ask) {
        Await.pause(millis);
        return ask.get();
    }

    /** Members of the primary conversation by role. */
    public List<String> memberRoles() {
        return mirror().primary().members().stream()
                .map(member -> member.getString("role"))
                .sorted()
                .toList();
    }

    /** Logs out and closes, whatever state it is in. */
    @Override
    public void close() {
        try {
            if (!wire.closed() && resource != null && mirror().ended() == null) {
                leave();
            }
        } finally {
            wire.close();
        }
    }

    private void leave() {
        Mirror now = mirror();
        if (!now.initialized()) {
            return;
        }
        if (now.channel() != null) {
            quietly("channel.notready", now.channel().target(), new JsonObject().put("reason", "break"));
        }
        now.all(Mirror.Kind.INTERACTION).stream()
                .filter(each -> each.may("interaction.reject"))
                .forEach(each -> quietly("interaction.reject", each.target(), new JsonObject()));
        now.all(Mirror.Kind.CONVERSATION)
                .forEach(each -> quietly("conversation.release", each.target(), new JsonObject()));
        now.all(Mirror.Kind.INTERACTION)
                .forEach(each -> quietly("interaction.complete", each.target(), new JsonObject()));
        quietly("session.logout", resource, new JsonObject().put("when", "idle"));
    }

    private void quietly(String command, String target, JsonObject data) {
        try {
            wire.ask(message(nextId(), command, target, data));
        } catch (AssertionError | IllegalStateException ignored) {
            // Tidying up only.
        }
    }

    /** A list of texts as a JSON array. */
    public static JsonArray array(Object... values) {
        return new JsonArray(List.of(values));
    }
}
