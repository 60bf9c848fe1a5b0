package io.interactionprocessor.torture.load;

import java.time.Duration;
import java.util.Random;

/**
 * What the load is.
 *
 * @param agents how many are logged in, those that come and go not counted
 * @param commandsPerSecond 60 % state, 30 % call control, 10 % data
 * @param switchEventsPerSecond entries of the switch's history that are no commands
 * @param churnPerSecond logins, and as many logouts
 * @param jitter how long at most, by chance, a client waits before it comes back
 */
public record LoadPlan(
        int agents, double commandsPerSecond, double switchEventsPerSecond, double churnPerSecond, Duration jitter) {
    private static final double STATE = 0.6;
    private static final double CALL_CONTROL = 0.3;

    /** A kind of command. */
    enum Kind {
        STATE,
        CALL_CONTROL,
        DATA
    }

    static Kind next(Random random) {
        double chance = random.nextDouble();
        if (chance < STATE) {
            return Kind.STATE;
        }
        return chance < STATE + CALL_CONTROL ? Kind.CALL_CONTROL : Kind.DATA;
    }
}
