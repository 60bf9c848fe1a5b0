package io.interactionprocessor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static final Figure.Goal GOAL = Figure.Goal.atMost(5);

    private final Bench bench = new Bench(
            new BenchOptions(
                    List.of(),
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    2,
                    List.of(),
                    List.of("java", "-cp", "none"),
                    false,
                    Path.of("target")),
            Map.of(),
            new PrintWriter(new StringWriter()));

    @Test
    void theReportSaysWhyThereIsNoVerdictAndWhatAStarIs() throws Exception {
        bench.add(Figure.of("E8", "time", "ms", 1, GOAL).doubted("half of it was refused"));

        Report report = bench.run();

        assertThat(report.markdown()).contains("1 ms *").contains("not measured");
        assertThat(report.notes()).hasSize(2).contains("E8, time: no verdict: half of it was refused");
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).startsWith("a star (*)"));
    }

    @Test
    void whereNothingIsToBeSaidNothingIs() throws Exception {
        bench.add(Figure.of("E1", "CPU", "us", List.of(1.0, 2.0), GOAL));

        assertThat(bench.run().notes()).isEmpty();
    }
}
