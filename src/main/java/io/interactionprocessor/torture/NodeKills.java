package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Micros;
import java.time.Duration;

/** R2: {@code kill -9} one node every 30 s; it is back after 5 s. */
final class NodeKills implements Scenario {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration AWAY = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "R2";
    }

    @Override
    public String title() {
        return "kill -9 of one node every 30 s";
    }

    @Override
    public Need need() {
        return Need.PROCESSES;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        long rounds = Math.max(1, run.options().duration(LENGTH).toSeconds() / EVERY.toSeconds());
        for (int i = 0; i < rounds; i++) {
            long next = Micros.now() + EVERY.toNanos() / 1000;
            int victim = run.random().nextInt(run.nodes().size());
            Run.Mark killed = run.begin("kill -9", victim);
            run.faults().kill(victim);
            run.pause(AWAY);
            run.faults().start(victim);
            run.faults().awaitReady(victim);
            run.marked(killed);
            run.tell("  it is back");
            if (i + 1 < rounds) {
                run.pause(Duration.ofMillis(Math.max(0, (next - Micros.now()) / 1000)));
            }
        }
    }
}
