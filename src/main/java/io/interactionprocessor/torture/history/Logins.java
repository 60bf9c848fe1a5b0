package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Closed;
import io.interactionprocessor.torture.history.Happening.Ended;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Logins, each with a client of its own: from its first word to the success of {@code session.start}. */
public final class Logins {
    /** Who is not in after this has not simply been slow. Microseconds. */
    private static final long LONGEST = 15_000_000;

    private Logins() {}

    /** Finds logins begun in the window whose clients have given up, or still wait. */
    public static Verdict failed(Collection<ClientHistory> clients, Window window) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            List<Happening> all = client.all();
            if (!all.isEmpty() && window.has(all.get(0).at())) {
                checked++;
                failure(client.name(), all, window).ifPresent(wrong::add);
            }
        }
        return new Verdict(checked, "logins", wrong);
    }

    private static Optional<Violation> failure(String client, List<Happening> all, Window window) {
        Map<String, String> asked = new HashMap<>();
        String last = "no connection";
        for (Happening happening : all) {
            if (happening instanceof Sent sent) {
                asked.put(sent.requestId(), sent.command());
                last = sent.command() + ": no answer";
            } else if (happening instanceof Answered answer && asked.containsKey(answer.requestId())) {
                String command = asked.get(answer.requestId());
                if (answer.success() && command.equals("session.start")) {
                    return Optional.empty();
                }
                last = command + ": " + (answer.code() == null ? answer.result() : answer.code());
            } else if (happening instanceof Closed closed) {
                last += ", closed with " + closed.code();
            } else if (happening instanceof Ended ended) {
                return Optional.of(new Violation(ended.at(), client, last));
            }
        }
        long begun = all.get(0).at();
        return window.to() - begun > LONGEST
                ? Optional.of(new Violation(begun, client, last + ", and still waits"))
                : Optional.empty();
    }
}
