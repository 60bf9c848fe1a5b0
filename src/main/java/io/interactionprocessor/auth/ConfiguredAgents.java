package io.interactionprocessor.auth;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Agents that stand in the configuration. For every password, whosever and however it is kept, the work is the same: if
 * there is any hash at all, one verification of a hash, and then one comparison of plain texts; where there is nothing to
 * compare with, with something that nobody can know.
 */
public final class ConfiguredAgents implements CredentialVerifier {
    private final Map<String, AgentEntry.Hashed> hashed = new HashMap<>();
    private final Map<String, AgentEntry.Plain> plain = new HashMap<>();
    private final PasswordHash hashes;
    private final HashingPool pool;
    private final int mostRounds;
    private final String nobodysHash;
    private final Secret nobodysPassword;

    /**
     * Knows these agents. Blocks for one hashing: not for an event loop.
     *
     * @param unguessable a secret that no client can know, of the length of a password; made anew for each node
     * @throws IllegalArgumentException if an agent is there twice, or a hash cannot be used; the message names the agent
     */
    public ConfiguredAgents(List<AgentEntry> agents, PasswordHash hashes, HashingPool pool, Secret unguessable) {
        this.hashes = hashes;
        this.pool = pool;
        this.nobodysPassword = unguessable;
        int rounds = 0;
        for (AgentEntry entry : agents) {
            rounds = Math.max(rounds, add(entry));
        }
        this.mostRounds = rounds;
        this.nobodysHash = rounds == 0 ? null : hashes.hash(unguessable, rounds);
    }

    /** Returns the rounds of the entry's hash, 0 if it has none. */
    private int add(AgentEntry entry) {
        if (entry instanceof AgentEntry.Hashed one) {
            once(hashed.put(one.id(), one) == null && !plain.containsKey(one.id()), one.id());
            try {
                return PasswordHash.roundsOf(one.hash());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the password hash of agent " + one.id() + ' ' + e.getMessage(), e);
            }
        }
        if (entry instanceof AgentEntry.Plain one) {
            once(plain.put(one.id(), one) == null && !hashed.containsKey(one.id()), one.id());
        }
        return 0;
    }

    private static void once(boolean isNew, String id) {
        if (!isNew) {
            throw new IllegalArgumentException("agent " + id + " is there twice");
        }
    }

    @Override
    public Future<Verdict> verify(String agent, Secret password, String remote) {
        AgentEntry.Hashed byHash = hashed.get(agent);
        Secret byText = byHash == null ? plainPasswordOf(agent) : null;
        boolean textMatches = password.matches(byText == null ? nobodysPassword : byText);
        boolean right = byText != null && textMatches;
        if (nobodysHash == null) {
            return Future.succeededFuture(verdict(right));
        }
        String hash = byHash == null ? nobodysHash : byHash.hash();
        return pool.run(() -> matchesAfterEqualWork(hash, password))
                .map(hashMatches -> verdict(right || (byHash != null && hashMatches)));
    }

    /** A weaker hash takes less time, which would tell that the agent exists: what it lacks is done for nothing. */
    private boolean matchesAfterEqualWork(String hash, Secret password) {
        boolean matches = hashes.matches(hash, password);
        int missing = mostRounds - PasswordHash.roundsOf(hash);
        if (missing > 0) {
            hashes.hash(nobodysPassword, missing);
        }
        return matches;
    }

    private Secret plainPasswordOf(String agent) {
        AgentEntry.Plain one = plain.get(agent);
        return one == null ? null : one.password();
    }

    private static Verdict verdict(boolean right) {
        return right ? new Verdict.Valid() : new Verdict.Invalid();
    }

    @Override
    public Optional<String> nameOf(String agent) {
        if (hashed.containsKey(agent)) {
            return Optional.of(orId(hashed.get(agent).name(), agent));
        }
        return Optional.ofNullable(plain.get(agent)).map(one -> orId(one.name(), agent));
    }

    private static String orId(String name, String id) {
        return name == null ? id : name;
    }
}
