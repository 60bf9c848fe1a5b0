package io.interactionprocessor.cti.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written of an agent, when the paper is slow. */
class KeptAgentsTest {
    private final List<String> begun = new ArrayList<>();
    private final List<Promise<Void>> writes = new ArrayList<>();
    private final KeptAgents kept = new KeptAgents((agent, record) -> {
        begun.add(agent + " " + record);
        Promise<Void> write = Promise.promise();
        writes.add(write);
        return write.future();
    });

    @Test
    void oneWriteOfAnAgentFollowsTheOther() {
        Future<Void> first = kept.keep("ann", "1");
        Future<Void> second = kept.keep("ann", "2");
        kept.keep("bob", "1");
        assertThat(begun).containsExactly("ann 1", "bob 1");
        writes.get(0).complete();
        assertThat(begun).containsExactly("ann 1", "bob 1", "ann 2");
        assertThat(first.succeeded()).isTrue();
        assertThat(second.isComplete()).isFalse();
        writes.get(2).complete();
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void onlyTheNewestIsWritten() {
        kept.keep("ann", "1");
        Future<Void> second = kept.keep("ann", "2");
        Future<Void> third = kept.keep("ann", "3");
        writes.get(0).complete();
        assertThat(begun).containsExactly("ann 1", "ann 3");
        writes.get(1).complete();
        assertThat(second.succeeded()).isTrue();
        assertThat(third.succeeded()).isTrue();
    }

    @Test
    void theSameAgainIsNotWrittenAndIsThereWhenTheFirstIs() {
        kept.keep("ann", "1");
        Future<Void> again = kept.keep("ann", "1");
        assertThat(again.isComplete()).isFalse();
        writes.get(0).complete();
        assertThat(again.succeeded()).isTrue();
        assertThat(kept.keep("ann", "1").succeeded()).isTrue();
        assertThat(begun).containsExactly("ann 1");
    }

    @Test
    void whoClosesWaitsForWhatIsUnderWayAndBeginsNothing() {
        kept.keep("ann", "1");
        Future<Void> second = kept.keep("ann", "2");
        Future<Void> closed = kept.close();
        assertThat(closed.isComplete()).isFalse();
        writes.get(0).complete();
        assertThat(closed.succeeded()).isTrue();
        assertThat(second.failed()).isTrue();
        assertThat(begun).containsExactly("ann 1");
    }

    @Test
    void aWriteThatFailsSaysSoAndEndsNothing() {
        Future<Void> first = kept.keep("ann", "1");
        Future<Void> second = kept.keep("ann", "2");
        writes.get(0).fail("no answer");
        assertThat(first.failed()).isTrue();
        writes.get(1).complete();
        assertThat(second.succeeded()).isTrue();
        Future<Void> third = kept.keep("ann", "3");
        Future<Void> closed = kept.close();
        writes.get(2).fail("no answer");
        assertThat(third.failed()).isTrue();
        assertThat(closed.succeeded()).isTrue();
    }
}
