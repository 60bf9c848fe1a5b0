package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.csta.Command;
import java.util.List;

/** What the history tells of a command's arguments. Of attached data the keys only: the values are the customers'. */
final class CommandDetail {
    private CommandDetail() {}

    static void add(List<Object> pairs, Command command) {
        if (command instanceof Command.LogOn c) {
            add(pairs, "station", c.station());
        } else if (command instanceof Command.SetState c) {
            add(pairs, "availability", c.availability().wire());
            add(pairs, "reason", c.reason());
        } else if (command instanceof Command.Complete c) {
            add(pairs, "disposition", c.disposition());
        } else if (command instanceof Command.MakeCall c) {
            add(pairs, "destination", c.destination());
        } else if (command instanceof Command.Answer c) {
            add(pairs, "leg", c.leg());
        } else if (command instanceof Command.Reject c) {
            add(pairs, "leg", c.leg());
        } else if (command instanceof Command.Release c) {
            add(pairs, "leg", c.leg());
        } else if (command instanceof Command.Hold c) {
            add(pairs, "leg", c.leg());
        } else if (command instanceof Command.Retrieve c) {
            add(pairs, "leg", c.leg());
        } else if (command instanceof Command.Mute c) {
            add(pairs, "leg", c.leg());
        } else if (command instanceof Command.Unmute c) {
            add(pairs, "leg", c.leg());
        } else if (command instanceof Command.SendDtmf c) {
            add(pairs, "leg", c.leg());
        } else if (command instanceof Command.SetData c) {
            add(pairs, "leg", c.leg());
        } else {
            addTwo(pairs, command);
        }
    }

    private static void addTwo(List<Object> pairs, Command command) {
        if (command instanceof Command.SingleStepTransfer c) {
            add(pairs, "leg", c.leg());
            add(pairs, "destination", c.destination());
        } else if (command instanceof Command.SingleStepConference c) {
            add(pairs, "leg", c.leg());
            add(pairs, "destination", c.destination());
        } else if (command instanceof Command.DropMember c) {
            add(pairs, "leg", c.leg());
            add(pairs, "member", c.member());
        } else if (command instanceof Command.Consult c) {
            add(pairs, "leg", c.leg());
            add(pairs, "destination", c.destination());
        } else if (command instanceof Command.Alternate c) {
            add(pairs, "held", c.held());
            add(pairs, "active", c.active());
        } else if (command instanceof Command.Reconnect c) {
            add(pairs, "primary", c.primary());
            add(pairs, "consult", c.consult());
        } else if (command instanceof Command.Transfer c) {
            add(pairs, "primary", c.primary());
            add(pairs, "consult", c.consult());
        } else if (command instanceof Command.Conference c) {
            add(pairs, "primary", c.primary());
            add(pairs, "consult", c.consult());
        }
    }

    private static void add(List<Object> pairs, String name, String value) {
        pairs.add(name);
        pairs.add(value);
    }
}
