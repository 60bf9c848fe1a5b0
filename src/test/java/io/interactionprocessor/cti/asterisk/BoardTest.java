package io.interactionprocessor.cti.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cti.asterisk.AsteriskSettings.AgentLine;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.QueueLine;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.Route;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the connector thinks, without an Asterisk: events and commands in, requests out. */
class BoardTest {
    private static final AsteriskSettings SETTINGS = new AsteriskSettings(
            new AsteriskSettings.Ari("http://x:1/ari", "u", Secret.of("s")),
            Optional.empty(),
            "cti",
            Stream.of("1001", "1002")
                    .map(id -> new AgentLine(id, id, id, Set.of("8001")))
                    .toList(),
            new AsteriskSettings.Stations(
                    "PJSIP/{number}",
                    "Local/{number}@m/n",
                    AnswerMode.AUTO_ANSWER,
                    Map.of("1002", AnswerMode.TALK),
                    Map.of()),
            List.of(new QueueLine("8001", "sales", "", "queue", 0, 1_000)),
            List.of(new Route(Pattern.compile("5[0-9]+"), "PJSIP/{number}@trunk")),
            List.of(),
            "default",
            AsteriskSettings.Times.DEFAULT);

    private final Board board = new Board(SETTINGS, new Ids("cti", 1, 1_000));
    private final AgentStates states = new AgentStates(board, 1);
    private final Connections connections = new Connections(board, states);
    private final Distribution distribution = new Distribution(board, connections);
    private final Happenings happenings = new Happenings(board, states, connections, distribution);
    private final Commands commands = new Commands(board, states, connections);
    private final Wiring wiring = new Wiring(board);

    BoardTest() {
        board.now = 1_000;
        board.agents.values().forEach(states::begin);
    }

    /** Ends a turn; the requests as words, stage after stage. */
    private List<String> turn() {
        distribution.run();
        List<String> words = new ArrayList<>();
        wiring.plan().forEach(stage -> stage.forEach(step -> words.add(word(step))));
        return words;
    }

    private String word(Step step) {
        String name = step.getClass().getSimpleName();
        if (step instanceof Step.Play play) {
            return (play.start() ? "start " : "stop ") + play.sound() + ' ' + who(play.line());
        } else if (step instanceof Step.Add add) {
            return "Add " + add.lines().stream().map(this::who).sorted().toList();
        } else if (step instanceof Step.Create create) {
            return "Create " + create.line().endpoint;
        } else if (step instanceof Step.Take take) {
            return "Take " + who(take.line());
        } else if (step instanceof Step.HangUp hangUp) {
            return "HangUp " + who(hangUp.line());
        } else if (step instanceof Step.Open || step instanceof Step.Close) {
            return name;
        }
        Line line = board.lines.get(step.about());
        return name + ' ' + (line == null ? step.about() : who(line));
    }

    private String who(Line line) {
        return line.endpoint.isEmpty() ? line.id : line.endpoint;
    }

    private Reply command(String agent, Command command) {
        board.now++;
        return commands.run(board.agents.get(agent), command, new ArrayList<>());
    }

    private void event(String type, String channel, String state) {
        board.now++;
        happenings.take(new JsonObject()
                .put("type", type)
                .put("cause", 17)
                .put(
                        "channel",
                        new JsonObject()
                                .put("id", channel)
                                .put("state", state)
                                .put("caller", new JsonObject().put("number", "1"))));
    }

    private void customer(String id, String number) {
        happenings.arrive(
                new JsonObject()
                        .put("id", id)
                        .put("state", "Ring")
                        .put("caller", new JsonObject().put("number", "555")),
                List.of("inbound", number),
                Map.of());
    }

    private String line(String endpoint) {
        return board.lines.values().stream()
                .filter(line -> line.endpoint.equals(endpoint))
                .findFirst()
                .orElseThrow()
                .id;
    }

    private Party served() {
        command("1001", new Command.LogOn(""));
        command("1001", new Command.SetState(Availability.READY, null));
        customer("c1", "8001");
        assertThat(turn()).containsExactly("Answer c1", "start QUEUE_MUSIC c1");
        Party leg = board.agents.get("1001").legs.get(0);
        assertThat(leg.state).isEqualTo(ConversationState.ALERTING);
        command("1001", new Command.Answer(leg.id));
        assertThat(turn()).containsExactly("Create PJSIP/1001", "Open");
        event("StasisStart", line("PJSIP/1001"), "Down");
        assertThat(turn()).containsExactly("Dial PJSIP/1001");
        event("ChannelStateChange", line("PJSIP/1001"), "Up");
        assertThat(turn()).containsExactly("stop QUEUE_MUSIC c1", "Add [PJSIP/1001, c1]");
        return leg;
    }

    @Test
    void aHoldKeyThatIsPressedOnAndOnIsHeardTwiceASecondAndItsLastStateCounts() {
        Party leg = served();
        turn();
        event("ChannelHold", leg.line.id, "Up");
        assertThat(leg.state).isEqualTo(ConversationState.HELD);
        assertThat(turn()).isNotEmpty();

        for (int i = 0; i < 100; i++) {
            event("ChannelUnhold", leg.line.id, "Up");
            event("ChannelHold", leg.line.id, "Up");
            happenings.tick();
            assertThat(turn()).isEmpty();
        }
        event("ChannelUnhold", leg.line.id, "Up");
        assertThat(leg.state).isEqualTo(ConversationState.HELD);
        board.now += 500;
        happenings.tick();

        assertThat(leg.state).isEqualTo(ConversationState.CONNECTED);
        assertThat(turn()).isNotEmpty();
        board.now += 500;
        happenings.tick();
        assertThat(turn()).isEmpty();
    }

    @Test
    void whoIsGoneDoesNotHoldAnyMore() {
        Party leg = served();
        turn();
        event("ChannelHold", leg.line.id, "Up");
        event("ChannelUnhold", leg.line.id, "Up");
        event("ChannelDestroyed", leg.line.id, "Up");
        turn();
        board.now += 500;
        happenings.tick();

        assertThat(turn()).isEmpty();
        assertThat(leg.state).isEqualTo(ConversationState.DISCONNECTED);
    }

    @Test
    void servesHoldsAndRetrieves() {
        Party leg = served();
        assertThat(leg.state).isEqualTo(ConversationState.CONNECTED);
        command("1001", new Command.Hold(leg.id));
        assertThat(turn())
                .containsExactlyInAnyOrder(
                        "Take c1", "Take PJSIP/1001", "start HOLD_MUSIC c1", "start SILENCE PJSIP/1001");
        command("1001", new Command.Retrieve(leg.id));
        assertThat(turn())
                .containsExactlyInAnyOrder("stop HOLD_MUSIC c1", "stop SILENCE PJSIP/1001", "Add [PJSIP/1001, c1]");
        assertThat(turn()).as("nothing is missing").isEmpty();
    }

    @Test
    void everyEventMayComeTwice() {
        served();
        event("ChannelStateChange", line("PJSIP/1001"), "Up");
        event("StasisStart", line("PJSIP/1001"), "Up");
        assertThat(turn()).isEmpty();
        event("StasisEnd", "c1", "Up");
        event("ChannelDestroyed", "c1", "Up");
        assertThat(turn()).containsExactly("HangUp PJSIP/1001", "Close");
        assertThat(board.agents.get("1001").ended).hasSize(1).containsValue(Cause.NORMAL);
        assertThat(board.calls).isEmpty();
    }

    @Test
    void aPhoneThatIsToldToAnswerRingsFirst() {
        command("1002", new Command.LogOn(""));
        command("1002", new Command.SetState(Availability.READY, null));
        customer("c1", "8001");
        turn();
        assertThat(turn()).as("once the caller is on the line").containsExactly();
        String phone = line("PJSIP/1002");
        event("StasisStart", phone, "Down");
        turn();
        event("ChannelStateChange", phone, "Ringing");
        assertThat(turn()).isEmpty();
        command("1002", new Command.Answer(board.agents.get("1002").legs.get(0).id));
        assertThat(turn()).containsExactly("Talk PJSIP/1002");
    }

    @Test
    void whoeverIsBusyLeavesAFailedLeg() {
        command("1001", new Command.LogOn(""));
        command("1001", new Command.MakeCall("5550101", Map.of()));
        assertThat(turn()).containsExactly("Create PJSIP/1001", "Open");
        event("StasisStart", line("PJSIP/1001"), "Down");
        turn();
        event("ChannelStateChange", line("PJSIP/1001"), "Up");
        assertThat(turn()).containsExactly("Create PJSIP/5550101@trunk");
        event("StasisStart", line("PJSIP/5550101@trunk"), "Down");
        assertThat(turn())
                .as("in the bridge before it is called: its ringing is heard")
                .containsExactly("Add [PJSIP/1001, PJSIP/5550101@trunk]", "Dial PJSIP/5550101@trunk");
        event("StasisEnd", line("PJSIP/5550101@trunk"), "Down");
        assertThat(board.agents.get("1001").legs.get(0).state)
                .as("why is not known yet")
                .isEqualTo(ConversationState.INITIATED);
        event("ChannelDestroyed", line("PJSIP/5550101@trunk"), "Down");
        Party leg = board.agents.get("1001").legs.get(0);
        assertThat(leg.state).isEqualTo(ConversationState.FAILED);
        assertThat(leg.cause).isEqualTo(Cause.BUSY);
        assertThat(turn()).containsExactly("Take PJSIP/1001", "start BUSY PJSIP/1001");
    }

    @Test
    void whatIsWrittenDownIsEnoughToGoOn() {
        Party leg = served();
        command("1001", new Command.SetData(leg.id, Map.of("a", 1, "b", List.of(true)), List.of()));
        command("1001", new Command.Hold(leg.id));
        turn();
        String phone = line("PJSIP/1001");
        Snapshot snapshot = new Snapshot();
        for (String id : List.of("c1", phone)) {
            snapshot.channels.add(new Snapshot.Channel(
                    new JsonObject().put("id", id).put("state", "Up"),
                    new JsonObject(board.lines.get(id).written),
                    Map.of()));
        }
        snapshot.bridges.put(leg.call.id, List.of("c1", phone));

        BoardTest next = new BoardTest();
        AgentRecord.read(
                next.board, next.board.agents.get("1001"), new JsonObject(AgentRecord.write(board.agents.get("1001"))));
        new Rebuild(next.board, next.happenings, snapshot).run();
        Agent agent = next.board.agents.get("1001");
        next.states.begin(agent);
        assertThat(agent.shown.legs())
                .isEqualTo(Views.of(board.agents.get("1001"), 0).legs());
        assertThat(next.turn())
                .as("the hold had not been done when the holder died: now it is")
                .contains("Take c1", "start HOLD_MUSIC c1");
    }
}
