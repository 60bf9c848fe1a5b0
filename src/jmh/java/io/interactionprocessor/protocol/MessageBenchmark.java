package io.interactionprocessor.protocol;

import io.interactionprocessor.model.Availability;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The reader and the writer with the messages of one {@code channel.ready}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MessageBenchmark {
    private static final String RESOURCE = "cSQxR8fwJKWQXIcPtJ-83g";
    private static final String REQUEST =
            "{\"messageType\":\"resourceRequest\",\"requestId\":\"4711\",\"serviceId\":\"sim\",\"resourceId\":\"" + RESOURCE
                    + "\",\"request\":{\"command\":\"channel.ready\",\"target\":\"" + RESOURCE
                    + ".g1.c1\",\"data\":{}}}";

    private final MessageReader reader = new MessageReader();
    private final MessageWriter writer = new MessageWriter();
    private final Event event = event();

    private static Event event() {
        EnumMap<Verb, FailureCode> blocked = new EnumMap<>(Verb.class);
        for (Verb verb : Verb.values()) {
            blocked.put(verb, FailureCode.INVALID_STATE);
        }
        Actions actions = new Actions(EnumSet.allOf(Verb.class), blocked);
        return new Event(
                RESOURCE + ".g1.c1",
                17,
                "4711",
                new Event.InfoChanged(Availability.READY, null, 1_700_000_000_000L, null, null, actions));
    }

    /** Reads the request. */
    @Benchmark
    public Read read() {
        return reader.read(REQUEST);
    }

    /** Writes the event, with more actions than any object has. */
    @Benchmark
    public String writeEvent() {
        return writer.event("sim", RESOURCE, event);
    }
}
