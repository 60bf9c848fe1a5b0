package io.interactionprocessor.cluster;

import com.hazelcast.map.IMap;
import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.DirectoryEntry.Outcome;
import io.interactionprocessor.session.Ports;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The session directory in the grid: one entry for each agent, one atomic operation for each change, one backup.
 *
 * <p>A stage that fails, without a majority for example, or after {@value #DEADLINE_MS} ms, leaves the outcome unknown: the
 * operation may have happened, or may happen still. Repeating a claim or a release with the same session is safe.
 */
public final class HazelcastDirectory implements Ports.Directory {
    /** More than the two seconds after which a write without its backup fails. */
    static final long DEADLINE_MS = 3_000;

    private final GridCalls calls;
    private final IMap<String, DirectoryEntry> map;

    /** The directory of all instance-domains; one for each node. */
    public HazelcastDirectory(ClusterNode node) {
        this.calls = new GridCalls(node.vertx());
        this.map = node.hazelcast().getMap(GridConfig.DIRECTORY);
    }

    @Override
    public CompletionStage<Outcome> claim(AgentKey agent, SessionId session, String node, boolean override, long now) {
        return change(agent, DirectoryChange.claim(session, node, override, now));
    }

    @Override
    public CompletionStage<Outcome> bind(AgentKey agent, SessionId session, String node, String keyHash) {
        return change(agent, DirectoryChange.bind(session, node, keyHash));
    }

    @Override
    public CompletionStage<Outcome> release(AgentKey agent, SessionId session, Epoch epoch) {
        return change(agent, DirectoryChange.release(session, epoch));
    }

    @Override
    public CompletionStage<Optional<DirectoryEntry>> find(AgentKey agent) {
        return calls.within(DEADLINE_MS, () -> map.getAsync(key(agent)))
                .map(Optional::ofNullable)
                .toCompletionStage();
    }

    /**
     * Returns the entries of the sessions that a node owns: what is to be taken over when it is gone, or compared with what
     * it really holds. Reads the whole directory; not for every request.
     */
    public Future<Map<AgentKey, DirectoryEntry>> ownedBy(String node) {
        return calls.blocking(() -> {
            Map<AgentKey, DirectoryEntry> owned = new HashMap<>();
            for (Map.Entry<String, DirectoryEntry> entry : map.entrySet()) {
                if (entry.getValue().occupied() && node.equals(entry.getValue().node())) {
                    owned.put(agent(entry.getKey()), entry.getValue());
                }
            }
            return owned;
        });
    }

    private CompletionStage<Outcome> change(AgentKey agent, DirectoryChange change) {
        return calls.within(DEADLINE_MS, () -> map.submitToKey(key(agent), change))
                .toCompletionStage();
    }

    private static String key(AgentKey agent) {
        return agent.domain() + '\n' + agent.agent();
    }

    private static AgentKey agent(String key) {
        int end = key.indexOf('\n');
        return new AgentKey(key.substring(0, end), key.substring(end + 1));
    }
}
