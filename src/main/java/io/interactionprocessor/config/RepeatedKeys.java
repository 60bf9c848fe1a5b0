package io.interactionprocessor.config;

import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A key that stands twice in a file would count once, the last time: one of the two is a mistake. */
final class RepeatedKeys {
    private RepeatedKeys() {}

    /**
     * Looks for one.
     *
     * @param node what the file says; null if nothing
     */
    static void refuse(String file, Node node) throws ConfigException {
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                refuse(file, item);
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
                refuse(file, each.getValueNode());
            }
        }
    }
}
