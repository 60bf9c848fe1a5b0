package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;

/**
 * Names a session's commands to the switch so that a request repeated on another node names the same command: the switch
 * then executes it once.
 */
final class CommandIds {
    private final String prefix;
    private final String own;
    private long count;

    CommandIds(SessionId session, Epoch epoch) {
        prefix = session.value() + ':';
        own = session.value() + '!' + epoch + '.';
    }

    /** The command that a client's request leads to; another request with the same id leads to another one. */
    String of(Pending request) {
        return prefix + request.request.requestId() + ':' + Integer.toHexString(request.fingerprint);
    }

    /** A command of the session's own, never used before. */
    String own() {
        return own + ++count;
    }

    /** Returns the request that led to a command of this session, or null if none did. */
    String requestOf(String commandId) {
        return commandId != null && commandId.startsWith(prefix)
                ? commandId.substring(prefix.length(), commandId.lastIndexOf(':'))
                : null;
    }

    /** Returns the fingerprint of the request that led to a command of this session. */
    static int fingerprintOf(String commandId) {
        return Integer.parseUnsignedInt(commandId.substring(commandId.lastIndexOf(':') + 1), 16);
    }
}
