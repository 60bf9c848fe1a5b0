package io.interactionprocessor.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.torture.report.Figure;
import io.interactionprocessor.torture.report.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody is there: what is left out is not even tried. */
class ForeignClusterTest {
    private final Logger vertx = Logger.getLogger("io.vertx");
    private final Level before = vertx.getLevel();

    @TempDir
    private Path output;

    @AfterEach
    void theOtherTestsLogAsBefore() {
        vertx.setLevel(before);
    }

    @Test
    void whatCannotBeDoneToItIsLeftOutWithTheReason() throws Exception {
        Table table = torture("R0", "R2", "R3", "R5");

        assertThat(table.figures()).extracting(Figure::scenario).containsExactlyInAnyOrder("R0", "R2", "R3", "R5");
        assertThat(table.figures())
                .allSatisfy(figure -> assertThat(figure.value()).startsWith("left out: "));
        assertThat(table.figures())
                .filteredOn(figure -> figure.scenario().equals("R5"))
                .singleElement()
                .satisfies(figure -> assertThat(figure.value()).contains("management port"));
        assertThat(table.hasRun()).isFalse();
    }

    private Table torture(String... scenarios) throws InterruptedException {
        TortureOptions what = new TortureOptions(
                List.of(scenarios),
                1,
                1,
                1,
                1,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                true,
                true,
                1,
                1,
                List.of("ws://127.0.0.1:1/ws"),
                List.of(),
                false,
                List.of(),
                List.of(),
                output);
        return new Torture(what, Map.of(), new PrintWriter(new StringWriter())).run();
    }
}
