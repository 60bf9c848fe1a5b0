package io.interactionprocessor.torture.load;

import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.client.RequestFailed;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.torture.history.ClientHistory;
import io.interactionprocessor.torture.history.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One agent under load. All on the load's event loop. */
final class LoadAgent {
    /** Clients come back after 0 to 2 s. */
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final Duration GIVE_UP = Duration.ofMinutes(3);
    private static final String BREAK = "break";
    private static final int DESTINATIONS = 100;

    private final Crew crew;
    private final String id;
    private final Role role;
    private final int home;
    private Person person;
    private boolean ready;
    private boolean busy;
    private boolean entering;
    private boolean wanted;

    /** What all agents share. */
    record Crew(
            Vertx vertx,
            WebSocketClient sockets,
            List<String> urls,
            Duration jitter,
            Random random,
            Counters counters,
            Histories histories) {}

    /** Where histories are kept. */
    interface Histories {
        ClientHistory begin(String agent);
    }

    LoadAgent(Crew crew, String id, Role role, int home) {
        this.crew = crew;
        this.id = id;
        this.role = role;
        this.home = home;
    }

    String id() {
        return id;
    }

    Role role() {
        return role;
    }

    /** Returns whether its session is bound to a connection now. */
    boolean isBound() {
        return person != null && person.bound;
    }

    /** Returns whether it is logged in, connected or not. */
    boolean isLoggedIn() {
        return person != null && person.started;
    }

    /** Returns whether its client believes to have a session over its connection, and nobody has told it to leave. */
    boolean isPresent() {
        return wanted && isLoggedIn() && isBound();
    }

    /** Returns whether it is on its way in: some requests of its login may have no answer yet. */
    boolean isEntering() {
        return entering;
    }

    int liveCalls() {
        return person == null ? 0 : person.calls.live();
    }

    Optional<ClientHistory> history() {
        return Optional.ofNullable(person).map(Recorder::history);
    }

    // ---- logging in and out

    /** Logs in and goes on trying until it has worked or {@link #leave} is called. */
    Future<Void> enter() {
        wanted = true;
        return enter(home, false);
    }

    private Future<Void> enter(int node, boolean override) {
        if (!wanted) {
            return Future.succeededFuture();
        }
        Person next = new Person(crew.histories().begin(id));
        person = next;
        busy = true;
        entering = true;
        String url = crew.urls().get(node % crew.urls().size());
        return next.client
                .connectTo(url)
                .compose(connected -> next.client.prepareSession(override))
                .compose(answer -> "success".equals(answer.getString("result"))
                        ? next.client.bind()
                        : Future.failedFuture(new IllegalStateException(answer.encode())))
                .compose(bound -> {
                    next.bound = true;
                    return next.client.call("session.start", next.client.resourceId(), new JsonObject());
                })
                .compose(started -> {
                    next.started = true;
                    return next.client.call("channelgroup.activateall", group(), null);
                })
                .compose(active -> role == Role.TALKER ? dial() : Future.succeededFuture())
                .transform(done -> {
                    busy = false;
                    entering = false;
                    return done.succeeded() || next.started ? Future.succeededFuture() : again(next, node);
                });
    }

    private Future<Void> again(Person failed, int node) {
        failed.leave();
        return failed.client
                .close()
                .transform(closed -> crew.vertx().timer(1 + crew.random().nextInt((int) LONGEST_DELAY.toMillis())))
                .compose(waited -> enter(node + 1, true));
    }

    private Future<Void> dial() {
        if (person.calls.live() > 0) {
            return Future.succeededFuture();
        }
        String number = String.format("55501%02d", crew.random().nextInt(DESTINATIONS));
        return command("channel.dial", channel(), new JsonObject().put("destination", number));
    }

    /** Goes without a word. */
    void drop() {
        wanted = false;
        if (person != null) {
            person.leave();
            person.client.close();
        }
    }

    /** Logs out in order. */
    Future<Void> leave() {
        wanted = false;
        Person present = person;
        if (present == null || !present.started) {
            return Future.succeededFuture();
        }
        present.leave();
        return present.client
                .call("session.logout", present.client.resourceId(), new JsonObject())
                .transform(done -> present.client.close());
    }

    /** Asks the session for its snapshot and waits for what it answers; the history has it. */
    Future<Void> probe() {
        return person.client
                .request("session.snapshot", person.client.resourceId(), null)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .transform(answer -> Future.succeededFuture());
    }

    // ---- working

    /** Changes the agent's state; returns whether it could try. */
    boolean changeState() {
        if (!free()) {
            return false;
        }
        ready = !ready;
        command(
                ready ? "channel.ready" : "channel.notready",
                channel(),
                ready ? null : new JsonObject().put("reason", BREAK));
        return true;
    }

    /** Answers, hangs up, holds or retrieves, whatever there is to do; returns whether there was anything. */
    boolean controlCall() {
        if (!free()) {
            return false;
        }
        Optional<String> alerting = person.calls.in("ALERTING");
        if (role == Role.RINGER && alerting.isPresent()) {
            command("conversation.answer", alerting.get(), null);
            return true;
        }
        Optional<String> call = person.calls.holdable();
        if (call.isEmpty()) {
            return false;
        }
        boolean connected = person.calls.state(call.get()).equals("CONNECTED");
        if (role == Role.RINGER) {
            command("conversation.release", call.get(), null);
        } else {
            command(connected ? "conversation.hold" : "conversation.retrieve", call.get(), null);
        }
        return true;
    }

    /** Changes the data of the lasting call, with a key that exists only once; returns whether there is one. */
    boolean changeData(long number) {
        if (!free()) {
            return false;
        }
        Optional<String> call = person.calls.holdable();
        call.ifPresent(target -> {
            JsonArray old = person.token == null ? new JsonArray() : new JsonArray().add(person.token);
            person.token = Tokens.of(number);
            command(
                    "interaction.setdata",
                    target.substring(0, target.lastIndexOf('.')),
                    new JsonObject()
                            .put("set", new JsonObject().put(person.token, number))
                            .put("remove", old));
        });
        return call.isPresent();
    }

    private boolean free() {
        return !busy && isLoggedIn() && (person.bound || crew.random().nextInt(5) == 0);
    }

    private Future<Void> command(String command, String target, JsonObject data) {
        busy = true;
        crew.counters().commands.increment();
        return person.client.request(command, target, data).transform(answer -> {
            busy = false;
            crew.counters().answers.increment();
            boolean refused =
                    answer.succeeded() && !"success".equals(answer.result().getString("result"));
            if (refused) {
                crew.counters()
                        .refused(command
                                + ' '
                                + answer.result()
                                        .getJsonObject("failure", new JsonObject())
                                        .getString("code"));
            } else if (answer.failed() && answer.cause() instanceof RequestFailed failed) {
                crew.counters().refused(command + ' ' + failed.code());
            }
            return Future.succeededFuture();
        });
    }

    private String group() {
        return person.client.resourceId() + ".g1";
    }

    private String channel() {
        return group() + ".c1";
    }

    /** One session's client and what it has seen. */
    private final class Person extends Recorder {
        private final CallView calls = new CallView();
        private final DesktopClient client;
        private boolean bound;
        private boolean started;
        private String token;

        Person(ClientHistory history) {
            super(history);
            client = new DesktopClient(
                    crew.vertx(),
                    crew.sockets(),
                    ClientOptions.of(crew.urls(), "sim", id, Secret.of("demo"))
                            .delays(crew.jitter(), LONGEST_DELAY)
                            .patience(PATIENCE, SILENCE, GIVE_UP),
                    this);
        }

        @Override
        public void event(JsonObject event) {
            crew.counters().events.increment();
            calls.apply(event);
        }

        @Override
        public void disconnected(String url, int code, String reason) {
            super.disconnected(url, code, reason);
            bound = false;
        }

        @Override
        public void resumed(String url, boolean resumed) {
            bound = true;
        }

        @Override
        public void ended(String why) {
            super.ended(why);
            boolean lost = started && wanted && person == this;
            bound = false;
            started = false;
            if (lost) {
                // The history says that the session is lost; the load goes on with a new one.
                crew.vertx().setTimer(LONGEST_DELAY.toMillis(), timer -> enter(home, true));
            }
        }
    }
}
