package io.interactionprocessor;

import io.interactionprocessor.cluster.NodeInfo;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.LinkEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the holders of links have told this node of them. A holder that was frozen or cut off may tell of its link when
 * another has it already, and what it said may be on its way for long: only the newest lease's word counts. Thread-safe.
 */
final class LinkNews {
    private final Map<String, Word> last = new ConcurrentHashMap<>();

    private record Word(Epoch lease, NodeInfo.LinkInfo info) {}

    /** A link has told how it is; {@code version} is its switch's, as far as it is known. */
    void heard(LinkEvent event, String version) {
        if (event instanceof LinkEvent.LinkUp up) {
            put(up.processor(), new Word(up.lease(), new NodeInfo.LinkInfo(true, "", version)));
        } else if (event instanceof LinkEvent.LinkDown down) {
            put(down.processor(), new Word(down.lease(), new NodeInfo.LinkInfo(false, down.reason(), version)));
        }
    }

    private void put(String link, Word word) {
        last.merge(link, word, (before, now) -> now.lease().isOlderThan(before.lease()) ? before : now);
    }

    /** Returns what the holder of this lease, or of a newer one, has told; nothing if it has not told anything yet. */
    Optional<NodeInfo.LinkInfo> of(String link, Epoch lease) {
        return Optional.ofNullable(last.get(link))
                .filter(word -> !word.lease().isOlderThan(lease))
                .map(Word::info);
    }
}
