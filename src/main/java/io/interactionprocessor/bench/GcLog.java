package io.interactionprocessor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much a JVM has allocated, by its log of collections: what it had before each, less what the one before had left. */
final class GcLog {
    private static final Pattern PAUSE = Pattern.compile("(\\d+)([KMG])->(\\d+)([KMG])\\(\\d+[KMG]\\)");

    private GcLog() {}

    /** Returns the option that makes a JVM write it. */
    static String option(Path file) {
        return "-Xlog:gc:file=" + file + ":uptime:filecount=0";
    }

    /**
     * Returns the bytes allocated up to the last collection; NaN before the first. Between two readings the error is what
     * fits into the young generation.
     */
    static double allocatedBytes(Path file) {
        double allocated = 0;
        double left = 0;
        boolean any = false;
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher sizes = PAUSE.matcher(line);
                if (sizes.find()) {
                    allocated += bytes(sizes.group(1), sizes.group(2)) - left;
                    left = bytes(sizes.group(3), sizes.group(4));
                    any = true;
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return any ? allocated : Double.NaN;
    }

    private static double bytes(String number, String unit) {
        int shift = unit.equals("K") ? 10 : unit.equals("M") ? 20 : 30;
        return (double) (Long.parseLong(number) << shift);
    }
}
