package io.interactionprocessor.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The file's settings with those of the environment and of {@code --set} laid over them, and where each came from. */
final class Layers {
    /** What every environment variable that is a setting begins with. */
    static final String PREFIX = "IP_";

    /** The source of what the command line says. */
    static final String COMMAND_LINE = "--set";

    private final String file;
    private final Map<String, Object> root;
    private final Map<String, String> origins = new LinkedHashMap<>();

    /**
     * Starts with the lowest layer.
     *
     * @param root what the file says, as maps, lists and values that may be changed
     */
    Layers(String file, Map<String, Object> root) {
        this.file = file;
        this.root = root;
    }

    Map<String, Object> root() {
        return root;
    }

    /** Returns whether a setting stands in the file, or nowhere, and not in a layer over it. */
    boolean inFile(String path) {
        return !origins.containsKey(path);
    }

    /** Returns where the setting with this path came from: of the file and the layers over it the highest. */
    String source(String path) {
        return origins.getOrDefault(path, file);
    }

    /** Lays the environment over it. Variables that do not begin with the prefix are not meant for us. */
    void environment(Map<String, String> variables) throws ConfigException {
        for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            Optional<List<String>> steps = Keys.inEnvironment(NodeConfig.class, name.substring(PREFIX.length()));
            if (steps.isEmpty()) {
                String remedy = Suggestions.forVariable(name);
                String shown = Suggestions.shownUnknown(name + remedy, variable.getValue());
                throw ConfigException.of("environment", name, shown, remedy);
            }
            set("environment variable " + name, steps.get(), variable.getValue());
        }
    }

    /** Lays {@code key=value} over it. */
    void commandLine(List<String> settings) throws ConfigException {
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw ConfigException.missing(COMMAND_LINE, setting, "write key=value, such as http.port=8080");
            }
            String key = setting.substring(0, equals).trim();
            List<String> steps = List.of(key.replace("]", "").replace('[', '.').split("\\.", -1));
            set(COMMAND_LINE, steps, setting.substring(equals + 1).trim());
        }
    }

    private void set(String source, List<String> steps, String value) throws ConfigException {
        origins.put(new Assignment(source, steps, value).into(root), source);
    }
}
