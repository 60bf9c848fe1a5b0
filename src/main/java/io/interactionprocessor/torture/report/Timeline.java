package io.interactionprocessor.torture.report;

import java.util.List;
import java.util.Locale;

/**
 * The picture of one scenario: what was answered each second, who was without a session, which node suffered what, what was
 * wrong. Plain SVG, legible on light and dark pages.
 *
 * @param title above it
 * @param seconds its length
 * @param commands answered in each second
 * @param events to clients in each second
 * @param away agents without a session at the end of each tenth of a second
 * @param outages of agents: when they ended, and how long they were
 * @param nodes how many lanes there are for faults
 * @param faults as bars in the lanes
 * @param wrong when something was wrong, and what
 */
public record Timeline(
        String title,
        double seconds,
        List<Double> commands,
        List<Double> events,
        List<Double> away,
        List<Outage> outages,
        int nodes,
        List<Fault> faults,
        List<Wrong> wrong) {
    private static final int WIDTH = 1200;
    private static final int LEFT = 92;
    private static final int RIGHT = 24;
    private static final int PANEL = 120;
    private static final int GAP = 34;
    private static final int LANE = 22;
    private static final int TOP = 82;
    private static final double TENTH = 0.1;
    private static final int MOST_TICKS = 16;
    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, 'DejaVu Sans', sans-serif; fill: #3d4653 }
              .title { font-size: 17px; font-weight: 600; fill: #1b2430 }
              .small { font-size: 11px; fill: #6b7684 }
              .grid { stroke: #e3e8ee; stroke-width: 1 }
              .axis { stroke: #aab4c0; stroke-width: 1 }
              .commands { fill: #2f7fd1; fill-opacity: .22; stroke: #2f7fd1; stroke-width: 1.6 }
              .events { fill: none; stroke: #5a9b56; stroke-width: 1.6 }
              .away { fill: #e08a1e; fill-opacity: .30; stroke: #e08a1e; stroke-width: 1.4 }
              .back { fill: #7a4fb5; fill-opacity: .75 }
              .fault { fill: #c8452f; fill-opacity: .85 }
              .shade { fill: #c8452f; fill-opacity: .07 }
              .wrong { fill: #d1122f; stroke: #fff; stroke-width: 1 }
              .right { fill: #2c8a4b }
            </style>
            """;

    /**
     * A fault.
     *
     * @param node its lane; -1: all
     */
    public record Fault(String what, int node, double from, double to) {}

    /** An agent was without a session for so many seconds, and then had it again. */
    public record Outage(double end, double length) {}

    /** Something was wrong. */
    public record Wrong(double at, String what) {}

    /** Draws it. */
    public String svg() {
        int lanes = TOP + 2 * (PANEL + GAP);
        int height = lanes + nodes * LANE + 92;
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'>",
                WIDTH,
                height,
                WIDTH,
                height);
        svg.append(STYLE);
        line(svg, "<rect width='%d' height='%d' rx='8' fill='#fff'/>", WIDTH, height);
        line(svg, "<text class='title' x='%d' y='30'>%s</text>", LEFT, escaped(title));
        for (Fault fault : faults) {
            double width = Math.max(1.5, x(fault.to()) - x(fault.from()));
            line(
                    svg,
                    "<rect class='shade' x='%.1f' y='%d' width='%.1f' height='%d'/>",
                    x(fault.from()),
                    TOP,
                    width,
                    height - TOP - 84);
        }
        legend(svg);
        panel(svg, TOP, "a second", Math.max(max(commands), max(events)));
        double rates = Math.max(max(commands), max(events));
        area(svg, "commands", commands, 1, TOP, rates, true);
        area(svg, "events", events, 1, TOP, rates, false);
        double most = Math.max(1, max(away));
        panel(svg, TOP + PANEL + GAP, "agents without session", most);
        area(svg, "away", away, TENTH, TOP + PANEL + GAP, most, true);
        recoveries(svg, TOP + PANEL + GAP);
        lanes(svg, lanes);
        wrongs(svg, lanes + nodes * LANE + 24);
        seconds(svg, lanes + nodes * LANE + 66);
        return svg.append("</svg>\n").toString();
    }

    private double x(double second) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, Math.min(1, second / seconds));
    }

    private static double max(List<Double> values) {
        double max = 1;
        for (double value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private void legend(StringBuilder svg) {
        int x = LEFT;
        x = entry(svg, x, "commands", "commands answered");
        x = entry(svg, x, "events", "events to clients");
        x = entry(svg, x, "away", "agents without session");
        x = entry(svg, x, "back", "one recovery (height: how long, up to " + longest() + ")");
        entry(svg, x, "fault", "fault");
    }

    private String longest() {
        double longest = outages.stream().mapToDouble(Outage::length).max().orElse(0);
        return String.format(Locale.ROOT, "%.1f s", longest);
    }

    private static int entry(StringBuilder svg, int x, String style, String text) {
        line(svg, "<rect class='%s' x='%d' y='42' width='14' height='10' rx='2'/>", style, x);
        line(svg, "<text class='small' x='%d' y='51'>%s</text>", x + 20, text);
        return x + 46 + text.length() * 6;
    }

    private void panel(StringBuilder svg, int top, String unit, double max) {
        for (int i = 0; i <= 2; i++) {
            double y = top + PANEL - PANEL * i / 2.0;
            line(
                    svg,
                    "<line class='%s' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
                    i == 0 ? "axis" : "grid",
                    LEFT,
                    WIDTH - RIGHT,
                    y,
                    y);
            line(
                    svg,
                    "<text class='small' text-anchor='end' x='%d' y='%.1f'>%s</text>",
                    LEFT - 8,
                    y + 4,
                    max * i / 2 == Math.rint(max * i / 2)
                            ? String.format(Locale.ROOT, "%.0f", max * i / 2)
                            : String.format(Locale.ROOT, "%.1f", max * i / 2));
        }
        line(svg, "<text class='small' x='%d' y='%d'>%s</text>", LEFT + 4, top - 5, unit);
    }

    private void area(
            StringBuilder svg, String style, List<Double> values, double step, int top, double max, boolean closed) {
        if (values.isEmpty()) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double y = top + PANEL - PANEL * values.get(i) / max;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : " L", x(i * step + step / 2), y));
        }
        if (closed) {
            path.append(String.format(
                    Locale.ROOT,
                    " L%.1f %d L%.1f %d Z",
                    x((values.size() - 0.5) * step),
                    top + PANEL,
                    x(step / 2),
                    top + PANEL));
        }
        line(svg, "<path class='%s' d='%s'/>", style, path);
    }

    private void recoveries(StringBuilder svg, int top) {
        double longest = outages.stream().mapToDouble(Outage::length).max().orElse(1);
        for (Outage outage : outages) {
            double y = top + PANEL - PANEL * outage.length() / longest;
            line(svg, "<circle class='back' cx='%.1f' cy='%.1f' r='2.2'/>", x(outage.end()), y);
        }
    }

    private void lanes(StringBuilder svg, int top) {
        for (int node = 0; node < nodes; node++) {
            int y = top + node * LANE;
            line(svg, "<text text-anchor='end' x='%d' y='%d'>node %d</text>", LEFT - 8, y + 14, node + 1);
            line(svg, "<line class='grid' x1='%d' x2='%d' y1='%d' y2='%d'/>", LEFT, WIDTH - RIGHT, y + 10, y + 10);
        }
        for (Fault fault : faults) {
            int y = top + Math.max(0, fault.node()) * LANE + 3;
            int tall = fault.node() < 0 ? nodes * LANE - 7 : 14;
            double width = Math.max(3, x(fault.to()) - x(fault.from()));
            line(
                    svg,
                    "<rect class='fault' x='%.1f' y='%d' width='%.1f' height='%d' rx='3'><title>%s</title></rect>",
                    x(fault.from()),
                    y,
                    width,
                    tall,
                    escaped(fault.what()));
            boolean fits = x(fault.to()) + 7 * fault.what().length() < WIDTH - RIGHT;
            line(
                    svg,
                    "<text class='small' x='%.1f' y='%d' text-anchor='%s'>%s</text>",
                    fits ? x(fault.from()) + width + 5 : x(fault.from()) - 5,
                    y + 11,
                    fits ? "start" : "end",
                    escaped(fault.what()));
        }
    }

    private void wrongs(StringBuilder svg, int y) {
        line(svg, "<text text-anchor='end' x='%d' y='%d'>wrong</text>", LEFT - 8, y + 4);
        line(svg, "<line class='grid' x1='%d' x2='%d' y1='%d' y2='%d'/>", LEFT, WIDTH - RIGHT, y, y);
        for (Wrong each : wrong) {
            double x = x(each.at());
            line(
                    svg,
                    "<path class='wrong' d='M%.1f %d l6 6 l-6 6 l-6 -6 Z'><title>%s</title></path>",
                    x,
                    y - 6,
                    escaped(each.what()));
        }
        if (wrong.isEmpty()) {
            line(svg, "<text class='small right' x='%d' y='%d' style='fill:#2c8a4b'>nothing</text>", LEFT + 6, y - 5);
        }
    }

    private void seconds(StringBuilder svg, int y) {
        int[] steps = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600};
        int step = steps[steps.length - 1];
        for (int i = steps.length - 1; i >= 0 && seconds / steps[i] <= MOST_TICKS; i--) {
            step = steps[i];
        }
        for (int second = 0; second <= seconds; second += step) {
            line(svg, "<line class='axis' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>", x(second), x(second), y - 20, y - 15);
            line(svg, "<text class='small' text-anchor='middle' x='%.1f' y='%d'>%d s</text>", x(second), y, second);
        }
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
