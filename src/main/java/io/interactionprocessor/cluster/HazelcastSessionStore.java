package io.interactionprocessor.cluster;

import com.hazelcast.map.IMap;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.Ports;
import io.interactionprocessor.session.StoredSession;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/**
 * Sessions in the grid, so that they outlive the node that owns them: one entry for each session, changed in place by
 * operations that carry only what is new, one backup.
 *
 * <p>What is safe to repeat (append, fence, remove) is repeated while members are silent or gone, for up to
 * {@value #PATIENCE_MS} ms: long enough for a frozen member to be dropped and its share to be taken over. All of it carries
 * its owner's epoch, appends also their number, so that it does no harm however late it is done once more. A stage that fails
 * all the same leaves the outcome unknown. After an entry was lost altogether (two nodes at once) the next append of its
 * owner makes it anew, without the older answers and events; one that was <em>removed</em> stays so.
 */
public final class HazelcastSessionStore implements Ports.SessionStore {
    /** A silent member is dropped after 5 s. */
    static final long PATIENCE_MS = 8_000;

    private final GridCalls calls;
    private final IMap<String, SessionHolder> map;
    private final AppendGroups appends;
    private final HomePartitions homes;

    /** The store of all instance-domains; one for each node. */
    public HazelcastSessionStore(ClusterNode node) {
        this.calls = new GridCalls(node);
        this.map = node.hazelcast().getMap(GridConfig.SESSIONS);
        this.appends = new AppendGroups(calls, map, PATIENCE_MS);
        this.homes = new HomePartitions(node.hazelcast(), new Random());
    }

    /** Returns what the id of a session that begins here ends with, so that it is kept here; may be called on any thread. */
    public String mark() {
        return homes.mark();
    }

    @Override
    public CompletionStage<Boolean> append(SessionId session, StoredSession.Append append) {
        return appends.add(session.value(), append);
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
        return calls.hurrying(PATIENCE_MS, GridCalls.on(map, session.value(), SessionChange.remove(epoch)))
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    private CompletionStage<Optional<StoredSession>> change(SessionId session, SessionChange change) {
        return calls.hurrying(PATIENCE_MS, GridCalls.on(map, session.value(), change))
                .map(Optional::ofNullable)
                .toCompletionStage();
    }
}
