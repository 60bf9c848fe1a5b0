package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * E2: from {@code prepareSession} to {@code session.initialized} on three nodes, plain passwords; beside it Hazelcast's own
 * replicated entry processors on three bare nodes, called on one of them, 64 at a time, as the sessions are.
 */
final class Logins implements Scenario {
    private static final int AGENTS = 60_000;
    private static final int AT_A_TIME = 64;
    private static final int LONGEST_CLOSING_S = 60;
    private static final Duration PIECE = Duration.ofSeconds(5);
    private static final long WARM_OPERATIONS_PER_SECOND = 1_000;

    private static final int LONGEST_WARM_UP = 4;

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        Server.Group nodes = servers.nodes(3, AGENTS, "-Xmx2g");
        Server.Group grid = servers.grid(3);
        Queue<String> agents = new ArrayDeque<>();
        for (int i = 0; i < AGENTS; i++) {
            agents.add(Integer.toString(Servers.FIRST_AGENT + i));
        }
        List<String> urls = nodes.urls();
        List<LoginTalker> talkers = driver.connect(
                AT_A_TIME,
                index -> urls.get(index % urls.size()),
                (socket, index) -> new LoginTalker(socket, agents).begin());
        List<Stretch> opened = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> bareCpu = new ArrayList<>();
        String doubt = null;
        for (int round = 0; round < bench.options().rounds(); round++) {
            if (round == 0) {
                entries(bench, driver, grid, bench.options().warmUp());
                warmUp(bench, driver, talkers);
            }
            double before = grid.cpuSeconds();
            JsonObject entries = entries(bench, driver, grid, bench.options().duration());
            bare.add(entries.getLong("count") / entries.getDouble("seconds"));
            bareCpu.add((grid.cpuSeconds() - before) * 1e6 / entries.getLong("count"));
            if (doubt == null) {
                doubt = Figure.tooManyRefused(entries.getLong("failed"), entries.getLong("count"));
            }
            opened.add(Stretch.measure(bench, "sessions", nodes, driver.load(talkers, 0), CommandCost.SETTLE));
            closeAll(bench, driver, talkers);
        }
        List<Double> rate = opened.stream().map(Stretch::perSecond).toList();
        bench.add(new Figure(
                        "E2",
                        "sessions opened a second",
                        "/s",
                        rate,
                        bare,
                        "entry processors",
                        Figure.Goal.ratioAtLeast(0.12))
                .doubted(Stretch.doubt(opened))
                .doubted(doubt));
        bench.add(new Figure(
                        "E2",
                        "CPU of three nodes for a session opened",
                        "us",
                        opened.stream().map(Stretch::cpuMicros).toList(),
                        bareCpu,
                        "entry processor",
                        Figure.Goal.atMost(700))
                .doubted(Stretch.doubt(opened))
                .doubted(doubt));
        bench.add(Figure.of(
                "E2", "of that, the JVMs' compilers", "us", opened, List.of(), Stretch::compilerMicros, "", null));
        double half = Numbers.median(rate) / 2;
        Stretch stretch =
                Stretch.measure(bench, "sessions at half load", nodes, driver.load(talkers, half), CommandCost.SETTLE);
        Latencies.add(
                bench, "E2", "at half load, " + Numbers.text(half) + "/s", List.of(stretch), List.of(), null, 50.0);
        closeAll(bench, driver, talkers);
    }

    /** In pieces, between which all log out: otherwise nobody would be left to log in. */
    private static void warmUp(Bench bench, Driver driver, List<LoginTalker> talkers) throws InterruptedException {
        Duration time = bench.options().warmUp();
        long operations = time.toSeconds() * WARM_OPERATIONS_PER_SECOND;
        long done = 0;
        long begin = System.nanoTime();
        while (passed(begin).compareTo(time) < 0
                || (done < operations && passed(begin).compareTo(time.multipliedBy(LONGEST_WARM_UP)) < 0)) {
            Load load = driver.load(talkers, 0);
            load.start();
            long before = done;
            bench.progress().pause(PIECE, () -> "sessions, warming up: " + (before + load.operations()));
            load.stop();
            done += load.operations();
            closeAll(bench, driver, talkers);
        }
    }

    private static Duration passed(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static JsonObject entries(Bench bench, Driver driver, Server.Group grid, Duration time)
            throws InterruptedException {
        JsonObject result =
                driver.ask(grid.first().url(), "{\"entries\":" + AT_A_TIME + ",\"ms\":" + time.toMillis() + '}');
        bench.progress().tell("  entry processors: " + result.encode());
        return result;
    }

    private static void closeAll(Bench bench, Driver driver, List<LoginTalker> talkers) throws InterruptedException {
        driver.onContext(() -> {
            talkers.forEach(talker -> talker.closing(true));
            return Future.succeededFuture();
        });
        Load load = driver.load(talkers, 0);
        load.start();
        for (int second = 0; second < LONGEST_CLOSING_S; second++) {
            int open = driver.onContext(() -> Future.succeededFuture(
                    talkers.stream().mapToInt(LoginTalker::open).sum()));
            if (open == 0) {
                break;
            }
            bench.progress().pause(Duration.ofSeconds(1), () -> "closing");
        }
        bench.progress().pause(Duration.ofMillis(500), () -> "closed");
        driver.onContext(() -> {
            talkers.forEach(talker -> talker.closing(false));
            return Future.succeededFuture();
        });
    }
}
