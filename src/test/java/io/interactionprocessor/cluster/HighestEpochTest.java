package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.spi.merge.MergingValue;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.StoredSession.Append;
import java.util.List;
import org.junit.jupiter.api.Test;

class HighestEpochTest {
    /** With a higher epoch it is what the smaller side has refused: no backup had confirmed it. */
    @Test
    void whoOwnsASessionTheLargerSideSays() {
        DirectoryEntry low = entry("low", 3);
        DirectoryEntry high = entry("high", 4);

        assertThat(merge(low, high)).isSameAs(high);
        assertThat(merge(high, low)).isSameAs(low);
        assertThat(merge(entry("other", 3), low)).isSameAs(low);
    }

    @Test
    void ofTwoHoldersOfALinkTheLaterStays() {
        LeaseEntry earlier = new LeaseEntry("a", 3, 70);
        LeaseEntry later = new LeaseEntry("b", 4, 1);

        assertThat(merge(later, earlier)).isSameAs(later);
        assertThat(merge(earlier, later)).isSameAs(later);
    }

    @Test
    void whatOnlyOneSideHasStays() {
        DirectoryEntry only = entry("a", 1);

        assertThat(merge(only, null)).isSameAs(only);
    }

    @Test
    void ofOneSessionsCopiesTheOneWithMoreStepsWins() {
        SessionHolder behind = holder(2, 5);
        SessionHolder ahead = holder(2, 6);
        SessionHolder takenOver = holder(3, 1);

        assertThat(merge(behind, ahead)).isSameAs(ahead);
        assertThat(merge(ahead, behind)).isSameAs(ahead);
        assertThat(merge(ahead, takenOver)).isSameAs(takenOver);
    }

    @Test
    void aRemovedSessionIsNewerThanTheSameBeforeIt() {
        SessionHolder removed = holder(2, 5);
        removed.remove(new Epoch(2));

        assertThat(merge(holder(2, 9), removed)).isSameAs(removed);
        assertThat(merge(removed, holder(2, 9))).isSameAs(removed);
    }

    private static DirectoryEntry entry(String session, long epoch) {
        return new DirectoryEntry(new SessionId(session), "n", new Epoch(epoch), null, 0);
    }

    private static SessionHolder holder(long epoch, long step) {
        SessionHolder holder = new SessionHolder();
        holder.append(new Append(new Epoch(epoch), step, null, List.of(), List.of(), 1, 1));
        return holder;
    }

    private static Object merge(Object merging, Object existing) {
        return new HighestEpoch().merge(value(merging), existing == null ? null : value(existing));
    }

    private static MergingValue<Object> value(Object value) {
        return new MergingValue<>() {
            @Override
            public Object getDeserializedValue() {
                return value;
            }

            @Override
            public Object getRawValue() {
                return value;
            }
        };
    }
}
