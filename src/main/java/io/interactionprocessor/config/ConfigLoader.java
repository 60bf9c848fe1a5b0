package io.interactionprocessor.config;

import java.util.List;
import java.util.Map;

/**
 * Reads a node's configuration: a YAML file, over it the environment ({@code IP_HTTP_PORT} for {@code http.port}), over
 * that {@code --set key=value}. Lists are separated by commas in the two upper layers; an item of a list of groups is named
 * by its place or its id, {@code processors[0].name}, {@code processors.0.name}, {@code processors.sim.name},
 * {@code IP_PROCESSORS_0_NAME}.
 */
public final class ConfigLoader {
    /** The file that is read when none is named. */
    public static final String DEFAULT_FILE = "conf/node.yaml";

    private ConfigLoader() {}

    /**
     * Reads and checks a configuration. Blocks, so call it before there is any event loop. A YAML parser is all it takes: a
     * Vert.x of its own to read one file with took a twentieth of a start.
     *
     * @param file the YAML file; if there is none of that name, the one that the jar carries under it
     * @param environment the environment's variables
     * @param settings {@code key=value} each, later ones over earlier ones
     * @throws ConfigException if anything in it is unknown, wrong or does not go together
     */
    public static NodeConfig load(String file, Map<String, String> environment, List<String> settings)
            throws ConfigException {
        Layers layers = new Layers(file, YamlFile.read(file));
        layers.environment(environment);
        layers.commandLine(settings);
        NodeConfig config = new Binder(layers).bind();
        Rules.check(config, layers);
        return config;
    }
}
