package io.interactionprocessor.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What it costs that sessions, directory and switch have a backup on another node: three nodes as they come, and beside
 * them three whose {@code cluster.xml} keeps none, with client and session on another node than the switch's link. The
 * latency of {@code conversation.hold} and {@code conversation.retrieve}, one at a time; then the events that 200 agents
 * get who change their state as fast as they can.
 */
final class ReplicationCost implements Scenario {
    private static final int HOLDER = CommandCost.AGENTS;
    private static final double MOST_ADDED_MS = 1;

    /** The same nodes, and who works on them. */
    private record Side(Server.Group nodes, List<AgentTalker> agents, List<HoldTalker> one) {}

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        int agents = CommandCost.AGENTS + 10;
        Side with = side(driver, servers.nodes(3, agents));
        Side without = side(driver, servers.nodesWithoutBackups(3, agents));
        List<Stretch> busyWith = new ArrayList<>();
        List<Stretch> busyWithout = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            busyWithout.add(busy(bench, driver, without, "without backups", round));
            busyWith.add(busy(bench, driver, with, "with backups", round));
        }
        List<Stretch> calmWith = new ArrayList<>();
        List<Stretch> calmWithout = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            calmWithout.add(calm(bench, driver, without, "hold and retrieve, without backups"));
            calmWith.add(calm(bench, driver, with, "hold and retrieve, with backups"));
        }
        List<Double> added = new ArrayList<>();
        for (int round = 0; round < calmWith.size(); round++) {
            added.add(calmWith.get(round).millis(50) - calmWithout.get(round).millis(50));
        }
        bench.add(Figure.of(
                        "replication",
                        "added to the median of hold and retrieve",
                        "ms",
                        added,
                        Figure.Goal.atMost(MOST_ADDED_MS))
                .doubted(Stretch.doubt(calmWith))
                .doubted(Stretch.doubt(calmWithout)));
        beside(bench, "median of hold and retrieve", "ms", calmWith, calmWithout, each -> each.millis(50));
        beside(bench, "99th percentile of hold and retrieve", "ms", calmWith, calmWithout, each -> each.millis(99));
        beside(bench, "events a second at saturation", "/s", busyWith, busyWithout, ReplicationCost::eventsPerSecond);
        beside(
                bench,
                "CPU of three nodes for one command, at saturation",
                "us",
                busyWith,
                busyWithout,
                Stretch::cpuMicros);
    }

    private static Side side(Driver driver, Server.Group nodes) throws InterruptedException {
        List<String> apart = nodes.others();
        List<AgentTalker> agents = driver.agents(apart, Servers.FIRST_AGENT, CommandCost.AGENTS);
        String agent = Integer.toString(Servers.FIRST_AGENT + HOLDER);
        List<HoldTalker> one =
                driver.connect(1, index -> apart.get(0), (socket, index) -> new HoldTalker(socket, agent).begin());
        return new Side(nodes, agents, one);
    }

    private static Stretch busy(Bench bench, Driver driver, Side side, String what, int round)
            throws InterruptedException {
        Duration warmUp = round == 0 ? bench.options().warmUp() : CommandCost.SETTLE;
        return Stretch.measure(bench, what, side.nodes(), driver.load(side.agents(), 0), warmUp);
    }

    private static Stretch calm(Bench bench, Driver driver, Side side, String what) throws InterruptedException {
        return Stretch.measure(bench, what, side.nodes(), driver.load(side.one(), 0), CommandCost.SETTLE);
    }

    private static void beside(
            Bench bench,
            String name,
            String unit,
            List<Stretch> with,
            List<Stretch> without,
            ToDoubleFunction<Stretch> value) {
        bench.add(Figure.of("replication", name, unit, with, without, value, "without backups", null));
    }

    private static double eventsPerSecond(Stretch stretch) {
        return stretch.load().events() / stretch.load().seconds();
    }
}
