package io.interactionprocessor.model.csta;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Member;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One connection of the agent: a call as this agent sees it.
 *
 * @param id the agent's connection on the switch; stable as long as the agent is on the call, also when a transfer or a
 *     conference gives the call another id
 * @param call the call's id on the switch
 * @param consultOf the id of the held leg that this one is the consultation for, or null
 * @param state the agent's connection state; never {@code DISCONNECTED} (such legs are gone from the view)
 * @param cause why it came into this state
 * @param direction where the call came from
 * @param queue the queue that offered it, or null
 * @param from the calling number
 * @param to the called number
 * @param data attached data: JSON values (String, Number, Boolean, List, Map, null) by key
 * @param muted whether the others do not hear the agent
 * @param recording whether the call is recorded
 * @param members all parties of the call, the agent first
 * @param since when the leg came to be, milliseconds since 1970-01-01 UTC
 */
public record CallLeg(
        String id,
        String call,
        String consultOf,
        ConversationState state,
        Cause cause,
        Direction direction,
        String queue,
        String from,
        String to,
        Map<String, Object> data,
        boolean muted,
        boolean recording,
        List<Member> members,
        long since) {
    public CallLeg {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        members = List.copyOf(members);
    }
}
