package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Executes commands: everything with one leg or none here, the rest in {@link TwoLegCommands}. */
final class Commands {
    private static final Pattern DIGITS = Pattern.compile("[0-9*#A-D]{1,64}");

    private final State state;
    private final AgentStates agentStates;
    private final Connections connections;
    private final TwoLegCommands twoLegs;

    Commands(State state, AgentStates agentStates, Connections connections) {
        this.state = state;
        this.agentStates = agentStates;
        this.connections = connections;
        twoLegs = new TwoLegCommands(state, connections);
    }

    /** Executes a command once; again with the same id, says again what it said. */
    Reply execute(AgentCommand command) {
        Agent agent = state.agents.get(command.agent());
        if (agent == null) {
            return Refused.rejected("the switch knows no agent " + command.agent());
        }
        if (command.epoch().value() < agent.epoch) {
            Reply stale = Reply.refused(
                    Refusal.STALE_EPOCH, "a newer owner of this session (epoch " + agent.epoch + ") has spoken");
            log(command, stale);
            return stale;
        }
        adopt(agent, command.epoch().value());
        Reply first = agent.replies.of(command.id());
        if (first != null) {
            return first;
        }
        long before = agent.version;
        Reply reply = run(agent, command.command());
        agentStates.tell(agent, command.id());
        if (reply.accepted() && agent.version > before) {
            reply = Reply.accepted(agent.version);
        }
        agent.replies.remember(command.id(), reply);
        state.changedReplies.add(agent);
        log(command, reply);
        return reply;
    }

    void adopt(Agent agent, long epoch) {
        if (epoch > agent.epoch) {
            agent.epoch = epoch;
            state.changedAgents.add(agent);
        }
    }

    private void log(AgentCommand command, Reply reply) {
        List<Object> pairs = new ArrayList<>();
        pairs.addAll(List.of("agent", command.agent(), "epoch", command.epoch().value(), "commandId", command.id()));
        pairs.addAll(List.of("command", command.command().operation().name()));
        CommandDetail.add(pairs, command.command());
        pairs.addAll(List.of(
                "result", reply.accepted() ? "accepted" : reply.refusal().name()));
        state.history.add(state.now, "command", pairs.toArray());
    }

    private Reply run(Agent agent, Command command) {
        if (command instanceof Command.LogOn logOn) {
            return logOn(agent, logOn.station());
        }
        if (!agent.loggedOn) {
            return Refused.notLoggedOn();
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
            return swap(agent.leg(c.leg()), c.leg(), ConversationState.CONNECTED, ConversationState.HELD);
        } else if (command instanceof Command.Retrieve c) {
            return retrieve(agent, c.leg());
        } else if (command instanceof Command.Mute c) {
            return mute(agent.leg(c.leg()), c.leg(), true);
        } else if (command instanceof Command.Unmute c) {
            return mute(agent.leg(c.leg()), c.leg(), false);
        } else if (command instanceof Command.SendDtmf c) {
            return dtmf(agent.leg(c.leg()), c);
        } else if (command instanceof Command.DropMember c) {
            return dropMember(agent.leg(c.leg()), c);
        } else if (command instanceof Command.SetData c) {
            return setData(agent.leg(c.leg()), c);
        }
        return twoLegs.run(agent, command);
    }

    private Reply logOn(Agent agent, String wanted) {
        String station = wanted == null || wanted.isEmpty() ? agent.extension : wanted;
        if (state.plan.kindOf(station) != NumberPlan.Kind.EXTENSION) {
            return Reply.refused(Refusal.INVALID_DESTINATION, station + " is not a station: use an extension");
        }
        Agent user = state.stations.get(station);
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
        state.touch(agent);
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
        if (state.plan.kindOf(command.destination()) == NumberPlan.Kind.INVALID) {
            return Refused.number(command.destination());
        }
        if (agent.legs.stream().anyMatch(leg -> leg.state != ConversationState.HELD)) {
            return Refused.state("another call is up: hold or end it first");
        }
        Party leg = connections.dial(agent, command.destination());
        leg.call.data.putAll(command.data());
        return Reply.ACCEPTED;
    }

    private Reply answer(Party leg, String id) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.live()) {
            return Refused.state("leg " + id + " does not ring");
        }
        if (Connections.talks(leg.agent)) {
            return Refused.state("another call is connected: hold it first");
        }
        connections.answer(leg);
        return Reply.ACCEPTED;
    }

    private Reply reject(Party leg, String id) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.live()) {
            return Refused.state("leg " + id + " does not ring");
        }
        Party place = leg.offeredBy == null ? null : state.parties.get(leg.offeredBy);
        connections.notReached(leg, Cause.REJECTED);
        if (place != null) {
            connections.queues().keepFrom(place, leg.agent);
        }
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

    private Reply swap(Party leg, String id, ConversationState from, ConversationState to) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.state != from) {
            return Refused.state("leg " + id + " is " + leg.state + ", not " + from);
        }
        connections.change(leg, to, Cause.NORMAL);
        return Reply.ACCEPTED;
    }

    private Reply retrieve(Agent agent, String id) {
        if (agent.leg(id) != null && Connections.talks(agent)) {
            return Refused.state("a call is connected: hold it first, or alternate");
        }
        return swap(agent.leg(id), id, ConversationState.HELD, ConversationState.CONNECTED);
    }

    private Reply mute(Party leg, String id, boolean muted) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.state != ConversationState.CONNECTED || leg.muted == muted) {
            return Refused.state("leg " + id + " is " + leg.state + (leg.muted ? ", muted" : ", not muted"));
        }
        leg.muted = muted;
        state.history.add(state.now, "connection", "connection", id, "muted", muted);
        state.touch(leg.call);
        return Reply.ACCEPTED;
    }

    private Reply dtmf(Party leg, Command.SendDtmf command) {
        if (leg == null) {
            return Refused.noSuchLeg(command.leg());
        }
        if (leg.state != ConversationState.CONNECTED) {
            return Refused.state("leg " + command.leg() + " is " + leg.state + ", not CONNECTED");
        }
        if (!DIGITS.matcher(command.digits()).matches()) {
            return Refused.rejected("digits are 0-9*#A-D, 1 to 64 of them");
        }
        state.history.add(state.now, "dtmf", "call", leg.call.id(), "connection", leg.id(), "digits", command.digits());
        return Reply.ACCEPTED;
    }

    private Reply dropMember(Party leg, Command.DropMember command) {
        if (leg == null) {
            return Refused.noSuchLeg(command.leg());
        }
        Party member = state.parties.get(command.member());
        if (leg.state != ConversationState.CONNECTED || leg.call.size() < 3) {
            return Refused.state("leg " + command.leg() + " is not on a connected call of three or more");
        }
        if (member == null || member.call != leg.call || member == leg || !member.visible()) {
            return Refused.state("there is no other member " + command.member());
        }
        Party place = member.offeredBy == null ? null : state.parties.get(member.offeredBy);
        connections.hangUp(member, member.live() ? Cause.NORMAL : Cause.ABANDONED, Cause.NORMAL);
        if (place != null && place.call.parties.contains(place)) {
            connections.hangUp(place, Cause.NORMAL, Cause.NORMAL);
        }
        return Reply.ACCEPTED;
    }

    private Reply setData(Party leg, Command.SetData command) {
        if (leg == null) {
            return Refused.noSuchLeg(command.leg());
        }
        command.remove().forEach(leg.call.data::remove);
        leg.call.data.putAll(command.set());
        state.history.add(
                state.now,
                "call",
                "call",
                leg.call.id(),
                "set",
                List.copyOf(command.set().keySet()),
                "removed",
                command.remove());
        state.touch(leg.call);
        return Reply.ACCEPTED;
    }
}
