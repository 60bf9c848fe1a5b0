package io.interactionprocessor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
    private static final String UP = "12:00:01 INFO CtiVerticle link sim is up, lease 1\n";
    private static final String DOWN = "12:00:02 WARNING CtiVerticle link sim is down, lease 1: the switch is silent\n";
    private static final String LOST = "12:00:03 INFO CtiVerticle link sim: the lease is lost\n";

    @TempDir
    private Path directory;

    @Test
    void whoSaidLastThatTheLinkIsUpHoldsIt() {
        assertThat(Server.heldLast(UP)).isTrue();
        assertThat(Server.heldLast(UP + LOST + UP)).isTrue();
        assertThat(Server.heldLast(DOWN + UP)).isTrue();
    }

    @Test
    void whoHasLostItDoesNot() {
        assertThat(Server.heldLast("")).isFalse();
        assertThat(Server.heldLast(UP + LOST)).isFalse();
        assertThat(Server.heldLast(UP + LOST + UP + DOWN)).isFalse();
    }

    @Test
    void itIsReadFromTheLog() throws Exception {
        Path log = Files.writeString(directory.resolve("node1.log"), UP);

        assertThat(new Server("ws://127.0.0.1:1/ws", null, null, log).holdsLink())
                .isTrue();
        assertThat(new Server("ws://127.0.0.1:1/ws", null, null, null).holdsLink())
                .isFalse();
    }
}
