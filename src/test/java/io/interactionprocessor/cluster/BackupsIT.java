package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether everything is there twice since a node has come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private ThreeNodes cluster;

    @BeforeAll
    void start() {
        cluster = ThreeNodes.start();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void theMembersAreAsked() {
        Backups backups = new Backups(cluster.get(0));
        until("they all have what they should", SOON, backups::whole);
        backups.close();
    }

    @Test
    void itAsksUntilTheyHave() {
        AtomicBoolean safe = new AtomicBoolean();
        AtomicBoolean asked = new AtomicBoolean();
        Backups backups = new Backups(cluster.get(0), Backups.LONGEST_MS, () -> {
            asked.set(true);
            return safe.get();
        });
        until("they have been asked", SOON, asked::get);
        asked.set(false);
        until("they have been asked again", SOON, asked::get);
        assertThat(backups.whole()).isFalse();
        safe.set(true);
        until("they have answered", SOON, backups::whole);
        backups.close();
    }

    @Test
    void afterAWhileItWaitsNoLonger() {
        Backups backups = new Backups(cluster.get(0), 300, () -> false);
        assertThat(backups.whole()).isFalse();
        until("it has given up", SOON, backups::whole);
        backups.close();
    }
}
