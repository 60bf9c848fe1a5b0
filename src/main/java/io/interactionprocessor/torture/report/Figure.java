package io.interactionprocessor.torture.report;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param scenario its id, for example {@code R2}
 * @param name what was measured
 * @param value as a person reads it
 * @param number the same for a program; NaN if it is no number
 * @param of the denominator: of how many; empty if there is none
 * @param goal as it stands in the specification; empty if there is none
 * @param reached whether the goal was reached; null without a goal, and if it was not measured
 * @param kind what missing it means
 */
public record Figure(
        String scenario, String name, String value, double number, String of, String goal, Boolean reached, Kind kind) {
    /** What missing the goal means. */
    public enum Kind {
        /** The service is wrong. */
        CORRECTNESS,
        /** The service, or the machine, is slow. */
        TIME,
        /** Nothing; it is there to be seen. */
        INFORMATION,
        /** The scenario could not be run at all. */
        LEFT_OUT
    }

    private static final String NOT_MEASURED = "not measured";

    /** A count of wrong things, of which there must be none. That none of nothing is wrong shows nothing. */
    public static Figure none(String scenario, String name, long wrong, long of, String unit) {
        String all = String.format(Locale.ROOT, "%,d %s", of, unit);
        return wrong == 0 && of == 0
                ? notMeasured(scenario, name, all, "0", Kind.CORRECTNESS)
                : new Figure(scenario, name, Long.toString(wrong), wrong, all, "0", wrong == 0, Kind.CORRECTNESS);
    }

    /** A count of wrong things, of which there must be none, and which nobody could count here. */
    public static Figure uncounted(String scenario, String name) {
        return notMeasured(scenario, name, "", "0", Kind.CORRECTNESS);
    }

    private static Figure notMeasured(String scenario, String name, String of, String goal, Kind kind) {
        return new Figure(scenario, name, NOT_MEASURED, Double.NaN, of, goal, null, kind);
    }

    /** A number of so many that must not be above a limit. */
    public static Figure atMost(String scenario, String name, long value, long limit, long of, String unit) {
        String all = String.format(Locale.ROOT, "%,d %s", of, unit);
        String goal = "<= " + limit;
        return of == 0
                ? notMeasured(scenario, name, all, goal, Kind.CORRECTNESS)
                : new Figure(scenario, name, Long.toString(value), value, all, goal, value <= limit, Kind.CORRECTNESS);
    }

    /** A time that should be below a limit, both in microseconds; a limit of 0 is none. */
    public static Figure time(String scenario, String name, double micros, long samples, double limit) {
        boolean none = samples == 0;
        return new Figure(
                scenario,
                name,
                none ? "-" : shown(micros),
                none ? Double.NaN : micros,
                String.format(Locale.ROOT, "%,d", samples),
                limit == 0 ? "" : "< " + shown(limit),
                (limit == 0 || none) ? null : micros < limit,
                Kind.TIME);
    }

    /** Something worth knowing. */
    public static Figure fact(String scenario, String name, String value) {
        return new Figure(scenario, name, value, Double.NaN, "", "", null, Kind.INFORMATION);
    }

    /** A scenario that could not be run. */
    public static Figure leftOut(String scenario, String title, String why) {
        return new Figure(scenario, title, "left out: " + why, Double.NaN, "", "", null, Kind.LEFT_OUT);
    }

    /**
     * A number that must be below a limit.
     *
     * @param value NaN if it was not measured
     */
    public static Figure below(
            String scenario, String name, double value, String unit, double limit, String of, Kind kind) {
        String goal = "< " + number(limit) + unit;
        return Double.isNaN(value)
                ? notMeasured(scenario, name, "", goal, kind)
                : new Figure(scenario, name, number(value) + unit, value, of, goal, value < limit, kind);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
    }

    /** Returns a time with the unit that suits it. */
    public static String shown(double micros) {
        if (micros < 1_000) {
            return String.format(Locale.ROOT, "%.2f ms", micros / 1e3);
        }
        return micros < 1_000_000
                ? String.format(Locale.ROOT, micros < 100_000 ? "%.1f ms" : "%.0f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.2f s", micros / 1e6);
    }

    /** Returns whether the service has to be called wrong for it. */
    public boolean isWrong() {
        return kind == Kind.CORRECTNESS && Boolean.FALSE.equals(reached);
    }
}
