package io.interactionprocessor.config;

import io.interactionprocessor.model.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads single values: what a file, a variable or {@code --set} says becomes the type of the record's component. */
final class Scalars {
    private Scalars() {}

    /** A value that is not what it must be; the message says what to write instead. */
    static final class BadValue extends Exception {
        private static final long serialVersionUID = 1L;

        BadValue(String remedy) {
            super(remedy);
        }
    }

    static Object read(Key key, Object raw) throws BadValue {
        Class<?> type = key.type();
        if (type == boolean.class) {
            return bool(raw);
        }
        if (type == int.class || type == long.class) {
            long number = number(key, raw);
            return type == long.class ? (Object) number : (Object) Math.toIntExact(number);
        }
        String text = text(raw);
        if (type == Duration.class) {
            return duration(key, text);
        }
        if (type == Size.class) {
            return size(key, text);
        }
        if (type == HostPort.class) {
            return HostPort.parse(text).orElseThrow(() -> new BadValue("write host:port, such as 10.0.0.1:5701"));
        }
        if (type == Path.class) {
            return path(text);
        }
        if (text.isBlank() && key.byDefault().filter(String::isEmpty).isEmpty()) {
            throw new BadValue("write a text that is not empty");
        }
        return type == Secret.class ? Secret.of(text) : text;
    }

    private static Object bool(Object raw) throws BadValue {
        return switch (raw.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValue("write true or false");
        };
    }

    private static long number(Key key, Object raw) throws BadValue {
        long max = key.type() == int.class ? Math.min(key.max(), Integer.MAX_VALUE) : key.max();
        String remedy = max == Long.MAX_VALUE
                ? "write a whole number"
                : "write a whole number from " + key.min() + " to " + max;
        try {
            long number = Long.parseLong(raw.toString());
            if (number < key.min() || number > max) {
                throw new BadValue(remedy);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new BadValue(remedy);
        }
    }

    /** YAML takes {@code no} and {@code 1.10} for something else than text and would lose how they were written. */
    private static String text(Object raw) throws BadValue {
        if (raw instanceof String text) {
            return text;
        }
        if (raw instanceof Integer || raw instanceof Long) {
            return raw.toString();
        }
        throw new BadValue("write it in quotes: it is a text");
    }

    private static Duration duration(Key key, String text) throws BadValue {
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty()) {
            throw new BadValue("write a whole number and its unit ms, s, m or h, such as "
                    + key.byDefault().orElse("15s"));
        }
        long millis = duration.get().toMillis();
        if (millis < key.min() || millis > key.max()) {
            throw new BadValue("write a duration from " + Durations.show(Duration.ofMillis(key.min())) + " to "
                    + Durations.show(Duration.ofMillis(key.max())));
        }
        return duration.get();
    }

    private static Size size(Key key, String text) throws BadValue {
        Optional<Size> size = Size.parse(text);
        if (size.isEmpty()) {
            throw new BadValue("write a whole number and its unit B, KiB, MiB or GiB, such as "
                    + key.byDefault().orElse("64KiB"));
        }
        long bytes = size.get().bytes();
        if (bytes < key.min() || bytes > key.max()) {
            throw new BadValue("write a size from " + new Size(key.min()) + " to " + new Size(key.max()));
        }
        return size.get();
    }

    private static Path path(String text) throws BadValue {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // falls through to the remedy
        }
        throw new BadValue("write the path of a file");
    }
}
