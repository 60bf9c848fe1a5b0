package io.interactionprocessor.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * E1 and E7: what one command costs on one node, {@code channel.ready} and {@code channel.notready} by turns, with 200
 * agents; beside it the echo of the same message.
 */
final class CommandCost implements Scenario {
    static final int AGENTS = 200;
    static final Duration SETTLE = Duration.ofSeconds(1);

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        Server.Group echo = servers.echo(servers.java());
        Server.Group node = servers.nodes(1, AGENTS);
        List<EchoTalker> echoes = driver.echoes(echo.first().url(), AGENTS);
        List<AgentTalker> agents = driver.agents(List.of(node.first().url()), Servers.FIRST_AGENT, AGENTS);
        List<Stretch> ours = new ArrayList<>();
        List<Stretch> theirs = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            Duration warmUp = round == 0 ? bench.options().warmUp() : SETTLE;
            theirs.add(Stretch.measure(bench, "echo", echo, driver.load(echoes, 0), warmUp));
            ours.add(Stretch.measure(bench, "commands", node, driver.load(agents, 0), warmUp));
        }
        bench.add(Figure.of(
                "E1",
                "CPU of the node for one command, at saturation",
                "us",
                ours,
                theirs,
                Stretch::cpuMicros,
                "echo",
                Figure.Goal.ratioAtMost(2.5)));
        bench.add(Figure.of(
                "E1", "of that, the JVM's compilers", "us", ours, theirs, Stretch::compilerMicros, "echo", null));
        Figure rate = Figure.of(
                "E1",
                "commands a second at saturation",
                "/s",
                ours,
                theirs,
                Stretch::perSecond,
                "echo",
                Figure.Goal.ratioAtLeast(0.4));
        bench.add(rate);
        bench.add(Figure.of(
                "E1",
                "events for one command",
                "events",
                ours,
                List.of(),
                each -> (double) each.load().events() / each.load().operations(),
                "",
                null));
        atHalfLoad(bench, driver, node, agents, echo, echoes, rate.value() / 2);
        bench.add(Figure.of("E7", "allocated for one command", "B", ours, theirs, Stretch::bytes, "echo", null));
    }

    private static void atHalfLoad(
            Bench bench,
            Driver driver,
            Server.Group node,
            List<AgentTalker> agents,
            Server.Group echo,
            List<EchoTalker> echoes,
            double rate)
            throws InterruptedException {
        List<Stretch> theirs =
                List.of(Stretch.measure(bench, "echo at half load", echo, driver.load(echoes, rate), SETTLE));
        List<Stretch> ours =
                List.of(Stretch.measure(bench, "commands at half load", node, driver.load(agents, rate), SETTLE));
        Latencies.add(bench, "E1", "at half load, " + Numbers.text(rate) + "/s", ours, theirs, null, null);
        bench.add(Figure.of(
                "E1",
                "CPU of the node for one command, at half load",
                "us",
                ours,
                theirs,
                Stretch::cpuMicros,
                "echo",
                null));
    }
}
