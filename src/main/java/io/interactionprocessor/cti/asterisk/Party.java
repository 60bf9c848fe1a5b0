package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;

/** Somebody on a call. An agent with two calls is a party of each, on one and the same line. */
final class Party {
    /** Who it is. */
    enum Kind {
        AGENT,
        OUTSIDE,
        /** Somebody at a phone of the house who is not logged on. */
        STATION
    }

    final String id;
    final long number;
    final Kind kind;
    final Agent agent;
    final String address;
    final String name;
    final long since;

    Call call;
    Line line;
    ConversationState state;
    Cause cause = Cause.NORMAL;
    Direction direction = Direction.INBOUND;
    String queue;
    String from = "";
    String to = "";
    String consultOf;
    boolean muted;

    /** Has called and waits for the other to answer. */
    boolean calling;

    boolean answered;

    /** A queue offers the call. */
    boolean offered;

    /** The agent has accepted: a phone that answers by itself is called now, one that can be told to answer is told. */
    boolean accepted;

    /** The phone's own hold key was pressed; the phone alone can undo it. */
    boolean phoneHeld;

    /** Came ringing from another call: who waits there hears no ringing from this party's line any more. */
    boolean movedRinging;

    /** Who is called, by id, for as long as he cannot be shown himself. */
    String calledId;

    /** When something must happen if nothing else does (ringing, failed), or 0. */
    long deadline;

    Party(String id, long number, Kind kind, Agent agent, String address, String name, long since) {
        this.id = id;
        this.number = number;
        this.kind = kind;
        this.agent = agent;
        this.address = address;
        this.name = name;
        this.since = since;
    }

    void join(Line onto) {
        line = onto;
        onto.parties.add(this);
    }

    /** Returns whether the party is on the line, and not just called. */
    boolean live() {
        return answered || calling;
    }
}
