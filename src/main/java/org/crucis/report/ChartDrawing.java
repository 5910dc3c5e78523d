package org.crucis.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Band;
import org.crucis.claim.Figure.Layer;
import org.crucis.claim.Figure.Line;
import org.crucis.claim.Figure.Points;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Numbers;

/**
 * Draws a chart, or the charts of a family side by side on the same axes. A role has its colour (style sheet) and its own marks
 * and dashes, so that it is told apart without colour; layers of one role differ in mark and dash. The name of the vertical axis
 * stands above it, unturned; the legend below.
 *
 * <p>The axes cover what was measured, fitted and claimed. A region may be far larger: it widens an axis by so many lengths of
 * the rest at most, and is cut off there; a control far away becomes an arrow at the edge. A region's band with one side open
 * reaches to the edge of the paper. All marks of a layer are one path, and so are its intervals.
 */
final class ChartDrawing {

    private static final int HEIGHT = 230;
    private static final int HEIGHT_IN_FAMILY = 180;
    private static final int RIGHT = Drawing.WIDTH - 12;
    private static final int GAP = 18;
    private static final int NAME = 20;
    private static final int MARK = 4;
    private static final int TICK = 6;
    private static final int MOST_SIZES = 10;
    private static final int MOST_SIDE_BY_SIDE = 4;
    /** How many lengths of the rest a control may add to a linear axis: what lies farther is an arrow at its edge. */
    private static final double MOST_FOR_CONTROLS = 3;
    /** The same for a region: what was measured exactly still shows where it lies in it. */
    private static final double MOST_FOR_REGIONS = 25;

    private static final double SIDE_STEP = 7;
    /** A region that is narrower than this would hardly be seen. */
    private static final double THINNEST = 3;

    private final Figure.Chart chart;
    private final List<Panel> panels;
    private final int columns;
    private final int top;
    private final int left;
    private final int width;
    private final int height;
    private final Ruler x;
    private final Ruler y;
    private int leftOut;
    private int beyond;

    private record Panel(String name, List<Styled> layers) {}

    /** @param members one or more, with the same axes */
    ChartDrawing(List<Plate.Member> members) {
        chart = members.get(0).chart();
        panels = members.stream()
                .map(member -> new Panel(member.name(), Styled.of(member.chart().layers())))
                .toList();
        columns = panels.size() == 4 ? 2 : Math.min(3, panels.size());
        top = Drawing.lines(chart.y().label(), Drawing.WIDTH).size() * Drawing.LINE
                + 8
                + (panels.get(0).name().isEmpty() ? 0 : NAME);
        height = columns == 1 ? HEIGHT : HEIGHT_IN_FAMILY;
        y = ruler(chart.y().scale(), Direction.UP, height, 0);
        left = Drawing.margin(y);
        width = (RIGHT - left - (columns - 1) * GAP) / columns;
        x = ruler(chart.x().scale(), Direction.ALONG, 0, width);
    }

    private enum Direction {
        ALONG,
        UP
    }

    private Stream<Layer> layers(Predicate<Layer> which) {
        return panels.stream()
                .flatMap(panel -> panel.layers().stream())
                .map(Styled::layer)
                .filter(which);
    }

    private Ruler ruler(Scale scale, Direction direction, double from, double to) {
        boolean limits = direction == Direction.UP;
        Predicate<Layer> region = layer -> limits && layer instanceof Band && layer.role() == Role.REGION;
        Predicate<Layer> control = layer -> limits && scale == Scale.LINEAR && layer.role() == Role.CONTROL;
        double[] data = values(region.or(control).negate(), direction, scale);
        double[] regions = values(region, direction, scale);
        double[] controls = values(control, direction, scale);
        if (data.length == 0) {
            return Ruler.covering(
                    scale, DoubleStream.concat(DoubleStream.of(regions), DoubleStream.of(controls)), from, to);
        }
        double[] core = within(scale, data, regions, MOST_FOR_REGIONS);
        return Ruler.covering(scale, DoubleStream.of(within(scale, core, controls, MOST_FOR_CONTROLS)), from, to);
    }

    /** These values, and of the others those that are no farther from them than so many of their ranges. */
    private static double[] within(Scale scale, double[] values, double[] others, double ranges) {
        Ruler bare = Ruler.covering(scale, DoubleStream.of(values), 0, 1);
        return DoubleStream.concat(
                        DoubleStream.of(values),
                        DoubleStream.of(others)
                                .filter(value -> bare.at(value) > -ranges && bare.at(value) < 1 + ranges))
                .toArray();
    }

    private double[] values(Predicate<Layer> which, Direction direction, Scale scale) {
        return layers(which)
                .flatMapToDouble(layer -> values(layer, direction))
                .filter(value -> Ruler.shows(scale, value))
                .toArray();
    }

    private static DoubleStream values(Layer layer, Direction direction) {
        if (layer instanceof Points points) {
            return direction == Direction.ALONG
                    ? stream(points.x())
                    : DoubleStream.concat(
                            stream(points.y()), DoubleStream.concat(stream(points.lower()), stream(points.upper())));
        }
        if (layer instanceof Line line) {
            return stream(direction == Direction.ALONG ? line.x() : line.y());
        }
        Band band = (Band) layer;
        return direction == Direction.ALONG
                ? stream(band.x())
                : DoubleStream.concat(stream(band.lower()), stream(band.upper()));
    }

    private static DoubleStream stream(List<Double> values) {
        return DoubleStream.of(Drawing.numbers(values));
    }

    Drawing drawing() {
        Svg plot = new Svg();
        for (int index = 0; index < panels.size(); index++) {
            panel(plot, index);
        }
        double end = Legend.draw(plot, legend(), labels(plot) + 6);
        Svg out = new Svg();
        Drawing.open(out, end, chart.title(), description());
        out.add(plot.toString()).add("</svg>");
        return new Drawing(
                out.toString(),
                Stream.of(Drawing.withoutPlace(leftOut, "value"), beyond())
                        .filter(note -> !note.isEmpty())
                        .collect(Collectors.joining(" ")));
    }

    private String beyond() {
        return beyond == 0
                ? ""
                : "Arrows: " + beyond + " of the control’s points " + (beyond == 1 ? "lies" : "lie")
                        + " beyond the axis.";
    }

    // ---- panels --------------------------------------------------------------------------------------------------

    private void panel(Svg out, int index) {
        Panel panel = panels.get(index);
        int column = index % columns;
        out.add("<g transform=\"translate(")
                .at(left + column * (width + GAP))
                .add(" ")
                .at(top + (index / columns) * (height + GAP + NAME))
                .add(")\">");
        axes(out, index);
        out.add("<svg width=\"" + width + "\" height=\"" + height + "\">");
        panel.layers().stream().filter(styled -> !styled.isPoints()).forEach(styled -> draw(out, styled));
        out.add("</svg>");
        panel.layers().stream().filter(Styled::isPoints).forEach(styled -> points(out, styled, panel));
        out.add("</g>");
    }

    private void axes(Svg out, int index) {
        String name = panels.get(index).name();
        boolean first = index % columns == 0;
        boolean lowest = index + columns >= panels.size();
        List<Ruler.Tick> along = ticksAlong().stream().filter(Ruler.Tick::major).toList();
        List<Ruler.Tick> up = y.ticks().stream().filter(Ruler.Tick::major).toList();
        Pen grid = new Pen();
        Pen axis = new Pen().move(0, 0).line(0, height).line(width, height);
        for (Ruler.Tick tick : along) {
            double place = x.at(tick.value());
            axis.move(place, height).line(place, height + TICK);
        }
        for (Ruler.Tick tick : up) {
            double place = y.at(tick.value());
            grid.move(-TICK, place).line(width, place);
        }
        out.path("grid", grid).path("axis", axis);
        if (!name.isEmpty()) {
            out.add("<g class=\"name\">").word(0, -7, name).add("</g>");
        }
        if (lowest) {
            out.add("<g class=\"label middle\" transform=\"translate(0 " + (height + 19) + ")\">");
            along.forEach(tick -> out.word(x.at(tick.value()), 0, tick.label()));
            out.add("</g>");
        }
        if (first) {
            out.add("<g class=\"label end\" transform=\"translate(-8 4)\">");
            up.forEach(tick -> out.word(0, y.at(tick.value()), tick.label()));
            out.add("</g>");
        }
    }

    /** At the sizes of the sweep where these are few whole numbers far enough apart, else at round numbers. */
    private List<Ruler.Tick> ticksAlong() {
        List<Ruler.Tick> round = Drawing.fitting(x, x.ticks());
        if (x.scale() == Scale.LINEAR) {
            return round;
        }
        List<Double> sizes = layers(Points.class::isInstance)
                .flatMapToDouble(layer -> values(layer, Direction.ALONG))
                .filter(x::shows)
                .distinct()
                .sorted()
                .boxed()
                .toList();
        boolean whole = sizes.stream().allMatch(size -> size == Math.rint(size) && size < 1e6);
        return whole && sizes.size() >= 2 && sizes.size() <= MOST_SIZES ? Drawing.fitting(x, x.ticksAt(sizes)) : round;
    }

    private void draw(Svg out, Styled styled) {
        if (styled.layer() instanceof Line line) {
            double[] xs = Drawing.numbers(line.x());
            double[] ys = Drawing.numbers(line.y());
            for (int i = 0; i < xs.length; i++) {
                leftOut += x.shows(xs[i]) && y.shows(ys[i]) ? 0 : 1;
            }
            Pen pen = new Pen();
            curve(pen, xs, ys);
            out.path(styled.classes("line"), pen);
        } else {
            band(out, (Band) styled.layer(), styled);
        }
    }

    /** A curve that breaks where it has no place. */
    private void curve(Pen pen, double[] xs, double[] ys) {
        boolean drawing = false;
        for (int i = 0; i < xs.length; i++) {
            boolean shows = x.shows(xs[i]) && y.shows(ys[i]);
            if (shows && drawing) {
                pen.line(x.at(xs[i]), y.at(ys[i]));
            } else if (shows) {
                pen.move(x.at(xs[i]), y.at(ys[i]));
            }
            drawing = shows;
        }
    }

    private void band(Svg out, Band band, Styled styled) {
        int[] corners = corners(Drawing.numbers(band.lower()), Drawing.numbers(band.upper()));
        double[] xs = at(corners, Drawing.numbers(band.x()));
        double[] lowers = at(corners, Drawing.numbers(band.lower()));
        double[] uppers = at(corners, Drawing.numbers(band.upper()));
        boolean region = band.role() == Role.REGION;
        Pen area = new Pen();
        List<double[]> run = new ArrayList<>();
        for (int i = 0; i < xs.length; i++) {
            boolean lowerShows = y.shows(lowers[i]);
            boolean upperShows = y.shows(uppers[i]);
            if (x.shows(xs[i]) && (lowerShows && upperShows || region && (lowerShows || upperShows))) {
                double low = lowerShows ? y.at(lowers[i]) : height + 9;
                double high = upperShows ? y.at(uppers[i]) : -9;
                double more = region ? Math.max(0, THINNEST - (low - high)) / 2 : 0;
                run.add(new double[] {x.at(xs[i]), low + more, high - more});
            } else {
                leftOut++;
                area(area, run);
            }
        }
        area(area, run);
        out.path(styled.classes("area"), area);
        if (region) {
            Pen edges = new Pen();
            curve(edges, xs, lowers);
            curve(edges, xs, uppers);
            out.path(styled.classes("line"), edges);
        }
    }

    /** Where an edge begins, ends or turns: most regions are the same at every size, and have four corners. */
    private static int[] corners(double[] lowers, double[] uppers) {
        return IntStream.range(0, lowers.length)
                .filter(i -> i == 0 || i == lowers.length - 1 || turns(lowers, i) || turns(uppers, i))
                .toArray();
    }

    private static boolean turns(double[] edge, int i) {
        // Compared like this, a side that is open at both places stays what it was.
        return Double.compare(edge[i - 1], edge[i]) != 0 || Double.compare(edge[i], edge[i + 1]) != 0;
    }

    private static double[] at(int[] places, double[] values) {
        return IntStream.of(places).mapToDouble(i -> values[i]).toArray();
    }

    /** Draws and empties a stretch of a band: rows of x, lower, upper as coordinates. */
    private static void area(Pen pen, List<double[]> run) {
        if (!run.isEmpty()) {
            pen.move(run.get(0)[0], run.get(0)[2]);
            run.stream().skip(1).forEach(corner -> pen.line(corner[0], corner[2]));
            for (int i = run.size() - 1; i >= 0; i--) {
                pen.line(run.get(i)[0], run.get(i)[1]);
            }
            pen.close();
            run.clear();
        }
    }

    private void points(Svg out, Styled styled, Panel panel) {
        Points points = (Points) styled.layer();
        double aside = aside(styled, panel);
        double[] xs = Drawing.numbers(points.x());
        double[] lowers = Drawing.numbers(points.lower());
        double[] ys = Drawing.numbers(points.y());
        double[] uppers = Drawing.numbers(points.upper());
        Pen bars = new Pen();
        Pen marks = new Pen();
        Pen arrows = new Pen();
        for (int i = 0; i < xs.length; i++) {
            if (!x.shows(xs[i]) || !y.shows(ys[i])) {
                leftOut++;
                continue;
            }
            double across = x.at(xs[i]) + aside;
            if (lowers[i] < uppers[i]) {
                double from = y.shows(lowers[i]) ? Math.min(height, y.at(lowers[i])) : height;
                double to = y.shows(uppers[i]) ? Math.max(0, y.at(uppers[i])) : 0;
                // A bar that its mark hides says nothing.
                if (from - to > 2 * MARK) {
                    bars.move(across, from).line(across, to);
                }
            }
            double place = y.at(ys[i]);
            if (place < 0 || place > height) {
                beyond++;
                double tip = place < 0 ? 2 : height - 2;
                double inwards = place < 0 ? 7 : -7;
                arrows.move(across - MARK, tip + inwards).line(across, tip).line(across + MARK, tip + inwards);
            } else {
                styled.mark().at(marks, across, place);
            }
        }
        out.path(styled.classes("bar"), bars)
                .path(styled.classes("ring"), arrows)
                .path(styled.classes(styled.mark().style()), marks);
    }

    /**
     * How far the marks of a layer stand beside their place, so that the intervals of several layers at the same sizes do not
     * cover each other. The first measured layer stays where it is: on it, the fitted line has to be seen to lie. So do points
     * with a line of their own.
     */
    private double aside(Styled styled, Panel panel) {
        Points points = (Points) styled.layer();
        List<Layer> marked = panel.layers().stream()
                .filter(Styled::isPoints)
                .map(Styled::layer)
                .toList();
        if (marked.size() > MOST_SIDE_BY_SIDE
                || styled.parts(panel.layers()).stream().anyMatch(part -> part.layer() instanceof Line)
                || points.x().size() > MOST_SIZES) {
            return 0;
        }
        int unmoved = 0;
        while (unmoved < marked.size() - 1 && marked.get(unmoved).role() != Role.MEASURED) {
            unmoved++;
        }
        return SIDE_STEP / (columns == 1 ? 1 : 2) * (placeOf(points, marked) - unmoved);
    }

    /** By identity: two layers may hold equal numbers. */
    private static int placeOf(Layer layer, List<Layer> among) {
        int place = 0;
        while (among.get(place) != layer) {
            place++;
        }
        return place;
    }

    // ---- words ---------------------------------------------------------------------------------------------------

    /** Writes the axes' names; returns where the next line of text stands. */
    private int labels(Svg out) {
        int rows = (panels.size() + columns - 1) / columns;
        out.add("<g class=\"name\">");
        int at = Drawing.LINE - 4;
        for (String line : Drawing.lines(chart.y().label(), Drawing.WIDTH)) {
            out.word(0, at, line);
            at += Drawing.LINE;
        }
        out.add("</g><g class=\"name middle\">");
        at = top + rows * height + (rows - 1) * (GAP + NAME) + 19 + Drawing.LINE;
        for (String line : Drawing.lines(chart.x().label(), RIGHT - left)) {
            out.word((left + RIGHT) / 2, at, line);
            at += Drawing.LINE;
        }
        out.add("</g>");
        return at;
    }

    /** What is told apart in any panel. */
    private List<Styled> legend() {
        List<Styled> named = new ArrayList<>(panels.get(0).layers());
        for (Panel panel : panels.subList(1, panels.size())) {
            for (Styled styled : panel.layers()) {
                boolean known = named.stream()
                        .anyMatch(other -> other.index() == styled.index()
                                && other.layer().getClass() == styled.layer().getClass()
                                && other.layer().role() == styled.layer().role()
                                && other.layer().name().equals(styled.layer().name()));
                if (!known) {
                    named.add(styled);
                }
            }
        }
        return named;
    }

    private String description() {
        StringBuilder words = new StringBuilder(chart.y().label())
                .append(" over ")
                .append(chart.x().label())
                .append(
                        chart.x().scale() == Scale.LOG && chart.y().scale() == Scale.LOG
                                ? ", both axes logarithmic."
                                : ".");
        for (Panel panel : panels) {
            words.append(panel.name().isEmpty() ? "" : " " + panel.name() + ":");
            for (Styled styled : panel.layers()) {
                String course = course(styled, panel);
                if (!course.isEmpty()) {
                    words.append(' ')
                            .append(Legend.spoken(styled))
                            .append(course)
                            .append('.');
                }
            }
        }
        return words.toString();
    }

    /** From where to where the first part of a thing goes that is more than a straight line; empty for others. */
    private static String course(Styled styled, Panel panel) {
        List<Styled> parts = styled.parts(panel.layers());
        if (parts.get(0) != styled) {
            return "";
        }
        return parts.stream()
                .map(Styled::layer)
                .sorted(Comparator.comparing(layer -> !(layer instanceof Points)))
                .map(layer -> layer instanceof Points points
                        ? course(points.x(), points.y())
                        : layer instanceof Line line && (parts.size() > 1 || !straight(line))
                                ? course(line.x(), line.y())
                                : "")
                .filter(course -> !course.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static boolean straight(Line line) {
        return line.x().size() <= 2;
    }

    private static String course(List<Double> along, List<Double> up) {
        double[] xs = Drawing.numbers(along);
        double[] ys = Drawing.numbers(up);
        int last = xs.length - 1;
        if (last < 0) {
            return "";
        }
        return ": " + Numbers.show(ys[0]) + " at " + Numbers.show(xs[0]) + " to " + Numbers.show(ys[last]) + " at "
                + Numbers.show(xs[last]);
    }
}
