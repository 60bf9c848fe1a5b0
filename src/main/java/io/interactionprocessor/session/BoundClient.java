package io.interactionprocessor.session;

import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.protocol.SessionEndReason;
import java.util.List;
import java.util.function.Consumer;

/** The client that has a session bound: at most one connection of this node. */
final class BoundClient {
    /** Close code: another connection of the same client took the binding (protocol 1). */
    private static final int TAKEN = 4001;
    /** Close code: the session was overridden (protocol 1). */
    private static final int OVERRIDDEN = 4002;
    /** Close code: an administrator has ended the session (protocol 1). */
    private static final int ADMINISTRATOR = 4003;
    /** Close code: the session is on another node now, go there (protocol 1). */
    private static final int MOVED = 1012;

    private final Ports.Clients clients;
    private final SessionId session;
    private final Consumer<String> left;
    private String connection;

    /**
     * Nobody has it bound yet.
     *
     * @param left learns the connection that no longer has it
     */
    BoundClient(Ports.Clients clients, SessionId session, Consumer<String> left) {
        this.clients = clients;
        this.session = session;
        this.left = left;
    }

    /** Returns the connection's address, or null. */
    String connection() {
        return connection;
    }

    boolean isAt(String address) {
        return address.equals(connection);
    }

    void bind(String address, Outbound.Bound first) {
        connection = address;
        clients.send(address, first);
    }

    /** The connection is gone; nobody has to be told. */
    void gone() {
        String before = connection;
        connection = null;
        if (before != null) {
            left.accept(before);
        }
    }

    void deliver(List<String> frames, List<String> answered) {
        if (connection != null && !frames.isEmpty()) {
            clients.send(connection, new Outbound.Frames(session.value(), frames, answered));
        }
    }

    void answer(Response response) {
        if (connection != null) {
            clients.send(connection, new Outbound.Answer(response));
        }
    }

    /** Another connection of the same client has the session. */
    void taken() {
        unbind(false, TAKEN, "another connection took the session");
    }

    /** @param by the connection that asked for it, if it is of this node: it goes on, even if it had this session */
    void overridden(String by) {
        unbind(true, isAt(by) ? 0 : OVERRIDDEN, "the session was overridden");
    }

    /** The client has had {@code session.ended}, and goes on, unless an administrator has ended it. */
    void ended(SessionEndReason reason) {
        boolean leaves = reason == SessionEndReason.ADMINISTRATOR;
        unbind(true, leaves ? ADMINISTRATOR : 0, leaves ? "ended by an administrator" : "");
    }

    /** Another node owns the session without the client's having asked for it, or has ended it. */
    void moved(boolean ended) {
        String why = ended ? "the session has ended on another node" : "another node has taken the session over";
        unbind(ended, MOVED, why + "; connect to another node");
    }

    private void unbind(boolean ended, int closeCode, String reason) {
        if (connection != null) {
            clients.send(connection, new Outbound.Unbound(session.value(), ended, closeCode, reason));
            gone();
        }
    }
}
