package io.interactionprocessor.session.simulation;

import io.interactionprocessor.cti.simulated.HistoryEntry;
import io.interactionprocessor.cti.simulated.SimulatedSettings;
import io.interactionprocessor.cti.simulated.SimulatedSwitch;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The switch and the link to it: the real model of the simulated switch, with delays and a link that goes down. */
final class Switchboard {
    private static final SimulatedSettings.Times TIMES =
            new SimulatedSettings.Times(20, 200, 1_500, 200, 1_000, 800, 1_500, 2_000, 2_000, 5_000);

    private final World world;
    private final SimulatedSwitch model;
    /** Which node gets an agent's events: the one that attached last. */
    private final Map<String, SimulatedNode> watchers = new HashMap<>();
    /** When the last event to a node arrives: they keep their order. */
    private final Map<SimulatedNode, Long> lastEvent = new HashMap<>();

    private final List<String> calls = new ArrayList<>();
    private long nextAdvance = Long.MAX_VALUE;
    private boolean up = true;
    private int executions;

    Switchboard(World world, long seed) {
        this.world = world;
        this.model = new SimulatedSwitch(new SimulatedSettings(
                SimulatedSettings.range(1001, World.AGENTS + World.VISITORS, Set.of("8001", "8002")),
                List.of(
                        new SimulatedSettings.QueueLine("8001", "sales", 0, 1_500),
                        new SimulatedSettings.QueueLine("8002", "support", 800, 1_500)),
                TIMES,
                seed,
                1_000_000));
    }

    boolean linkUp() {
        return up;
    }

    void link(boolean now) {
        up = now;
        if (now) {
            world.nodes
                    .values()
                    .forEach(node -> world.time.after(
                            world.faults.delay(),
                            () -> node.does(() -> node.host().linkUp(World.PROCESSOR.id()))));
        }
    }

    CompletionStage<Attachment> attach(SimulatedNode node, String agent, Epoch epoch) {
        return world.faults.ask(node, () -> {
            if (!up) {
                return Attachment.refused(Refusal.CTI_UNAVAILABLE, "no link");
            }
            Attachment attachment = model.attach(agent, epochFor(epoch), world.time.now());
            if (attachment.accepted()) {
                world.trace(agent, node, "attached", epoch, attachment);
                watchers.put(agent, node);
                world.checks.attached(agent, epoch);
            }
            after();
            return attachment;
        });
    }

    CompletionStage<Reply> execute(SimulatedNode node, AgentCommand command) {
        return world.faults.ask(node, () -> {
            if (!up) {
                return Reply.refused(Refusal.CTI_UNAVAILABLE, "no link");
            }
            executions++;
            String id =
                    world.weakness == Weakness.SWITCH_FORGETS_COMMANDS ? command.id() + "~" + executions : command.id();
            Reply reply = model.execute(
                    new AgentCommand(command.agent(), epochFor(command.epoch()), id, command.command()),
                    world.time.now());
            world.trace(command.agent(), node, command, reply);
            if (reply.accepted()) {
                world.checks.accepted(command);
            }
            after();
            return reply;
        });
    }

    private Epoch epochFor(Epoch epoch) {
        return world.weakness == Weakness.SWITCH_IGNORES_EPOCHS ? new Epoch(1) : epoch;
    }

    // ---- customers

    void customerCalls(String queue, long hangUpAfter) {
        String call =
                model.customerCalls("5550101", queue, Map.of("case", calls.size()), hangUpAfter, world.time.now());
        if (call != null) {
            calls.add(call);
        }
        after();
    }

    /** One of the customers who are on a call hangs up. */
    void someCustomerHangsUp() {
        while (!calls.isEmpty()) {
            String call = calls.remove(world.faults.random.nextInt(calls.size()));
            if (model.customerHangsUp(call, world.time.now())) {
                break;
            }
        }
        after();
    }

    // ---- what comes of it

    private void after() {
        for (AgentEvent event : model.drainEvents()) {
            SimulatedNode node = watchers.get(event.view().agent());
            world.trace(event.view().agent(), node, up, event);
            if (node != null && up) {
                tell(node, event);
            }
        }
        long next = model.nextDeadline().orElse(Long.MAX_VALUE);
        if (next < nextAdvance) {
            nextAdvance = next;
            world.time.after(next - world.time.now(), () -> {
                nextAdvance = Long.MAX_VALUE;
                model.advance(world.time.now());
                after();
            });
        }
    }

    private void tell(SimulatedNode node, AgentEvent event) {
        String id = event.commandId();
        AgentEvent told = id != null && id.indexOf('~') > 0
                ? new AgentEvent(event.view(), event.ended(), id.substring(0, id.indexOf('~')))
                : event;
        long at = Math.max(lastEvent.getOrDefault(node, 0L), world.time.now() + world.faults.delay());
        lastEvent.put(node, at);
        world.time.after(
                at - world.time.now(),
                () -> node.reach().tell(() -> node.host().agentChanged(World.PROCESSOR.id(), told)));
    }

    // ---- for the checks

    List<HistoryEntry> commands() {
        return model.history(0, Integer.MAX_VALUE).stream()
                .filter(entry -> entry.what().equals("command"))
                .toList();
    }

    /** Returns how the switch sees its agents, without those who have never done anything. */
    Map<String, AgentView> views() {
        Map<String, AgentView> views = new HashMap<>();
        model.snapshotAll().forEach(view -> views.put(view.agent(), view));
        return views;
    }
}
