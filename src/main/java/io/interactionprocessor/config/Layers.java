package io.interactionprocessor.config;

import java.util.ArrayList;
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
                throw ConfigException.of(
                        "environment",
                        name,
                        Suggestions.shownUnknown(name, variable.getValue()),
                        Suggestions.forVariable(name));
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
        Class<?> group = NodeConfig.class;
        Map<String, Object> settings = root;
        String path = "";
        for (int i = 0; i < steps.size(); i++) {
            Key key = Keys.of(group).get(steps.get(i));
            boolean last = i == steps.size() - 1;
            if (key == null || (last == Keys.isGroup(key.type()))) {
                String whole = String.join(".", steps);
                throw ConfigException.of(
                        source,
                        whole,
                        Suggestions.shownUnknown(whole, value),
                        key == null || !last
                                ? Suggestions.forKey(group, path, steps.get(i))
                                : "it has settings of its own; set these one by one: " + path + key.name()
                                        + (key.shape() == Key.Shape.GROUPS ? "[0]." : ".")
                                        + Keys.of(key.type())
                                                .keySet()
                                                .iterator()
                                                .next());
            }
            path += key.name();
            if (last) {
                settings.put(key.name(), key.shape() == Key.Shape.VALUES ? items(value) : value);
                origins.put(path, source);
            } else if (key.shape() == Key.Shape.GROUP) {
                settings = child(source, path, settings, key.name());
                path += '.';
            } else {
                i++;
                int index = index(source, path, settings, key, steps.get(i), value);
                path += "[" + index + "].";
                settings = item(source, path, settings.get(key.name()), index);
            }
            group = key.type();
        }
    }

    private static List<Object> items(String commaSeparated) {
        List<Object> items = new ArrayList<>();
        for (String item : commaSeparated.split(",", -1)) {
            if (!item.isBlank()) {
                items.add(item.trim());
            }
        }
        return items;
    }

    @SuppressWarnings("unchecked") // the loader made every map of the tree with text keys
    private static Map<String, Object> child(String source, String path, Map<String, Object> settings, String name)
            throws ConfigException {
        Object child = settings.get(name);
        if (child == null) {
            child = new LinkedHashMap<String, Object>();
            settings.put(name, child);
        }
        if (child instanceof Map<?, ?>) {
            return (Map<String, Object>) child;
        }
        throw ConfigException.of(source, path, ConfigException.shown(child), "the file has no group of settings there");
    }

    /** An item is named by its place, from 0 on (one more than there are adds one), or by its {@code id}. */
    private static int index(
            String source, String path, Map<String, Object> settings, Key key, String item, String value)
            throws ConfigException {
        Object present = settings.computeIfAbsent(key.name(), name -> new ArrayList<>());
        if (present instanceof List<?> list) {
            if (item.matches("\\d{1,6}") && Integer.parseInt(item) <= list.size()) {
                return Integer.parseInt(item);
            }
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Map<?, ?> map && item.equals(String.valueOf(map.get("id")))) {
                    return i;
                }
            }
            throw ConfigException.of(
                    source,
                    path + '[' + item + ']',
                    Suggestions.shownUnknown(path, Keys.holdsSecret(key.type()) ? null : value),
                    "there are " + list.size() + " items; name one by its place from 0 on, or by its id");
        }
        throw ConfigException.of(source, path, ConfigException.shown(present), "the file has no list there");
    }

    @SuppressWarnings("unchecked") // index() has seen that it is a list, and only the loader fills it
    private static Map<String, Object> item(String source, String path, Object list, int index) throws ConfigException {
        List<Object> items = (List<Object>) list;
        if (index == items.size()) {
            items.add(new LinkedHashMap<String, Object>());
        }
        if (items.get(index) instanceof Map<?, ?> item) {
            return (Map<String, Object>) item;
        }
        throw ConfigException.of(source, path, "(a single value)", "the file has no group of settings there");
    }
}
