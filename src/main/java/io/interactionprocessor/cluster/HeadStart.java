package io.interactionprocessor.cluster;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads much of what Hazelcast's start will need while the command line and the configuration are still being read: half of
 * a start is the loading of classes, and one thread loads them one after the other. The rest of the start waits for the end,
 * so that no two threads initialise the same classes. It changes nothing but the time; a failure comes up again, where it
 * can be reported.
 */
public final class HeadStart {
    private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

    /** Stand for the settings, which are not known yet. */
    private static final ClusterSettings NONE =
            new ClusterSettings("none", "127.0.0.1", 1, List.of(), 1, Path.of("cluster.xml"));

    private static volatile CompletableFuture<Void> begun = CompletableFuture.completedFuture(null);

    private HeadStart() {}

    /** Begins, on a thread of its own. */
    public static void begin() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        begun = done;
        Thread loader = new Thread(
                () -> {
                    try {
                        load();
                    } catch (IOException | RuntimeException e) {
                        LOG.debug("no head start", e);
                    } finally {
                        done.complete(null);
                    }
                },
                "head-start");
        loader.setDaemon(true);
        loader.start();
    }

    private static void load() throws IOException {
        GridConfig.load(NONE, GridConfig.shipped());
        // reads all lists of operations that the parts of Hazelcast have: a seventh of the start
        InternalSerializationService operations = new DefaultSerializationServiceBuilder().build();
        operations.dispose();
    }

    /** Waits for the end of what has been begun, if anything has. */
    static void await() {
        begun.join();
    }
}
