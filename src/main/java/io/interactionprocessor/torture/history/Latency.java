package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Event;
import io.interactionprocessor.torture.history.Happening.Level;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/** How long things take, in microseconds. */
public final class Latency {
    private static final int DIGITS = 3;
    private static final long TICK = 1_000;

    private Latency() {}

    /** Returns an empty histogram that grows as needed. */
    public static Histogram empty() {
        Histogram histogram = new Histogram(DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** Returns from a command's first sending to its answer, for commands of sessions begun in the window. */
    public static Histogram commands(Collection<ClientHistory> clients, Window window) {
        return answers(clients, window, Level.SESSION, null);
    }

    /** Returns from a request of one name to its answer. */
    public static Histogram requests(Collection<ClientHistory> clients, Window window, String command) {
        return answers(clients, window, Level.SERVICE, command);
    }

    /**
     * Returns from the moment when the switch let an agent's station ring to the moment when the client was told; the
     * switch's clock counts milliseconds.
     */
    public static Histogram offers(Collection<ClientHistory> clients, List<SwitchEntry> history, Window window) {
        Map<String, TreeSet<Long>> told = new HashMap<>();
        for (ClientHistory client : clients) {
            for (Event event : client.all(Event.class)) {
                if (event.name().equals("conversation.created")) {
                    told.computeIfAbsent(client.agent(), agent -> new TreeSet<>())
                            .add(event.at());
                }
            }
        }
        Histogram histogram = empty();
        for (SwitchEntry entry : history) {
            TreeSet<Long> times = told.get(entry.text("agent"));
            boolean offer = entry.what().equals("connection") && "ALERTING".equals(entry.text("state"));
            Long seen = offer && times != null && window.has(entry.at()) ? times.ceiling(entry.at() - TICK) : null;
            if (seen != null) {
                histogram.recordValue(Math.max(0, seen - entry.at()));
            }
        }
        return histogram;
    }

    /** Returns by how many percent the 99th percentile has grown; NaN if one of the two has no samples. */
    public static double growth(Histogram before, Histogram meanwhile) {
        boolean both = before.getTotalCount() > 0 && meanwhile.getTotalCount() > 0;
        double old = before.getValueAtPercentile(99);
        return both ? Math.rint(100 * meanwhile.getValueAtPercentile(99) / old - 100) : Double.NaN;
    }

    private static Histogram answers(Collection<ClientHistory> clients, Window window, Level level, String command) {
        Histogram histogram = empty();
        for (ClientHistory client : clients) {
            Map<String, Sent> open = new HashMap<>();
            for (Happening happening : client.all()) {
                if (happening instanceof Sent sent
                        && sent.level() == level
                        && (command == null || command.equals(sent.command()))) {
                    open.putIfAbsent(sent.requestId(), sent);
                } else if (happening instanceof Answered answer) {
                    Sent sent = open.remove(answer.requestId());
                    if (sent != null && window.has(sent.at())) {
                        histogram.recordValue(Math.max(0, answer.at() - sent.at()));
                    }
                }
            }
        }
        return histogram;
    }
}
