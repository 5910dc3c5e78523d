package org.crucis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Band;
import org.crucis.claim.Figure.Layer;
import org.crucis.claim.Figure.Line;
import org.crucis.claim.Figure.Points;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Numbers;

/**
 * Draws a chart. A role has its colour (style sheet) and its own marks and dashes, so that it is told apart without colour;
 * layers of one role differ in mark and dash. Points and the line through them are one thing when they share name and role.
 * The name of the vertical axis stands above it, unturned; the legend below.
 *
 * <p>The axes cover what was measured, fitted and claimed. A region may be far larger: it widens an axis by no more than the
 * length of the rest, and is cut off there. A region's band with one side open reaches to the edge of the paper.
 */
final class ChartDrawing {

    private static final int PLOT_HEIGHT = 230;
    private static final int RIGHT = Drawing.WIDTH - 12;
    private static final int MARK = 4;
    private static final int SAMPLE = 28;
    private static final int MOST_SIZES = 10;
    private static final int MOST_SIDE_BY_SIDE = 4;
    private static final double SIDE_STEP = 7;

    private final Figure.Chart chart;
    private final String id;
    private final List<Styled> layers = new ArrayList<>();
    private final int top;
    private final int bottom;
    private final Ruler x;
    private final Ruler y;
    private int left;
    private int leftOut;

    /** @param index how many layers of the same role and kind came before */
    private record Styled(Layer layer, int index) {
        String classes() {
            return layer.role().word() + " n" + index % 3;
        }

        boolean belongsTo(Styled other) {
            return this == other
                    || layer.getClass() != other.layer.getClass()
                            && layer.role() == other.layer.role()
                            && layer.name().equals(other.layer.name());
        }
    }

    ChartDrawing(Figure.Chart chart, String id) {
        this.chart = chart;
        this.id = id;
        for (Layer layer : chart.layers()) {
            if (layer != null) {
                layers.add(new Styled(layer, indexOf(layer)));
            }
        }
        top = Drawing.lines(chart.y().label(), Drawing.WIDTH).size() * Drawing.LINE + 8;
        bottom = top + PLOT_HEIGHT;
        y = ruler(chart.y().scale(), Direction.UP, bottom, top);
        left = Drawing.margin(y);
        x = ruler(chart.x().scale(), Direction.ALONG, left, RIGHT);
    }

    private int indexOf(Layer layer) {
        long before = layers.stream()
                .filter(other ->
                        other.layer().role() == layer.role() && other.layer().getClass() == layer.getClass())
                .count();
        return (int) before;
    }

    private enum Direction {
        ALONG,
        UP
    }

    private Ruler ruler(Scale scale, Direction direction, double from, double to) {
        double[] data = layers.stream()
                .map(Styled::layer)
                .filter(layer ->
                        direction == Direction.ALONG || !(layer instanceof Band && layer.role() == Role.REGION))
                .flatMapToDouble(layer -> values(layer, direction))
                .filter(value -> Ruler.shows(scale, value))
                .toArray();
        double[] regions = layers.stream()
                .map(Styled::layer)
                .filter(layer -> direction == Direction.UP && layer instanceof Band && layer.role() == Role.REGION)
                .flatMapToDouble(layer -> values(layer, direction))
                .filter(value -> Ruler.shows(scale, value))
                .toArray();
        if (data.length == 0) {
            return Ruler.covering(scale, DoubleStream.of(regions), from, to);
        }
        Ruler bare = Ruler.covering(scale, DoubleStream.of(data), 0, 1);
        DoubleStream near = DoubleStream.of(regions).filter(value -> bare.at(value) > -1 && bare.at(value) < 2);
        return Ruler.covering(scale, DoubleStream.concat(DoubleStream.of(data), near), from, to);
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
        axes(plot);
        plot.add("<clipPath id=\"" + id + "-c\"><path d=\"M" + left + " " + top + "H" + RIGHT + "V" + bottom + "H"
                        + left + "Z\"/></clipPath>")
                .add("<g clip-path=\"url(#" + id + "-c)\">");
        layers.stream().filter(styled -> !(styled.layer() instanceof Points)).forEach(styled -> draw(plot, styled));
        plot.add("</g>");
        layers.stream().filter(styled -> styled.layer() instanceof Points).forEach(styled -> draw(plot, styled));
        double height = legend(plot, labels(plot));
        Svg out = new Svg();
        Drawing.open(out, id, height, chart.title(), description());
        out.add(plot.toString()).add("</svg>");
        return new Drawing(out.toString(), Drawing.withoutPlace(leftOut, "value"));
    }

    private void axes(Svg out) {
        List<Ruler.Tick> along = ticksAlong();
        List<Ruler.Tick> up = y.ticks();
        out.add("<g class=\"grid\">");
        along.stream()
                .filter(Ruler.Tick::major)
                .forEach(tick -> out.add("<path d=\"M").at(x.at(tick.value())).add(" " + top + "V" + bottom + "\"/>"));
        up.stream()
                .filter(Ruler.Tick::major)
                .forEach(tick -> out.add("<path d=\"M" + left + " ")
                        .at(y.at(tick.value()))
                        .add("H" + RIGHT + "\"/>"));
        out.add("</g><path class=\"axis\" d=\"");
        along.forEach(tick -> out.add("M").at(x.at(tick.value())).add(" " + bottom + (tick.major() ? "v6" : "v3")));
        up.forEach(tick -> out.add("M" + left + " ").at(y.at(tick.value())).add(tick.major() ? "h-6" : "h-3"));
        out.add("M" + left + " " + top + "V" + bottom + "H" + RIGHT + "\"/>");
        out.add("<g class=\"label\" text-anchor=\"middle\">");
        along.stream()
                .filter(Ruler.Tick::major)
                .forEach(tick -> out.add("<text x=\"")
                        .at(x.at(tick.value()))
                        .add("\" y=\"" + (bottom + 19) + "\">")
                        .text(tick.label())
                        .add("</text>"));
        out.add("</g><g class=\"label\" text-anchor=\"end\">");
        up.stream()
                .filter(Ruler.Tick::major)
                .forEach(tick -> out.add("<text x=\"" + (left - 8) + "\" y=\"")
                        .at(y.at(tick.value()) + 4)
                        .add("\">")
                        .text(tick.label())
                        .add("</text>"));
        out.add("</g>");
    }

    /** At the sizes of the sweep where these are few whole numbers far enough apart, else at round numbers. */
    private List<Ruler.Tick> ticksAlong() {
        if (x.scale() == Scale.LINEAR) {
            return x.ticks();
        }
        List<Double> sizes = layers.stream()
                .map(Styled::layer)
                .filter(Points.class::isInstance)
                .flatMapToDouble(layer -> values(layer, Direction.ALONG))
                .filter(x::shows)
                .distinct()
                .sorted()
                .boxed()
                .toList();
        boolean whole = sizes.stream().allMatch(size -> size == Math.rint(size) && size < 1e6);
        if (!whole || sizes.size() < 2 || sizes.size() > MOST_SIZES) {
            return x.ticks();
        }
        List<Ruler.Tick> ticks = x.ticksAt(sizes);
        return Drawing.apart(x, ticks) ? ticks : x.ticks();
    }

    private void draw(Svg out, Styled styled) {
        Layer layer = styled.layer();
        out.add("<g class=\"" + styled.classes() + "\">");
        if (layer instanceof Points points) {
            points(out, points, styled);
        } else if (layer instanceof Line line) {
            line(out, line);
        } else {
            band(out, (Band) layer);
        }
        out.add("</g>");
    }

    /**
     * How far the marks of a layer stand beside their place, so that the intervals of several layers at the same sizes do not
     * cover each other. The first measured layer stays where it is: on it, the fitted line has to be seen to lie. So do points
     * with a line of their own.
     */
    private double aside(Styled styled) {
        Points points = (Points) styled.layer();
        List<Layer> marked = layers.stream()
                .map(Styled::layer)
                .filter(Points.class::isInstance)
                .toList();
        if (marked.size() > MOST_SIDE_BY_SIDE
                || parts(styled).stream().anyMatch(part -> part.layer() instanceof Line)
                || points.x() == null
                || points.x().size() > MOST_SIZES) {
            return 0;
        }
        int unmoved = 0;
        while (unmoved < marked.size() - 1 && marked.get(unmoved).role() != Role.MEASURED) {
            unmoved++;
        }
        return SIDE_STEP * (placeOf(points, marked) - unmoved);
    }

    /** The layers that are one thing with this one, itself among them. */
    private List<Styled> parts(Styled styled) {
        return layers.stream().filter(other -> other.belongsTo(styled)).toList();
    }

    /** Whether no layer before this one is a part of the same thing. */
    private boolean first(Styled styled) {
        return parts(styled).get(0) == styled;
    }

    /** By identity: two layers may hold equal numbers. */
    private static int placeOf(Layer layer, List<Layer> among) {
        int place = 0;
        while (among.get(place) != layer) {
            place++;
        }
        return place;
    }

    private void points(Svg out, Points points, Styled styled) {
        double aside = aside(styled);
        double[] xs = Drawing.numbers(points.x());
        double[] lowers = Drawing.numbers(points.lower());
        double[] ys = Drawing.numbers(points.y());
        double[] uppers = Drawing.numbers(points.upper());
        for (int i = 0; i < Math.min(xs.length, ys.length); i++) {
            if (!x.shows(xs[i]) || !y.shows(ys[i])) {
                leftOut++;
                continue;
            }
            double lower = i < lowers.length ? lowers[i] : Double.NaN;
            double upper = i < uppers.length ? uppers[i] : Double.NaN;
            boolean interval = lower < upper;
            String tip = points.name() + ": " + chart.x().label() + " " + Numbers.show(xs[i]) + ", "
                    + Numbers.show(ys[i])
                    + (interval ? " [" + Numbers.show(lower) + ", " + Numbers.show(upper) + "]" : "");
            out.add("<g><title>").text(tip).add("</title>");
            if (interval) {
                bar(out, x.at(xs[i]) + aside, lower, upper);
            }
            mark(out, points.role(), styled.index(), x.at(xs[i]) + aside, y.at(ys[i]));
            out.add("</g>");
        }
    }

    private void bar(Svg out, double across, double lower, double upper) {
        double from = y.shows(lower) ? y.at(lower) : bottom;
        double to = y.shows(upper) ? y.at(upper) : top;
        out.add("<path class=\"bar\" d=\"M")
                .at(across)
                .add(" ")
                .at(from)
                .add("V")
                .at(to)
                .add("m-" + MARK + " 0h" + 2 * MARK + "M")
                .at(across - MARK)
                .add(" ")
                .at(from)
                .add("h" + 2 * MARK + "\"/>");
    }

    /** @param index how many layers of the same role came before: they differ in shape */
    static void mark(Svg out, Role role, int index, double across, double height) {
        int family = switch (role) {
            case MEASURED -> 0;
            case CONTROL -> 1;
            case FITTED -> 2;
            case CLAIMED, REGION -> 3;
            case START -> 4;
        };
        String[][] marks = {
            {"", "m0-5l4.6 8h-9.2z", "m0-5.4l4.6 5.4-4.6 5.4-4.6-5.4z"},
            {"m-3.7-3.7h7.4v7.4h-7.4z", "m-4-4l8 8m0-8l-8 8", "m0-5v10m-5-5h10"},
            {"m0-5.4l4.6 5.4-4.6 5.4-4.6-5.4z", "", "m0-5l4.6 8h-9.2z"},
            {"m-5 0h10m-5-5v10", "m-4-4l8 8m0-8l-8 8", "m-3.7-3.7h7.4v7.4h-7.4z"},
            {"", "m0-5l4.6 8h-9.2z", "m0-5.4l4.6 5.4-4.6 5.4-4.6-5.4z"}
        };
        String shape = marks[family][index % 3];
        if (shape.isEmpty()) {
            out.add("<circle class=\"mark\" cx=\"")
                    .at(across)
                    .add("\" cy=\"")
                    .at(height)
                    .add("\" r=\"" + MARK + "\"/>");
        } else {
            out.add("<path class=\"mark\" d=\"M").at(across).add(" ").at(height).add(shape + "\"/>");
        }
    }

    private void line(Svg out, Line line) {
        double[] xs = Drawing.numbers(line.x());
        double[] ys = Drawing.numbers(line.y());
        for (int i = 0; i < Math.min(xs.length, ys.length); i++) {
            leftOut += x.shows(xs[i]) && y.shows(ys[i]) ? 0 : 1;
        }
        curve(out, xs, ys);
    }

    /** A curve that breaks where it has no place. */
    private void curve(Svg out, double[] xs, double[] ys) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < Math.min(xs.length, ys.length); i++) {
            boolean shows = x.shows(xs[i]) && y.shows(ys[i]);
            if (shows) {
                path.append(drawing ? 'L' : 'M')
                        .append(Svg.number(x.at(xs[i])))
                        .append(' ')
                        .append(Svg.number(y.at(ys[i])));
            }
            drawing = shows;
        }
        if (!path.isEmpty()) {
            out.add("<path class=\"line\" d=\"" + path + "\"/>");
        }
    }

    private void band(Svg out, Band band) {
        double[] xs = Drawing.numbers(band.x());
        double[] lowers = Drawing.numbers(band.lower());
        double[] uppers = Drawing.numbers(band.upper());
        boolean mayBeOpen = band.role() == Role.REGION;
        List<double[]> run = new ArrayList<>();
        for (int i = 0; i < Math.min(xs.length, Math.min(lowers.length, uppers.length)); i++) {
            boolean lowerShows = y.shows(lowers[i]);
            boolean upperShows = y.shows(uppers[i]);
            if (x.shows(xs[i]) && (lowerShows && upperShows || mayBeOpen && (lowerShows || upperShows))) {
                run.add(new double[] {
                    x.at(xs[i]), lowerShows ? y.at(lowers[i]) : bottom + 9, upperShows ? y.at(uppers[i]) : top - 9
                });
            } else {
                leftOut++;
                area(out, run);
            }
        }
        area(out, run);
        if (band.role() == Role.REGION) {
            curve(out, xs, lowers);
            curve(out, xs, uppers);
        }
    }

    /** Draws and empties a stretch of a band: rows of x, lower, upper as coordinates. */
    private static void area(Svg out, List<double[]> run) {
        if (!run.isEmpty()) {
            StringBuilder path = new StringBuilder();
            for (double[] corner : run) {
                path.append(path.isEmpty() ? 'M' : 'L')
                        .append(Svg.number(corner[0]))
                        .append(' ')
                        .append(Svg.number(corner[2]));
            }
            for (int i = run.size() - 1; i >= 0; i--) {
                path.append('L').append(Svg.number(run.get(i)[0])).append(' ').append(Svg.number(run.get(i)[1]));
            }
            out.add("<path class=\"area\" d=\"" + path + "Z\"/>");
            run.clear();
        }
    }

    /** Writes the axes' names; returns where the next line of text stands. */
    private int labels(Svg out) {
        out.add("<g class=\"name\">");
        int at = Drawing.LINE - 4;
        for (String line : Drawing.lines(chart.y().label(), Drawing.WIDTH)) {
            out.add("<text x=\"0\" y=\"" + at + "\">").text(line).add("</text>");
            at += Drawing.LINE;
        }
        at = bottom + 19 + Drawing.LINE;
        for (String line : Drawing.lines(chart.x().label(), RIGHT - left)) {
            out.add("<text text-anchor=\"middle\" x=\"" + (left + RIGHT) / 2 + "\" y=\"" + at + "\">")
                    .text(line)
                    .add("</text>");
            at += Drawing.LINE;
        }
        out.add("</g>");
        return at;
    }

    /** Returns the height of the drawing. */
    private double legend(Svg out, int firstLine) {
        double across = 0;
        double line = firstLine + 6;
        out.add("<g class=\"legend\">");
        for (Styled styled : layers.stream().filter(this::first).toList()) {
            String role = styled.layer().role().word();
            String name = styled.layer().name().contains(role)
                    ? styled.layer().name()
                    : styled.layer().name() + " (" + role + ")";
            List<String> words = Drawing.lines(name, Drawing.WIDTH - SAMPLE - 6);
            double width = SAMPLE
                    + 6
                    + words.stream().mapToDouble(Drawing::width).max().orElse(0)
                    + 14;
            if (across > 0 && across + width > Drawing.WIDTH) {
                across = 0;
                line += Drawing.LINE;
            }
            for (Styled part : parts(styled)) {
                sample(out, part, across, line - 4);
            }
            for (int k = 0; k < words.size(); k++) {
                line += k > 0 ? Drawing.LINE : 0;
                out.add("<text x=\"")
                        .at(across + SAMPLE + 6)
                        .add("\" y=\"")
                        .at(line)
                        .add("\">")
                        .text(words.get(k))
                        .add("</text>");
            }
            across += width;
        }
        out.add("</g>");
        return line + 8;
    }

    private static void sample(Svg out, Styled styled, double across, double middle) {
        out.add("<g class=\"" + styled.classes() + "\">");
        if (styled.layer() instanceof Points) {
            mark(out, styled.layer().role(), styled.index(), across + SAMPLE / 2.0, middle);
        } else if (styled.layer() instanceof Line) {
            out.add("<path class=\"line\" d=\"M").at(across).add(" ").at(middle).add("h" + SAMPLE + "\"/>");
        } else {
            out.add("<path class=\"area\" d=\"M")
                    .at(across)
                    .add(" ")
                    .at(middle - 5)
                    .add("h" + SAMPLE + "v10h-" + SAMPLE + "z\"/>");
        }
        out.add("</g>");
    }

    private String description() {
        StringBuilder words = new StringBuilder(chart.caption());
        words.append(words.isEmpty() ? "" : " ")
                .append(chart.y().label())
                .append(" over ")
                .append(chart.x().label())
                .append(
                        chart.x().scale() == Scale.LOG && chart.y().scale() == Scale.LOG
                                ? ", both axes logarithmic"
                                : "")
                .append('.');
        for (Styled styled : layers.stream().filter(this::first).toList()) {
            words.append(' ')
                    .append(styled.layer().name())
                    .append(" (")
                    .append(styled.layer().role().word())
                    .append(')')
                    .append(course(styled))
                    .append('.');
        }
        return words.toString();
    }

    /** From where to where points go, or a line that has a band or points of its own; empty for others. */
    private String course(Styled styled) {
        List<Styled> parts = parts(styled);
        for (Styled part : parts) {
            if (part.layer() instanceof Points points) {
                return course(points.x(), points.y());
            }
        }
        for (Styled part : parts) {
            if (parts.size() > 1 && part.layer() instanceof Line line) {
                return course(line.x(), line.y());
            }
        }
        return "";
    }

    private static String course(List<Double> along, List<Double> up) {
        double[] xs = Drawing.numbers(along);
        double[] ys = Drawing.numbers(up);
        int last = Math.min(xs.length, ys.length) - 1;
        return last < 0
                ? ""
                : ": from " + Numbers.show(ys[0]) + " at " + Numbers.show(xs[0]) + " to " + Numbers.show(ys[last])
                        + " at " + Numbers.show(xs[last]);
    }
}
