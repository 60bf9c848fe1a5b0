package io.interactionprocessor.session.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A few seeds of the simulation; {@code -Dsimulation.seeds=FROM..TO} says which. */
class SimulationTest {
    static LongStream seeds() {
        String[] range = System.getProperty("simulation.seeds", "1..20").split("\\.\\.", 2);
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRulesHold(long seed) {
        Simulation.run(seed, Weakness.valueOf(System.getProperty("simulation.weakness", "NONE")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theRulesHold_whenNodesNeverHearEachOther(long seed) {
        Simulation.run(seed, Weakness.PEERS_SAY_NOTHING);
    }
}
