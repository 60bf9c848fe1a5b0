package io.interactionprocessor.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** On what a figure was measured. */
final class Machine {
    private Machine() {}

    static Map<String, String> about() {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        about.put(
                "JDK",
                System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.vendor") + ", "
                        + Runtime.version());
        about.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors (" + value("/proc/cpuinfo", "model name")
                        + "), "
                        + value("/proc/meminfo", "MemTotal") + ", " + System.getProperty("os.name") + ' '
                        + System.getProperty("os.version"));
        return about;
    }

    static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String value(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
