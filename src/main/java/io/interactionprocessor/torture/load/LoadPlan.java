package io.interactionprocessor.torture.load;

import java.util.Random;

/**
 * What the load is.
 *
 * @param agents how many are logged in, those that come and go not counted
 * @param commandsPerSecond 60 % state, 30 % call control, 10 % data
 * @param switchEventsPerSecond entries of the switch's history that are no commands
 * @param churnPerSecond logins, and as many logouts
 */
public record LoadPlan(int agents, double commandsPerSecond, double switchEventsPerSecond, double churnPerSecond) {
    private static final double STATE = 0.6;
    private static final double CALL_CONTROL = 0.3;

    /** The load of the specification, for 1,000 agents: 50 commands, 200 events, 1 login and logout a second. */
    public static LoadPlan standard(int agents) {
        return new LoadPlan(agents, 50, 200, 1);
    }

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
