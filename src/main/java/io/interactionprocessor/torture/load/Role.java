package io.interactionprocessor.torture.load;

/** What an agent does under load. */
public enum Role {
    /** Has one call for the whole run, holds and retrieves it, and changes its data. Nobody ends this call. */
    TALKER,
    /** Is called by customers, answers, hangs up. */
    RINGER,
    /** Is ready and not ready by turns. */
    STATE,
    /** Logs in and out. */
    CHURN;

    private static final int OF = 10;

    /** Returns the role of an agent: of ten, two talk, three ring, four change their state, one comes and goes. */
    static Role of(int index) {
        int place = index % OF;
        if (place < 2) {
            return TALKER;
        }
        if (place < 5) {
            return RINGER;
        }
        return place < 9 ? STATE : CHURN;
    }
}
