package io.interactionprocessor.model;

import java.util.Objects;

/**
 * The resource id of a session (protocol 4.1): 128 random bits as 22 characters of URL-safe base64, and two
 * more that say where it is kept; it contains no dot, so that it can stand first in a {@code target} path. Knowing it is what entitles a client to its first
 * {@code bindResource}; it is therefore treated like a capability, though not as a secret in logs.
 *
 * @param value the id as it stands on the wire
 */
public record SessionId(String value) implements Comparable<SessionId> {
    public SessionId {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
