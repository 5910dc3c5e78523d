package org.crucis.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Band;
import org.crucis.claim.Figure.Layer;
import org.crucis.claim.Figure.Line;
import org.crucis.claim.Figure.Points;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Numbers;

/**
 * Draws intervals that lie at no size or at one only: the value runs along the paper, and every point of the sweep is a row with
 * the region shaded behind it and the claimed number as a dashed stroke.
 */
final class IntervalsDrawing {

    private static final int LEFT = 10;
    private static final int RIGHT = Drawing.WIDTH - 12;
    private static final int TOP = 6;
    private static final int STEP = 15;
    private static final int CAP = 4;
    private static final int MOST_ROWS = 10;
    private static final double THINNEST = 3;

    private final Plate plate;
    private final List<Row> rows = new ArrayList<>();
    private final Ruler ruler;

    /**
     * A point of the sweep.
     *
     * @param name empty where there is nothing to tell apart
     */
    private record Row(String name, double place, List<Styled> layers) {

        List<Styled> points() {
            return layers.stream()
                    .filter(Styled::isPoints)
                    .filter(styled -> index(((Points) styled.layer()).x()) >= 0)
                    .toList();
        }

        int index(List<Double> places) {
            return places.indexOf(place);
        }

        double height() {
            return (name.isEmpty() ? 0 : Drawing.LINE) + Math.max(1, points().size()) * STEP + 8.0;
        }
    }

    /** Whether the horizontal axis only numbers points, or has one place; and the rows are few. */
    static boolean suits(List<Plate.Member> members) {
        int rows = 0;
        for (Plate.Member member : members) {
            Set<Double> places = places(member.chart());
            boolean numbered = member.chart().x().label().matches("point( of the sweep)?");
            if (places.isEmpty() || places.size() > 1 && !numbered) {
                return false;
            }
            rows += places.size();
        }
        return rows <= MOST_ROWS;
    }

    private static Set<Double> places(Figure.Chart chart) {
        return chart.layers().stream()
                .filter(Points.class::isInstance)
                .map(layer -> ((Points) layer).x())
                .flatMap(List::stream)
                .filter(place -> place != null && Double.isFinite(place))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    IntervalsDrawing(Plate plate) {
        this.plate = plate;
        for (Plate.Member member : plate.members()) {
            List<Styled> layers = Styled.of(member.chart().layers());
            List<Double> places = List.copyOf(places(member.chart()));
            for (int index = 0; index < places.size(); index++) {
                rows.add(new Row(name(member, index, places), places.get(index), layers));
            }
        }
        Predicate<Layer> region = layer -> layer.role() == Role.REGION;
        double[] data = values(region.negate());
        double[] regions = values(region);
        Ruler bare = Ruler.covering(scale(), DoubleStream.of(data.length == 0 ? regions : data), 0, 1);
        ruler = Ruler.covering(
                scale(),
                DoubleStream.concat(
                        DoubleStream.of(data),
                        DoubleStream.of(regions).filter(value -> bare.at(value) > -1 && bare.at(value) < 2)),
                LEFT,
                RIGHT);
    }

    private Figure.Chart chart() {
        return plate.members().get(0).chart();
    }

    private Figure.Scale scale() {
        return chart().y().scale();
    }

    /** The member of a family, and what the sweep has there where it has several points. */
    private String name(Plate.Member member, int index, List<Double> places) {
        String axis = chart().x().label();
        boolean numbered = axis.matches("point( of the sweep)?");
        String point = places.size() > 1
                ? named(plate.entry(), member.value(), index, places.size())
                : numbered ? "" : axis + " " + Numbers.show(places.get(0));
        return member.name() + (member.name().isEmpty() || point.isEmpty() ? "" : ", ") + point;
    }

    /**
     * The settings of a point, as the data have them: the columns behind the block's whose cells are the same in every block.
     * The number of the point where the data do not say it so.
     */
    private static String named(Evidence.Entry entry, String member, int index, int points) {
        String number = "point " + (index + 1);
        if (entry == null || entry.data() == null || entry.data().rows().isEmpty()) {
            return number;
        }
        List<String> columns = entry.data().columns();
        List<List<String>> rows = entry.data().rows().stream()
                .filter(row -> !row.isEmpty())
                .map(row -> row.stream().map(IntervalsDrawing::shown).toList())
                .filter(row -> member.isEmpty() || row.contains(member))
                .toList();
        if (rows.isEmpty()) {
            return number;
        }
        List<List<String>> first = rows.stream()
                .filter(row -> row.get(0).equals(rows.get(0).get(0)))
                .toList();
        int axes = 1;
        while (axes < columns.size() - 1 && repeats(rows, first, axes)) {
            axes++;
        }
        int to = axes;
        List<List<String>> settings =
                first.stream().map(row -> row.subList(1, to)).distinct().toList();
        if (settings.size() != points) {
            return number;
        }
        return IntStream.range(0, to - 1)
                .filter(column -> settings.stream()
                                .map(setting -> setting.get(column))
                                .distinct()
                                .count()
                        > 1)
                .mapToObj(column ->
                        columns.get(column + 1) + " " + settings.get(index).get(column))
                .collect(Collectors.joining(", "));
    }

    private static String shown(Object cell) {
        return cell instanceof Number number ? Numbers.show(number.doubleValue()) : String.valueOf(cell);
    }

    private static boolean repeats(List<List<String>> rows, List<List<String>> first, int column) {
        return IntStream.range(0, rows.size())
                .allMatch(k -> rows.get(k)
                        .get(column)
                        .equals(first.get(k % first.size()).get(column)));
    }

    private double[] values(Predicate<Layer> which) {
        return plate.members().stream()
                .flatMap(member -> member.chart().layers().stream())
                .filter(which)
                .flatMapToDouble(layer -> {
                    if (layer instanceof Points points) {
                        DoubleStream values = DoubleStream.of(Drawing.numbers(points.y()));
                        // A control's interval may be far longer than all the rest: it leaves the paper with an arrow.
                        return points.role() == Role.CONTROL
                                ? values
                                : DoubleStream.concat(
                                        values,
                                        DoubleStream.concat(
                                                DoubleStream.of(Drawing.numbers(points.lower())),
                                                DoubleStream.of(Drawing.numbers(points.upper()))));
                    }
                    if (layer instanceof Line line) {
                        return DoubleStream.of(Drawing.numbers(line.y()));
                    }
                    Band band = (Band) layer;
                    return DoubleStream.concat(
                            DoubleStream.of(Drawing.numbers(band.lower())),
                            DoubleStream.of(Drawing.numbers(band.upper())));
                })
                .filter(value -> Ruler.shows(scale(), value))
                .toArray();
    }

    Drawing drawing() {
        double bottom = TOP + rows.stream().mapToDouble(Row::height).sum();
        Svg plot = new Svg();
        axis(plot, bottom);
        double at = TOP;
        for (Row row : rows) {
            row(plot, row, at);
            at += row.height();
        }
        at = bottom + 19 + Drawing.LINE;
        plot.add("<g class=\"name middle\">");
        for (String line : Drawing.lines(chart().y().label(), RIGHT - LEFT)) {
            plot.word((LEFT + RIGHT) / 2.0, at, line);
            at += Drawing.LINE;
        }
        plot.add("</g>");
        at = Legend.draw(plot, distinct(), at + 6);
        Svg out = new Svg();
        Drawing.open(out, at, chart().title(), description());
        return new Drawing(out.add(plot.toString()).add("</svg>").toString(), "");
    }

    private List<Styled> distinct() {
        List<Styled> layers = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Row row : rows) {
            for (Styled styled : row.layers()) {
                if (seen.add(styled.classes(styled.layer().getClass().getSimpleName())
                        + styled.layer().name())) {
                    layers.add(styled);
                }
            }
        }
        return layers;
    }

    private void axis(Svg out, double bottom) {
        Pen grid = new Pen();
        Pen axis = new Pen().move(LEFT, bottom).line(RIGHT, bottom);
        List<Ruler.Tick> ticks = Drawing.fitting(ruler, ruler.ticks()).stream()
                .filter(Ruler.Tick::major)
                .toList();
        for (Ruler.Tick tick : ticks) {
            double place = ruler.at(tick.value());
            grid.move(place, TOP).line(place, bottom + 6);
        }
        out.path("grid", grid).path("axis", axis).add("<g class=\"label middle\">");
        ticks.forEach(tick -> out.word(ruler.at(tick.value()), bottom + 19, tick.label()));
        out.add("</g>");
    }

    private void row(Svg out, Row row, double at) {
        double from = at;
        if (!row.name().isEmpty()) {
            out.add("<g class=\"label\">").word(LEFT, at + 13, row.name()).add("</g>");
            from += Drawing.LINE;
        }
        double to = at + row.height() - 4;
        for (Styled styled : row.layers()) {
            if (styled.layer() instanceof Band band) {
                region(out, styled, band, row, from, to);
            } else if (styled.layer() instanceof Line line) {
                stroke(out, styled, line, row, from, to);
            }
        }
        double middle = from + STEP / 2.0 + 2;
        for (Styled styled : row.points()) {
            interval(out, styled, row, middle);
            middle += STEP;
        }
    }

    /** Of a curve the number at the row's place, else its only one. */
    private static double at(Row row, List<Double> places, List<Double> values) {
        double[] numbers = Drawing.numbers(values);
        int index = Math.max(0, row.index(places));
        return index < numbers.length ? numbers[index] : Double.NaN;
    }

    private void region(Svg out, Styled styled, Band band, Row row, double from, double to) {
        double low = at(row, band.x(), band.lower());
        double high = at(row, band.x(), band.upper());
        double left = ruler.shows(low) ? within(ruler.at(low)) : LEFT;
        double right = ruler.shows(high) ? within(ruler.at(high)) : RIGHT;
        double more = Math.max(0, THINNEST - (right - left)) / 2;
        out.path(
                styled.classes("area"),
                new Pen()
                        .move(left - more, from)
                        .line(right + more, from)
                        .line(right + more, to)
                        .line(left - more, to)
                        .close());
        Pen edges = new Pen();
        for (double edge : new double[] {low, high}) {
            if (ruler.shows(edge) && ruler.at(edge) == within(ruler.at(edge))) {
                edges.move(ruler.at(edge), from).line(ruler.at(edge), to);
            }
        }
        out.path(styled.classes("line"), edges);
    }

    private void stroke(Svg out, Styled styled, Line line, Row row, double from, double to) {
        double value = at(row, line.x(), line.y());
        if (ruler.shows(value)) {
            out.path(
                    styled.classes("line"),
                    new Pen().move(ruler.at(value), from).line(ruler.at(value), to));
        }
    }

    private void interval(Svg out, Styled styled, Row row, double middle) {
        Points points = (Points) styled.layer();
        double value = at(row, points.x(), points.y());
        if (!ruler.shows(value)) {
            return;
        }
        double low = at(row, points.x(), points.lower());
        double high = at(row, points.x(), points.upper());
        if (low < high) {
            Pen bar = new Pen();
            double left = ruler.shows(low) ? within(ruler.at(low)) : LEFT;
            double right = ruler.shows(high) ? within(ruler.at(high)) : RIGHT;
            bar.move(left, middle).line(right, middle);
            end(bar, low, left, middle, CAP);
            end(bar, high, right, middle, -CAP);
            out.path(styled.classes("bar"), bar);
        }
        Pen mark = new Pen();
        styled.mark().at(mark, ruler.at(value), middle);
        out.path(styled.classes(styled.mark().style()), mark);
    }

    /** A cap where the interval ends, an arrow where it leaves the paper. */
    private void end(Pen pen, double value, double place, double middle, double inwards) {
        boolean ends = ruler.shows(value) && ruler.at(value) == place;
        double from = ends ? place : place + inwards;
        pen.move(from, middle - CAP);
        if (!ends) {
            pen.line(place, middle);
        }
        pen.line(from, middle + CAP);
    }

    private static double within(double place) {
        return Math.max(LEFT, Math.min(RIGHT, place));
    }

    private String description() {
        StringBuilder words = new StringBuilder(chart().y().label()).append('.');
        for (Row row : rows) {
            words.append(row.name().isEmpty() ? "" : " " + row.name() + ":");
            for (Styled styled : row.points()) {
                Points points = (Points) styled.layer();
                words.append(' ')
                        .append(Legend.spoken(styled))
                        .append(": ")
                        .append(Numbers.show(at(row, points.x(), points.y())))
                        .append(" [")
                        .append(Numbers.show(at(row, points.x(), points.lower())))
                        .append(", ")
                        .append(Numbers.show(at(row, points.x(), points.upper())))
                        .append("].");
            }
        }
        return words.toString();
    }
}
