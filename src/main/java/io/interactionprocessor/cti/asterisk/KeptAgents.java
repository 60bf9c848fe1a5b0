package io.interactionprocessor.cti.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The agents' records as Asterisk keeps them. Of one agent's records one is written after the other, and always the
 * newest: two at once, on two connections, may overtake each other, and the older one would stay. Used on one context.
 */
final class KeptAgents {

    /** Writes a record down. */
    interface Pen {
        /** Completes when Asterisk has the record; fails if it did not answer. */
        Future<Void> write(String agent, String record);
    }

    private static final class Page {
        String newest;
        Future<Void> writing = Future.succeededFuture();

        /** Completes with the write that follows the one under way; null if none is to follow. */
        Promise<Void> next;
    }

    private final Pen pen;
    private final Map<String, Page> pages = new HashMap<>();
    private boolean closed;

    KeptAgents(Pen pen) {
        this.pen = pen;
    }

    /**
     * Writes an agent's record down, unless it says the same as the last one.
     *
     * @return completes when Asterisk has this record or a newer one; fails if it did not answer
     */
    Future<Void> keep(String agent, String record) {
        Page page = pages.computeIfAbsent(agent, id -> new Page());
        if (!Objects.equals(record, page.newest)) {
            page.newest = record;
            if (page.writing.isComplete()) {
                write(agent, page);
            } else if (page.next == null) {
                page.next = Promise.promise();
            }
        }
        return page.next == null ? page.writing : page.next.future();
    }

    private void write(String agent, Page page) {
        page.writing = pen.write(agent, page.newest);
        page.writing.onComplete(written -> {
            Promise<Void> next = page.next;
            page.next = null;
            if (next != null && closed) {
                next.fail("the link is down");
            } else if (next != null) {
                write(agent, page);
                page.writing.onComplete(next);
            }
        });
    }

    /**
     * Begins no further write.
     *
     * @return completes when none is under way; never fails
     */
    Future<Void> close() {
        closed = true;
        List<Future<Void>> underWay =
                pages.values().stream().map(page -> page.writing).toList();
        return Future.join(underWay).<Void>mapEmpty().otherwiseEmpty();
    }
}
