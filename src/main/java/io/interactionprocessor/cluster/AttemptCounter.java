package io.interactionprocessor.cluster;

import com.hazelcast.map.IMap;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/**
 * Counts failed logins over all nodes, for each agent and for each network address, in windows of a minute that begin with
 * the first failure. When the limit is reached, nobody gets in until the window is over, not with the right password either.
 * A window goes by itself.
 *
 * <p>Ask before a password is checked, and again after it proved right: of many guesses made at once, those beyond the limit
 * then do not count even if one is right.
 */
public final class AttemptCounter {
    private static final long DEADLINE_MS = 3_000;

    private final GridCalls calls;
    private final IMap<String, AttemptWindow> map;
    private final int perAgent;
    private final int perAddress;
    private final long windowMillis;

    /**
     * The counter; one for each node.
     *
     * @param perAgent so many failures of one agent in a window are the limit
     * @param perAddress so many failures from one network address in a window are the limit
     * @param windowMillis how long a window is
     */
    public AttemptCounter(ClusterNode node, int perAgent, int perAddress, long windowMillis) {
        this.calls = new GridCalls(node.vertx());
        this.map = node.hazelcast().getMap(GridConfig.ATTEMPTS);
        this.perAgent = perAgent;
        this.perAddress = perAddress;
        this.windowMillis = windowMillis;
    }

    /**
     * Returns for how many seconds neither may try: 0 if they may. Fails if the grid does not answer.
     *
     * @param agent names the agent in the whole cluster
     * @param address the client's network address
     */
    public Future<Integer> secondsToWait(String agent, String address) {
        return count(agent, address, 0);
    }

    /** Counts a failed login; returns what {@link #secondsToWait} says after it. */
    public Future<Integer> failed(String agent, String address) {
        return count(agent, address, 1);
    }

    private Future<Integer> count(String agent, String address, int failures) {
        Future<Long> ofAgent = count("agent " + agent, failures, perAgent);
        Future<Long> ofAddress = count("address " + address, failures, perAddress);
        return Future.all(ofAgent, ofAddress).map(both -> seconds(Math.max(ofAgent.result(), ofAddress.result())));
    }

    private Future<Long> count(String key, int failures, int limit) {
        return calls.within(DEADLINE_MS, () -> map.submitToKey(key, new AttemptCount(failures, limit, windowMillis)));
    }

    private static int seconds(long millis) {
        return (int) TimeUnit.MILLISECONDS.toSeconds(millis + 999);
    }
}
