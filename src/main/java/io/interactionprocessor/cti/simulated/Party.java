package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import java.util.Map;
import java.util.TreeMap;

/** A connection: one party on one call. */
final class Party extends Timed {
    /** Who it is. */
    enum Kind {
        AGENT,
        OUTSIDE,
        /** The place of an agent who is still to be found. */
        QUEUE
    }

    final long number;
    final Kind kind;
    final String address;
    final String name;
    final long since;

    /** The call it is on; another one after a transfer or conference. */
    Call call;

    /** Only for {@code AGENT}. */
    Agent agent;

    ConversationState state;
    Cause cause = Cause.NORMAL;

    /** Called, and waits for the other side; a party that was called rings instead. */
    boolean calling;

    /** While {@code calling}: the number under which the called party will be on the call, so that its id is known. */
    long reserved;

    /** Was connected at least once. */
    boolean answered;

    boolean muted;

    /** Id of the agent's leg that this one is the consultation for, or null. */
    String consultOf;

    /** The queue that offered it, or null. */
    String queue;

    Direction direction = Direction.INTERNAL;
    String from = "";
    String to = "";

    /** For an agent's ringing leg: the id of the queue's party that offered it, or null. */
    String offeredBy;

    /** For a queue's party: the id of the agent's leg that it is offered to now, or null. */
    String offeredTo;

    /** For a queue's party: the place in the queue; lower is nearer to the head. */
    long place;

    /** For a queue's party: agents who have rejected the call. */
    final Map<String, Kept> keptFrom = new TreeMap<>();

    /** A call is kept from an agent until a moment, or until he becomes ready once more than {@code timesReady}. */
    record Kept(long until, long timesReady) {}

    /** For an outside party: how long it talks before it hangs up; 0: stays. */
    long talk;

    Party(long number, Kind kind, String address, String name, long since) {
        this.number = number;
        this.kind = kind;
        this.address = address;
        this.name = name;
        this.since = since;
    }

    String id() {
        return id(number);
    }

    static String id(long number) {
        return "c" + number;
    }

    @Override
    String key() {
        return id();
    }

    /** Returns whether it is on the call, rather than being called. */
    boolean live() {
        return calling || (kind != Kind.QUEUE && state != ConversationState.ALERTING);
    }

    /** Returns whether the others see it: a queue is not seen while an agent's station rings in its stead. */
    boolean visible() {
        return kind != Kind.QUEUE || offeredTo == null;
    }
}
