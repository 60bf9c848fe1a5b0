package io.interactionprocessor.cti.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cti.simulated.SimulatedSettings.QueueLine;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A simulated switch under virtual time, with words to say what agents and customers do and to look at the result. */
final class SwitchWorld {
    static final long START = 1_000_000;

    final SimulatedSettings settings;
    final Map<String, byte[]> grid = new HashMap<>();
    final List<AgentEvent> events = new ArrayList<>();
    SimulatedSwitch model;
    long now = START;
    private int commandNumber;

    SwitchWorld() {
        this(0);
    }

    SwitchWorld(long afterCallWorkMs) {
        settings = new SimulatedSettings(
                SimulatedSettings.range(1001, 20, Set.of("8001", "8002")),
                List.of(new QueueLine("8001", "sales", afterCallWorkMs, 15_000), QueueLine.of("8002", "support")),
                SimulatedSettings.Times.DEFAULT,
                42,
                1_000);
        model = new SimulatedSwitch(settings);
    }

    Reply send(String agent, Command command) {
        return send(new AgentCommand(agent, new Epoch(1), "id" + ++commandNumber, command));
    }

    Reply send(AgentCommand command) {
        Reply reply = model.execute(command, now);
        drain();
        return reply;
    }

    void accepted(String agent, Command command) {
        int told = events.size();
        Reply reply = send(agent, command);
        assertThat(reply.refusal()).as("%s %s", agent, command).isNull();
        // The reply names the view that shows the effect: the one whose event carries the command's id.
        List<AgentEvent> caused = events.subList(told, events.size()).stream()
                .filter(event -> event.commandId() != null)
                .toList();
        assertThat(caused).as("%s %s", agent, command).hasSizeLessThan(2).allSatisfy(event -> {
            assertThat(event.view().agent()).isEqualTo(agent);
            assertThat(event.view().version()).isEqualTo(reply.version());
        });
        assertThat(reply.version() == 0).isEqualTo(caused.isEmpty());
    }

    void refused(Refusal refusal, String agent, Command command) {
        Map<String, Object> before = new HashMap<>();
        model.snapshotAll().forEach(view -> before.put(view.agent(), view));
        assertThat(send(agent, command).refusal()).as("%s %s", agent, command).isEqualTo(refusal);
        Map<String, Object> after = new HashMap<>();
        model.snapshotAll().forEach(view -> after.put(view.agent(), view));
        assertThat(after).as("a refused command changes nothing").isEqualTo(before);
    }

    void logOn(String... agents) {
        for (String agent : agents) {
            accepted(agent, new Command.LogOn(""));
        }
    }

    void ready(String... agents) {
        for (String agent : agents) {
            if (!view(agent).loggedOn()) {
                logOn(agent);
            }
            accepted(agent, new Command.SetState(Availability.READY, null));
        }
    }

    String customer(String to) {
        return customer("5550199", to, Map.of());
    }

    String customer(String from, String to, Map<String, Object> data) {
        String id = model.customerCalls(from, to, data, 0, now);
        drain();
        return id;
    }

    boolean hangUp(String call) {
        boolean done = model.customerHangsUp(call, now);
        drain();
        return done;
    }

    /** Lets time pass, in one leap. */
    void pass(long ms) {
        now += ms;
        model.advance(now);
        drain();
    }

    /** The agent's dialled call is up after this. */
    CallLeg talkTo(String agent, String number) {
        accepted(agent, new Command.MakeCall(number, Map.of()));
        pass(400);
        return leg(agent, ConversationState.CONNECTED);
    }

    /** A customer is through to the agent after this, over queue 8001; the call's id. */
    String serve(String agent) {
        ready(agent);
        String call = customer("8001");
        accepted(agent, new Command.Answer(leg(agent).id()));
        assertThat(leg(agent).call()).isEqualTo(call);
        return call;
    }

    AgentView view(String agent) {
        return model.attach(agent, new Epoch(1), now).view();
    }

    CallLeg leg(String agent) {
        assertThat(view(agent).legs()).as("legs of " + agent).hasSize(1);
        return view(agent).legs().get(0);
    }

    CallLeg leg(String agent, ConversationState state) {
        CallLeg leg = leg(agent);
        assertThat(leg.state()).as("leg of " + agent).isEqualTo(state);
        return leg;
    }

    CallLeg consult(String agent) {
        return view(agent).legs().stream()
                .filter(leg -> leg.consultOf() != null)
                .findFirst()
                .orElseThrow();
    }

    CallLeg primary(String agent) {
        return view(agent).legs().stream()
                .filter(leg -> leg.consultOf() == null)
                .findFirst()
                .orElseThrow();
    }

    /** Why a leg ended, by the events; null if it did not. */
    Cause endOf(CallLeg leg) {
        List<Cause> causes = events.stream()
                .map(event -> event.ended().get(leg.id()))
                .filter(cause -> cause != null)
                .toList();
        assertThat(causes).as("ends of leg " + leg.id()).hasSizeLessThan(2);
        return causes.isEmpty() ? null : causes.get(0);
    }

    AgentEvent lastEvent(String agent) {
        return events.stream()
                .filter(event -> event.view().agent().equals(agent))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** The holder dies; another one goes on from what was written. */
    void restart() {
        model = new SimulatedSwitch(settings, grid);
    }

    private void drain() {
        Set<String> removes = new HashSet<>();
        model.drainChanges(grid, removes);
        grid.keySet().removeAll(removes);
        events.addAll(model.drainEvents());
    }
}
