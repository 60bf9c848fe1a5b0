package io.interactionprocessor.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process takes, as the operating system counts it: this is comparable on a machine that others use as well. */
final class ProcessUse {
    /** Linux counts for programs in hundredths of a second, whatever it counts in itself. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final long LONGEST_TOOL_S = 60;

    private ProcessUse() {}

    /** Returns the CPU time since its start in seconds, user and system; NaN if it cannot be told. */
    static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(proc(pid, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_PER_SECOND;
        } catch (IOException | RuntimeException e) {
            return Double.NaN;
        }
    }

    /**
     * Returns the CPU time that a JVM's compilers have taken, in seconds: a part of {@link #cpuSeconds} that ends when the
     * JVM is warm. Compiler threads that have ended meanwhile are not in it.
     */
    static double compilerSeconds(long pid) {
        double seconds = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc(pid, "task"))) {
            for (Path thread : threads) {
                String stat = Files.readString(thread.resolve("stat"));
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                    seconds += (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]))
                            / TICKS_PER_SECOND;
                }
            }
        } catch (IOException | RuntimeException e) {
            return Double.NaN;
        }
        return seconds;
    }

    /** Returns the resident memory in bytes; NaN if it cannot be told. */
    static double residentBytes(long pid) {
        try {
            for (String line : Files.readAllLines(proc(pid, "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
                }
            }
        } catch (IOException e) {
            // said below
        }
        return Double.NaN;
    }

    /** Returns how many files and sockets one process may have open. */
    static int mostOpenFiles() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    return Integer.parseInt(line.strip().split("\\s+", -1)[4]);
                }
            }
        } catch (IOException | RuntimeException e) {
            // as is usual
        }
        return 1024;
    }

    /** Collects a JVM's garbage and returns the bytes of heap in use; NaN where the JDK's tools are missing. */
    static double heapAfterCollection(long pid) throws InterruptedException {
        jcmd(pid, "GC.run");
        // The first collection lets weak references go, the second what they held.
        jcmd(pid, "GC.run");
        double kilobytes = 0;
        boolean found = false;
        for (String line : jcmd(pid, "GC.heap_info").lines().toList()) {
            Matcher used = USED.matcher(line);
            if (!line.contains("Metaspace") && !line.contains("class space") && used.find()) {
                kilobytes += Long.parseLong(used.group(1));
                found = true;
            }
        }
        return found ? kilobytes * 1024 : Double.NaN;
    }

    /** Runs one of the JDK's commands on a JVM; empty if it cannot be. */
    static String jcmd(long pid, String... command) throws InterruptedException {
        String[] all = new String[command.length + 2];
        all[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        all[1] = Long.toString(pid);
        System.arraycopy(command, 0, all, 2, command.length);
        try {
            Process tool = new ProcessBuilder(all).redirectErrorStream(true).start();
            String text = new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return tool.waitFor(LONGEST_TOOL_S, TimeUnit.SECONDS) && tool.exitValue() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
