package io.interactionprocessor.torture;

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
import org.junit.jupiter.api.io.TempDir;

/** Runs the harness on nodes that are broken on purpose. */
abstract class Weakened {
    final StringWriter told = new StringWriter();

    @TempDir
    private Path output;

    static List<String> wrong(Table table) {
        return table.figures().stream()
                .filter(Figure::isWrong)
                .map(Figure::name)
                .toList();
    }

    Table torture(String weakness, String scenario, int seconds) throws InterruptedException {
        List<String> options = new ArrayList<>(JavaCommand.SMALL);
        options.add("-Dweakness=" + weakness);
        TortureOptions what = new TortureOptions(
                List.of(scenario),
                3,
                30,
                40,
                60,
                Duration.ofSeconds(2),
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                true,
                true,
                0.01,
                1,
                List.of(),
                List.of(),
                scenario.equals("R3"),
                JavaCommand.of(WeakNode.class, options),
                List.of(),
                output);
        try (PrintWriter out = new PrintWriter(told)) {
            return new Torture(what, Map.of(), out).run();
        }
    }
}
