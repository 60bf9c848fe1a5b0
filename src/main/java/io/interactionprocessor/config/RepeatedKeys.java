package io.interactionprocessor.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A key that stands twice in a file would count once, the last time: one of the two is a mistake. */
final class RepeatedKeys {
    private RepeatedKeys() {}

    static void refuse(String file) throws ConfigException {
        try (Reader text = open(file)) {
            look(file, new Yaml(new SafeConstructor(new LoaderOptions())).compose(text));
        } catch (IOException | YAMLException e) {
            // whoever reads the file for its values says what is wrong with it
        }
    }

    private static Reader open(String file) throws IOException {
        Path path = Path.of(file);
        InputStream in = Files.isRegularFile(path)
                ? Files.newInputStream(path)
                : RepeatedKeys.class.getClassLoader().getResourceAsStream(file);
        if (in == null) {
            throw new IOException("no such file");
        }
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    private static void look(String file, Node node) throws ConfigException {
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                look(file, item);
            }
        } else if (node instanceof MappingNode mapping) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple each : mapping.getValue()) {
                if (each.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
                    String place = "line " + (key.getStartMark().getLine() + 1) + ", column "
                            + (key.getStartMark().getColumn() + 1);
                    throw ConfigException.file(
                            file, place + ": the key " + key.getValue() + " stands twice; leave one out");
                }
                look(file, each.getValueNode());
            }
        }
    }
}
