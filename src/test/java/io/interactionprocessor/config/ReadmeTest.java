package io.interactionprocessor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table of the configuration: every key, its default and its environment variable. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");

    /** {@code | `key` | meaning, unit | default | `IP_...` |} */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| (.+) \\| (.+) \\| `IP_([A-Z0-9_]+)` \\|$");

    private static final Pattern ITEM = Pattern.compile("\\d+");

    @Test
    void itsTableHasEveryKeyInTheOrderOfTheFile() throws IOException {
        assertThat(rows().stream().map(Row::key))
                .containsExactlyElementsOf(Keys.flat(NodeConfig.class).keySet());
    }

    @Test
    void itsDefaultsAreTheDefaults() throws IOException {
        Map<String, Key> keys = Keys.flat(NodeConfig.class);
        assertThat(rows()).allSatisfy(row -> {
            Key key = keys.get(row.key());
            String expected = key.byDefault()
                    .filter(value -> !value.isEmpty())
                    .map(value -> '`' + value + '`')
                    .orElse(key.shape() == Key.Shape.VALUE && key.byDefault().isEmpty() ? "required" : null);
            if (expected == null) {
                assertThat(row.byDefault()).as("%s has no default", row.key()).doesNotContain("`");
            } else {
                assertThat(row.byDefault()).as(row.key()).isEqualTo(expected);
            }
        });
    }

    @Test
    void itsEnvironmentVariablesMeanTheirKeys() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            Optional<List<String>> steps = Keys.inEnvironment(NodeConfig.class, row.variable());
            assertThat(steps.map(ReadmeTest::path)).as(row.variable()).contains(row.key());
        });
    }

    private static String path(List<String> steps) {
        StringBuilder path = new StringBuilder();
        for (String step : steps) {
            if (ITEM.matcher(step).matches()) {
                path.append("[]");
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step);
            }
        }
        return path.toString().toLowerCase(Locale.ROOT);
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        Matcher matcher = ROW.matcher(Files.readString(README));
        while (matcher.find()) {
            rows.add(new Row(matcher.group(1), matcher.group(3), matcher.group(4)));
        }
        return rows;
    }

    private record Row(String key, String byDefault, String variable) {}
}
