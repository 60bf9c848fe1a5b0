package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Cause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the lines of a board with Asterisk's channels, now and then: what is missing twice has ended unheard, and what
 * is there twice without being known has come unheard.
 */
final class LookAround {
    private static final Logger LOG = LoggerFactory.getLogger(LookAround.class);

    private final Turns turns;
    private final Consumer<JsonObject> newcomer;
    private Set<String> suspicious = new HashSet<>();
    private Set<String> expected = new HashSet<>();

    /** Creates it; {@code newcomer} takes a channel that has come unheard. */
    LookAround(Turns turns, Consumer<JsonObject> newcomer) {
        this.turns = turns;
        this.newcomer = newcomer;
    }

    /** To be called before Asterisk is asked for its channels: what comes to be meanwhile is not missing. */
    void before() {
        expected = new HashSet<>();
        for (Line line : turns.board.lines.values()) {
            if (line.phase != Line.Phase.WANTED && line.phase != Line.Phase.CREATED) {
                expected.add(line.id);
            }
        }
    }

    /** Takes Asterisk's answer. */
    void after(JsonArray channels, Set<String> arriving) {
        Set<String> found = new HashSet<>();
        for (Object each : channels) {
            JsonObject channel = (JsonObject) each;
            String id = channel.getString("id");
            expected.remove(id);
            boolean stranger = Snapshot.concerns(turns.board, channel)
                    && !turns.board.lines.containsKey(id)
                    && !arriving.contains(id);
            if (stranger && suspicious.contains(id)) {
                LOG.info("channel {} has come unheard", id);
                newcomer.accept(channel);
            } else if (stranger) {
                found.add(id);
            }
        }
        for (String id : expected) {
            Line line = turns.board.lines.get(id);
            if (line != null && suspicious.contains(id)) {
                LOG.info("channel {} has ended unheard", id);
                turns.absent(line, Cause.RESYNC);
            } else if (line != null) {
                found.add(id);
            }
        }
        suspicious = found;
    }
}
