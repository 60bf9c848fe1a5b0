package io.interactionprocessor.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them: three digits that count. */
final class Numbers {
    private Numbers() {}

    static double median(List<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static double median(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static String text(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        double size = Math.abs(value);
        boolean whole = size == Math.rint(size) && size < 100_000_000;
        String format = size >= 100 || whole ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** JSON has no NaN. */
    static Double json(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? null : Double.valueOf(value);
    }
}
