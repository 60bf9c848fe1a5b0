package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Bound;
import io.interactionprocessor.torture.history.Happening.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Events carry 1, 2, 3 ... without gap, repeat or disorder, for a session's whole life (protocol 6.2). After a resume that was
 * refused the first event is a snapshot and may have any later number (6.3).
 */
public final class EventOrder {
    private EventOrder() {}

    /** Checks every event in the window. */
    public static Verdict check(Collection<ClientHistory> clients, Window window) {
        long checked = 0;
        List<Violation> wrong = new ArrayList<>();
        for (ClientHistory client : clients) {
            checked += check(client, window, wrong);
        }
        return new Verdict(checked, "events", wrong);
    }

    private static long check(ClientHistory client, Window window, List<Violation> wrong) {
        long last = -1;
        boolean snapshotDue = false;
        long checked = 0;
        for (Happening happening : client.all()) {
            if (happening instanceof Bound bound) {
                snapshotDue = last > 0 && !bound.resumed();
                last = last < 0 ? 0 : last;
            } else if (happening instanceof Event event) {
                String complaint = last < 0 ? null : complaint(event, last, snapshotDue);
                if (window.has(event.at())) {
                    checked++;
                    if (complaint != null) {
                        wrong.add(new Violation(event.at(), client.name(), complaint));
                    }
                }
                snapshotDue = false;
                last = Math.max(last, event.sequence());
            }
        }
        return checked;
    }

    private static String complaint(Event event, long last, boolean snapshotDue) {
        String which = event.name() + " with sequence " + event.sequence();
        if (event.sequence() <= last) {
            return "repeat: " + which + " after " + last;
        }
        if (snapshotDue) {
            return event.name().equals("session.snapshot") ? null : "no snapshot: " + which + " came first";
        }
        return event.sequence() == last + 1
                ? null
                : "gap: " + (event.sequence() - last - 1) + " missing before " + which;
    }
}
