package io.interactionprocessor.cti;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/**
 * One link to one switch: the service provider interface that an integrator implements. It speaks CSTA terms
 * ({@link io.interactionprocessor.model.csta}), not the wire protocol. The contract test class in the tests is its
 * specification; the simulated switch is its first implementation.
 *
 * <p>Every method is called on the context of the CTI verticle that hosts the connector and never blocks it; a connector
 * whose library blocks brings its own bounded pool. The listener is called back on that same context.
 */
public interface Connector {

    /** Receives what happens on the switch. */
    interface Listener {
        /** Something about an agent has changed. Events of one agent come in the order of their view's version. */
        void agentChanged(AgentEvent event);

        /**
         * The link to the switch has come up or gone down. After it came up again, views may have changed without events;
         * the CTI verticle then asks for {@link Connector#snapshotAll()}.
         *
         * @param up whether commands can be executed
         * @param reason for people, when down
         */
        void linkChanged(boolean up, String reason);
    }

    /** Who made the switch, shown in {@code cti-vendor} (protocol 4); unless said otherwise, the connector's name. */
    default String vendor() {
        return getClass().getSimpleName();
    }

    /** The switch's version, shown in {@code cti-version}; empty while not known, and unless said otherwise. */
    default String version() {
        return "";
    }

    /** What this switch can do. */
    Set<Operation> operations();

    /**
     * Becomes the active link. Called on the node that holds the link's lease, and on no other.
     *
     * @param lease the lease's epoch, growing with every holder: a connector that has seen (or whose switch has seen) a
     *     higher one fails, so that a holder that was frozen commands nothing any more
     * @param listener gets events from now on
     * @return completes when the switch's state is known and commands are accepted
     */
    Future<Void> connect(Epoch lease, Listener listener);

    /**
     * Gives the link up; no event and no command's effect follows. Calls on the switch go on. Unless said otherwise there
     * is nothing to do.
     *
     * @return completes when the next holder finds on the switch whatever was answered here; that one waits for it, though
     *     no longer than for any answer
     */
    default Future<Void> disconnect() {
        return Future.succeededFuture();
    }

    /**
     * Starts to observe an agent for a session (CSTA Monitor Start) and makes {@code epoch} the lowest one accepted for
     * this agent.
     *
     * @return the agent's present view, or {@code STALE_EPOCH}; every event after that view comes after this future
     */
    Future<Attachment> attach(String agent, Epoch epoch);

    /**
     * Executes a command, or returns the first reply to one whose id it has seen. Refusals are replies; the events that
     * the command causes come after its reply.
     *
     * @return fails only if this link was lost while executing: the outcome is unknown, and the same id may be sent again
     */
    Future<Reply> execute(AgentCommand command);

    /**
     * Asks whether the switch still answers; must be cheap. A link that is half open looks well until somebody asks.
     *
     * @return completes when it has answered
     */
    default Future<Void> ping() {
        return Future.succeededFuture();
    }

    /** Returns the present view of every agent of whom the switch knows something. */
    Future<List<AgentView>> snapshotAll();
}
