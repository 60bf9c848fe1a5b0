package io.interactionprocessor.torture.ground;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process takes.
 *
 * @param cpuSeconds since its start; -1 if it cannot be told
 * @param descriptors that it has open; -1 if it cannot be told
 * @param threads that it has; -1 if it cannot be told
 */
public record Footprint(double cpuSeconds, int descriptors, int threads) {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final int THREADS = 17;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    /** Reads it. */
    public static Footprint of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double cpu =
                    (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_PER_SECOND;
            int descriptors = 0;
            try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
                for (Path ignored : open) {
                    descriptors++;
                }
            }
            return new Footprint(cpu, descriptors, Integer.parseInt(fields[THREADS]));
        } catch (IOException | RuntimeException e) {
            return new Footprint(-1, -1, -1);
        }
    }

    /** Collects a JVM's garbage and returns how many MB of heap are left, or -1 where the JDK's tools are missing. */
    static double heapAfterCollection(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Shell.run(jcmd, Long.toString(pid), "GC.run");
            Matcher used = USED.matcher(Shell.run(jcmd, Long.toString(pid), "GC.heap_info")
                    .lines()
                    .filter(line ->
                            !line.toLowerCase(Locale.ROOT).contains("metaspace") && !line.contains("class space"))
                    .reduce("", (all, line) -> all + line + '\n'));
            double kilobytes = 0;
            while (used.find()) {
                kilobytes += Long.parseLong(used.group(1));
            }
            return kilobytes / 1024;
        } catch (Shell.Failed e) {
            return -1;
        }
    }
}
