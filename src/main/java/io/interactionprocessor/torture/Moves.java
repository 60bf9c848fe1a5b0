package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.ClientHistory;
import io.interactionprocessor.torture.history.Happening.Bound;
import org.HdrHistogram.Histogram;

/** How long the clients of a node that cannot serve them are without a session, from the fault itself on. */
final class Moves {
    private Moves() {}

    /** Records, for each client that was at the node when the fault began, when it was bound at another one. */
    static void record(Run run, int victim, Run.Mark fault, Histogram histogram) {
        String url = run.nodes().url(victim);
        for (ClientHistory client : run.load().histories()) {
            Bound before = null;
            for (Bound bound : client.all(Bound.class)) {
                if (bound.at() < fault.from()) {
                    before = bound;
                } else if (before != null && before.url().equals(url)) {
                    histogram.recordValue(bound.at() - fault.from());
                    break;
                }
            }
        }
    }
}
