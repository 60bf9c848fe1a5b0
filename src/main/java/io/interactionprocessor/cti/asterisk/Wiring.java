package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.interactionprocessor.cti.asterisk.Line.Phase;
import io.interactionprocessor.cti.asterisk.Line.Sound;
import io.interactionprocessor.model.ConversationState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares what the calls should be with what the channels and bridges are, and names the requests that are missing:
 * stage by stage, those of one stage in any order. It takes for granted that what it names is done.
 */
final class Wiring {
    /** A NOTIFY may be lost, as anything by UDP. */
    private static final long TELL_AGAIN = 1_000;

    private static final int STAGES = 6;
    private static final int MAKE = 0;
    private static final int QUIETEN = 1;
    private static final int OPEN = 2;
    private static final int CONNECT = 3;
    private static final int START = 4;
    private static final int CLOSE = 5;

    private final Board board;
    private final Notes notes;
    private final List<Step> writing = new ArrayList<>();
    private List<List<Step>> stages;

    Wiring(Board board) {
        this.board = board;
        notes = new Notes(board);
    }

    /** Returns what is to be done for the calls and lines that this turn has touched. */
    List<List<Step>> plan() {
        stages = new ArrayList<>(STAGES);
        for (int i = 0; i < STAGES; i++) {
            stages.add(new ArrayList<>(2));
        }
        Set<Line> lines = new LinkedHashSet<>(board.touchedLines);
        for (Call call : board.touchedCalls) {
            for (Party party : call.parties) {
                if (party.line != null) {
                    lines.add(party.line);
                }
            }
        }
        // A line's place depends on all calls that its party is on.
        Set<Call> calls = new LinkedHashSet<>(board.touchedCalls);
        for (Line line : lines) {
            line.parties.forEach(party -> calls.add(party.call));
        }
        calls.forEach(call ->
                call.parties.stream().filter(party -> party.line != null).forEach(party -> lines.add(party.line)));
        List<Line> born = new ArrayList<>(2);
        lines.forEach(line -> make(line, born));
        notes.count(calls);
        for (Line line : born) {
            Party party = line.parties.get(0);
            step(MAKE, new Step.Create(line, originator(party), notes.birth(party)));
            // Sooner or later it is needed, and now nobody waits for it.
            open(party.call, MAKE);
        }
        Map<Line, String> places = new LinkedHashMap<>();
        calls.forEach(call -> place(call, places));
        for (Line line : lines) {
            wire(line, places.get(line));
        }
        for (Call call : calls) {
            connect(call, lines, places);
        }
        lines.stream()
                .filter(line -> line.phase == Phase.IDLE && line.parties.size() > 0)
                .forEach(this::dial);
        writing.clear();
        notes.write(lines, writing);
        board.touchedCalls.clear();
        board.touchedLines.clear();
        return stages;
    }

    /** Returns what the last plan wants written down: beside it, since no call should wait for that. */
    List<Step> writing() {
        return List.copyOf(writing);
    }

    private void step(int stage, Step step) {
        stages.get(stage).add(step);
    }

    // ---- channels come and go

    private void make(Line line, List<Line> born) {
        if (line.parties.isEmpty()) {
            hangUp(line);
            return;
        }
        Party party = line.parties.get(0);
        if (line.phase == Phase.WANTED && due(party)) {
            line.phase = Phase.CREATED;
            born.add(line);
        }
        if (line.phase == Phase.RINGING && wantsAnswer(line) && board.now - line.toldAt >= TELL_AGAIN) {
            line.toldAt = board.now;
            step(START, new Step.Talk(line));
        }
    }

    private void hangUp(Line line) {
        if (line.phase == Phase.WANTED) {
            line.phase = Phase.GONE;
            board.lines.remove(line.id);
        } else if (line.phase != Phase.GONE && !line.ending) {
            line.ending = true;
            step(QUIETEN, line.handedBack ? new Step.HandBack(line) : new Step.HangUp(line, line.reason));
        }
    }

    /** Returns whether the time has come to make the channel: the caller is on the line, the agent has accepted. */
    private boolean due(Party party) {
        if (party.calling) {
            return true;
        }
        if (party.agent != null && Connections.mode(board, party) == AnswerMode.AUTO_ANSWER && !party.accepted) {
            return false;
        }
        return originator(party) != null;
    }

    private static Line originator(Party party) {
        for (Party other : party.call.parties) {
            if (other != party
                    && other.line != null
                    && (other.line.up() || other.line.phase == Phase.INCOMING)
                    && other.line != party.line) {
                return other.line;
            }
        }
        return null;
    }

    private boolean wantsAnswer(Line line) {
        Party party = line.parties.get(0);
        return party.agent != null
                && Connections.mode(board, party) == AnswerMode.TALK
                && (party.calling || party.accepted);
    }

    private void dial(Line line) {
        Party party = line.parties.get(0);
        line.phase = Phase.DIALED;
        if (line.nameless && party.agent != null) {
            line.nameless = false;
            // Nobody is called before the agent is on the line: it does not have to wait.
            step(START, new Step.Write(line, "CALLERID(num)", party.address));
            step(START, new Step.Write(line, "CALLERID(name)", party.agent.name));
        }
        AsteriskSettings.Times times = board.settings.times();
        // The agent's own deadline is kept here; Asterisk's is the net below it.
        long timeout = party.agent != null && !party.calling
                ? Math.max(0, party.deadline - board.now) + times.agentRing()
                : party.agent != null ? times.agentRing() : times.noAnswer();
        step(START, new Step.Dial(line, originator(party), timeout));
    }

    // ---- who hears whom

    /** Returns the call that a line is on now: an agent may have others, on hold. */
    private static Party active(Line line) {
        for (Party party : line.parties) {
            if (party.state != ConversationState.HELD) {
                return party;
            }
        }
        return null;
    }

    /** Returns whether a party's line belongs into the bridge, if there is another. */
    private static boolean speaks(Party party) {
        Line line = party.line;
        if (line == null || active(line) != party || line.ending) {
            return false;
        }
        if (party.live()) {
            boolean waits = party.calling && party.agent == null;
            return (line.up() || line.phase == Phase.INCOMING) && party.state != ConversationState.FAILED && !waits;
        }
        // Whoever calls hears the far end's own ringing, and its announcements.
        return party.agent == null
                && (line.phase == Phase.IDLE || line.phase == Phase.DIALED || line.phase == Phase.RINGING);
    }

    private static void place(Call call, Map<Line, String> places) {
        List<Line> speaking = new ArrayList<>(3);
        for (Party party : call.parties) {
            if (speaks(party)) {
                speaking.add(party.line);
            }
        }
        // Whom nobody has answered is heard by the one who calls, and disturbs no conference.
        long live = call.parties.stream()
                .filter(party -> party.live() && speaking.contains(party.line))
                .count();
        if (live > 1) {
            call.parties.stream().filter(party -> !party.live()).forEach(party -> speaking.remove(party.line));
        }
        if (speaking.size() > 1) {
            speaking.forEach(line -> places.put(line, call.id));
        }
    }

    private Sound sound(Line line, String place) {
        Party party = active(line);
        if (party == null) {
            return line.up() ? Sound.SILENCE : Sound.NONE;
        }
        Call call = party.call;
        if (party.state == ConversationState.FAILED) {
            return line.up() ? Sound.BUSY : Sound.NONE;
        }
        if (!party.live()) {
            return Sound.NONE;
        }
        if (call.waitingIn != null || (call.pbxQueue != null && !party.answered)) {
            return line.up() && call.waitingIn != null ? Sound.QUEUE_MUSIC : Sound.NONE;
        }
        boolean silentRinging = false;
        boolean held = false;
        for (Party other : call.parties) {
            boolean unheard = other.agent != null || other.movedRinging || (party.calling && party.agent == null);
            silentRinging |= !other.live() && other != party && unheard;
            held |= other != party && other.state == ConversationState.HELD;
        }
        if (place != null) {
            return silentRinging && call.live().size() == 1 ? Sound.RINGING : Sound.NONE;
        }
        if (held) {
            return line.up() ? Sound.HOLD_MUSIC : Sound.NONE;
        }
        return silentRinging && (line.up() || line.phase == Phase.INCOMING) ? Sound.RINGING : Sound.NONE;
    }

    private void wire(Line line, String place) {
        if (line.ending || line.phase == Phase.GONE || line.phase == Phase.WANTED || line.phase == Phase.CREATED) {
            return;
        }
        Party active = active(line);
        boolean answer = line.phase == Phase.INCOMING
                && active != null
                && (active.answered || active.agent != null || active.call.waitingIn != null);
        if (answer) {
            line.phase = Phase.UP;
        }
        Sound sound = sound(line, place);
        if (line.sound != sound && line.sound != Sound.NONE) {
            quieten(line);
        }
        if (answer) {
            step(QUIETEN, new Step.Answer(line));
        }
        if (place == null && line.bridge != null) {
            step(QUIETEN, new Step.Take(line.bridge, line));
            line.bridge = null;
        }
        if (line.sound != sound) {
            line.sound = sound;
            if (sound != Sound.NONE) {
                step(START, new Step.Play(line, sound, music(line, sound), true));
            }
        }
        boolean muted = active != null && active.muted;
        if (line.up() && (line.muted == null || line.muted != muted)) {
            line.muted = muted;
            step(CONNECT, new Step.Mute(line, muted));
        }
    }

    private void quieten(Line line) {
        List<Sound> sounds = line.sound == Sound.UNKNOWN
                ? List.of(Sound.HOLD_MUSIC, Sound.SILENCE, Sound.RINGING, Sound.BUSY)
                : List.of(line.sound);
        if (line.sound == Sound.UNKNOWN && !line.up()) {
            return;
        }
        sounds.forEach(sound -> step(QUIETEN, new Step.Play(line, sound, null, false)));
    }

    private String music(Line line, Sound sound) {
        if (sound == Sound.QUEUE_MUSIC) {
            AsteriskSettings.QueueLine queue = board.plan.queue(line.parties.get(0).call.waitingIn);
            return queue == null ? board.settings.holdMusic() : queue.music();
        }
        return sound == Sound.HOLD_MUSIC ? board.settings.holdMusic() : null;
    }

    private void open(Call call, int stage) {
        if (!call.bridged) {
            call.bridged = true;
            step(stage, new Step.Open(call.id));
        }
    }

    private void connect(Call call, Set<Line> lines, Map<Line, String> places) {
        List<Line> adding = new ArrayList<>(2);
        for (Line line : lines) {
            if (call.id.equals(places.get(line)) && !Objects.equals(line.bridge, call.id)) {
                line.bridge = call.id;
                adding.add(line);
            }
        }
        if (!adding.isEmpty()) {
            open(call, OPEN);
            step(CONNECT, new Step.Add(call.id, adding));
        }
        if (call.bridged && call.parties.isEmpty()) {
            call.bridged = false;
            step(CLOSE, new Step.Close(call.id));
        }
    }
}
