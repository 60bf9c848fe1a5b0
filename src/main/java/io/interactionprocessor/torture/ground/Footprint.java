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
 * @param cpuSeconds since its start; NaN if it cannot be told
 * @param descriptors that it has open; NaN if it cannot be told
 * @param threads that it has; NaN if it cannot be told
 */
public record Footprint(double cpuSeconds, double descriptors, double threads) {
    private static final Footprint UNKNOWN = new Footprint(Double.NaN, Double.NaN, Double.NaN);
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
            return UNKNOWN;
        }
    }

    /** Collects a JVM's garbage and returns how many MB of heap are left, or NaN where the JDK's tools are missing. */
    static double heapAfterCollection(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Shell.run(jcmd, Long.toString(pid), "GC.run");
            return used(Shell.run(jcmd, Long.toString(pid), "GC.heap_info"));
        } catch (Shell.Failed e) {
            return Double.NaN;
        }
    }

    /** Returns how many MB are used by what the JVM says of its heap; NaN if it says so in other words than are known. */
    static double used(String heapInfo) {
        Matcher used = USED.matcher(heapInfo.lines()
                .filter(line -> !line.toLowerCase(Locale.ROOT).contains("metaspace") && !line.contains("class space"))
                .reduce("", (all, line) -> all + line + '\n'));
        double kilobytes = Double.NaN;
        while (used.find()) {
            kilobytes = (Double.isNaN(kilobytes) ? 0 : kilobytes) + Long.parseLong(used.group(1));
        }
        return kilobytes / 1024;
    }
}
