package io.interactionprocessor.model;

import java.util.Objects;

/**
 * A party of a call, as one of its other parties sees it (protocol 7; CSTA connection list item).
 *
 * @param id the connection's id on the switch: stable while the party is on the call, contains no dot
 * @param address the number dialled or shown
 * @param name a name to show; the address if none is known
 * @param role who it is
 * @param state the party's own connection state
 */
public record Member(String id, String address, String name, MemberRole role, ConversationState state) {
    public Member {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(state, "state");
    }
}
