package io.interactionprocessor.cti.asterisk;

import java.util.Locale;

/**
 * New ids for channels, bridges and parties. They begin with the application's name, so that what is ours can be told in
 * a list of all; they hold the time and the lease, so that no holder before or after gives the same.
 */
final class Ids {
    private static final int SPAN = 36 * 36;

    private final String prefix;
    private final long lease;
    private long last;

    /**
     * Begins to count.
     *
     * @param now milliseconds since 1970-01-01 UTC
     */
    Ids(String app, long lease, long now) {
        prefix = prefix(app);
        this.lease = lease % SPAN;
        last = now * 1_000;
    }

    static String prefix(String app) {
        return app.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "") + "-";
    }

    long next() {
        return ++last * SPAN + lease;
    }

    String party(long number) {
        return "p" + Long.toString(number, 36);
    }

    String line() {
        return prefix + "l" + Long.toString(next(), 36);
    }

    String call() {
        return prefix + "c" + Long.toString(next(), 36);
    }

    /** Returns whether Asterisk has got this id from a holder of this link. A Local channel's far half is the dialplan's. */
    boolean ours(String id) {
        return id.startsWith(prefix) && id.indexOf(';') < 0;
    }
}
