package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.cti.simulated.SimulatedSettings.AgentLine;
import io.interactionprocessor.cti.simulated.SimulatedSettings.QueueLine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What each number is. */
final class NumberPlan {
    /** What happens when a number is called. */
    enum Kind {
        /** An agent's station. */
        EXTENSION,
        /** A queue: waits for an agent. */
        QUEUE,
        /** Rings, answers soon, stays. */
        ANSWERS,
        /** Is on another call. */
        BUSY,
        /** Rings, never answers. */
        SILENT,
        /** Rings, declines soon. */
        REJECTS,
        /** Answers soon, hangs up after a short talk. */
        HANGS_UP,
        /** Has no station in service. */
        UNREACHABLE,
        /** Answers after a while. */
        ANSWERS_LATE,
        /** Not in the plan. */
        INVALID
    }

    private static final Pattern OUTSIDE = Pattern.compile("5550[1-7][0-9]{2}");

    private final Set<String> extensions = new HashSet<>();
    private final Map<String, QueueLine> queues = new HashMap<>();

    NumberPlan(SimulatedSettings settings) {
        for (AgentLine agent : settings.agents()) {
            extensions.add(agent.extension());
        }
        for (QueueLine queue : settings.queues()) {
            queues.put(queue.number(), queue);
        }
    }

    Kind kindOf(String number) {
        if (number == null) {
            return Kind.INVALID;
        }
        if (extensions.contains(number)) {
            return Kind.EXTENSION;
        }
        if (queues.containsKey(number)) {
            return Kind.QUEUE;
        }
        if (!OUTSIDE.matcher(number).matches()) {
            return Kind.INVALID;
        }
        return switch (number.charAt(4)) {
            case '1' -> Kind.ANSWERS;
            case '2' -> Kind.BUSY;
            case '3' -> Kind.SILENT;
            case '4' -> Kind.REJECTS;
            case '5' -> Kind.HANGS_UP;
            case '6' -> Kind.UNREACHABLE;
            default -> Kind.ANSWERS_LATE;
        };
    }

    /** Returns a queue, with default times if the configuration no longer has it while a call still waits in it. */
    QueueLine queue(String number) {
        QueueLine queue = queues.get(number);
        return queue == null ? QueueLine.of(number, number) : queue;
    }
}
