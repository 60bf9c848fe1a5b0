package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Request;

/** A request that the switch has been asked about and that is not answered yet. */
final class Pending {
    /** The object whose operation it is: only one may run on it at a time. */
    final String object;

    final Request.Resource request;
    final int fingerprint;
    final long deadline;
    /** How many answers to send: a client may send the same request again before its answer. */
    int copies = 1;
    /** It came over an earlier connection: the client's repetition over the new one is not another copy. */
    boolean inherited;
    /** The switch's reply, if it has come and its effect has not. */
    Reply reply;
    /** When not to wait for the effect any longer. */
    long effectDeadline = Long.MAX_VALUE;

    Pending(String object, Request.Resource request, int fingerprint, long deadline) {
        this.object = object;
        this.request = request;
        this.fingerprint = fingerprint;
        this.deadline = deadline;
    }

    void repeated() {
        if (inherited) {
            inherited = false;
        } else {
            copies++;
        }
    }

    void inherit() {
        inherited = true;
        copies = 1;
    }
}
