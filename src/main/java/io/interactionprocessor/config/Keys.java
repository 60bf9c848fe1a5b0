package io.interactionprocessor.config;

import io.interactionprocessor.model.Secret;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which keys there are, read off the records: the records are the only place where a key is declared. */
final class Keys {
    /** What chooses between the kinds of a group that comes in several, such as {@code cti}. */
    static final Key TYPE = new Key("type", Key.Shape.VALUE, String.class, Optional.empty(), 0, Long.MAX_VALUE);

    private static final ClassValue<Map<String, Key>> OF_GROUP = new ClassValue<>() {
        @Override
        protected Map<String, Key> computeValue(Class<?> group) {
            Map<String, Key> keys = new LinkedHashMap<>();
            if (group.isSealed()) {
                keys.put(TYPE.name(), TYPE);
                kinds(group).values().forEach(kind -> keys.putAll(of(kind)));
                return keys;
            }
            for (RecordComponent component : group.getRecordComponents()) {
                Key key = Key.of(component);
                keys.put(key.name(), key);
            }
            return keys;
        }
    };

    private Keys() {}

    /** Returns the keys of a group by name, in the order of the record. A group of several kinds has the keys of all. */
    static Map<String, Key> of(Class<?> group) {
        return OF_GROUP.get(group);
    }

    /** Returns the kinds of a group by the word that chooses them. */
    static Map<String, Class<?>> kinds(Class<?> group) {
        Map<String, Class<?>> kinds = new LinkedHashMap<>();
        for (Class<?> kind : group.getPermittedSubclasses()) {
            kinds.put(kind.getAnnotation(TypeName.class).value(), kind);
        }
        return kinds;
    }

    /** Returns whether settings of this type have keys of their own. */
    static boolean isGroup(Class<?> type) {
        return type.isSealed() || (type.isRecord() && type != Size.class && type != HostPort.class);
    }

    /** Returns whether somewhere in such a value there may be a secret. */
    static boolean holdsSecret(Class<?> type) {
        return type == Secret.class
                || (isGroup(type) && of(type).values().stream().anyMatch(key -> holdsSecret(key.type())));
    }

    /** Returns every key with its path, {@code []} standing for an item of a list. */
    static Map<String, Key> flat(Class<?> group) {
        Map<String, Key> flat = new LinkedHashMap<>();
        collect(group, "", flat);
        return flat;
    }

    private static void collect(Class<?> group, String prefix, Map<String, Key> flat) {
        for (Key key : of(group).values()) {
            String path = prefix + key.name();
            switch (key.shape()) {
                case GROUP -> collect(key.type(), path + '.', flat);
                case GROUPS -> collect(key.type(), path + "[].", flat);
                default -> flat.put(path, key);
            }
        }
    }

    /**
     * Finds the key that an environment variable means.
     *
     * @param name the variable without its prefix, for example {@code HTTP_ALLOWED_ORIGINS}
     * @return the steps down to the key, or nothing if it means none
     */
    static Optional<List<String>> inEnvironment(Class<?> group, String name) {
        for (Key key : of(group).values()) {
            String own = key.inEnvironment();
            if (name.equals(own)) {
                return Optional.of(List.of(key.name()));
            }
            if (name.startsWith(own + '_') && isGroup(key.type())) {
                Optional<List<String>> below = below(key, name.substring(own.length() + 1));
                if (below.isPresent()) {
                    List<String> steps = new ArrayList<>(List.of(key.name()));
                    steps.addAll(below.get());
                    return Optional.of(steps);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<List<String>> below(Key key, String rest) {
        if (key.shape() == Key.Shape.GROUP) {
            return inEnvironment(key.type(), rest);
        }
        int end = rest.indexOf('_');
        if (end < 1 || !rest.substring(0, end).chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        return inEnvironment(key.type(), rest.substring(end + 1)).map(steps -> {
            List<String> all = new ArrayList<>(List.of(rest.substring(0, end)));
            all.addAll(steps);
            return all;
        });
    }
}
