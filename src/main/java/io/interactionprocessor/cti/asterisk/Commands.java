package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.List;
import java.util.regex.Pattern;

/** Executes commands on the board: everything with one leg or none here, the rest in {@link TwoLegCommands}. */
final class Commands {
    private static final Pattern DIGITS = Pattern.compile("[0-9*#A-D]{1,64}");

    private final Board board;
    private final AgentStates agentStates;
    private final Connections connections;
    private final TwoLegCommands twoLegs;

    Commands(Board board, AgentStates agentStates, Connections connections) {
        this.board = board;
        this.agentStates = agentStates;
        this.connections = connections;
        twoLegs = new TwoLegCommands(board, connections);
    }

    /**
     * Changes the board as a command wants it.
     *
     * @param more takes the requests that the board's state does not show
     */
    Reply run(Agent agent, Command command, List<Step> more) {
        if (command instanceof Command.LogOn logOn) {
            return logOn(agent, logOn.station());
        }
        if (!agent.loggedOn) {
            return Reply.refused(Refusal.CHANNEL_INACTIVE, "the agent is not logged on: log on first");
        }
        if (command instanceof Command.LogOff) {
            return logOff(agent);
        } else if (command instanceof Command.SetState c) {
            return setState(agent, c);
        } else if (command instanceof Command.CancelPending) {
            return cancelPending(agent);
        } else if (command instanceof Command.Complete) {
            return complete(agent);
        } else if (command instanceof Command.MakeCall c) {
            return makeCall(agent, c);
        } else if (command instanceof Command.Answer c) {
            return answer(agent.leg(c.leg()), c.leg());
        } else if (command instanceof Command.Reject c) {
            return reject(agent.leg(c.leg()), c.leg());
        } else if (command instanceof Command.Release c) {
            return release(agent.leg(c.leg()), c.leg());
        } else if (command instanceof Command.Hold c) {
            return hold(agent.leg(c.leg()), c.leg());
        } else if (command instanceof Command.Retrieve c) {
            return retrieve(agent, agent.leg(c.leg()), c.leg());
        } else if (command instanceof Command.Mute c) {
            return mute(agent.leg(c.leg()), c.leg(), true);
        } else if (command instanceof Command.Unmute c) {
            return mute(agent.leg(c.leg()), c.leg(), false);
        } else if (command instanceof Command.SendDtmf c) {
            return dtmf(agent.leg(c.leg()), c, more);
        } else if (command instanceof Command.DropMember c) {
            return dropMember(agent.leg(c.leg()), c);
        } else if (command instanceof Command.SetData c) {
            return setData(agent.leg(c.leg()), c, more);
        }
        return twoLegs.run(agent, command);
    }

    private Reply logOn(Agent agent, String wanted) {
        String station = wanted == null || wanted.isEmpty() ? agent.extension : wanted;
        if (!board.plan.extension(station)) {
            return Reply.refused(Refusal.INVALID_DESTINATION, station + " is not a station: use an agent's extension");
        }
        Agent user = board.stations.get(station);
        if (user == agent) {
            return Reply.ACCEPTED;
        }
        if (user != null) {
            return Refused.rejected("station " + station + " is in use by another agent: log that one off first");
        }
        if (agent.loggedOn) {
            return Refused.state("logged on with station " + agent.station + ": log off first");
        }
        agentStates.logOn(agent, station);
        return Reply.ACCEPTED;
    }

    private Reply logOff(Agent agent) {
        if (!agent.legs.isEmpty()) {
            return Refused.state("a call is up: end it first");
        }
        agentStates.logOff(agent);
        return Reply.ACCEPTED;
    }

    private Reply setState(Agent agent, Command.SetState command) {
        if (command.availability() != Availability.READY && command.availability() != Availability.NOT_READY) {
            return Refused.rejected("an agent can become ready or not ready, nothing else");
        }
        agentStates.want(agent, command.availability(), command.reason());
        return Reply.ACCEPTED;
    }

    private Reply cancelPending(Agent agent) {
        if (agent.pending == null) {
            return Refused.state("nothing is pending");
        }
        agent.pending = null;
        agent.pendingReason = null;
        board.touch(agent);
        return Reply.ACCEPTED;
    }

    private Reply complete(Agent agent) {
        if (!agent.afterCallWork) {
            return Refused.state("there is no after-call work to complete");
        }
        agentStates.endAfterCallWork(agent);
        return Reply.ACCEPTED;
    }

    private Reply makeCall(Agent agent, Command.MakeCall command) {
        if (connections.obstacle(command.destination()) == Cause.INVALID_DESTINATION) {
            return Refused.number(command.destination());
        }
        if (agent.legs.stream().anyMatch(leg -> leg.state != ConversationState.HELD || leg.phoneHeld)) {
            return Refused.state("another call is up: hold or end it first");
        }
        Party leg = connections.dial(agent, command.destination(), agent.line());
        leg.call.data.putAll(command.data());
        return Reply.ACCEPTED;
    }

    private Reply answer(Party leg, String id) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.live() || leg.accepted) {
            return Refused.state("leg " + id + (leg.accepted ? " is being answered" : " does not ring"));
        }
        if (Connections.talks(leg.agent)) {
            return Refused.state("another call is connected: hold it first");
        }
        if (Connections.mode(board, leg) == AnswerMode.MANUAL) {
            return Refused.rejected("station " + leg.address + " cannot be told to answer: lift its handset");
        }
        leg.accepted = true;
        board.touch(leg.call);
        return Reply.ACCEPTED;
    }

    private Reply reject(Party leg, String id) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.live()) {
            return Refused.state("leg " + id + " does not ring");
        }
        connections.notReached(leg, Cause.REJECTED);
        return Reply.ACCEPTED;
    }

    private Reply release(Party leg, String id) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (!leg.live()) {
            return Refused.state("leg " + id + " still rings: answer or reject it");
        }
        connections.hangUp(leg, Cause.NORMAL, Cause.NORMAL);
        return Reply.ACCEPTED;
    }

    private Reply hold(Party leg, String id) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.state != ConversationState.CONNECTED) {
            return Refused.state("leg " + id + " is " + leg.state + ", not CONNECTED");
        }
        connections.change(leg, ConversationState.HELD, Cause.NORMAL);
        return Reply.ACCEPTED;
    }

    private Reply retrieve(Agent agent, Party leg, String id) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.state != ConversationState.HELD) {
            return Refused.state("leg " + id + " is " + leg.state + ", not HELD");
        }
        if (leg.phoneHeld) {
            return Refused.state("leg " + id + " is held by the phone itself: press its key");
        }
        if (Connections.talks(agent)) {
            return Refused.state("a call is connected: hold it first, or alternate");
        }
        connections.change(leg, ConversationState.CONNECTED, Cause.NORMAL);
        return Reply.ACCEPTED;
    }

    private Reply mute(Party leg, String id, boolean muted) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.state != ConversationState.CONNECTED || leg.muted == muted) {
            return Refused.state("leg " + id + " is " + leg.state + (leg.muted ? ", muted" : ", not muted"));
        }
        leg.muted = muted;
        board.touch(leg.call);
        return Reply.ACCEPTED;
    }

    private static Reply dtmf(Party leg, Command.SendDtmf command, List<Step> more) {
        if (leg == null) {
            return Refused.noSuchLeg(command.leg());
        }
        if (leg.state != ConversationState.CONNECTED) {
            return Refused.state("leg " + command.leg() + " is " + leg.state + ", not CONNECTED");
        }
        if (!DIGITS.matcher(command.digits()).matches()) {
            return Refused.rejected("digits are 0-9*#A-D, 1 to 64 of them");
        }
        for (Party other : leg.call.parties) {
            if (other != leg && other.line != null && other.line.up()) {
                more.add(new Step.Tones(other.line, command.digits()));
            }
        }
        return Reply.ACCEPTED;
    }

    private Reply dropMember(Party leg, Command.DropMember command) {
        if (leg == null) {
            return Refused.noSuchLeg(command.leg());
        }
        if (leg.state != ConversationState.CONNECTED || leg.call.parties.size() < 3) {
            return Refused.state("leg " + command.leg() + " is not on a connected call of three or more");
        }
        for (Party member : leg.call.parties) {
            if (member != leg && member.id.equals(command.member())) {
                connections.hangUp(member, member.live() ? Cause.NORMAL : Cause.ABANDONED, Cause.NORMAL);
                return Reply.ACCEPTED;
            }
        }
        return Refused.state("there is no other member " + command.member());
    }

    private Reply setData(Party leg, Command.SetData command, List<Step> more) {
        if (leg == null) {
            return Refused.noSuchLeg(command.leg());
        }
        command.remove().forEach(leg.call.data::remove);
        leg.call.data.putAll(command.set());
        for (String name : board.settings.callData()) {
            if (command.set().containsKey(name) || command.remove().contains(name)) {
                Object value = leg.call.data.get(name);
                for (Party party : leg.call.parties) {
                    if (party.line != null && party.line.phase != Line.Phase.WANTED) {
                        more.add(new Step.Write(party.line, name, value == null ? "" : value.toString()));
                    }
                }
            }
        }
        board.touch(leg.call);
        return Reply.ACCEPTED;
    }
}
