package io.interactionprocessor.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * E1c: the same as E1 on three nodes, where every change of a session and of the switch is replicated, with the agents on
 * the nodes that do not hold the CTI link; beside it the single node.
 */
final class ReplicatedCommandCost implements Scenario {
    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        int agents = CommandCost.AGENTS;
        Server.Group single = servers.nodes(1, agents);
        Server.Group three = servers.nodes(3, agents);
        List<AgentTalker> alone = driver.agents(List.of(single.first().url()), Servers.FIRST_AGENT, agents);
        List<AgentTalker> apart = driver.agents(three.others(), Servers.FIRST_AGENT, agents);
        List<Stretch> ones = new ArrayList<>();
        List<Stretch> threes = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            Duration warmUp = round == 0 ? bench.options().warmUp() : CommandCost.SETTLE;
            ones.add(Stretch.measure(bench, "one node", single, driver.load(alone, 0), warmUp));
            threes.add(Stretch.measure(bench, "three nodes", three, driver.load(apart, 0), warmUp));
        }
        bench.add(Figure.of(
                "E1c",
                "CPU of three nodes for one command, at saturation",
                "us",
                threes,
                ones,
                Stretch::cpuMicros,
                "one node",
                Figure.Goal.ratioAtMost(4)));
        bench.add(Figure.of(
                "E1c", "of that, the JVMs' compilers", "us", threes, ones, Stretch::compilerMicros, "one node", null));
        Figure saturated = Figure.of(
                "E1c", "commands a second at saturation", "/s", threes, ones, Stretch::perSecond, "one node", null);
        bench.add(saturated);
        double rate = saturated.value() / 2;
        Stretch half =
                Stretch.measure(bench, "three nodes at half load", three, driver.load(apart, rate), CommandCost.SETTLE);
        Latencies.add(bench, "E1c", "at half load, " + Numbers.text(rate) + "/s", List.of(half), List.of(), 2.0, 20.0);
        bench.add(Figure.of(
                "E7", "allocated by three nodes for one command", "B", threes, ones, Stretch::bytes, "one node", null));
    }
}
