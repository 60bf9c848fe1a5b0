package io.interactionprocessor.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * All that was measured.
 *
 * @param about what a reader must know to compare it: commit, JDK, machine, load, in this order
 * @param figures the lines of the table
 * @param notes what is to be said with them
 */
public record Report(Map<String, String> about, List<Figure> figures, List<String> notes) {
    private static final String[] HEAD = {"#", "figure", "value", "baseline", "ratio", "goal", "reached"};

    public Report {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /** Returns it in Markdown, readable as it stands. */
    public String markdown() {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(figure.cells()));
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
                Arrays.fill(rule, "");
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
        JsonObject facts = new JsonObject();
        about.forEach(facts::put);
        return new JsonObject()
                .put("about", facts)
                .put("figures", new JsonArray(figures.stream().map(Figure::json).toList()))
                .put("notes", new JsonArray(notes));
    }
}
