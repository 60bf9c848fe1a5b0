package io.interactionprocessor.auth;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import java.util.Optional;

/** Checks who an agent is (protocol 4.1, {@code prepareSession}). One for each processor; thread-safe. */
public interface CredentialVerifier {
    /**
     * Verifies a password. Takes the same work whether the agent is unknown or the password wrong, and never an event
     * loop's for long.
     *
     * @param agent the agent's id, as the client wrote it
     * @param remote the client's network address
     * @return completes on the caller's context; fails only if it could not be checked (overload, no majority)
     */
    Future<Verdict> verify(String agent, Secret password, String remote);

    /** Returns an agent's name for people, the id itself if it has none; empty if there is no such agent. */
    Optional<String> nameOf(String agent);
}
