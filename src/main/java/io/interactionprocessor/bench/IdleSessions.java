package io.interactionprocessor.bench;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * E3: what 20,000 idle active sessions on one node hold in memory, each with its connection, and what they cost while nothing
 * happens; beside it as many bare connections to the echo.
 */
final class IdleSessions implements Scenario {
    private static final int SESSIONS = 20_000;
    /** The JVM's own files, the other connections. */
    private static final int OTHER_FILES = 1_000;

    /** The service pings each connection so often (protocol 1); over as many seconds idle time is measured. */
    private static final int PING_S = 15;

    private static final String[] MEMORY = {"-Xms64m", "-Xmx3g", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20"};

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        int count = Math.min(SESSIONS, ProcessUse.mostOpenFiles() - OTHER_FILES);
        if (count < SESSIONS) {
            bench.note("E3: " + count + " sessions instead of " + SESSIONS
                    + ": the limit of open files of a process is " + ProcessUse.mostOpenFiles());
        }
        Server.Group echo = servers.echo(servers.java(MEMORY));
        double[] before = memory(bench, echo);
        List<EchoTalker> echoes = driver.echoes(echo.first().url(), count);
        double[] after = memory(bench, echo);
        histogram(bench, echo, "bare connections");
        double bareHeap = (after[0] - before[0]) / count;
        double bareResident = (after[1] - before[1]) / count;
        bench.progress()
                .tell("  bare connection: heap " + Numbers.text(bareHeap) + " B, resident " + Numbers.text(bareResident)
                        + " B");
        double bareIdle = pinged(bench, driver, echo, echoes);
        driver.closeAll(echoes);
        echo.close();
        Server.Group node = servers.nodes(1, count, MEMORY);
        before = memory(bench, node);
        driver.agents(List.of(node.first().url()), Servers.FIRST_AGENT, count);
        if (bench.options().profile()) {
            node.startRecording();
        }
        double idle = idle(bench, node);
        if (bench.options().profile()) {
            node.stopRecording("idle");
        }
        after = memory(bench, node);
        histogram(bench, node, "idle sessions");
        double heap = (after[0] - before[0]) / count;
        bench.add(new Figure(
                "E3",
                "heap of an idle session above a bare connection",
                "B",
                List.of(heap - bareHeap),
                List.of(bareHeap),
                "the connection",
                Figure.Goal.atMost(8192)));
        bench.add(new Figure(
                "E3",
                "resident memory of an idle session, all told",
                "B",
                List.of((after[1] - before[1]) / count),
                List.of(bareResident),
                "connection",
                Figure.Goal.atMost(20_000)));
        bench.add(new Figure(
                "E3",
                "CPU with " + count + " idle sessions, of a core",
                "%",
                List.of(idle),
                List.of(bareIdle),
                "connections that are pinged",
                Figure.Goal.atMost(2)));
    }

    /** What bare connections cost when they get the pings that the protocol asks for, spread over time as the service's are. */
    private static double pinged(Bench bench, Driver driver, Server.Group echo, List<EchoTalker> echoes)
            throws InterruptedException {
        for (int second = 0; second < PING_S; second++) {
            List<EchoTalker> some =
                    echoes.subList(echoes.size() * second / PING_S, echoes.size() * (second + 1) / PING_S);
            driver.onContext(() -> {
                some.forEach(each -> each.wantPings(PING_S * 1_000L));
                return Future.succeededFuture();
            });
            bench.progress().pause(Duration.ofSeconds(1), () -> "asking for pings");
        }
        return idle(bench, echo);
    }

    private static void histogram(Bench bench, Server.Group servers, String what) throws InterruptedException {
        if (bench.options().profile()) {
            servers.writeHistogram(what);
        }
    }

    private static double[] memory(Bench bench, Server.Group servers) throws InterruptedException {
        bench.progress().pause(Duration.ofSeconds(2), () -> "settling");
        return new double[] {servers.heapAfterCollection(), servers.residentBytes()};
    }

    /** Returns per cent of a core. */
    static double idle(Bench bench, Server.Group servers) throws InterruptedException {
        bench.progress().pause(Duration.ofSeconds(5), () -> "settling");
        double cpu = servers.cpuSeconds();
        long start = System.nanoTime();
        bench.progress().pause(Duration.ofSeconds(PING_S), () -> "idle");
        double seconds = (System.nanoTime() - start) / 1e9;
        double percent = (servers.cpuSeconds() - cpu) / seconds * 100;
        bench.progress().tell("  idle: " + Numbers.text(percent) + " % of a core");
        return percent;
    }
}
