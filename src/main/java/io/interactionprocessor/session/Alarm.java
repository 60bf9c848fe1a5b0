package io.interactionprocessor.session;

/** The one timer of a session: for whatever of it is due first. */
final class Alarm {
    private final HostPorts ports;
    private final Runnable rings;
    private Runnable cancel = () -> {};
    private long at = Long.MAX_VALUE;

    Alarm(HostPorts ports, Runnable rings) {
        this.ports = ports;
        this.rings = rings;
    }

    /** Rings at {@code due} at the latest. Too early does no harm, and is cheaper than a new timer for each request. */
    void noLaterThan(long due) {
        if (due >= at) {
            return;
        }
        cancel.run();
        at = due;
        cancel = ports.timers().after(Math.max(1, due - ports.time().now()), () -> {
            at = Long.MAX_VALUE;
            rings.run();
        });
    }

    void cancel() {
        cancel.run();
    }
}
