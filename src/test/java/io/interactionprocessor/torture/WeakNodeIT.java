package io.interactionprocessor.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.WeakNode;
import io.interactionprocessor.nodes.JavaCommand;
import io.interactionprocessor.torture.report.Figure;
import io.interactionprocessor.torture.report.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The harness notices what a build lacks that is broken on purpose. That it finds nothing in a whole one, CI sees. A build
 * without the link's lease, or without epochs, does no harm that can be seen from outside as long as the node's own lease holds;
 * what it would look like, {@code ExecutionTest} says.
 */
class WeakNodeIT {
    @TempDir
    private Path output;

    private final StringWriter told = new StringWriter();

    @Test
    void withoutReplicationAKilledNodeTakesEventsWithIt() throws Exception {
        assertThat(wrong(torture("replication", "R2", 25)))
                .as("%s", told)
                .containsAnyOf("sessions lost", "event gaps, repeats, disorder", "commands unanswered");
    }

    @Test
    void withALockInsteadOfTheClaimTwoDesktopsAreGrantedTheSession() throws Exception {
        assertThat(wrong(torture("claim", "R12", 5)))
                .as("%s", told)
                .containsAnyOf("wrong confirm", "two effective sessions of one agent");
    }

    private static List<String> wrong(Table table) {
        return table.figures().stream()
                .filter(Figure::isWrong)
                .map(Figure::name)
                .toList();
    }

    private Table torture(String weakness, String scenario, int seconds) throws InterruptedException {
        List<String> options = new ArrayList<>(JavaCommand.SMALL);
        options.add("-Dweakness=" + weakness);
        TortureOptions what = new TortureOptions(
                List.of(scenario),
                3,
                30,
                40,
                60,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                true,
                true,
                0.01,
                1,
                List.of(),
                List.of(),
                false,
                JavaCommand.of(WeakNode.class, options),
                List.of(),
                output);
        try (PrintWriter out = new PrintWriter(told)) {
            return new Torture(what, Map.of(), out).run();
        }
    }
}
