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

    /**
     * Agents with the ids {@code first} to {@code last} and one plain password, for demonstrations.
     *
     * @param namePrefix put before the id to make the name; null: the id alone
     */
    record Range(int first, int last, String namePrefix, Secret password) implements AgentEntry {
        public Range {
            Objects.requireNonNull(password, "password");
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("the range of agents goes from " + first + " to " + last);
            }
        }

        /** Returns whether {@code id} is in the range, written as the number it is: without leading zeros. */
        boolean contains(String id) {
            if (id.isEmpty() || id.length() > 9 || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            int number = Integer.parseInt(id);
            return number >= first && number <= last && Integer.toString(number).equals(id);
        }
    }
}
