/**
 * The simulated switch: the embedded default CTI, the executable specification of a connector, and what demos, tests and
 * benchmarks run on.
 *
 * <p>{@link io.interactionprocessor.cti.simulated.SimulatedSwitch} is a plain deterministic model: no clock, no thread, no
 * I/O. Time is passed in, timers are data, its state is a set of small entities that live in a
 * {@link io.interactionprocessor.cti.simulated.GridStore}. {@link io.interactionprocessor.cti.simulated.SimulatedConnector}
 * gives it a clock, a timer and the grid.
 */
package io.interactionprocessor.cti.simulated;
