package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.Request;

/** A request that is not answered yet: it waits for its turn, or the switch has been asked about it. */
final class Pending {
    final Request.Resource request;
    final int fingerprint;
    final long deadline;
    /** The object whose operation it is, once it runs: only one may run on it at a time. */
    String object;
    /** Names the command to the switch, once it runs. */
    String commandId;
    /**
     * How many answers to send: as often as the present connection has asked. None if it came over an earlier one, which is
     * gone; the client repeats what it still wants to know.
     */
    int copies = 1;
    /** When its client is told that nothing else can be asked of its interaction meanwhile. */
    long lastsAt = Long.MAX_VALUE;
    /** Whether it has gone on for so long. */
    boolean lasts;
    /** How it fails if the switch has never accepted its command, which is only asked after; null for one that is to be done. */
    Failure otherwise;
    /** The switch's reply, if it has come and its effect has not. */
    Reply reply;
    /** When not to wait for the effect any longer. */
    long effectDeadline = Long.MAX_VALUE;

    Pending(Request.Resource request, int fingerprint, long deadline) {
        this.request = request;
        this.fingerprint = fingerprint;
        this.deadline = deadline;
    }
}
