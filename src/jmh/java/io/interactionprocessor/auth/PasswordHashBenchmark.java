package io.interactionprocessor.auth;

import io.interactionprocessor.model.Secret;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What checking one password costs, by the rounds of its hash: the fewest that a node takes, and what hash-password makes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PasswordHashBenchmark {
    @Param({"10000", "210000"})
    private int rounds;

    private final PasswordHash hashes = new PasswordHash();
    private final Secret password = Secret.of("a password of usual length");
    private String hash;

    /** Makes the hash. */
    @Setup
    public void make() {
        hash = hashes.hash(password, rounds);
    }

    /** One log-in's check. */
    @Benchmark
    public boolean check() {
        return hashes.matches(hash, password);
    }
}
