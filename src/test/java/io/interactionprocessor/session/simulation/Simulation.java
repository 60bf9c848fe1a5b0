package io.interactionprocessor.session.simulation;

/** One run of the whole cluster under one seed. */
public final class Simulation {
    private static final long STORM = 12_000;
    private static final long CALM = 12_000;

    private Simulation() {}

    /** Runs; throws what was violated, with the line that runs it again. */
    public static void run(long seed, Weakness weakness) {
        World world = new World(seed, weakness);
        try {
            world.storm(STORM);
            world.settle(CALM);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " after " + (world.time.now() - VirtualTime.START) + " ms: " + e.getMessage()
                            + "\n  again: mvn -o test -Dtest=SimulationTest -Dsimulation.seeds=" + seed + ".." + seed
                            + " -Dsimulation.weakness=" + weakness,
                    e);
        }
    }
}
