package io.interactionprocessor.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a node's configuration: a YAML file, over it the environment ({@code IP_HTTP_PORT} for {@code http.port}), over
 * that {@code --set key=value}. Lists are separated by commas in the two upper layers; an item of a list of groups is named
 * by its place or its id, {@code processors[0].name}, {@code processors.0.name}, {@code processors.sim.name},
 * {@code IP_PROCESSORS_0_NAME}.
 */
public final class ConfigLoader {
    /** The file that is read when none is named. */
    public static final String DEFAULT_FILE = "conf/node.yaml";

    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    private ConfigLoader() {}

    /**
     * Reads and checks a configuration. Blocks, so call it before there is any event loop.
     *
     * @param file the YAML file; if there is none of that name, the one that the jar carries under it
     * @param environment the environment's variables
     * @param settings {@code key=value} each, later ones over earlier ones
     * @throws ConfigException if anything in it is unknown, wrong or does not go together
     */
    public static NodeConfig load(String file, Map<String, String> environment, List<String> settings)
            throws ConfigException {
        Layers layers = new Layers(file, read(file));
        layers.environment(environment);
        layers.commandLine(settings);
        NodeConfig config = new Binder(layers).bind();
        Rules.check(config, layers);
        return config;
    }

    /** The node's own Vert.x needs this configuration before it can be made, so a small one lives for this file only. */
    static Map<String, Object> read(String file) throws ConfigException {
        mustExist(file);
        RepeatedKeys.refuse(file);
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        try {
            ConfigStoreOptions store = new ConfigStoreOptions()
                    .setType("file")
                    .setFormat("yaml")
                    .setConfig(new JsonObject().put("path", file));
            JsonObject read = ConfigRetriever.create(
                            vertx,
                            new ConfigRetrieverOptions()
                                    .setIncludeDefaultStores(false)
                                    .setScanPeriod(-1)
                                    .addStore(store))
                    .getConfig()
                    .await();
            return read == null ? new LinkedHashMap<>() : map(read.getMap());
        } catch (RuntimeException e) {
            throw ConfigException.file(file, notYaml(e));
        } finally {
            vertx.close().await();
        }
    }

    private static void mustExist(String file) throws ConfigException {
        try {
            Path path = Path.of(file);
            if (Files.isRegularFile(path) && !Files.isReadable(path)) {
                throw ConfigException.file(file, "the file cannot be read; give this user the right to");
            }
            if (Files.isRegularFile(path) || ConfigLoader.class.getClassLoader().getResource(file) != null) {
                return;
            }
        } catch (InvalidPathException e) {
            // falls through: there is no such file
        }
        throw ConfigException.file(file, "there is no such file; name one with --config, or take " + DEFAULT_FILE);
    }

    /** The parser's own words quote the file, and the file may hold secrets: only the place is taken from them. */
    private static String notYaml(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Matcher place = PLACE.matcher(String.valueOf(cause.getMessage()));
            String last = null;
            while (place.find()) {
                last = place.group();
            }
            if (last != null) {
                return last + ": not YAML; look for wrong indentation, colons and quotes there";
            }
        }
        return "not a YAML file of keys and values; conf/node.yaml shows what one looks like";
    }

    private static Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
        return copy;
    }

    private static Object plain(Object value) {
        if (value instanceof JsonObject json) {
            return map(json.getMap());
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof JsonArray json) {
            return plain(json.getList());
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        return value;
    }
}
