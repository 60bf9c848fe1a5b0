package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Level;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * Once clients have been told that the link to the switch is down, every command that needs the switch fails at once, with
 * {@code ctiUnavailable}. What has no answer at all, {@link Answering} finds.
 *
 * @param otherwise those that were answered otherwise, of all that needed the switch
 * @param times how long all of these took
 * @param refused how many did not need it: their session refused them by what it knows of their object
 */
public record LinkDown(Verdict otherwise, Histogram times, long refused) {
    private static final long EDGE_MICROS = 1_000_000;
    private static final String RIGHT = "ctiUnavailable";

    /** Codes by which a session refuses a command before it asks the switch. */
    private static final Set<String> BY_STATE = Set.of(
            "invalidState",
            "invalidTarget",
            "channelInactive",
            "interactionInProgress",
            "operationInProgress",
            "notStarted",
            "alreadyStarted");

    /** A session answers these by itself: the first always, the second if its channel is not active. */
    private static final Set<String> WITHOUT_SWITCH = Set.of("session.snapshot", "session.logout");

    /**
     * Returns the stretch in which a command that is given must fail, or nothing if it is too short. A second is left out at
     * both ends: agents are told over connections of their own, not in the moment in which those who watch are; and what is
     * given shortly before the link is back may come to the switch after that.
     *
     * @param told when all who watch had been told that the link is down
     * @param back when the first of them was told that it is back, or when it began to be put up, if that was earlier
     */
    public static Optional<Window> stretch(long told, long back) {
        return Optional.of(new Window(told + EDGE_MICROS, back - EDGE_MICROS))
                .filter(window -> window.from() < window.to());
    }

    /**
     * Checks the first answer to each command that was sent in one of these stretches. One that was sent again over another
     * connection after it does not count: the first time it may not have arrived.
     */
    public static LinkDown check(Collection<ClientHistory> clients, List<Window> stretches) {
        List<Violation> wrong = new ArrayList<>();
        Histogram times = Latency.empty();
        long refused = 0;
        for (ClientHistory client : clients) {
            Map<String, Sent> sent = new HashMap<>();
            Map<String, Long> last = new HashMap<>();
            Set<String> answered = new HashSet<>();
            for (Happening happening : client.all()) {
                if (happening instanceof Sent request && needsSwitch(request)) {
                    sent.putIfAbsent(request.requestId(), request);
                    last.put(request.requestId(), request.at());
                } else if (happening instanceof Answered answer && answered.add(answer.requestId())) {
                    Sent request = sent.get(answer.requestId());
                    if (request == null || !within(stretches, request.at(), last.get(answer.requestId()))) {
                        continue;
                    }
                    if (answer.code() != null && BY_STATE.contains(answer.code())) {
                        refused++;
                        continue;
                    }
                    times.recordValue(Math.max(0, answer.at() - request.at()));
                    if (!RIGHT.equals(answer.code())) {
                        wrong.add(new Violation(answer.at(), client.name(), complaint(request, answer)));
                    }
                }
            }
        }
        return new LinkDown(new Verdict(times.getTotalCount(), "commands", wrong), times, refused);
    }

    private static boolean within(List<Window> stretches, long first, long last) {
        return stretches.stream().anyMatch(stretch -> stretch.has(first) && stretch.has(last));
    }

    private static boolean needsSwitch(Sent request) {
        return request.level() == Level.SESSION && !WITHOUT_SWITCH.contains(request.command());
    }

    private static String complaint(Sent request, Answered answer) {
        return request.command() + ", given while the link was down, was answered "
                + (answer.code() == null ? answer.result() : answer.code()) + " after "
                + (answer.at() - request.at()) / 1000 + " ms";
    }
}
