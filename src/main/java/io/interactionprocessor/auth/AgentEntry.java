package io.interactionprocessor.auth;

import io.interactionprocessor.model.Secret;
import java.util.Objects;

/** What the configuration says of one agent, or of a range of them. */
public sealed interface AgentEntry {
    /**
     * An agent whose password is known by its hash only.
     *
     * @param name for people; null: the id
     * @param hash as {@link PasswordHash} makes it
     */
    record Hashed(String id, String name, String hash) implements AgentEntry {
        public Hashed {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(hash, "hash");
        }

        @Override
        public String toString() {
            return "Hashed[" + id + ']';
        }
    }

    /** An agent with a plain password, for demonstrations. */
    record Plain(String id, String name, Secret password) implements AgentEntry {
        public Plain {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(password, "password");
        }
    }
}
