package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.StoredSession;
import io.interactionprocessor.session.StoredSession.Append;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import io.interactionprocessor.testkit.RecordedFormat;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What lies in the grid is written as the format's number says. */
class FormatTest {
    private static final SessionId SESSION = new SessionId("s");
    private static final DirectoryEntry HELD = new DirectoryEntry(SESSION, "n", new Epoch(7), "hash", 8, true);
    private static final Append APPEND = new Append(
            new Epoch(7),
            2,
            null,
            List.of(new StoredAnswer("r", 9, "{\"answer\":1}")),
            List.of(new StoredEvent(3, "{\"event\":1}")),
            10,
            11);

    /** Have nothing of their own to write, or Hazelcast writes them. */
    private static final Set<GridSerialization.Type> WITHOUT_BYTES = Set.of(
            GridSerialization.Type.PULSE,
            GridSerialization.Type.HIGHEST_EPOCH,
            GridSerialization.Type.APPEND_OPERATION);

    private static List<GridObject> objects() {
        SessionHolder session = new SessionHolder();
        session.append(APPEND);
        SessionHolder removed = new SessionHolder();
        removed.remove(new Epoch(7));
        ByteTable table = new ByteTable();
        table.fence(7);
        table.write(Map.of("k", new byte[] {1, 2}), List.of());
        return List.of(
                new ExactValue<>(HELD, 5),
                DirectoryChange.claim(SESSION, "n", 1),
                DirectoryChange.override(new Epoch(6), SESSION, "n", 1),
                DirectoryChange.bind(SESSION, "n", "hash"),
                DirectoryChange.release(SESSION, new Epoch(7)),
                DirectoryChange.adopt(SESSION, "m", "n"),
                DirectoryChange.reassert(HELD),
                session,
                removed,
                new SessionAppends(Map.of("s", APPEND)),
                SessionChange.read(1),
                SessionChange.fence(new Epoch(7), 1),
                SessionChange.remove(new Epoch(7)),
                new LeaseEntry("n", 7, 8),
                LeaseChange.acquire("n", "m", 7),
                LeaseChange.acquireUnchanged("n", new LeaseEntry("m", 7, 8)),
                LeaseChange.renew("n", 7),
                LeaseChange.release("n", 7),
                table,
                new ByteTableWrite(7, Map.of("k", new byte[] {1, 2}), List.of("x", "y")),
                new ByteTableLoad(7),
                node(NodeInfo.Phase.STARTING),
                node(NodeInfo.Phase.IN_SERVICE),
                node(NodeInfo.Phase.STOPPING),
                new AttemptWindow().and(3, 1).and(3, 2),
                new AttemptCount(AttemptCount.LOOK, 3, 4),
                new AttemptCount(AttemptCount.COUNT, 3, 4),
                new AttemptCount(AttemptCount.FORGIVE, 3, 4),
                new Survey("d"),
                new OwnedBy("d", "n", 3),
                // not of the first format: a node that does not know it says so, and is asked in the old way
                new DirectoryShare("d", true));
    }

    private static StoredNodeInfo node(NodeInfo.Phase phase) {
        return new StoredNodeInfo(
                new NodeInfo(
                        "n",
                        "ws://n/ws",
                        "http://n",
                        true,
                        Map.of("voice", new NodeInfo.ServiceInfo("d", phase, 3)),
                        Map.of("link", new NodeInfo.LinkInfo(true, "reason", "version"))),
                4);
    }

    private static List<TwinMessage> twinMessages() {
        return List.of(
                new TwinMessage.HandOver(SESSION, new Epoch(7)),
                new TwinMessage.Overridden(SESSION, new Epoch(7)),
                new TwinMessage.Done(),
                new TwinMessage.End(SESSION),
                new TwinMessage.Ending(true));
    }

    @Test
    void whatLiesInTheGridIsWrittenAsRecorded() {
        SerializationConfig config = new SerializationConfig();
        GridSerialization.register(config);
        InternalSerializationService bytes =
                new DefaultSerializationServiceBuilder().setConfig(config).build();
        try {
            Set<GridSerialization.Type> missing = EnumSet.complementOf(EnumSet.copyOf(WITHOUT_BYTES));
            List<byte[]> written = new ArrayList<>();
            for (GridObject object : objects()) {
                missing.remove(object.type());
                written.add(bytes.toBytes(object));
            }
            assertThat(missing).as("without a sample").isEmpty();
            written.add(bytes.toBytes(new DirectoryEntry.Outcome(true, null, HELD)));
            written.add(bytes.toBytes(new StoredSession(new Epoch(7), 2, null, APPEND.answers(), APPEND.events())));
            RecordedFormat.check("grid", written);
        } finally {
            bytes.dispose();
        }
    }

    @Test
    void messagesBetweenSessionVerticlesAreWrittenAsRecorded() throws IOException {
        List<byte[]> written = new ArrayList<>();
        for (TwinMessage message : twinMessages()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TwinMessage.encode(new DataOutputStream(bytes), message);
            written.add(bytes.toByteArray());
        }
        assertThat(twinMessages()).hasSize(TwinMessage.class.getPermittedSubclasses().length);
        RecordedFormat.check("session-verticles", written);
    }

    @Test
    void theNumberIsTheRecordedOne() {
        assertThat(GridConfig.FORMAT).isEqualTo(RecordedFormat.number());
    }
}
