package io.interactionprocessor.demo;

import io.interactionprocessor.client.ClientListener;
import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * An agent's desktop without a person: it keeps the objects as the events describe them and waits for what should come.
 * Its methods block and are for the demonstration's own thread.
 */
final class Robot implements ClientListener {
    private static final long LONGEST_WAIT_MS = 10_000;
    /** After so long somebody is told that something is waited for. */
    private static final long SOON_MS = 1_500;
    /** How long somebody has who has been told. */
    static final long PERSON_MS = 30_000;

    private final DesktopClient client;
    private final Map<String, JsonObject> objects = new LinkedHashMap<>();
    private final List<JsonObject> events = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private String ended;
    private int lastClose;

    Robot(Vertx vertx, WebSocketClient sockets, String url, String agent) {
        ClientOptions options =
                ClientOptions.of(List.of(url), "sim", agent, Secret.of("demo")).staying();
        client = new DesktopClient(vertx, sockets, options, this);
    }

    DesktopClient client() {
        return client;
    }

    /** Sends a request and fails unless it succeeds. */
    JsonObject call(String command, String target, JsonObject data) {
        return result(client.call(command, target, data));
    }

    JsonObject call(String command, String target) {
        return call(command, target, null);
    }

    static <T> T result(Future<T> future) {
        try {
            return future.await(LONGEST_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DemoFailed("no answer within " + LONGEST_WAIT_MS / 1000 + " s");
        }
    }

    /** Waits until something is there. */
    <T> T await(String what, Supplier<Optional<T>> found) throws InterruptedException {
        return await(what, LONGEST_WAIT_MS, found);
    }

    private <T> T await(String what, long millis, Supplier<Optional<T>> found) throws InterruptedException {
        return within(millis, found).orElseThrow(() -> new DemoFailed("not within " + millis / 1000 + " s: " + what));
    }

    private synchronized <T> Optional<T> within(long millis, Supplier<Optional<T>> found) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            Optional<T> value = found.get();
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (value.isPresent() || left <= 0) {
                return value;
            }
            wait(left);
        }
    }

    /** Waits until an object is in a state. */
    void awaitState(String target, String state) throws InterruptedException {
        await(target + " is " + state, () -> inState(target, state));
    }

    /** As {@link #awaitState}, but a person may have to do something for it: what, {@code told} says if it takes a while. */
    void awaitState(String target, String state, Runnable told) throws InterruptedException {
        if (within(SOON_MS, () -> inState(target, state)).isEmpty()) {
            told.run();
            await(target + " is " + state, PERSON_MS, () -> inState(target, state));
        }
    }

    private Optional<String> inState(String target, String state) {
        return field(target, "state").filter(state::equals);
    }

    /** Waits until an object has a value. */
    void awaitField(String target, String field, String value) throws InterruptedException {
        await(target + " has " + field + ' ' + value, () -> field(target, field).filter(value::equals));
    }

    /** Waits for an object whose path has so many ids, which is there and in a state. */
    String awaitObject(int depth, String state) throws InterruptedException {
        return await(
                "an object in state " + state,
                () -> objects.entrySet().stream()
                        .filter(entry -> entry.getKey().split("\\.").length == depth)
                        .filter(entry -> state.equals(entry.getValue().getString("state")))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    synchronized Optional<String> field(String target, String field) {
        return Optional.ofNullable(objects.get(target)).map(object -> object.getString(field));
    }

    /** Returns an object as the events have described it. */
    synchronized JsonObject object(String target) {
        return objects.getOrDefault(target, new JsonObject()).copy();
    }

    synchronized boolean has(String target) {
        return objects.containsKey(target);
    }

    /** Returns the names of all events so far. */
    synchronized List<String> eventNames() {
        return events.stream().map(event -> event.getString("name")).toList();
    }

    /** Returns what broke the order of events, or was not understood. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Waits until the client has been sent away for good, and returns the close code. */
    int awaitSentAway() throws InterruptedException {
        return await("the connection is closed", () -> Optional.of(lastClose).filter(code -> code > 0));
    }

    synchronized String ended() {
        return ended;
    }

    @Override
    public synchronized void event(JsonObject event) {
        events.add(event);
        String target = event.getString("target");
        JsonObject data = event.getJsonObject("data", new JsonObject());
        switch (event.getString("name")) {
            case "channelgroup.created", "channel.created", "interaction.created", "conversation.created" ->
                objects.put(target, data.copy());
            case "channelgroup.disposed", "channel.disposed", "interaction.disposed", "conversation.disposed" ->
                objects.remove(target);
            case "conversation.member.added", "conversation.member.changed" ->
                members(target).put(data.getString("id"), data);
            case "conversation.member.removed" -> members(target).remove(data.getString("id"));
            default -> objects.computeIfPresent(target, (path, object) -> object.mergeIn(data));
        }
        notifyAll();
    }

    /** The members of a conversation by their ids. */
    private JsonObject members(String target) {
        JsonObject object = objects.computeIfAbsent(target, path -> new JsonObject());
        if (!(object.getValue("members") instanceof JsonObject)) {
            object.put("members", new JsonObject());
        }
        return object.getJsonObject("members");
    }

    @Override
    public synchronized void disorder(String what) {
        complaints.add(what);
        notifyAll();
    }

    @Override
    public synchronized void strange(String what) {
        complaints.add(what);
        notifyAll();
    }

    @Override
    public synchronized void disconnected(String url, int code, String reason) {
        lastClose = code;
        notifyAll();
    }

    @Override
    public synchronized void ended(String why) {
        ended = why;
        notifyAll();
    }
}
