package io.interactionprocessor.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * E6: how cost grows: CPU for a command, with its events, at the same rate spread over 100 to 20,000 sessions of one node;
 * CPU while nothing happens; and the same 200 agents on one, two and three nodes.
 */
final class Growth implements Scenario {
    private static final int[] SESSIONS = {100, 1_000, 5_000, 20_000};
    private static final int OTHER_FILES = 1_000;
    private static final double RATE = 500;
    private static final double FLAT = 1.3;

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        int most = Math.min(SESSIONS[SESSIONS.length - 1], ProcessUse.mostOpenFiles() - OTHER_FILES);
        Server.Group node = servers.nodes(1, most, "-Xmx3g");
        List<AgentTalker> agents = new ArrayList<>();
        Stretch first = null;
        for (int sessions : SESSIONS) {
            int count = Math.min(sessions, most);
            agents.addAll(driver.agents(
                    List.of(node.first().url()), Servers.FIRST_AGENT + agents.size(), count - agents.size()));
            if (first == null) {
                Stretch.warmUp(bench, count + " sessions", driver.load(agents, 0));
            }
            Stretch stretch =
                    Stretch.measure(bench, count + " sessions", node, driver.load(agents, RATE), CommandCost.SETTLE);
            first = first == null ? stretch : first;
            add(
                    bench,
                    "with " + count + " sessions, " + Numbers.text(RATE) + "/s",
                    stretch,
                    first,
                    "100 sessions",
                    FLAT);
            bench.add(Figure.of(
                    "E6",
                    "CPU with " + count + " idle sessions, of a core",
                    "%",
                    IdleSessions.idle(bench, node),
                    null));
        }
        node.close();
        Stretch alone = null;
        for (int size = 1; size <= 3; size++) {
            Server.Group cluster = servers.nodes(size, CommandCost.AGENTS);
            List<AgentTalker> spread = driver.agents(cluster.urls(), Servers.FIRST_AGENT, CommandCost.AGENTS);
            Stretch.warmUp(bench, size + " nodes", driver.load(spread, 0));
            Stretch stretch =
                    Stretch.measure(bench, size + " nodes", cluster, driver.load(spread, RATE), CommandCost.SETTLE);
            alone = alone == null ? stretch : alone;
            add(
                    bench,
                    "on " + size + " nodes, 200 agents, " + Numbers.text(RATE) + "/s",
                    stretch,
                    alone,
                    "one node",
                    0);
            driver.closeAll(spread);
            cluster.close();
        }
    }

    private static void add(Bench bench, String where, Stretch stretch, Stretch first, String name, double goal) {
        one(bench, "CPU for a command " + where, stretch, first, name, goal, Stretch::cpuMicros);
        one(
                bench,
                "of that, without the JVM's compilers",
                stretch,
                first,
                name,
                goal,
                each -> each.cpuMicros() - each.compilerMicros());
    }

    private static void one(
            Bench bench,
            String figure,
            Stretch stretch,
            Stretch first,
            String name,
            double goal,
            ToDoubleFunction<Stretch> value) {
        bench.add(Figure.of(
                "E6",
                figure,
                "us",
                List.of(stretch),
                List.of(first),
                value,
                name,
                goal == 0 ? null : Figure.Goal.ratioAtMost(goal)));
    }
}
