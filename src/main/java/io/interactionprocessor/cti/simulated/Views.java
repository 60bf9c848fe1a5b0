package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.MemberRole;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import java.util.ArrayList;
import java.util.List;

/** An agent's state as the agent's session sees it. */
final class Views {
    private Views() {}

    static AgentView of(Agent agent, long version) {
        List<CallLeg> legs = new ArrayList<>(agent.legs.size());
        for (Party leg : agent.legs) {
            legs.add(leg(leg));
        }
        return new AgentView(
                agent.id,
                version,
                agent.loggedOn,
                agent.loggedOn ? agent.station : agent.extension,
                agent.availability,
                agent.shownReason,
                agent.pending,
                agent.pendingReason,
                agent.since,
                legs);
    }

    private static CallLeg leg(Party leg) {
        List<Member> members = new ArrayList<>(leg.call.parties.size());
        members.add(member(leg, seenByOthers(leg)));
        for (Party other : leg.call.parties) {
            if (other != leg && other.visible()) {
                members.add(member(other, seenByOthers(other)));
            }
        }
        if (members.size() == 1 && leg.calling && leg.reserved != 0) {
            members.add(called(leg));
        }
        return new CallLeg(
                leg.id(),
                leg.call.id(),
                leg.consultOf,
                leg.state,
                leg.cause,
                leg.direction,
                leg.queue,
                leg.from,
                leg.to,
                leg.call.data,
                leg.muted,
                false,
                members,
                leg.since);
    }

    /** Who is being called before he can be reached, and after he could not. */
    private static Member called(Party leg) {
        MemberRole role = leg.direction == Direction.OUTBOUND ? MemberRole.CUSTOMER : MemberRole.AGENT;
        return new Member(Party.id(leg.reserved), leg.to, leg.to, role, leg.state);
    }

    static Member member(Party party, ConversationState state) {
        MemberRole role = switch (party.kind) {
            case AGENT -> MemberRole.AGENT;
            case OUTSIDE -> MemberRole.CUSTOMER;
            case QUEUE -> MemberRole.OTHER;
        };
        return new Member(party.id(), party.address, party.name, role, state);
    }

    // Whoever calls is on the line while the called one's phone rings (CSTA: connected); only he himself hears ringing.
    static ConversationState seenByOthers(Party party) {
        return party.calling && party.state != ConversationState.FAILED ? ConversationState.CONNECTED : party.state;
    }
}
