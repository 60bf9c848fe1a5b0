package io.interactionprocessor.nodes;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/** How to run this very program once more in a JVM of its own, whether it came from a jar, from classes or from Maven. */
public final class JavaCommand {
    /** Many JVMs start at once on few processors: what makes the start cheap counts more than the long run. */
    public static final List<String> SMALL = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-Xmx256m",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");

    private JavaCommand() {}

    /**
     * Returns the command up to the main class; the program's own arguments follow.
     *
     * @param options for the JVM
     */
    public static List<String> of(Class<?> main, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath(main));
        command.add(main.getName());
        return command;
    }

    /**
     * Run by Maven, the program has a class loader of its own that knows its class path, and {@code java.class.path} is
     * Maven's.
     */
    private static String classPath(Class<?> main) {
        if (main.getClassLoader() instanceof URLClassLoader loader) {
            List<String> entries = new ArrayList<>();
            for (URL url : loader.getURLs()) {
                entries.add(path(url));
            }
            return String.join(File.pathSeparator, entries);
        }
        CodeSource source = main.getProtectionDomain().getCodeSource();
        String own = source == null ? "" : path(source.getLocation());
        String all = System.getProperty("java.class.path");
        return own.endsWith(".jar") && !all.contains(File.pathSeparator) ? own : all;
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not a file: " + url, e);
        }
    }
}
