package io.interactionprocessor.config;

import java.io.Serial;
import java.util.List;
import java.util.Map;

/**
 * Why a node does not start: one line that names where the setting stands (a file, an environment variable or
 * {@code --set}), its key, its value and the remedy. It never holds a secret.
 */
public final class ConfigException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_VALUE = 80;

    private ConfigException(String line) {
        super(line.replaceAll("\\s+", " "));
    }

    /** A setting that cannot be as it is. */
    static ConfigException of(String source, String key, String value, String remedy) {
        return new ConfigException(source + ": " + key + " = " + value + ": " + remedy);
    }

    /** A setting that must be there and is not, or a file that cannot be read. */
    static ConfigException missing(String source, String key, String remedy) {
        return new ConfigException(source + ": " + key + " = (nothing): " + remedy);
    }

    /** Something wrong with the file as a whole. */
    static ConfigException file(String file, String remedy) {
        return new ConfigException(file + ": " + remedy);
    }

    /** Returns a value as it may be shown: in quotes, on one line, not too long, groups and lists not spelt out. */
    static String shown(Object value) {
        if (value == null) {
            return "(nothing)";
        }
        if (value instanceof Map<?, ?>) {
            return "{...}";
        }
        if (value instanceof List<?>) {
            return "[...]";
        }
        String text = value.toString();
        return '"' + (text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text) + '"';
    }
}
