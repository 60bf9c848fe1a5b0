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
    @Test
    void inTheDirectoryTheHigherEpochWinsOnEitherSide() {
        DirectoryEntry old = entry("old", 3);
        DirectoryEntry fresh = entry("new", 4);

        assertThat(merge(old, fresh)).isSameAs(fresh);
        assertThat(merge(fresh, old)).isSameAs(fresh);
    }

    @Test
    void withEqualEpochsTheLargerSidesEntryStays() {
        DirectoryEntry theirs = entry("a", 3);
        DirectoryEntry ours = entry("b", 3);

        assertThat(merge(theirs, ours)).isSameAs(ours);
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
