package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A session's part in one command: the request is read and run, the switch accepts and tells, answer and events go out; on
 * the pure core with the ports of its tests, which are in the figure too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SessionStepBenchmark {
    private Desk desk;
    private Desk.Client client;
    private long requests;
    private boolean ready;

    /** Logs in. */
    @Setup(Level.Iteration)
    public void logIn() {
        desk = new Desk(true);
        client = desk.connect("n1");
        client.prepare(false);
        client.bind();
        desk.station.loggedOn = true;
        client.ask("s", "session.start", "session");
        client.heard();
    }

    /** One command and all that follows from it. */
    @Benchmark
    public Object command() {
        ready = !ready;
        client.ask("r" + ++requests, ready ? "channel.ready" : "channel.notready", "c1");
        desk.switchDoes(station -> station.availability = ready ? Availability.READY : Availability.NOT_READY);
        return client.heard();
    }
}
