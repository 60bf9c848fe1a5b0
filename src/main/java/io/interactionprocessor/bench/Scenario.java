package io.interactionprocessor.bench;

/** One measurement. */
interface Scenario {
    /** Measures, and gives its figures to {@link Bench#add}. */
    void run(Bench bench, Driver driver, Servers servers) throws InterruptedException;
}
