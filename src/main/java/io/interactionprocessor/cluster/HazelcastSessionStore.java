package io.interactionprocessor.cluster;

import com.hazelcast.map.IMap;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.Ports;
import io.interactionprocessor.session.StoredSession;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Sessions in the grid, so that they outlive the node that owns them: one entry for each session, changed in place by
 * operations that carry only what is new, one backup.
 *
 * <p>What is safe to repeat (append, fence, remove) is repeated while members are silent or gone, for up to
 * {@value #PATIENCE_MS} ms: long enough for a frozen member to be dropped and its share to be taken over. A stage that fails
 * all the same leaves the outcome unknown. After an entry was lost altogether (two nodes at once) the next append of its
 * owner makes it anew, without the older answers and events; one that was <em>removed</em> stays so.
 */
public final class HazelcastSessionStore implements Ports.SessionStore {
    /** A silent member is dropped after 5 s. */
    static final long PATIENCE_MS = 8_000;

    private final GridCalls calls;
    private final IMap<String, SessionHolder> map;

    /** The store of all instance-domains; one for each node. */
    public HazelcastSessionStore(ClusterNode node) {
        this.calls = new GridCalls(node.vertx());
        this.map = node.hazelcast().getMap(GridConfig.SESSIONS);
    }

    @Override
    public CompletionStage<Boolean> append(SessionId session, StoredSession.Append append) {
        return calls.repeating(PATIENCE_MS, GridCalls.on(map, session.value(), new SessionAppend(append)))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Optional<StoredSession>> fence(SessionId session, Epoch epoch, long eventsAfter) {
        return change(session, SessionChange.fence(epoch, eventsAfter));
    }

    @Override
    public CompletionStage<Optional<StoredSession>> find(SessionId session, long eventsAfter) {
        return change(session, SessionChange.read(eventsAfter));
    }

    @Override
    public CompletionStage<Void> remove(SessionId session, Epoch epoch) {
        return calls.repeating(PATIENCE_MS, GridCalls.on(map, session.value(), SessionChange.remove(epoch)))
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    private CompletionStage<Optional<StoredSession>> change(SessionId session, SessionChange change) {
        return calls.repeating(PATIENCE_MS, GridCalls.on(map, session.value(), change))
                .map(Optional::ofNullable)
                .toCompletionStage();
    }
}
