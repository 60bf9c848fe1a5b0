package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import io.interactionprocessor.Node;
import io.interactionprocessor.client.ClientListener;
import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.client.RequestFailed;
import io.interactionprocessor.config.ConfigLoader;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.session.DirectoryEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two desktops on two nodes ask for one agent's session at the same moment, two thousand times (protocol 4.1): whatever they
 * are answered, one session comes of it.
 */
class OneSessionRaceIT {
    private static final int RACES = 1_000;
    /** Races of different agents that run at the same time. */
    private static final int LANES = 16;

    private static final int FIRST_AGENT = 1_001;
    private static final long LONGEST_S = 180;
    /** One race: more than the ten seconds after which a node says that the switch does not answer. */
    private static final long LONGEST_RACE_S = 15;
    /** With which a desktop leaves by itself. */
    private static final int OWN_CLOSE = 1000;
    /** With which a node leaves its clients that does not hear the others any more. */
    private static final int CUT_OFF = 1012;

    /** A thread that was to sleep for {@value #TICK_MS} ms and wakes so late was kept from running, as was all else here. */
    private static final long STOOD_STILL_MS = 1_000;

    private static final long TICK_MS = 50;
    /** For so long a node may go on with what it has begun before, its client gone or not. */
    private static final long UNTIL_QUIET_MS = 10_000;

    private static final long AGAIN_MS = 200;
    /** More examples would not tell more. */
    private static final int MOST_WRONG = 20;

    private static final List<Node> NODES = new ArrayList<>();
    private static Vertx vertx;
    private static WebSocketClient sockets;
    private static final DirectoryEntry NOBODY = new DirectoryEntry(null, null, Epoch.NONE, null, 0);

    private static IMap<String, DirectoryEntry> directory;
    /** When this machine has last stood still, or a node said that it was cut off; {@code System.nanoTime}. */
    private static volatile long disturbedAt;

    private static volatile long longestStillMs;

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger disturbed = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        disturbedAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(UNTIL_QUIET_MS);
        watch();
        String name = "race-" + UUID.randomUUID();
        List<Integer> ports = ThreeNodes.freePorts(3);
        String members =
                String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
        List<Future<Node>> starting = new ArrayList<>();
        for (int port : ports) {
            starting.add(Node.start(ConfigLoader.load(
                    "conf/demo.yaml",
                    Map.of(),
                    List.of(
                            "http.port=0",
                            "management.port=0",
                            "cluster.port=" + port,
                            "cluster.members=" + members,
                            "cluster.name=" + name))));
        }
        for (Future<Node> node : starting) {
            NODES.add(node.await(60, TimeUnit.SECONDS));
        }
        vertx = Vertx.vertx();
        sockets = DesktopClient.sockets(vertx);
        directory = Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> member.getConfig().getClusterName().equals(name))
                .findFirst()
                .orElseThrow()
                .getMap(GridConfig.DIRECTORY);
    }

    private static void watch() {
        Thread watch = new Thread(
                () -> {
                    long before = System.nanoTime();
                    while (true) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MS));
                        long now = System.nanoTime();
                        long late = TimeUnit.NANOSECONDS.toMillis(now - before) - TICK_MS;
                        longestStillMs = Math.max(longestStillMs, late);
                        if (late > STOOD_STILL_MS) {
                            disturbedAt = now;
                        }
                        before = now;
                    }
                },
                "stood-still");
        watch.setDaemon(true);
        watch.start();
    }

    /** Completes when nothing has disturbed anything for long enough. */
    private static Future<Void> quiet() {
        long left = UNTIL_QUIET_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - disturbedAt);
        return left <= 0 ? Future.succeededFuture() : after(left).compose(then -> quiet());
    }

    private static Future<Void> after(long millis) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(millis, timer -> over.complete());
        return over.future();
    }

    @AfterAll
    static void stop() throws Exception {
        for (Node node : NODES) {
            node.drain().await(20, TimeUnit.SECONDS);
        }
        List<Future<Void>> leaving = NODES.stream().map(Node::leave).toList();
        for (Future<Void> node : leaving) {
            node.await(20, TimeUnit.SECONDS);
        }
        vertx.close().await();
    }

    /** A desktop, and how it was sent away. */
    private static final class Desk implements ClientListener {
        final DesktopClient client;
        volatile int closeCode;
        /** For the reader of what has gone wrong. */
        private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

        Desk(String agent, Node node) {
            ClientOptions options = ClientOptions.of(List.of(node.url()), "sim", agent, Secret.of("demo"))
                    .staying();
            client = new DesktopClient(vertx, sockets, options, this);
        }

        /** Binds and starts the session that was prepared. */
        Future<JsonObject> begin() {
            return client.bind().compose(bound -> client.call("session.start", client.resourceId(), null));
        }

        /** Whether the session obeys this desktop: it takes part in the conversation, or why not. */
        Future<String> probe() {
            return client.resourceId() == null
                    ? Future.succeededFuture("confirm")
                    : codeOf(client.call("session.snapshot", client.resourceId(), null));
        }

        @Override
        public void sending(String url, JsonObject message) {
            heard.add("\n  > " + message.encode());
        }

        @Override
        public void received(String url, JsonObject message) {
            heard.add("\n  < " + message.encode());
            JsonObject failure =
                    message.getJsonObject("response", message).getJsonObject("failure", message.getJsonObject("error"));
            if (failure != null && "noQuorum".equals(failure.getString("code"))) {
                disturbedAt = System.nanoTime();
            }
        }

        @Override
        public void disconnected(String url, int code, String reason) {
            heard.add("\n  closed with " + code + ' ' + reason);
            if (code == CUT_OFF) {
                disturbedAt = System.nanoTime();
            }
            if (code != OWN_CLOSE) {
                closeCode = code;
            }
        }
    }

    /** One agent, two desktops, one moment. */
    private static final class Race {
        private final String agent;
        private final Desk one;
        private final Desk other;
        private final List<String> wrong = new ArrayList<>();
        private final long begun = System.nanoTime();
        private long epoch;

        Race(int index) {
            agent = Integer.toString(FIRST_AGENT + index);
            one = new Desk(agent, NODES.get(index % 3));
            other = new Desk(agent, NODES.get((index + 1) % 3));
        }

        Future<Void> connect() {
            return Future.all(one.client.connect(), other.client.connect())
                    .compose(connected -> known())
                    .compose(known -> entry())
                    .map(entry -> {
                        epoch = entry.epoch().value();
                        return null;
                    });
        }

        /**
         * Makes the agent known to the directory, so that the first claim counts on instead of beginning at the time. The
         * grid is asked again where it does not know whether that was done, as happens while it still copies backups.
         */
        private Future<Object> known() {
            return vertx.<Object>executeBlocking(() -> directory.putIfAbsent("demo\n" + agent, NOBODY))
                    .recover(failure -> failure instanceof IndeterminateOperationStateException
                            ? known()
                            : Future.failedFuture(failure));
        }

        /** What the directory has about the agent, or null. */
        Future<DirectoryEntry> entry() {
            return vertx.executeBlocking(() -> directory.get("demo\n" + agent));
        }

        @Override
        public String toString() {
            return "agent " + agent + "\n one:" + String.join("", one.heard) + "\n other:"
                    + String.join("", other.heard) + "\n";
        }

        /** Sends both requests without waiting for either; the desktops' turns to be first are equal. */
        Future<List<String>> prepare(boolean override) {
            return both(desk -> desk.client.prepareSession(override).map(answer -> answer.getString("result")));
        }

        Future<List<String>> both(Function<Desk, Future<String>> what) {
            Future<String> first = what.apply(one);
            Future<String> second = what.apply(other);
            return Future.join(first, second).map(done -> List.of(first.result(), second.result()));
        }

        /**
         * Whether this machine stood still for so long that a node may have refused or left a desktop: what the race would
         * have shown is not known.
         */
        boolean isDisturbed() {
            return disturbedAt - begun > 0;
        }

        /** Ends what a disturbed race has left, as soon as the nodes hear each other again. */
        Future<Void> clear() {
            return Future.join(one.client.close(), other.client.close()).transform(closed -> {
                Desk last = new Desk(agent, NODES.get(0));
                return quiet().compose(calm -> last.client.login(true, null))
                        .compose(in -> last.client.call("session.logout", last.client.resourceId(), null))
                        .compose(out -> last.client.close())
                        .recover(failure -> after(AGAIN_MS).compose(again -> clear()));
            });
        }

        /** The desktop whose session the directory names, and null if that is neither's. */
        Desk named(DirectoryEntry entry) {
            String session =
                    entry == null || !entry.occupied() ? "" : entry.session().value();
            if (session.equals(one.client.resourceId())) {
                return one;
            }
            return session.equals(other.client.resourceId()) ? other : null;
        }

        Desk beside(Desk desk) {
            return desk == one ? other : one;
        }
    }

    /** {@code success}, or the code of the failure. */
    private static Future<String> codeOf(Future<JsonObject> answer) {
        return answer.map("success")
                .recover(failure -> failure instanceof RequestFailed refused
                        ? Future.succeededFuture(refused.code())
                        : Future.failedFuture(failure));
    }

    @Test
    void withoutOverrideOneIsAnsweredSuccessAndTheOtherConfirm() throws Exception {
        AtomicInteger firstWins = new AtomicInteger();
        race(
                0,
                RACES,
                race -> race.connect()
                        .compose(connected -> race.prepare(false))
                        .compose(answers -> {
                            if (answers.get(0).equals("success")) {
                                firstWins.incrementAndGet();
                            }
                            check(
                                    race,
                                    answers.stream().sorted().toList().equals(List.of("confirm", "success")),
                                    answers);
                            return race.both(desk -> desk.client.resourceId() == null
                                    ? Future.succeededFuture("confirm")
                                    : codeOf(desk.begin()));
                        })
                        .compose(begun -> {
                            check(race, begun.stream().sorted().toList().equals(List.of("confirm", "success")), begun);
                            return onlyTheNamedOneObeys(race, 1, List.of("confirm"));
                        }));
        // A race that the same side always wins is none.
        assertThat(firstWins.get()).isBetween(RACES / 20, RACES - RACES / 20);
    }

    /** Both have been answered before either binds: one of the two ids is good for nothing by then. */
    @Test
    void withOverrideBothAreAnsweredSuccessAndOneOfTheIdsCanBeBound() throws Exception {
        race(
                0,
                RACES / 2,
                race -> race.connect()
                        .compose(connected -> race.prepare(true))
                        .compose(answers -> {
                            check(race, answers.equals(List.of("success", "success")), answers);
                            return race.both(desk -> codeOf(desk.begin()));
                        })
                        .compose(begun -> {
                            check(
                                    race,
                                    begun.stream().sorted().toList().equals(List.of("success", "unknownResource")),
                                    begun);
                            return onlyTheNamedOneObeys(race, 2, List.of("unknownResource", "notBound", "ended"));
                        }));
    }

    /** Each binds and starts as soon as it is answered, so the other's request may find a session in any phase. */
    @Test
    void withOverrideWhoHasBegunIsSentAway() throws Exception {
        AtomicInteger sentAway = new AtomicInteger();
        race(
                RACES / 2,
                RACES / 2,
                race -> race.connect()
                        .compose(connected -> race.both(desk -> desk.client
                                .prepareSession(true)
                                .compose(answer -> answer.getString("result").equals("success")
                                        ? codeOf(desk.begin())
                                        : Future.succeededFuture("answered " + answer.getString("result")))))
                        .compose(begun -> {
                            check(race, begun.contains("success"), begun);
                            check(race, begun.stream().noneMatch(each -> each.startsWith("answered")), begun);
                            return onlyTheNamedOneObeys(race, 2, List.of("unknownResource", "notBound", "ended"));
                        })
                        .onSuccess(done -> {
                            for (Desk desk : List.of(race.one, race.other)) {
                                if (desk.closeCode == 4002) {
                                    sentAway.incrementAndGet();
                                } else {
                                    check(race, desk.closeCode == 0, List.of("closed with " + desk.closeCode));
                                }
                            }
                        }));
        System.out.println("sent away with 4002: " + sentAway + " of " + RACES / 2);
    }

    /**
     * The directory names one of the two, its desktop is obeyed and the other is not; then the winner logs out. Each grant
     * has raised the epoch by one: two that did not see each other would have raised it once.
     */
    private Future<Void> onlyTheNamedOneObeys(Race race, int grants, List<String> refusals) {
        return race.entry().compose(entry -> {
            Desk winner = race.named(entry);
            if (winner == null) {
                check(race, false, List.of("the directory names neither"));
                return Future.succeededFuture();
            }
            long granted = entry.epoch().value() - race.epoch;
            check(race, granted == grants, List.of("the epoch has grown by " + granted));
            Desk loser = race.beside(winner);
            return Future.all(winner.probe(), loser.probe()).compose(probes -> {
                List<String> answers = probes.list();
                check(race, answers.get(0).equals("success"), answers);
                check(race, refusals.contains(answers.get(1)), answers);
                return winner.client
                        .call("session.logout", winner.client.resourceId(), null)
                        .compose(out -> Future.join(winner.client.close(), loser.client.close()))
                        .mapEmpty();
            });
        });
    }

    private void check(Race race, boolean holds, List<String> what) {
        if (!holds) {
            race.wrong.add(what.toString());
        }
    }

    private void race(int first, int races, Function<Race, Future<Void>> one) throws Exception {
        AtomicInteger next = new AtomicInteger(first);
        List<Future<Void>> lanes = new ArrayList<>();
        long start = System.nanoTime();
        for (int lane = 0; lane < LANES; lane++) {
            Promise<Void> over = Promise.promise();
            lanes.add(over.future());
            vertx.runOnContext(begin -> run(next, first + races, one, over));
        }
        Future.all(lanes).await(LONGEST_S, TimeUnit.SECONDS);
        System.out.printf(
                "%d races in %.1f s, %d of them again; the machine has stood still for %d ms at the longest%n",
                races, (System.nanoTime() - start) / 1e9, disturbed.get(), longestStillMs);
        assertThat(wrong).isEmpty();
        assertThat(disturbed.get()).isLessThan(races / 5);
    }

    /** One race after the other; all of a lane on one event loop. */
    private void run(AtomicInteger next, int end, Function<Race, Future<Void>> one, Promise<Void> over) {
        int index = next.getAndIncrement();
        if (index >= end || wrong.size() > MOST_WRONG) {
            over.complete();
            return;
        }
        run(index, one).onComplete(done -> run(next, end, one, over));
    }

    private Future<Void> run(int index, Function<Race, Future<Void>> one) {
        return quiet().compose(calm -> {
            Race race = new Race(index);
            return one.apply(race).timeout(LONGEST_RACE_S, TimeUnit.SECONDS).transform(done -> {
                if (race.isDisturbed()) {
                    disturbed.incrementAndGet();
                    return race.clear().compose(cleared -> run(index, one));
                }
                if (done.failed()) {
                    race.wrong.add(done.cause().toString());
                }
                if (!race.wrong.isEmpty()) {
                    wrong.add(race + ": " + race.wrong);
                }
                return Future.succeededFuture();
            });
        });
    }
}
