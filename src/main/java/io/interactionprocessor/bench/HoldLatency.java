package io.interactionprocessor.bench;

import java.util.List;

/**
 * How long {@code conversation.hold} and {@code conversation.retrieve} take, one agent, one at a time: from the request to
 * the answer that the switch has done it. On one node; then on three, with client and session on another node than the
 * switch's link.
 */
final class HoldLatency implements Scenario {
    private static final int AGENTS = 10;

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        Server.Group echo = servers.echo(servers.java());
        Stretch bare = Stretch.measure(
                bench,
                "echo",
                echo,
                driver.load(driver.echoes(echo.first().url(), 1), 0),
                bench.options().warmUp());
        echo.close();
        Server.Group one = servers.nodes(1, AGENTS);
        Stretch near = measure(bench, driver, one, one.first().url(), "hold and retrieve, one node");
        Latencies.add(bench, "hold", "of hold and retrieve, one node", List.of(near), List.of(bare), 2.0, null);
        one.close();
        Server.Group three = servers.nodes(3, AGENTS);
        String url =
                three.others().isEmpty() ? three.first().url() : three.others().get(0);
        Stretch far = measure(bench, driver, three, url, "hold and retrieve, link on another node");
        Latencies.add(bench, "hold", "of hold and retrieve, three nodes", List.of(far), List.of(bare), 4.0, null);
    }

    private static Stretch measure(Bench bench, Driver driver, Server.Group nodes, String url, String what)
            throws InterruptedException {
        List<HoldTalker> talkers = driver.connect(
                1,
                index -> url,
                (socket, index) -> new HoldTalker(socket, Integer.toString(Servers.FIRST_AGENT)).begin());
        return Stretch.measure(
                bench, what, nodes, driver.load(talkers, 0), bench.options().warmUp());
    }
}
