package io.interactionprocessor.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The configuration's file: its keys and values as maps, lists and plain values that may be changed. */
final class YamlFile {
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    private YamlFile() {}

    /** Reads a file; if there is none of that name, the one that the jar carries under it. */
    static Map<String, Object> read(String file) throws ConfigException {
        String text = text(file);
        if (text.isEmpty()) {
            return new LinkedHashMap<>();
        }
        try {
            LoaderOptions options = new LoaderOptions();
            // the file is the operator's own, and a line for each of 50,000 agents is more than the library expects
            options.setCodePointLimit(Integer.MAX_VALUE);
            Yaml yaml = new Yaml(new SafeConstructor(options));
            RepeatedKeys.refuse(file, yaml.compose(new StringReader(text)));
            if (yaml.load(text) instanceof Map<?, ?> settings) {
                return map(settings);
            }
            throw notYaml(file, "");
        } catch (YAMLException e) {
            throw notYaml(file, String.valueOf(e.getMessage()));
        }
    }

    private static String text(String file) throws ConfigException {
        try (InputStream in = open(file)) {
            if (in != null) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw ConfigException.file(file, "the file cannot be read; give this user the right to");
        }
        throw ConfigException.file(
                file, "there is no such file; name one with --config, or take " + ConfigLoader.DEFAULT_FILE);
    }

    private static InputStream open(String file) throws IOException {
        try {
            Path path = Path.of(file);
            if (Files.isRegularFile(path)) {
                return Files.newInputStream(path);
            }
        } catch (InvalidPathException e) {
            return null;
        }
        return YamlFile.class.getClassLoader().getResourceAsStream(file);
    }

    /** The parser's own words quote the file, and the file may hold secrets: only the place is taken from them. */
    private static ConfigException notYaml(String file, String words) {
        String last = null;
        Matcher place = PLACE.matcher(words);
        while (place.find()) {
            last = place.group();
        }
        return ConfigException.file(
                file,
                last == null
                        ? "not a YAML file of keys and values; conf/node.yaml shows what one looks like"
                        : last + ": not YAML; look for wrong indentation, colons and quotes there");
    }

    private static Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
        return copy;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        return value instanceof Date date ? date.toInstant() : value;
    }
}
