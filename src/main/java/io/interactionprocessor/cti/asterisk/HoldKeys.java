package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hold keys of agents' phones. A change costs Asterisk some requests about the call: a key that is pressed on and on
 * may ask for two of them a second, and the last state counts.
 */
final class HoldKeys {
    private static final long PAUSE = 500;

    private final Board board;
    private final Connections connections;
    /** What was pressed too soon after the change before. */
    private final Map<Line, Boolean> waiting = new LinkedHashMap<>();

    HoldKeys(Board board, Connections connections) {
        this.board = board;
        this.connections = connections;
    }

    /** A phone holds its call, or has it back. */
    void pressed(Line line, boolean held) {
        waiting.remove(line);
        if (board.now < line.holdChangedAt + PAUSE) {
            waiting.put(line, held);
        } else {
            change(line, held);
        }
    }

    /** Some time has passed. */
    void tick() {
        waiting.entrySet().removeIf(pressed -> {
            Line line = pressed.getKey();
            if (board.now < line.holdChangedAt + PAUSE) {
                return false;
            }
            change(line, pressed.getValue());
            return true;
        });
    }

    private void change(Line line, boolean held) {
        for (Party party : line.parties) {
            if (party.agent != null && held && party.state == ConversationState.CONNECTED) {
                party.phoneHeld = true;
                connections.change(party, ConversationState.HELD, Cause.NORMAL);
                line.holdChangedAt = board.now;
            } else if (party.agent != null && !held && party.phoneHeld) {
                party.phoneHeld = false;
                connections.change(party, ConversationState.CONNECTED, Cause.NORMAL);
                line.holdChangedAt = board.now;
            }
        }
    }
}
