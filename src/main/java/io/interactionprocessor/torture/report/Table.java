package io.interactionprocessor.torture.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All figures of a run.
 *
 * @param about what a reader must know to compare it: commit, JDK, machine, seed, ... in this order
 * @param figures the lines
 * @param notes what went wrong, with examples
 */
public record Table(Map<String, String> about, List<Figure> figures, List<String> notes) {
    private static final String[] HEAD = {"#", "figure", "value", "of", "goal", "reached"};

    public Table {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /** Returns whether every goal of correctness was reached. */
    public boolean isRight() {
        return figures.stream().noneMatch(Figure::isWrong);
    }

    /** Returns whether anything was done at all: not all of it was left out. */
    public boolean hasRun() {
        return figures.stream().anyMatch(figure -> figure.kind() != Figure.Kind.LEFT_OUT);
    }

    /** Returns in a sentence or two what that says of the service, and of what it says nothing. */
    public String verdict() {
        if (!isRight()) {
            return "The service is WRONG, see NO.";
        }
        List<Figure> goals = figures.stream()
                .filter(figure -> figure.kind() == Figure.Kind.CORRECTNESS)
                .toList();
        long open = goals.stream().filter(figure -> figure.reached() == null).count();
        long leftOut = figures.stream()
                .filter(figure -> figure.kind() == Figure.Kind.LEFT_OUT)
                .count();
        if (!hasRun()) {
            return "NOTHING was checked: every scenario was left out, and the table says why.";
        }
        String rest = (open == 0 ? "" : " Goals not measured: " + open + '.')
                + (leftOut == 0 ? "" : " Scenarios left out: " + leftOut + '.');
        if (goals.size() == open) {
            return "No goal of correctness was checked." + rest;
        }
        return rest.isEmpty()
                ? "Every goal of correctness was reached."
                : "Every goal of correctness that was measured was reached." + rest;
    }

    private static String reached(Figure figure) {
        if (figure.reached() == null) {
            return "";
        }
        return figure.reached() ? "yes" : figure.kind() == Figure.Kind.CORRECTNESS ? "NO" : "no (time)";
    }

    private static String[] cells(Figure figure) {
        return new String[] {
            figure.scenario(), figure.name(), figure.value(), figure.of(), figure.goal(), reached(figure)
        };
    }

    /** Returns it in Markdown, readable as it stands. */
    public String markdown() {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(cells(figure)));
        int[] widths = new int[HEAD.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        about.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append('\n');
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i), widths, ' ');
            if (i == 0) {
                String[] rule = new String[HEAD.length];
                java.util.Arrays.fill(rule, "");
                line(text, rule, widths, '-');
            }
        }
        if (!notes.isEmpty()) {
            text.append('\n');
            notes.forEach(note -> text.append("- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String[] row, int[] widths, char fill) {
        for (int i = 0; i < row.length; i++) {
            text.append("| ")
                    .append(row[i])
                    .append(String.valueOf(fill).repeat(widths[i] - row[i].length()))
                    .append(' ');
        }
        text.append("|\n");
    }

    /** Returns it for programs. */
    public JsonObject json() {
        JsonArray list = new JsonArray();
        for (Figure figure : figures) {
            list.add(new JsonObject()
                    .put("scenario", figure.scenario())
                    .put("figure", figure.name())
                    .put("value", figure.value())
                    .put("number", Double.isNaN(figure.number()) ? null : figure.number())
                    .put("of", figure.of())
                    .put("goal", figure.goal())
                    .put("reached", figure.reached())
                    .put("kind", figure.kind().name().toLowerCase(java.util.Locale.ROOT)));
        }
        JsonObject facts = new JsonObject();
        about.forEach(facts::put);
        return new JsonObject()
                .put("about", facts)
                .put("right", isRight())
                .put("figures", list)
                .put("notes", new JsonArray(notes));
    }
}
