package io.interactionprocessor.auth;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;

/**
 * Limits failed logins in front of a verifier: so many in a minute for one agent, so many for one network address; above, for the
 * rest of that minute, not even the right password is looked at.
 *
 * <p>An agent's attempt is counted before it is checked and taken back if it was right, so that a thousand guesses at once
 * are no way around the limit. An address's is counted after: behind one address hundreds of agents may log in at once, and
 * those under way are not failures. An attempt that could not be checked stays counted: overload must not make guesses free. A success forgets the agent's failures, not the address's: who knows one password could
 * otherwise try all others.
 */
public final class AttemptLimit implements CredentialVerifier {
    static final long WINDOW_MILLIS = 60_000;

    private static final long MILLIS_PER_SECOND = 1000;

    private final String scope;
    private final CredentialVerifier verifier;
    private final Attempts attempts;
    private final int ofAgent;
    private final int ofAddress;

    /**
     * Puts the limit in front of a verifier.
     *
     * @param scope within which agents' ids are unique: the instance-domain
     * @param ofAgent how many failures a minute one agent may have
     * @param ofAddress how many failures a minute one network address may have
     */
    public AttemptLimit(String scope, CredentialVerifier verifier, Attempts attempts, int ofAgent, int ofAddress) {
        this.scope = scope;
        this.verifier = verifier;
        this.attempts = attempts;
        this.ofAgent = ofAgent;
        this.ofAddress = ofAddress;
    }

    @Override
    public Future<Verdict> verify(String agent, Secret password, String remote) {
        String agentKey = "agent " + scope + ' ' + agent;
        String addressKey = "address " + remote;
        return attempts.waitMillis(addressKey, ofAddress, WINDOW_MILLIS)
                .compose(wait -> wait > 0 ? Future.succeededFuture(wait) : countAhead(agentKey))
                .compose(wait -> wait > 0
                        ? Future.succeededFuture(tooMany(wait))
                        : check(agent, password, remote, agentKey, addressKey));
    }

    private Future<Long> countAhead(String agentKey) {
        return attempts.take(agentKey, ofAgent, WINDOW_MILLIS);
    }

    private Future<Verdict> check(String agent, Secret password, String remote, String agentKey, String addressKey) {
        return verifier.verify(agent, password, remote)
                .compose(verdict -> verdict instanceof Verdict.Invalid
                        ? attempts.take(addressKey, ofAddress, WINDOW_MILLIS).map(verdict)
                        : attempts.clear(agentKey).map(verdict));
    }

    private static Verdict tooMany(long waitMillis) {
        return new Verdict.TooManyAttempts((int) ((waitMillis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND));
    }

    @Override
    public String nameOf(String agent) {
        return verifier.nameOf(agent);
    }
}
