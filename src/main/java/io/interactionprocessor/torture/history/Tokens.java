package io.interactionprocessor.torture.history;

/** Arguments that exist only once, so that the switch's history can be searched for them. */
public final class Tokens {
    private static final String MARK = "once-";

    private Tokens() {}

    /** Returns the token of a number. */
    public static String of(long number) {
        return MARK + number;
    }

    /** Returns whether this is a token. */
    public static boolean is(String text) {
        return text.startsWith(MARK);
    }
}
