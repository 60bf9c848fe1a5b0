package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.asterisk.Line.Phase;
import io.interactionprocessor.cti.asterisk.Line.Sound;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a board of a snapshot: the calls as they are written on the channels, corrected by what the channels are. What
 * has ended meanwhile ends, what was answered is connected, whoever came is let in, and what belongs to nobody goes.
 */
final class Rebuild {
    private final Board board;
    private final Happenings happenings;
    private final Snapshot snapshot;

    Rebuild(Board board, Happenings happenings, Snapshot snapshot) {
        this.board = board;
        this.happenings = happenings;
        this.snapshot = snapshot;
    }

    /** Fills the board; what is missing in Asterisk is the next turn's. */
    void run() {
        Map<String, JsonObject> newest = new HashMap<>();
        List<Snapshot.Channel> strangers = new ArrayList<>();
        for (Snapshot.Channel channel : snapshot.channels) {
            if (channel.record() == null) {
                strangers.add(channel);
                continue;
            }
            line(channel);
            for (Object each : channel.record().getJsonArray("calls")) {
                JsonObject call = (JsonObject) each;
                newest.merge(
                        call.getString("id"), call, (a, b) -> a.getLong("rev", 0L) >= b.getLong("rev", 0L) ? a : b);
            }
        }
        newest.values().stream()
                .sorted(Comparator.comparing(call -> call.getLong("since")))
                .forEach(call -> CallRecord.read(board, call));
        board.agents.values().forEach(agent -> agent.legs.sort(Comparator.comparingLong(leg -> leg.number)));
        bridges();
        correct();
        strangers.forEach(this::letIn);
        board.calls.values().forEach(board::touch);
    }

    private void line(Snapshot.Channel channel) {
        boolean ours = board.ids.ours(channel.id());
        Phase phase = switch (channel.state()) {
            case "Up" -> Phase.UP;
            case "Ring" -> Phase.INCOMING;
            default -> ours ? Phase.IDLE : Phase.INCOMING;
        };
        Line line = new Line(channel.id(), "", phase);
        line.name = channel.json().getString("name", "");
        line.sound = Sound.UNKNOWN;
        line.muted = null;
        line.written = channel.record().encode();
        board.lines.put(line.id, line);
    }

    private void bridges() {
        snapshot.bridges.forEach((bridge, channels) -> {
            if (!board.ids.ours(bridge)) {
                return;
            }
            Call call = board.calls.get(bridge);
            if (call == null) {
                // Belongs to nobody: an ended call's, to be closed.
                call = new Call(bridge, "", "", board.now);
                board.touchedCalls.add(call);
            }
            call.bridged = true;
            for (String channel : channels) {
                Line line = board.lines.get(channel);
                if (line != null) {
                    line.bridge = bridge;
                }
            }
        });
    }

    private void correct() {
        Map<String, String> states = new HashMap<>();
        snapshot.channels.forEach(channel -> states.put(channel.id(), channel.state()));
        for (Line line : List.copyOf(board.lines.values())) {
            String state = states.get(line.id);
            if (line.phase == Phase.GONE) {
                line.phase = Phase.CREATED;
                happenings.gone(line, Cause.RESYNC);
            } else if (line.parties.isEmpty()) {
                board.touchedLines.add(line);
            } else if (line.phase == Phase.UP && line.parties.stream().anyMatch(Rebuild::expectsAnswer)) {
                line.phase = Phase.RINGING;
                happenings.state(line, state);
            } else if (line.phase == Phase.IDLE && "Ringing".equals(state)) {
                happenings.state(line, state);
            }
        }
        for (Call call : List.copyOf(board.calls.values())) {
            if (call.parties.isEmpty()) {
                board.calls.remove(call.id);
            }
        }
    }

    private static boolean expectsAnswer(Party party) {
        return !party.live() || (party.agent != null && party.state == ConversationState.INITIATED);
    }

    private void letIn(Snapshot.Channel channel) {
        if (board.ids.ours(channel.id())) {
            Line orphan = new Line(channel.id(), "", Phase.IDLE);
            board.lines.put(orphan.id, orphan);
            board.touchedLines.add(orphan);
        } else {
            happenings.arrive(channel.json(), channel.arguments(), channel.data());
        }
    }
}
