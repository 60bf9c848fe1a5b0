package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.HELD;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;

/** Consultation and what comes of it, and the single-step services that do without. */
final class TwoLegCommands {
    private final Board board;
    private final Connections connections;

    TwoLegCommands(Board board, Connections connections) {
        this.board = board;
        this.connections = connections;
    }

    Reply run(Agent agent, Command command) {
        if (command instanceof Command.Consult c) {
            return consult(agent, c);
        } else if (command instanceof Command.Alternate c) {
            return alternate(agent, c);
        } else if (command instanceof Command.Reconnect c) {
            return reconnect(agent, c);
        } else if (command instanceof Command.Transfer c) {
            return transfer(agent, c);
        } else if (command instanceof Command.Conference c) {
            return conference(agent, c);
        } else if (command instanceof Command.SingleStepTransfer c) {
            return singleStepTransfer(agent.leg(c.leg()), c);
        } else if (command instanceof Command.SingleStepConference c) {
            return singleStepConference(agent.leg(c.leg()), c);
        }
        return Reply.refused(Refusal.NOT_SUPPORTED, command.operation() + " is not known to this connector");
    }

    private Reply consult(Agent agent, Command.Consult command) {
        Party primary = agent.leg(command.leg());
        if (primary == null) {
            return Refused.noSuchLeg(command.leg());
        }
        if (primary.state != CONNECTED || agent.legs.size() > 1) {
            return Refused.state("leg " + command.leg() + " is " + primary.state
                    + (agent.legs.size() > 1 ? " and there is another one" : ", not CONNECTED"));
        }
        if (connections.obstacle(command.destination()) == Cause.INVALID_DESTINATION) {
            return Refused.number(command.destination());
        }
        connections.change(primary, HELD, Cause.NORMAL);
        Party leg = connections.dial(agent, command.destination(), primary.line);
        leg.consultOf = primary.id;
        leg.call.data.putAll(primary.call.data);
        return Reply.ACCEPTED;
    }

    private Reply alternate(Agent agent, Command.Alternate command) {
        Party held = agent.leg(command.held());
        Party active = agent.leg(command.active());
        if (held == null || active == null) {
            return Refused.noSuchLeg(held == null ? command.held() : command.active());
        }
        if (held.state != HELD || held.phoneHeld || active.state != CONNECTED) {
            return Refused.state("leg " + held.id + " is " + held.state + " and leg " + active.id + " is "
                    + active.state + ": one must be HELD, the other CONNECTED");
        }
        connections.change(active, HELD, Cause.NORMAL);
        connections.change(held, CONNECTED, Cause.NORMAL);
        return Reply.ACCEPTED;
    }

    private Reply reconnect(Agent agent, Command.Reconnect command) {
        Party primary = agent.leg(command.primary());
        Party consult = command.consult() == null ? null : agent.leg(command.consult());
        if (primary == null) {
            return Refused.noSuchLeg(command.primary());
        }
        if (consult != null && !primary.id.equals(consult.consultOf)) {
            return Refused.state("leg " + consult.id + " is not the consultation for leg " + primary.id);
        }
        if (consult == null && primary.state != HELD) {
            return Refused.state("there is nothing to reconnect");
        }
        if (consult != null) {
            connections.hangUp(consult, Cause.NORMAL, Cause.NORMAL);
        }
        if (primary.state == HELD && !primary.phoneHeld) {
            connections.change(primary, CONNECTED, Cause.NORMAL);
        }
        return Reply.ACCEPTED;
    }

    /** Returns why two legs cannot be joined, or null. */
    private static Reply obstacle(Agent agent, String primaryId, String consultId, boolean whileItRings) {
        Party primary = agent.leg(primaryId);
        Party consult = agent.leg(consultId);
        if (primary == null || consult == null) {
            return Refused.noSuchLeg(primary == null ? primaryId : consultId);
        }
        if (!primaryId.equals(consult.consultOf)) {
            return Refused.state("leg " + consultId + " is not the consultation for leg " + primaryId);
        }
        boolean joinable = primary.state == HELD
                ? consult.state == CONNECTED || (whileItRings && consult.state == ALERTING)
                : primary.state == CONNECTED && (consult.state == HELD || (whileItRings && consult.state == ALERTING));
        return joinable
                ? null
                : Refused.state("leg " + primaryId + " is " + primary.state + " and leg " + consultId + " is "
                        + consult.state + ": they cannot be joined");
    }

    private Reply transfer(Agent agent, Command.Transfer command) {
        Reply obstacle = obstacle(agent, command.primary(), command.consult(), true);
        if (obstacle != null) {
            return obstacle;
        }
        Party primary = agent.leg(command.primary());
        Party consult = agent.leg(command.consult());
        if (primary.call.parties.size() + consult.call.parties.size() - 2 > Call.MOST_PARTIES) {
            return tooMany();
        }
        Call from = consult.call;
        connections.remove(consult, Cause.TRANSFERRED);
        connections.remove(primary, Cause.TRANSFERRED);
        connections.join(primary.call, from);
        connections.settle(primary.call, Cause.NORMAL);
        return Reply.ACCEPTED;
    }

    private Reply conference(Agent agent, Command.Conference command) {
        Reply obstacle = obstacle(agent, command.primary(), command.consult(), false);
        if (obstacle != null) {
            return obstacle;
        }
        Party primary = agent.leg(command.primary());
        Party consult = agent.leg(command.consult());
        if (primary.call.parties.size() + consult.call.parties.size() - 1 > Call.MOST_PARTIES) {
            return tooMany();
        }
        Call from = consult.call;
        connections.remove(consult, Cause.CONFERENCED);
        connections.join(primary.call, from);
        if (primary.state == HELD) {
            connections.change(primary, CONNECTED, Cause.NORMAL);
        }
        return Reply.ACCEPTED;
    }

    private Reply singleStepTransfer(Party leg, Command.SingleStepTransfer command) {
        Reply obstacle = obstacle(leg, command.leg(), command.destination());
        if (obstacle != null) {
            return obstacle;
        }
        Call call = leg.call;
        if (call.live().size() < 2) {
            return Refused.state("nobody else has answered on this call yet");
        }
        connections.remove(leg, Cause.TRANSFERRED);
        // Whoever is left is who calls now.
        connections.call(call, command.destination(), call.live().get(0).address, call.direction());
        return Reply.ACCEPTED;
    }

    private Reply singleStepConference(Party leg, Command.SingleStepConference command) {
        Reply obstacle = obstacle(leg, command.leg(), command.destination());
        if (obstacle != null) {
            return obstacle;
        }
        if (board.plan.of(command.destination()) instanceof NumberPlan.ToQueue) {
            return Refused.rejected("a queue cannot be added to a call: consult it");
        }
        if (leg.call.parties.size() >= Call.MOST_PARTIES) {
            return tooMany();
        }
        connections.call(leg.call, command.destination(), leg.agent.station, Direction.INTERNAL);
        return Reply.ACCEPTED;
    }

    /** Returns why a leg's call cannot go on to a number, or null: what is known at once loses no customer. */
    private Reply obstacle(Party leg, String id, String destination) {
        if (leg == null) {
            return Refused.noSuchLeg(id);
        }
        if (leg.state != CONNECTED) {
            return Refused.state("leg " + id + " is " + leg.state + ", not CONNECTED");
        }
        Cause obstacle = connections.obstacle(destination);
        if (obstacle == Cause.INVALID_DESTINATION) {
            return Refused.number(destination);
        }
        return obstacle == null ? null : Refused.rejected("the number " + destination + " is " + obstacle);
    }

    private static Reply tooMany() {
        return Refused.rejected("a call has at most " + Call.MOST_PARTIES + " parties");
    }
}
