package io.interactionprocessor.cti.asterisk;

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
        members.add(member(leg));
        for (Party other : leg.call.parties) {
            if (other != leg) {
                members.add(member(other));
            }
        }
        if (members.size() == 1 && leg.calledId != null) {
            MemberRole role = leg.direction == Direction.OUTBOUND ? MemberRole.CUSTOMER : MemberRole.AGENT;
            members.add(new Member(leg.calledId, leg.to, leg.to, role, leg.state));
        }
        return new CallLeg(
                leg.id,
                leg.call.id,
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

    private static Member member(Party party) {
        MemberRole role = switch (party.kind) {
            case AGENT -> MemberRole.AGENT;
            case OUTSIDE -> MemberRole.CUSTOMER;
            case STATION -> MemberRole.OTHER;
        };
        return new Member(party.id, party.address, party.name, role, seenByOthers(party));
    }

    // Whoever calls is on the line while the called one's phone rings (CSTA: connected); only he himself hears ringing.
    private static ConversationState seenByOthers(Party party) {
        return party.calling && party.state != ConversationState.FAILED && party.state != ConversationState.INITIATED
                ? ConversationState.CONNECTED
                : party.state;
    }
}
