package io.interactionprocessor.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One line of the table.
 *
 * @param scenario E1 to E8
 * @param unit of value and baseline
 * @param rounds the value of each round
 * @param baselines what it stands beside, measured in the same rounds; empty if there is nothing
 * @param baseline what that is
 * @param goal what is to be reached, null if nothing
 * @param doubt why it cannot be said whether that is reached, null if it can
 */
record Figure(
        String scenario,
        String name,
        String unit,
        List<Double> rounds,
        List<Double> baselines,
        String baseline,
        Goal goal,
        String doubt) {
    /** Of 100 operations so many may be refused before nothing can be concluded from the others. */
    private static final int MOST_REFUSED = 1;

    /**
     * What is to be reached.
     *
     * @param ofRatio whether it is about the ratio to the baseline, or about the value
     * @param least whether the bound is a lower one
     */
    record Goal(boolean ofRatio, boolean least, double bound) {
        static Goal ratioAtMost(double bound) {
            return new Goal(true, false, bound);
        }

        static Goal ratioAtLeast(double bound) {
            return new Goal(true, true, bound);
        }

        static Goal atMost(double bound) {
            return new Goal(false, false, bound);
        }

        boolean isReachedBy(double number) {
            return least ? number >= bound : number <= bound;
        }

        String text(String unit) {
            return (least ? ">= " : "<= ") + Numbers.text(bound) + (ofRatio ? " x" : " " + unit);
        }
    }

    /** A figure that nothing speaks against. */
    Figure(
            String scenario,
            String name,
            String unit,
            List<Double> rounds,
            List<Double> baselines,
            String baseline,
            Goal goal) {
        this(scenario, name, unit, rounds, baselines, baseline, goal, null);
    }

    /** A figure with nothing beside it. */
    static Figure of(String scenario, String name, String unit, double value, Goal goal) {
        return new Figure(scenario, name, unit, List.of(value), List.of(), "", goal);
    }

    /** A figure of several rounds with nothing beside it. */
    static Figure of(String scenario, String name, String unit, List<Double> rounds, Goal goal) {
        return new Figure(scenario, name, unit, rounds, List.of(), "", goal);
    }

    /** A figure of stretches, one each round; theirs are empty if there is nothing beside it. */
    static Figure of(
            String scenario,
            String name,
            String unit,
            List<Stretch> ours,
            List<Stretch> theirs,
            ToDoubleFunction<Stretch> value,
            String baseline,
            Goal goal) {
        return new Figure(scenario, name, unit, values(ours, value), values(theirs, value), baseline, goal)
                .doubted(Stretch.doubt(ours))
                .doubted(Stretch.doubt(theirs));
    }

    private static List<Double> values(List<Stretch> stretches, ToDoubleFunction<Stretch> value) {
        return stretches.stream().map(value::applyAsDouble).toList();
    }

    /** Returns why nothing can be concluded where so much was refused; null if something can. */
    static String tooManyRefused(long refused, long done) {
        long all = refused + done;
        return refused * 100 > all * MOST_REFUSED ? refused + " of " + all + " operations were refused" : null;
    }

    /** Returns it without a verdict; as it is if the reason is null. */
    Figure doubted(String why) {
        return why == null || doubt != null
                ? this
                : new Figure(scenario, name, unit, rounds, baselines, baseline, goal, why);
    }

    /** Returns it, a difference that cannot be negative, without a verdict where noise is as large as itself. */
    Figure aboveNoise() {
        return doubted(
                rounds.stream().anyMatch(each -> each <= 0) ? "the difference is not above zero in each round" : null);
    }

    /** Returns whether it is not the median of several rounds. */
    boolean isOfOneStretch() {
        return rounds.size() == 1;
    }

    double value() {
        return Numbers.median(rounds);
    }

    /** Returns the median of the rounds' ratios, which shake less than the values: both sides shared the moment. */
    double ratio() {
        double[] ratios = new double[Math.min(rounds.size(), baselines.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = rounds.get(i) / baselines.get(i);
        }
        return Numbers.median(ratios);
    }

    /** Returns whether the goal is reached; null without a goal or a figure, or in doubt. */
    Boolean reached() {
        double number = goal == null || doubt != null ? Double.NaN : goal.ofRatio() ? ratio() : value();
        return Double.isNaN(number) ? null : Boolean.valueOf(goal.isReachedBy(number));
    }

    String[] cells() {
        return new String[] {
            scenario,
            name,
            Numbers.text(value()) + ' ' + unit + (isOfOneStretch() ? " *" : ""),
            baselines.isEmpty() ? "" : baseline + ": " + Numbers.text(Numbers.median(baselines)),
            baselines.isEmpty() ? "" : Numbers.text(ratio()) + " x",
            goal == null ? "" : goal.text(unit),
            doubt != null ? "not measured" : reached() == null ? "" : reached() ? "yes" : "NO"
        };
    }

    JsonObject json() {
        return new JsonObject()
                .put("scenario", scenario)
                .put("figure", name)
                .put("unit", unit)
                .put("value", Numbers.json(value()))
                .put("rounds", new JsonArray(rounds.stream().map(Numbers::json).toList()))
                .put("baseline", baselines.isEmpty() ? null : Numbers.json(Numbers.median(baselines)))
                .put(
                        "baselineRounds",
                        new JsonArray(baselines.stream().map(Numbers::json).toList()))
                .put("baselineOf", baseline)
                .put("ratio", baselines.isEmpty() ? null : Numbers.json(ratio()))
                .put("goal", goal == null ? null : goal.text(unit))
                .put("reached", reached())
                .put("doubt", doubt);
    }
}
