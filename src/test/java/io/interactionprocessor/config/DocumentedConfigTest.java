package io.interactionprocessor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conf/node.yaml} is the reference: every key is in it, and what it says is the default is the default. */
class DocumentedConfigTest {
    private static final Path DOCUMENTED = Path.of(ConfigLoader.DEFAULT_FILE);

    /** A key that is commented out has its {@code #} directly before it; prose has one space after it. */
    private static final Pattern COMMENTED_OUT = Pattern.compile("(?m)^( *)#(?=\\S)");

    /** The items of a list that is empty by default are examples, with more space. */
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^( *)#(?=  )");

    @TempDir
    private Path directory;

    @Test
    void itsKeysHaveTheirDefaults() throws Exception {
        Path all = write(COMMENTED_OUT.matcher(Files.readString(DOCUMENTED)).replaceAll("$1"));
        NodeConfig shown = ConfigLoader.load(all.toString(), Map.of(), List.of());
        Path minimal = write("processors: [{id: sim, instance-domain: default, cti: {type: simulated}}]");

        assertThat(shown).isEqualTo(ConfigLoader.load(minimal.toString(), Map.of(), List.of()));
        assertThat(shown).isEqualTo(ConfigLoader.load(DOCUMENTED.toString(), Map.of(), List.of()));
    }

    @Test
    void everyKeyIsInIt() throws Exception {
        String keys = COMMENTED_OUT.matcher(Files.readString(DOCUMENTED)).replaceAll("$1");
        String examples = EXAMPLE.matcher(keys).replaceAll("$1 ").replaceAll("(agents|agent-ranges): \\[]", "$1:");
        Set<String> shown = new TreeSet<>();
        collect(YamlFile.read(write(examples).toString()), "", shown);

        assertThat(shown).isEqualTo(new TreeSet<>(Keys.flat(NodeConfig.class).keySet()));
    }

    private static void collect(Map<?, ?> settings, String prefix, Set<String> paths) {
        settings.forEach((key, value) -> {
            String path = prefix + key;
            if (value instanceof Map<?, ?> group) {
                collect(group, path + '.', paths);
            } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?>) {
                list.forEach(item -> collect((Map<?, ?>) item, path + "[].", paths));
            } else {
                paths.add(path);
            }
        });
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "node", ".yaml"), yaml);
    }
}
