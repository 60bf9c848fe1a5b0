package io.interactionprocessor.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** On what a figure was measured. */
final class Machine {
    private Machine() {}

    static Map<String, String> about() {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        about.put("JDK", System.getProperty("java.vm.vendor") + ' ' + Runtime.version());
        about.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors (" + processor() + "), " + memory() + ", "
                        + System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        return about;
    }

    /** Returns how many files, sockets among them, this process may have open. */
    static int descriptors() {
        String limit = value(Path.of("/proc/self/limits"), "Max open files", "");
        for (String word : limit.split("\\s+", -1)) {
            if (word.matches("\\d+")) {
                return Integer.parseInt(word);
            }
        }
        return 4_096;
    }

    private static String processor() {
        return value(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch"));
    }

    private static String memory() {
        String text = value(Path.of("/proc/meminfo"), "MemTotal", "").replaceAll("\\D", "");
        return text.isEmpty() ? "memory unknown" : Long.parseLong(text) / (1 << 20) + " GiB";
    }

    private static String value(Path file, String name, String missing) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(missing);
        } catch (IOException e) {
            return missing;
        }
    }
}
