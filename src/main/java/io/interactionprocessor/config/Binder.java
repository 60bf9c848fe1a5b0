package io.interactionprocessor.config;

import io.interactionprocessor.model.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the records out of the layers. Every key must be known and every value must be what its component says. */
final class Binder {
    private final Layers layers;

    Binder(Layers layers) {
        this.layers = layers;
    }

    NodeConfig bind() throws ConfigException {
        return (NodeConfig) group(NodeConfig.class, layers.root(), "");
    }

    private Object group(Class<?> declared, Object raw, String path) throws ConfigException {
        Map<?, ?> settings = settings(declared, raw, path);
        String prefix = path.isEmpty() ? "" : path + '.';
        Class<?> group = declared.isSealed() ? kind(declared, settings, prefix) : declared;
        Map<String, Key> keys = Keys.of(group);
        for (Map.Entry<?, ?> setting : settings.entrySet()) {
            String name = setting.getKey().toString();
            if (!keys.containsKey(name) && !(declared.isSealed() && name.equals(Keys.TYPE.name()))) {
                String remedy = Suggestions.forKey(group, prefix, name);
                String shown = Suggestions.shownUnknown(name + remedy, setting.getValue());
                throw ConfigException.of(layers.source(prefix + name), prefix + name, shown, remedy);
            }
        }
        List<Object> values = new ArrayList<>();
        for (Key key : keys.values()) {
            values.add(value(key, settings.get(key.name()), prefix + key.name()));
        }
        return create(group, values);
    }

    private Map<?, ?> settings(Class<?> group, Object raw, String path) throws ConfigException {
        if (raw == null) {
            return Map.of();
        }
        if (raw instanceof Map<?, ?> map) {
            return map;
        }
        String keys = String.join(", ", Keys.of(group).keySet());
        String shown = Keys.holdsSecret(group) ? "***" : ConfigException.shown(raw);
        throw ConfigException.of(layers.source(path), path, shown, "write a group of settings there: " + keys);
    }

    private Class<?> kind(Class<?> group, Map<?, ?> settings, String prefix) throws ConfigException {
        Map<String, Class<?>> kinds = Keys.kinds(group);
        String path = prefix + Keys.TYPE.name();
        Object type = settings.get(Keys.TYPE.name());
        String remedy = "write one of: " + String.join(", ", kinds.keySet());
        if (type == null) {
            throw ConfigException.missing(layers.source(path), path, remedy);
        }
        Class<?> kind = kinds.get(type.toString());
        if (kind == null) {
            throw ConfigException.of(layers.source(path), path, ConfigException.shown(type), remedy);
        }
        return kind;
    }

    private Object value(Key key, Object raw, String path) throws ConfigException {
        return switch (key.shape()) {
            case GROUP -> group(key.type(), raw, path);
            case GROUPS -> {
                List<Object> items = new ArrayList<>();
                for (Object item : list(key, raw, path)) {
                    items.add(group(key.type(), item, path + '[' + items.size() + ']'));
                }
                yield items;
            }
            case VALUES -> values(key, raw, path);
            case OPTIONAL -> raw == null || raw.equals("") ? Optional.empty() : Optional.of(scalar(key, raw, path));
            case VALUE -> {
                Object present = raw == null ? key.byDefault().orElse(null) : raw;
                if (present == null) {
                    throw ConfigException.missing(layers.source(path), path, "it must be given");
                }
                yield scalar(key, present, path);
            }
        };
    }

    private List<Object> values(Key key, Object raw, String path) throws ConfigException {
        List<?> items = raw == null
                ? Arrays.stream(key.byDefault().orElse("").split(","))
                        .filter(item -> !item.isEmpty())
                        .toList()
                : list(key, raw, path);
        List<Object> values = new ArrayList<>();
        for (Object item : items) {
            values.add(scalar(key, item, path));
        }
        return values;
    }

    private List<?> list(Key key, Object raw, String path) throws ConfigException {
        if (raw == null) {
            return List.of();
        }
        if (raw instanceof List<?> list) {
            return list;
        }
        String shown = Keys.holdsSecret(key.type()) ? "***" : ConfigException.shown(raw);
        throw ConfigException.of(layers.source(path), path, shown, "write a list there, each item after a dash");
    }

    private Object scalar(Key key, Object raw, String path) throws ConfigException {
        try {
            if (raw instanceof Map<?, ?> || raw instanceof List<?> || raw == null) {
                throw new Scalars.BadValue("write one value there");
            }
            return Scalars.read(key, raw);
        } catch (Scalars.BadValue e) {
            String shown = key.type() == Secret.class ? "***" : ConfigException.shown(raw);
            throw ConfigException.of(layers.source(path), path, shown, e.getMessage());
        }
    }

    private static Object create(Class<?> group, List<Object> values) {
        Class<?>[] types = Arrays.stream(group.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = group.getDeclaredConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + group.getSimpleName(), e);
        }
    }
}
