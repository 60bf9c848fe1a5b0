package io.interactionprocessor.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.DirectoryEntry.Outcome;
import io.interactionprocessor.session.Ports;
import io.interactionprocessor.session.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The session directory in the grid: one entry for each agent, one atomic operation for each change, one backup.
 *
 * <p>All changes are safe to repeat, and all but claims are repeated while a member is silent or gone. A stage that fails, without a
 * majority for example, or after {@value #DEADLINE_MS} ms, leaves the outcome unknown: the operation may have happened, or
 * may happen still.
 */
public final class HazelcastDirectory implements Ports.Directory {
    /** Long enough for a frozen member to be dropped, which takes 5 s, and less than a client waits. */
    static final long DEADLINE_MS = 8_000;

    /** How long after the cluster's last change entries may still move, or be merged, without being counted. */
    private static final long QUIET_MS = 60_000;

    private final GridCalls calls;
    private final HazelcastInstance hazelcast;
    private final IMap<String, DirectoryEntry> map;

    /** The directory of all instance-domains; one for each node. */
    public HazelcastDirectory(ClusterNode node) {
        this.calls = new GridCalls(node);
        this.hazelcast = node.hazelcast();
        this.map = hazelcast.getMap(GridConfig.DIRECTORY);
        DirectoryCounts.keep(hazelcast, QUIET_MS);
    }

    @Override
    public CompletionStage<Outcome> claim(AgentKey agent, SessionId session, String node, long now) {
        return once(agent, DirectoryChange.claim(session, node, now));
    }

    @Override
    public CompletionStage<Outcome> override(
            AgentKey agent, Epoch seen, boolean again, SessionId session, String node, long now) {
        return once(agent, DirectoryChange.override(again ? seen : null, session, node, now));
    }

    @Override
    public CompletionStage<Outcome> bind(AgentKey agent, SessionId session, String node, String keyHash) {
        DirectoryChange change = DirectoryChange.bind(session, node, keyHash);
        // A client waits for it that has just lost its node. Done once more after the client has gone on to another,
        // it names this node for nobody, which the comparison finds. Claims may not be done late at all.
        return calls.hurryingWithin(DEADLINE_MS, GridCalls.on(map, key(agent), change))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Outcome> release(AgentKey agent, SessionId session, Epoch epoch) {
        return change(agent, DirectoryChange.release(session, epoch));
    }

    @Override
    public CompletionStage<Optional<DirectoryEntry>> find(AgentKey agent) {
        return calls.repeatingWithin(DEADLINE_MS, GridCalls.of(() -> map.getAsync(key(agent))))
                .map(Optional::ofNullable)
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Outcome> adopt(AgentKey agent, SessionId session, String from, String node) {
        return change(agent, DirectoryChange.adopt(session, from, node));
    }

    @Override
    public CompletionStage<Outcome> reassert(AgentKey agent, DirectoryEntry held) {
        return change(agent, DirectoryChange.reassert(held));
    }

    @Override
    public CompletionStage<Map<String, Tally>> survey(String domain, boolean anew) {
        return calls.call(DirectoryShare.ofAll(hazelcast, domain, anew))
                .recover(unknown -> calls.blocking(() -> map.aggregate(new Survey(domain))))
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Map<AgentKey, DirectoryEntry>> ownedBy(String domain, String node, long slices) {
        return calls.blocking(() -> {
                    Map<AgentKey, DirectoryEntry> owned = new HashMap<>();
                    for (Map.Entry<String, DirectoryEntry> entry : map.entrySet(new OwnedBy(domain, node, slices))) {
                        owned.put(agent(entry.getKey()), entry.getValue());
                    }
                    return owned;
                })
                .toCompletionStage();
    }

    private CompletionStage<Outcome> change(AgentKey agent, DirectoryChange change) {
        return calls.repeatingWithin(DEADLINE_MS, GridCalls.on(map, key(agent), change))
                .toCompletionStage();
    }

    private CompletionStage<Outcome> once(AgentKey agent, DirectoryChange change) {
        return calls.within(DEADLINE_MS, GridCalls.on(map, key(agent), change)).toCompletionStage();
    }

    private static String key(AgentKey agent) {
        return agent.domain() + '\n' + agent.agent();
    }

    /** Returns whether a key is of an instance-domain. */
    static boolean isOf(String key, String domain) {
        return key.length() > domain.length() && key.charAt(domain.length()) == '\n' && key.startsWith(domain);
    }

    /** Returns the instance-domain that a key is of. */
    static String domain(String key) {
        return key.substring(0, key.indexOf('\n'));
    }

    private static AgentKey agent(String key) {
        return new AgentKey(domain(key), key.substring(key.indexOf('\n') + 1));
    }
}
