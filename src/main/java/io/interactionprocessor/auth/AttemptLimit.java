package io.interactionprocessor.auth;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limits failed logins in front of a verifier: so many in a minute for one agent, so many for one network address; above,
 * for the rest of that minute, not even the right password is of use.
 *
 * <p>Only failures count, and not those that are under way: one agent may well log in on six desktops at once. An attempt
 * that could not be checked does not count. A success forgets the agent's failures, not the address's: who knows one password
 * could otherwise try all others.
 *
 * <p>What counts is asked after the password was looked at, for a wrong one and for a right one: then nothing is learnt by
 * guesses that are made at once, or on several nodes. Before, only those are asked about who have failed here lately, to spare
 * the look; whoever has not, and that is nearly everybody, costs the cluster two operations instead of four.
 */
public final class AttemptLimit implements CredentialVerifier {
    static final long WINDOW_MILLIS = 60_000;
    /** So many checks of one agent run at once on a node: a burst of guesses gets no further than this. */
    static final int MOST_AT_ONCE = 20;

    private static final Future<Long> NO_WAIT = Future.succeededFuture(0L);
    private static final long MILLIS_PER_SECOND = 1000;
    /** So few that no text can be told from its key, so many that two hardly share one. */
    private static final int KEYS_OF_NOBODY = 65_536;

    private final String scope;
    private final CredentialVerifier verifier;
    private final Attempts attempts;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
    private final Suspects suspects;
    private final int ofAgent;
    private final int ofAddress;

    /**
     * Puts the limit in front of a verifier.
     *
     * @param scope within which agents' ids are unique: the instance-domain
     * @param ofAgent how many failures a minute one agent may have
     * @param ofAddress how many failures a minute one network address may have
     * @param clock milliseconds on any clock that does not go back
     */
    public AttemptLimit(
            String scope,
            CredentialVerifier verifier,
            Attempts attempts,
            int ofAgent,
            int ofAddress,
            LongSupplier clock) {
        this.scope = scope;
        this.verifier = verifier;
        this.attempts = attempts;
        this.ofAgent = ofAgent;
        this.ofAddress = ofAddress;
        this.suspects = new Suspects(clock, WINDOW_MILLIS);
    }

    @Override
    public Future<Verdict> verify(String agent, Secret password, String remote) {
        String agentKey = keyOf(agent);
        String addressKey = "address " + remote;
        if (underWay.merge(agent, 1, Integer::sum) > MOST_AT_ONCE) {
            leave(agent);
            return Future.succeededFuture(tooMany(MILLIS_PER_SECOND));
        }
        return waitMillis(agentKey, addressKey)
                .compose(wait -> wait > 0
                        ? Future.succeededFuture(tooMany(wait))
                        : verifier.verify(agent, password, remote)
                                .compose(verdict -> counted(verdict, agentKey, addressKey)))
                .onComplete(done -> leave(agent));
    }

    /** What is no agent's id may be a password in the wrong field: it is counted, but not kept. */
    private String keyOf(String agent) {
        return verifier.nameOf(agent).isPresent()
                ? "agent " + scope + ' ' + agent
                : "nobody " + scope + ' ' + Math.floorMod(agent.hashCode() * 0x9E3779B1, KEYS_OF_NOBODY);
    }

    private void leave(String agent) {
        underWay.computeIfPresent(agent, (any, count) -> count == 1 ? null : count - 1);
    }

    private Future<Long> waitMillis(String agentKey, String addressKey) {
        return longer(
                suspects.contains(agentKey) ? attempts.waitMillis(agentKey, ofAgent, WINDOW_MILLIS) : NO_WAIT,
                suspects.contains(addressKey) ? attempts.waitMillis(addressKey, ofAddress, WINDOW_MILLIS) : NO_WAIT);
    }

    /** Of a thousand guesses made at once, those after the limit do not count, and are not told right or wrong. */
    private Future<Verdict> counted(Verdict verdict, String agentKey, String addressKey) {
        Future<Long> wait;
        if (verdict instanceof Verdict.Invalid) {
            suspects.add(agentKey);
            suspects.add(addressKey);
            wait = longer(
                    attempts.take(agentKey, ofAgent, WINDOW_MILLIS),
                    attempts.take(addressKey, ofAddress, WINDOW_MILLIS));
        } else {
            wait = longer(
                    attempts.forgive(agentKey, ofAgent, WINDOW_MILLIS),
                    attempts.waitMillis(addressKey, ofAddress, WINDOW_MILLIS));
        }
        return wait.map(millis -> millis > 0 ? tooMany(millis) : verdict);
    }

    private static Future<Long> longer(Future<Long> one, Future<Long> other) {
        return Future.all(one, other).map(both -> Math.max(one.result(), other.result()));
    }

    private static Verdict tooMany(long waitMillis) {
        return new Verdict.TooManyAttempts((int) ((waitMillis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND));
    }

    @Override
    public Optional<String> nameOf(String agent) {
        return verifier.nameOf(agent);
    }
}
