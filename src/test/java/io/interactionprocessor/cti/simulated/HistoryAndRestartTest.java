package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryAndRestartTest {
    private static final Epoch ONE = new Epoch(1);
    private static final Epoch TWO = new Epoch(2);

    private final SwitchWorld world = new SwitchWorld();

    private List<HistoryEntry> commands() {
        return world.model.history(0, 100_000).stream()
                .filter(entry -> entry.what().equals("command"))
                .toList();
    }

    @Test
    void aRepeatedIdIsAnsweredTheSameAndNotExecutedTwice() {
        world.talkTo(login("1001"), "5550101");
        AgentCommand release = new AgentCommand(
                "1001", ONE, "once", new Command.Release(world.leg("1001").id()));
        Reply first = world.send(release);
        assertThat(first.accepted()).isTrue();
        int executed = commands().size();
        assertThat(world.send(release)).as("else it would be INVALID_STATE").isEqualTo(first);
        AgentCommand refused = new AgentCommand("1001", ONE, "no", new Command.Hold("c0"));
        assertThat(world.send(refused).refusal()).isEqualTo(Refusal.INVALID_STATE);
        assertThat(commands()).hasSize(executed + 1);
        world.restart();
        assertThat(world.send(release)).isEqualTo(first);
        assertThat(world.send(new AgentCommand("1001", TWO, "once", release.command())))
                .as("repeated by the session's next owner")
                .isEqualTo(first);
        assertThat(commands()).hasSize(executed + 1);
    }

    private String login(String agent) {
        world.logOn(agent);
        return agent;
    }

    @Test
    void atLeastSixtyFourRepliesAreRememberedAlsoByTheNextHolder() {
        login("1001");
        for (int i = 0; i <= 64; i++) {
            world.send(new AgentCommand("1001", ONE, "n" + i, new Command.SetState(Availability.READY, null)));
        }
        world.restart();
        int executed = commands().size();
        for (int i = 1; i <= 64; i++) {
            world.send(new AgentCommand("1001", ONE, "n" + i, new Command.LogOff()));
        }
        assertThat(commands()).hasSize(executed);
        for (int i = 65; i <= 80; i++) {
            world.send(new AgentCommand("1001", ONE, "n" + i, new Command.SetState(Availability.READY, null)));
        }
        executed = commands().size();
        world.send(new AgentCommand("1001", ONE, "n0", new Command.LogOff()));
        assertThat(commands()).as("the eighty-first from the end is forgotten").hasSize(executed + 1);
    }

    @Test
    void anOlderEpochIsRefusedAndANewerOneAdopted() {
        login("1001");
        assertThat(world.model.attach("1001", TWO, world.now).accepted()).isTrue();
        AgentCommand stale = new AgentCommand("1001", ONE, "s", new Command.SetState(Availability.READY, null));
        assertThat(world.send(stale).refusal()).isEqualTo(Refusal.STALE_EPOCH);
        assertThat(world.model.snapshotAll().get(0).availability()).isEqualTo(Availability.NOT_READY);
        assertThat(world.model.attach("1001", ONE, world.now).refusal()).isEqualTo(Refusal.STALE_EPOCH);
        assertThat(world.send(new AgentCommand("1001", TWO, "s", stale.command()))
                        .accepted())
                .as("the stale one's refusal is not remembered")
                .isTrue();
        assertThat(world.send(new AgentCommand("1001", new Epoch(3), "t", new Command.LogOff()))
                        .accepted())
                .isTrue();
        world.restart();
        assertThat(world.send(new AgentCommand("1001", TWO, "u", new Command.LogOn("")))
                        .refusal())
                .as("epochs outlive the holder")
                .isEqualTo(Refusal.STALE_EPOCH);
        assertThat(commands())
                .last()
                .satisfies(entry -> assertThat(entry.detail())
                        .containsEntry("result", "STALE_EPOCH")
                        .containsEntry("epoch", 2L)
                        .containsEntry("commandId", "u"));
    }

    @Test
    void theSameInputsGiveTheSameHistoryHoweverTimeIsCut() {
        SwitchWorld other = new SwitchWorld();
        for (SwitchWorld each : List.of(world, other)) {
            each.ready("1001", "1002");
            each.model.setTraffic(600, 1_000, each.now);
        }
        for (int i = 0; i < 60; i++) {
            world.pass(1_000);
            for (int j = 0; j < 100; j++) {
                other.pass(10);
            }
            for (SwitchWorld each : List.of(world, other)) {
                for (String agent : List.of("1001", "1002")) {
                    each.view(agent).legs().stream()
                            .filter(leg -> leg.state() == ALERTING)
                            .forEach(leg -> each.send(agent, new Command.Answer(leg.id())));
                }
            }
        }
        assertThat(world.model.history(0, 100_000)).hasSizeGreaterThan(500).isEqualTo(other.model.history(0, 100_000));
        assertThat(world.events).isEqualTo(other.events);
    }

    @Test
    void goesOnInTheMiddleOfAConsult() {
        world.ready("1001");
        world.customer("5550101", "8001", Map.of("k", 1));
        world.accepted("1001", new Command.Answer(world.leg("1001").id()));
        world.logOn("1002");
        world.customer("8002");
        world.accepted("1001", new Command.Consult(world.leg("1001").id(), "1002"));
        world.pass(20);
        world.accepted("1001", new Command.SetState(Availability.NOT_READY, "lunch"));
        SimulatedSwitch before = world.model;
        world.restart();
        assertThat(world.model).isNotSameAs(before);
        assertThat(world.model.snapshotAll()).isEqualTo(before.snapshotAll());
        assertThat(world.model.calls()).isEqualTo(before.calls());
        assertThat(world.model.nextDeadline()).isEqualTo(before.nextDeadline());
        assertThat(world.model.history(0, 1_000)).isEqualTo(before.history(0, 1_000));
        // And the same future.
        Map<String, byte[]> rest = new HashMap<>();
        Set<String> removes = new HashSet<>();
        before.advance(world.now + 60_000);
        before.drainChanges(rest, removes);
        world.pass(60_000);
        assertThat(world.model.snapshotAll()).isEqualTo(before.snapshotAll());
        assertThat(world.model.history(0, 1_000)).isEqualTo(before.history(0, 1_000));
        assertThat(world.view("1002").reason()).isEqualTo("ringNoAnswer");
    }

    @Test
    void numbersHaveNoGapAndOldEntriesGo() {
        login("1001");
        for (int i = 0; i < 1_500; i++) {
            world.send("1001", new Command.SetState(i % 2 == 0 ? Availability.READY : Availability.NOT_READY, null));
            if (i % 100 == 0) {
                world.restart();
            }
        }
        long last = world.model.lastHistoryNumber();
        assertThat(last).isGreaterThan(3_000);
        List<HistoryEntry> kept = world.model.history(0, 100_000);
        assertThat(kept).hasSize(1_000);
        assertThat(kept)
                .extracting(HistoryEntry::number)
                .containsExactlyElementsOf(LongStream.rangeClosed(kept.get(0).number(), last)
                        .boxed()
                        .toList());
        assertThat(world.model.history(last - 10, 5))
                .extracting(HistoryEntry::number)
                .containsExactly(last - 9, last - 8, last - 7, last - 6, last - 5);
        assertThat(world.model.history(last, 5)).isEmpty();
        assertThat(world.grid.keySet().stream().filter(key -> key.startsWith(History.KEY)))
                .as("the grid forgets them too")
                .hasSize(1_000);
    }

    @Test
    void missedDeadlinesFireWhenTheSwitchGoesOn() {
        world.ready("1001");
        world.customer("8001");
        world.restart();
        world.pass(100_000);
        assertThat(world.view("1001").reason()).isEqualTo("ringNoAnswer");
        assertThat(world.view("1001").since()).as("at its own time").isEqualTo(SwitchWorld.START + 15_000);
    }

    @Test
    void aWriteIsNotProportionalToTheWhole() {
        for (int i = 0; i < 300; i++) {
            world.customer("8001");
        }
        login("1001");
        Map<String, byte[]> puts = new HashMap<>();
        world.model.execute(
                new AgentCommand("1001", ONE, "x", new Command.SetState(Availability.NOT_READY, "lunch")), world.now);
        world.model.drainChanges(puts, new HashSet<>());
        assertThat(puts.keySet()).hasSizeLessThan(5);
        assertThat(puts.values().stream().mapToInt(bytes -> bytes.length).sum()).isLessThan(20_000);
    }
}
