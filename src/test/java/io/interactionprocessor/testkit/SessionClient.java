package io.interactionprocessor.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The protocol as a client speaks it: requests, answers, one session, and every event of it. It knows no telephony. */
public class SessionClient {

    private static final String SERVICE = "sim";

    private String service = SERVICE;
    private final RawClient wire;
    private final List<JsonObject> inherited = new ArrayList<>();
    private String agent;
    private String resource;
    private String resumeKey;
    private long epoch;
    private int firstRequest;
    private int requests;

    /** The next request id. */
    public String nextId() {
        requests++;
        return "q" + requests;
    }

    /** Speaks to another processor than the usual one. To be said before all else. */
    public void use(String processor) {
        service = processor;
    }

    /** Binds the service. */
    public void bindService() {
        succeeded(core("bindService", new JsonObject().put("serviceId", service)));
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
        return wire.ask(serviceMessage(nextId(), command, data).put("serviceId", service));
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
        JsonObject answer =
                succeeded(core("bindResource", bindBody(resourceId, data).put("serviceId", service)));
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
                .put("serviceId", service)
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

    /** The requestId that an event carries, in the event or beside it; or null. */
    public static String eventRequestId(JsonObject message) {
        String beside = message.getString("requestId");
        JsonObject event = message.getJsonObject("event");
        return beside != null || event == null ? beside : event.getString("requestId");
    }

    SessionClient(RawClient wire) {
        this.wire = wire;
    }

    /** Goes on where another client was, knowing its events up to that one; null: knowing none. */
    void succeed(SessionClient before, Long last) {
        agent = before.agent;
        // Ids that the session has not seen yet.
        firstRequest = before.requests + 1000;
        requests = firstRequest;
        if (last != null) {
            before.events().stream()
                    .filter(event -> event.getLong("sequence") <= last)
                    .forEach(inherited::add);
        }
    }

    /** Whether this client, and not one before it, has sent the request. */
    boolean isOwn(String requestId) {
        return IntStream.rangeClosed(firstRequest + 1, requests).anyMatch(n -> requestId.equals("q" + n));
    }
}
