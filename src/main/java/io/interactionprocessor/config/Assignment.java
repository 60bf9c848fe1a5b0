package io.interactionprocessor.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One setting of the environment or of the command line, on its way down the tree to its place.
 *
 * @param source where it comes from, for people
 * @param steps the names on the way; an item of a list by its place, from 0 on, or by its {@code id}
 * @param value as it was written, lists with commas
 */
record Assignment(String source, List<String> steps, String value) {
    /**
     * Puts the value in its place.
     *
     * @return the path of that place
     */
    String into(Map<String, Object> root) throws ConfigException {
        Class<?> group = NodeConfig.class;
        Map<String, Object> settings = root;
        String path = "";
        for (int i = 0; i < steps.size(); i++) {
            Key key = Keys.of(group).get(steps.get(i));
            boolean last = i == steps.size() - 1;
            if (key == null || last == Keys.isGroup(key.type())) {
                throw refused(Suggestions.whatToSet(group, path, steps.get(i), last));
            }
            path += key.name();
            if (last) {
                settings.put(key.name(), key.shape() == Key.Shape.VALUES ? items() : value);
                return path;
            }
            if (key.shape() == Key.Shape.GROUP) {
                settings = group(settings.computeIfAbsent(key.name(), name -> new LinkedHashMap<>()), path);
            } else {
                i++;
                List<Object> list = list(settings.computeIfAbsent(key.name(), name -> new ArrayList<>()), path);
                int place = place(list, steps.get(i), path);
                path += "[" + place + "]";
                settings = group(list.get(place), path);
            }
            path += '.';
            group = key.type();
        }
        throw refused(Suggestions.whatToSet(group, path, "", true));
    }

    private List<Object> items() {
        List<Object> items = new ArrayList<>();
        for (String item : value.split(",", -1)) {
            if (!item.isBlank()) {
                items.add(item.trim());
            }
        }
        return items;
    }

    /** Finds an item; one place more than there are adds one. */
    private int place(List<Object> list, String item, String path) throws ConfigException {
        if (item.matches("\\d{1,6}") && Integer.parseInt(item) <= list.size()) {
            if (Integer.parseInt(item) == list.size()) {
                list.add(new LinkedHashMap<String, Object>());
            }
            return Integer.parseInt(item);
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map && item.equals(String.valueOf(map.get("id")))) {
                return i;
            }
        }
        throw refused(path + " has no item " + item + ", only " + list.size()
                + "; name one by its place from 0 on, or by its id");
    }

    @SuppressWarnings("unchecked") // the loader made every map of the tree, with text keys
    private Map<String, Object> group(Object present, String path) throws ConfigException {
        if (present instanceof Map<?, ?>) {
            return (Map<String, Object>) present;
        }
        throw refused("the file has a value at " + path + " instead of a group of settings");
    }

    @SuppressWarnings("unchecked") // the loader made every list of the tree
    private List<Object> list(Object present, String path) throws ConfigException {
        if (present instanceof List<?>) {
            return (List<Object>) present;
        }
        throw refused("the file has no list at " + path);
    }

    private ConfigException refused(String remedy) {
        String key = String.join(".", steps);
        return ConfigException.of(source, key, Suggestions.shownUnknown(key + remedy, value), remedy);
    }
}
