package io.interactionprocessor.cti.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose call a queue of Asterisk's own offers, whichever of ARI and AMI speaks first. */
@ExtendWith(VertxExtension.class)
class OfferedByTest {
    private static final List<String> MEMBER = List.of("qmember", "1001");
    private static final List<String> COMPLETE = List.of("qmember", "1001", "support", "1795691360.17");
    private static final Map<String, String> CALLED = Map.of(
            "Event", "AgentCalled",
            "Queue", "support",
            "Uniqueid", "1795691360.17",
            "DestChannel", "Local/1001@ip-queue-member-0000001f;1");

    private static final String ARRIVED = "Local/1001@ip-queue-member-0000001f;2";

    private final OfferedBy offeredBy;

    OfferedByTest(Vertx vertx) {
        offeredBy = new OfferedBy(vertx);
    }

    @Test
    void theQueueSpokeFirst() {
        offeredBy.event(CALLED);
        assertThat(offeredBy.complete(MEMBER, ARRIVED, true).result()).isEqualTo(COMPLETE);
    }

    @Test
    void theQueueSpokeFirstAndAmiIsGone() {
        offeredBy.event(CALLED);
        assertThat(offeredBy.complete(MEMBER, ARRIVED, false).result()).isEqualTo(COMPLETE);
    }

    @Test
    void theChannelWasFirst() {
        Future<List<String>> completed = offeredBy.complete(MEMBER, ARRIVED, true);
        assertThat(completed.isComplete()).isFalse();
        offeredBy.event(CALLED);
        assertThat(completed.result()).isEqualTo(COMPLETE);
    }

    @Test
    void aQueueThatSaysNothingIsNotWaitedForLong() {
        assertThat(offeredBy.complete(MEMBER, ARRIVED, true).toCompletionStage().toCompletableFuture())
                .succeedsWithin(Duration.ofMillis(10 * OfferedBy.TOLD_WITHIN))
                .isEqualTo(MEMBER);
    }

    @Test
    void withoutAmiNobodyIsWaitedFor() {
        assertThat(offeredBy.complete(MEMBER, ARRIVED, false).result()).isEqualTo(MEMBER);
    }

    @Test
    void whatNoQueueOffersIsNotWaitedFor() {
        List<String> inbound = List.of("inbound", "8001");
        assertThat(offeredBy.complete(inbound, ARRIVED, true).result()).isEqualTo(inbound);
    }
}
