package io.interactionprocessor.bench;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * E4: how soon an agent is told what happens at the switch, at 1,000 events a second, and what one event costs. Agents on
 * calls change the calls' data. With another agent on the call there is one event more, to another client: the difference
 * in CPU is its cost. The time is counted from the request on, so the switch's own part is in it: an upper bound.
 */
final class EventDelivery implements Scenario {
    private static final int PAIRS = 50;
    private static final double RATE = 1_000;

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        Server.Group echo = servers.echo(servers.java());
        List<EchoTalker> echoes = driver.echoes(echo.first().url(), PAIRS);
        Server.Group one = servers.nodes(1, 4 * PAIRS);
        String url = one.first().url();
        List<PartyTalker> alone = talking(driver, List.of(url), List.of(), Servers.FIRST_AGENT);
        List<PartyTalker> pairs = talking(driver, List.of(url), List.of(url), Servers.FIRST_AGENT + PAIRS);
        List<Stretch> bare = new ArrayList<>();
        List<Stretch> without = new ArrayList<>();
        List<Stretch> with = new ArrayList<>();
        List<Double> extra = new ArrayList<>();
        Stretch.warmUp(bench, "echo", driver.load(echoes, 0));
        Stretch.warmUp(bench, "own events only", driver.load(alone, 0));
        Stretch.warmUp(bench, "another agent's event", driver.load(pairs, 0));
        for (int round = 0; round < bench.options().rounds(); round++) {
            bare.add(Stretch.measure(bench, "echo", echo, driver.load(echoes, RATE), CommandCost.SETTLE));
            without.add(Stretch.measure(bench, "own events only", one, driver.load(alone, RATE), CommandCost.SETTLE));
            with.add(
                    Stretch.measure(bench, "another agent's event", one, driver.load(pairs, RATE), CommandCost.SETTLE));
            extra.add(with.get(round).cpuMicros() - without.get(round).cpuMicros());
        }
        Latencies.add(bench, "E4", "to another agent's client, 1,000/s, one node", with, bare, 1.0, 10.0);
        bench.add(new Figure(
                        "E4",
                        "CPU of the node for one more event",
                        "us",
                        extra,
                        bare.stream().map(Stretch::cpuMicros).toList(),
                        "echo at 1,000/s",
                        Figure.Goal.ratioAtMost(2))
                .doubted(Stretch.doubt(with))
                .doubted(Stretch.doubt(without))
                .doubted(Stretch.doubt(bare))
                .aboveNoise());
        one.close();
        Server.Group three = servers.nodes(3, 4 * PAIRS);
        List<String> others = three.others().isEmpty() ? three.urls() : three.others();
        List<PartyTalker> apart =
                talking(driver, List.of(others.get(0)), List.of(others.get(others.size() - 1)), Servers.FIRST_AGENT);
        Stretch.warmUp(bench, "another agent's event, across nodes", driver.load(apart, 0));
        List<Stretch> across = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            across.add(Stretch.measure(
                    bench, "another agent's event, across nodes", three, driver.load(apart, RATE), CommandCost.SETTLE));
        }
        Latencies.add(bench, "E4", "to another agent's client, 1,000/s, three nodes", across, List.of(), 1.0, 10.0);
    }

    /** Returns agents on calls: with a number, or with agents of the other nodes. */
    private static List<PartyTalker> talking(Driver driver, List<String> urls, List<String> others, int firstAgent)
            throws InterruptedException {
        List<PartyTalker> callers = agents(driver, urls, firstAgent);
        if (others.isEmpty()) {
            return all(driver, callers, caller -> caller.talkTo("5550101"));
        }
        List<PartyTalker> called = agents(driver, others, firstAgent + PAIRS);
        return all(driver, callers, caller -> {
            PartyTalker other = called.get(callers.indexOf(caller));
            return caller.talkTo(other, other.agent());
        });
    }

    private static List<PartyTalker> agents(Driver driver, List<String> urls, int firstAgent)
            throws InterruptedException {
        return driver.connect(
                PAIRS,
                index -> urls.get(index % urls.size()),
                (socket, index) -> new PartyTalker(socket, Integer.toString(firstAgent + index)).begin());
    }

    private static List<PartyTalker> all(
            Driver driver, List<PartyTalker> callers, Function<PartyTalker, Future<PartyTalker>> call)
            throws InterruptedException {
        return driver.onContext(
                () -> Future.all(callers.stream().map(call).toList()).map(connected -> callers));
    }
}
