package io.interactionprocessor.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One key of a group of settings, read off a record's component.
 *
 * @param name as it stands in the file
 * @param shape what may stand there
 * @param type the type of the value, or of the list's items
 * @param byDefault the default, if there is one
 * @param min the lowest value allowed
 * @param max the highest value allowed
 */
record Key(String name, Shape shape, Class<?> type, Optional<String> byDefault, long min, long max) {
    /** What may stand under a key. */
    enum Shape {
        /** One value, required or with a default. */
        VALUE,
        /** One value or nothing. */
        OPTIONAL,
        /** A list of values. */
        VALUES,
        /** A group of settings. */
        GROUP,
        /** A list of groups. */
        GROUPS
    }

    static Key of(RecordComponent component) {
        Default byDefault = component.getAnnotation(Default.class);
        Bounds bounds = component.getAnnotation(Bounds.class);
        Class<?> type = component.getType();
        Shape shape = Keys.isGroup(type) ? Shape.GROUP : Shape.VALUE;
        if (type == List.class) {
            type = item(component.getGenericType());
            shape = Keys.isGroup(type) ? Shape.GROUPS : Shape.VALUES;
        } else if (type == Optional.class) {
            type = item(component.getGenericType());
            shape = Shape.OPTIONAL;
        }
        return new Key(
                dashed(component.getName()),
                shape,
                type,
                Optional.ofNullable(byDefault).map(Default::value),
                bounds == null ? 0 : bounds.min(),
                bounds == null ? Long.MAX_VALUE : bounds.max());
    }

    /** Returns the name as it stands in an environment variable. */
    String inEnvironment() {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Class<?> item(Type listOrOptional) {
        return (Class<?>) ((ParameterizedType) listOrOptional).getActualTypeArguments()[0];
    }

    private static String dashed(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
