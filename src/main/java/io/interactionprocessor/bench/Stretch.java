package io.interactionprocessor.bench;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One measured stretch of time under load.
 *
 * @param load what the clients saw
 * @param cpuSeconds what all servers took
 * @param compilerSeconds which part of that went into compiling, and will not once they are warm
 * @param clientCpuSeconds what this process took
 * @param allocated bytes that all servers allocated, as precise as their young generations are small
 */
record Stretch(Load.Result load, double cpuSeconds, double compilerSeconds, double clientCpuSeconds, double allocated) {
    private static final double MICROS = 1e6;
    private static final long WARM_OPERATIONS_PER_SECOND = 5_000;
    private static final Duration PIECE = Duration.ofSeconds(1);

    /** Loads servers for a while; the first part of it is not counted. */
    static Stretch measure(Bench bench, String what, Server.Group servers, Load load, Duration warmUp)
            throws InterruptedException {
        return measure(bench, what, servers, load, warmUp, bench.options().duration());
    }

    static Stretch measure(
            Bench bench, String what, Server.Group servers, Load load, Duration warmUp, Duration duration)
            throws InterruptedException {
        load.start();
        warmUp(bench, what, load, warmUp);
        if (bench.options().profile()) {
            servers.startRecording();
        }
        long self = ProcessHandle.current().pid();
        double cpu = servers.cpuSeconds();
        double compiler = servers.compilerSeconds();
        double client = ProcessUse.cpuSeconds(self);
        double allocated = servers.allocatedBytes();
        Load.Mark mark = load.mark();
        bench.progress()
                .pause(
                        duration,
                        () -> what + ": " + (load.operations() - mark.operations()) + " operations, " + load.failures()
                                + " failed");
        Load.Result result = load.since(mark);
        Stretch stretch = new Stretch(
                result,
                servers.cpuSeconds() - cpu,
                servers.compilerSeconds() - compiler,
                ProcessUse.cpuSeconds(self) - client,
                servers.allocatedBytes() - allocated);
        if (bench.options().profile()) {
            servers.stopRecording(what);
        }
        load.stop();
        if (result.operations() == 0) {
            throw new BenchFailed(
                    what + (result.failures() == 0 ? ": no answer at all" : ": all operations were refused"));
        }
        result.notes().forEach(note -> bench.note(what + ": " + note));
        bench.progress().tell("  " + what + ": " + stretch);
        return stretch;
    }

    /** Before a stretch at a fixed rate, which is too slow to warm anything up: as fast as it goes. */
    static void warmUp(Bench bench, String what, Load closed) throws InterruptedException {
        closed.start();
        warmUp(bench, what, closed, bench.options().warmUp());
        closed.stop();
    }

    /** On a machine that others use as well, a while is not enough for the compiler: it wants a number of operations. */
    private static void warmUp(Bench bench, String what, Load load, Duration time) throws InterruptedException {
        long operations = time.toMillis() * WARM_OPERATIONS_PER_SECOND / 1000;
        Duration passed = Duration.ZERO;
        while (passed.compareTo(time) < 0
                || (load.isClosed() && load.operations() < operations && passed.compareTo(time.multipliedBy(6)) < 0)) {
            Duration piece = time.compareTo(PIECE) < 0 ? time : PIECE;
            bench.progress().pause(piece, () -> what + ", warming up: " + load.operations() + " operations");
            passed = passed.plus(piece);
        }
    }

    /** Returns why nothing can be concluded from all of them; null if something can. */
    static String doubt(List<Stretch> stretches) {
        return stretches.stream()
                .map(each -> each.load().doubt())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    double perSecond() {
        return load.perSecond();
    }

    double millis(double percentile) {
        return load.millis(percentile);
    }

    double cpuMicros() {
        return cpuSeconds * MICROS / load.operations();
    }

    double compilerMicros() {
        return compilerSeconds * MICROS / load.operations();
    }

    double clientCpuMicros() {
        return clientCpuSeconds * MICROS / load.operations();
    }

    double bytes() {
        return allocated / load.operations();
    }

    @Override
    public String toString() {
        return Numbers.text(perSecond()) + "/s, server " + Numbers.text(cpuMicros()) + " us (compilers "
                + Numbers.text(compilerMicros())
                + "), client "
                + Numbers.text(clientCpuMicros()) + " us, " + Numbers.text(bytes()) + " B each; p50 "
                + Numbers.text(millis(50)) + " p99 " + Numbers.text(millis(99)) + " ms";
    }
}
