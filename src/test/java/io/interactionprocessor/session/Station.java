package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.MemberRole;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the scripted switch knows of one agent; a test changes it line by line. */
final class Station {
    final String agent;
    long version = 1;
    boolean loggedOn;
    Availability availability = Availability.NOT_READY;
    String reason;
    Availability pending;
    String pendingReason;
    final Map<String, Leg> legs = new LinkedHashMap<>();
    final Map<String, Cause> ended = new LinkedHashMap<>();

    Station(String agent) {
        this.agent = agent;
    }

    /** One connection of the agent; its first member is the agent, whose state is the leg's. */
    static final class Leg {
        final String id;
        String consultOf;
        ConversationState state;
        Cause cause = Cause.NORMAL;
        Direction direction = Direction.INBOUND;
        String queue;
        String from = "5550101";
        String to = "8001";
        final Map<String, Object> data = new LinkedHashMap<>();
        boolean muted;
        /** The agent dialled: this station is off hook, what rings is the far end. */
        boolean calling;

        final List<Member> others = new ArrayList<>();

        Leg(String id, ConversationState state) {
            this.id = id;
            this.state = state;
        }

        Leg with(String member, String address, ConversationState memberState) {
            others.removeIf(other -> other.id().equals(member));
            MemberRole role = address.startsWith("1") ? MemberRole.AGENT : MemberRole.CUSTOMER;
            others.add(new Member(member, address, address, role, memberState));
            return this;
        }

        Leg without(String member) {
            others.removeIf(other -> other.id().equals(member));
            return this;
        }

        Leg now(ConversationState changed) {
            state = changed;
            return this;
        }

        Leg now(ConversationState changed, Cause why) {
            cause = why;
            return now(changed);
        }
    }

    Leg leg(String id) {
        return legs.get(id);
    }

    /** A new leg; the agent is busy from now on. */
    Leg add(String id, ConversationState state) {
        Leg leg = new Leg(id, state);
        legs.put(id, leg);
        availability = Availability.BUSY;
        reason = null;
        return leg;
    }

    /** A leg that an agent dials. */
    Leg dial(String id, String to) {
        Leg leg = add(id, ConversationState.INITIATED);
        leg.calling = true;
        leg.direction = Direction.OUTBOUND;
        leg.from = agent;
        leg.to = to;
        return leg.with(id.replace('L', 'P'), to, ConversationState.INITIATED);
    }

    void gone(String id, Cause cause) {
        legs.remove(id);
        ended.put(id, cause);
    }

    void free(Availability now, String why) {
        availability = now;
        reason = why;
        pending = null;
        pendingReason = null;
    }

    AgentView view() {
        List<CallLeg> all = new ArrayList<>();
        for (Leg leg : legs.values()) {
            List<Member> members = new ArrayList<>();
            boolean isCalling = leg.calling
                    && (leg.state == ConversationState.INITIATED || leg.state == ConversationState.ALERTING);
            members.add(new Member(
                    leg.id, agent, agent, MemberRole.AGENT, isCalling ? ConversationState.CONNECTED : leg.state));
            members.addAll(leg.others);
            all.add(new CallLeg(
                    leg.id,
                    "K" + leg.id,
                    leg.consultOf,
                    leg.state,
                    leg.cause,
                    leg.direction,
                    leg.queue,
                    leg.from,
                    leg.to,
                    leg.data,
                    leg.muted,
                    false,
                    members,
                    7));
        }
        return new AgentView(
                agent, version, loggedOn, loggedOn ? agent : "", availability, reason, pending, pendingReason, 5, all);
    }
}
