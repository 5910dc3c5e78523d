package org.crucis.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Cloud;
import org.crucis.claim.Figure.Panel;
import org.crucis.claim.Numbers;

/**
 * Draws scatter plots side by side: two in a row, three where there are more than four. Numbers stand on the outer axes only.
 *
 * <p>The marks of a cloud are the corners of one path, which keeps a thousand points in some ten kilobytes; where they lie
 * over each other they are darker. Many points are drawn smaller and paler.
 */
final class CloudsDrawing {

    private static final int RIGHT = Drawing.WIDTH - 12;
    private static final int TALLEST = 230;
    private static final int GAP = 18;
    private static final int NAME = 22;
    private static final int SAMPLE = 16;
    /** Half a side of the square that a mark is drawn in. */
    private static final int MARK = 7;

    private final Figure.Clouds figure;
    private final String id;
    /** What is told apart: the clouds by name and role, each with its number among those of its role. */
    private final Map<Named, Integer> sets = new LinkedHashMap<>();

    private final int columns;
    private final int top;
    private final int left;
    private final double width;
    private final double height;
    private final Ruler y;
    private final Ruler x;
    private int leftOut;

    /** How many points lie in one panel. */
    private enum Crowd {
        FEW(1, "1"),
        SOME(0.75, ".75"),
        MANY(0.55, ".55");

        private final double size;
        private final String opacity;

        Crowd(double size, String opacity) {
            this.size = size;
            this.opacity = opacity;
        }

        static Crowd of(Cloud cloud) {
            int points = Drawing.numbers(cloud.x()).length;
            return points <= 60 ? FEW : points <= 300 ? SOME : MANY;
        }
    }

    private record Named(String name, Figure.Role role) {}

    CloudsDrawing(Figure.Clouds figure, String id) {
        this.figure = figure;
        this.id = id;
        for (Panel panel : figure.panels()) {
            for (Cloud cloud : panel.clouds()) {
                Named named = named(cloud);
                long before = sets.keySet().stream()
                        .filter(other -> other.role() == named.role())
                        .count();
                sets.putIfAbsent(named, (int) before);
            }
        }
        int panels = figure.panels().size();
        columns = panels <= 1 ? 1 : panels == 2 || panels == 4 ? 2 : 3;
        top = Drawing.lines(figure.y().label(), Drawing.WIDTH).size() * Drawing.LINE + 8;
        y = Ruler.covering(figure.y().scale(), values(Cloud::y), 0, 0);
        left = Drawing.margin(y);
        width = Math.floor((RIGHT - left - (columns - 1.0) * GAP) / columns);
        height = Math.min(width, TALLEST);
        x = Ruler.covering(figure.x().scale(), values(Cloud::x), 0, 0);
    }

    private static Named named(Cloud cloud) {
        return new Named(cloud.name(), cloud.role());
    }

    private DoubleStream values(Function<Cloud, List<Double>> coordinate) {
        return figure.panels().stream()
                .flatMap(panel -> panel.clouds().stream())
                .flatMapToDouble(cloud -> DoubleStream.of(Drawing.numbers(coordinate.apply(cloud))));
    }

    Drawing drawing() {
        Svg plot = new Svg();
        markers(plot);
        for (int index = 0; index < figure.panels().size(); index++) {
            panel(plot, index);
        }
        double end = legend(plot, labels(plot));
        Svg out = new Svg();
        Drawing.open(out, end, figure.title(), description());
        out.add(plot.toString()).add("</svg>");
        return new Drawing(out.toString(), Drawing.withoutPlace(leftOut, "point"));
    }

    // ---- marks ---------------------------------------------------------------------------------------------------

    private String marker(Cloud cloud) {
        Named named = named(cloud);
        return id + "-m" + List.copyOf(sets.keySet()).indexOf(named)
                + Crowd.of(cloud).name().charAt(0);
    }

    /** Every mark that a cloud needs, once. */
    private void markers(Svg out) {
        Set<String> written = new HashSet<>();
        for (Panel panel : figure.panels()) {
            for (Cloud cloud : panel.clouds()) {
                if (written.add(marker(cloud))) {
                    marker(out, cloud);
                }
            }
        }
    }

    private void marker(Svg out, Cloud cloud) {
        Named named = named(cloud);
        Crowd crowd = Crowd.of(cloud);
        out.add("<marker id=\"" + marker(cloud) + "\" viewBox=\"-" + MARK + " -" + MARK + " " + 2 * MARK + " "
                        + 2 * MARK + "\" markerUnits=\"userSpaceOnUse\" markerWidth=\"")
                .at(2 * MARK * crowd.size)
                .add("\" markerHeight=\"")
                .at(2 * MARK * crowd.size)
                .add("\"><g fill-opacity=\"" + crowd.opacity + "\" stroke-opacity=\"" + crowd.opacity + "\">");
        mark(out, named, 0, 0);
        out.add("</g></marker>");
    }

    private void mark(Svg out, Named named, double across, double down) {
        Mark mark = Mark.of(named.role(), sets.get(named));
        Pen pen = new Pen();
        mark.at(pen, across, down);
        out.path(mark.style() + " " + named.role().word(), pen);
    }

    private void cloud(Svg out, Cloud cloud, Ruler across, Ruler up) {
        double[] xs = Drawing.numbers(cloud.x());
        double[] ys = Drawing.numbers(cloud.y());
        List<String> corners = new ArrayList<>();
        for (int i = 0; i < xs.length; i++) {
            if (across.shows(xs[i]) && up.shows(ys[i])) {
                corners.add(Svg.number(across.at(xs[i])) + " " + Svg.number(up.at(ys[i])));
            } else {
                leftOut++;
            }
        }
        if (!corners.isEmpty()) {
            String mark = "=\"url(#" + marker(cloud) + ")\"";
            out.add("<path class=\"cloud\" marker-start" + mark);
            if (corners.size() > 1) {
                out.add(" marker-mid" + mark + " marker-end" + mark);
            }
            // A move alone has no corner to mark; a line of no length has.
            out.add(" d=\"M" + String.join(" ", corners) + (corners.size() > 1 ? "" : "h0") + "\"/>");
        }
    }

    // ---- panels --------------------------------------------------------------------------------------------------

    private void panel(Svg out, int index) {
        Panel panel = figure.panels().get(index);
        int column = index % columns;
        double from = left + column * (width + GAP);
        double above = top + NAME + (index / columns) * (height + NAME + GAP / 2.0);
        double below = above + height;
        boolean lowest = index + columns >= figure.panels().size();
        Ruler across = laid(x, from, from + width);
        Ruler up = laid(y, below, above);
        List<Ruler.Tick> along = Drawing.fitting(across, across.ticks());
        Pen grid = new Pen();
        Pen axis = new Pen().move(from, above).line(from, below).line(from + width, below);
        for (Ruler.Tick tick : along) {
            double place = across.at(tick.value());
            axis.move(place, below).line(place, below + (tick.major() ? 5 : 3));
            if (tick.major()) {
                grid.move(place, above).line(place, below);
            }
        }
        List<Ruler.Tick> upwards = up.ticks().stream().filter(Ruler.Tick::major).toList();
        for (Ruler.Tick tick : upwards) {
            double place = up.at(tick.value());
            axis.move(from, place).line(from - 5, place);
            grid.move(from, place).line(from + width, place);
        }
        out.path("grid", grid);
        panel.clouds().forEach(cloud -> cloud(out, cloud, across, up));
        out.path("axis", axis);
        out.add("<g class=\"name\">").word(from, above - 8, panel.name()).add("</g>");
        if (lowest) {
            out.add("<g class=\"label middle\">");
            along.stream()
                    .filter(Ruler.Tick::major)
                    .forEach(tick -> out.word(across.at(tick.value()), below + 19, tick.label()));
            out.add("</g>");
        }
        if (column == 0) {
            out.add("<g class=\"label end\">");
            upwards.forEach(tick -> out.word(left - 8, up.at(tick.value()) + 4, tick.label()));
            out.add("</g>");
        }
    }

    private static Ruler laid(Ruler ruler, double from, double to) {
        return new Ruler(ruler.scale(), ruler.low(), ruler.high(), from, to);
    }

    // ---- words ---------------------------------------------------------------------------------------------------

    /** Writes the axes' names; returns where the next line of text stands. */
    private double labels(Svg out) {
        int rows = Math.max(1, (figure.panels().size() + columns - 1) / columns);
        out.add("<g class=\"name\">");
        double at = Drawing.LINE - 4;
        for (String line : Drawing.lines(figure.y().label(), Drawing.WIDTH)) {
            out.word(0, at, line);
            at += Drawing.LINE;
        }
        out.add("</g><g class=\"name middle\">");
        at = top + rows * (height + NAME) + (rows - 1) * GAP / 2.0 + 19 + Drawing.LINE;
        for (String line : Drawing.lines(figure.x().label(), RIGHT - left)) {
            out.word((left + RIGHT) / 2.0, at, line);
            at += Drawing.LINE;
        }
        out.add("</g>");
        return at;
    }

    /** Returns the height of the drawing. */
    private double legend(Svg out, double firstLine) {
        if (sets.size() < 2) {
            return firstLine - Drawing.LINE + 8;
        }
        double[] at = {0, firstLine + 6};
        out.add("<g class=\"legend\">");
        sets.forEach((named, index) -> {
            double needed = SAMPLE + 6 + Drawing.width(named.name()) + 18;
            if (at[0] > 0 && at[0] + needed > Drawing.WIDTH) {
                at[0] = 0;
                at[1] += Drawing.LINE;
            }
            mark(out, named, at[0] + SAMPLE / 2.0, at[1] - 4);
            out.word(at[0] + SAMPLE + 6, at[1], named.name());
            at[0] += needed;
        });
        out.add("</g>");
        return at[1] + 8;
    }

    private String description() {
        int panels = figure.panels().size();
        StringBuilder words = new StringBuilder(panels == 1 ? "A scatter plot" : panels + " scatter plots")
                .append(" of ")
                .append(figure.y().label())
                .append(" over ")
                .append(figure.x().label())
                .append(panels == 1 ? "." : " on the same axes.");
        for (Panel panel : figure.panels()) {
            for (Cloud cloud : panel.clouds()) {
                words.append(' ')
                        .append(panel.name())
                        .append(panel.name().isEmpty() || cloud.name().isEmpty() ? "" : ", ")
                        .append(cloud.name())
                        .append(panel.name().isEmpty() && cloud.name().isEmpty() ? "" : ": ")
                        .append(Drawing.numbers(cloud.x()).length)
                        .append(" points, the middle half at ")
                        .append(middleHalf(figure.x().label(), cloud.x()))
                        .append(" and ")
                        .append(middleHalf(figure.y().label(), cloud.y()))
                        .append('.');
            }
        }
        return words.toString();
    }

    private static String middleHalf(String name, List<Double> values) {
        double[] sorted = Arrays.stream(Drawing.numbers(values))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? "no " + name
                : name + " " + Numbers.show(sorted[sorted.length / 4]) + " to "
                        + Numbers.show(sorted[(3 * sorted.length) / 4]);
    }
}
