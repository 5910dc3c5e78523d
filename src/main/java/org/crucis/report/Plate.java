package org.crucis.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Band;
import org.crucis.claim.Figure.Layer;
import org.crucis.claim.Figure.Line;
import org.crucis.claim.Figure.Points;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Interval;

/**
 * What is drawn in one frame: a figure of a prediction, or the charts of one title that a prediction has for each member of a
 * family, side by side.
 *
 * @param members the charts; empty for a figure that is no chart
 * @param entry whose figure it is
 */
record Plate(Figure figure, List<Member> members, Evidence.Entry entry) {

    private static final String TOLERANCES = "deviation in tolerances";
    /** From this ratio of the largest value to the smallest on, a linear axis would hide the small ones. */
    private static final double WIDE = 1000;

    private static final Pattern FAMILY = Pattern.compile(".*, for every (.+)");

    /**
     * A chart of a family.
     *
     * @param value its place on the axis of the family; empty for a chart that stands alone
     * @param name the value, with the name of the axis where it is a bare number
     */
    record Member(String value, String name, Figure.Chart chart) {}

    /** The plates of a prediction or control, in the order of its figures. */
    static List<Plate> of(Evidence.Entry entry) {
        Map<String, List<Figure.Chart>> families = new LinkedHashMap<>();
        for (Figure figure : entry.figures()) {
            if (figure instanceof Figure.Chart chart && !member(entry, chart).isEmpty()) {
                families.computeIfAbsent(chart.title(), title -> new ArrayList<>())
                        .add(chart);
            }
        }
        List<Plate> plates = new ArrayList<>();
        for (Figure figure : entry.figures()) {
            if (!(figure instanceof Figure.Chart chart)) {
                plates.add(new Plate(figure, List.of(), entry));
                continue;
            }
            List<Figure.Chart> family = families.getOrDefault(chart.title(), List.of());
            boolean inFamily = family.size() > 1 && family.contains(chart);
            if (!inFamily) {
                plates.add(new Plate(figure, List.of(new Member("", "", completed(chart, entry))), entry));
            } else if (family.get(0) == chart) {
                List<Member> members = family.stream()
                        .map(each -> {
                            String name = member(entry, each);
                            return new Member(name, named(name, entry), completed(without(", " + name, each), entry));
                        })
                        .toList();
                plates.add(new Plate(members.get(0).chart(), members, entry));
            }
        }
        return plates;
    }

    /** A chart by itself, as its evidence has it. */
    static Plate of(Figure.Chart chart) {
        return new Plate(chart, List.of(new Member("", "", chart)), null);
    }

    /** The member of a family that a chart is of: its points are named after the experiment and, behind a comma, the member. */
    private static String member(Evidence.Entry entry, Figure.Chart chart) {
        String experiment = entry.experiment() + ", ";
        return chart.layers().stream()
                .filter(layer -> layer instanceof Points && layer.role() == Role.MEASURED)
                .map(Layer::name)
                .findFirst()
                .filter(name -> name.startsWith(experiment))
                .map(name -> name.substring(experiment.length()))
                .orElse("");
    }

    /** A bare number does not say of what it is. */
    private static String named(String member, Evidence.Entry entry) {
        Matcher family = FAMILY.matcher(entry.criterion());
        return member.matches("[0-9.e-]+") && family.matches() ? family.group(1) + " " + member : member;
    }

    private static Figure.Chart without(String ending, Figure.Chart chart) {
        return with(
                chart,
                chart.y(),
                chart.layers().stream().map(layer -> without(ending, layer)).toList());
    }

    private static Layer without(String ending, Layer layer) {
        if (!layer.name().endsWith(ending)) {
            return layer;
        }
        String name = layer.name().substring(0, layer.name().length() - ending.length());
        if (layer instanceof Points points) {
            return new Points(name, points.role(), points.x(), points.lower(), points.y(), points.upper());
        }
        if (layer instanceof Line line) {
            return new Line(name, line.role(), line.x(), line.y());
        }
        Band band = (Band) layer;
        return new Band(name, band.role(), band.x(), band.lower(), band.upper());
    }

    private static Figure.Chart with(Figure.Chart chart, Figure.Axis y, List<Layer> layers) {
        return new Figure.Chart(chart.title(), chart.caption(), chart.x(), y, layers);
    }

    /**
     * With the region that evidence leaves out where one of its sides is open, and on a logarithmic axis where ratios are
     * compared or the values span decades.
     */
    private static Figure.Chart completed(Figure.Chart chart, Evidence.Entry entry) {
        if (!judged(chart)) {
            return chart;
        }
        List<Layer> layers = new ArrayList<>(
                chart.layers().stream().map(layer -> opened(layer, entry)).toList());
        region(chart, entry).ifPresent(region -> layers.add(0, region));
        double[] heights = layers.stream()
                .flatMap(layer -> heights(layer).stream())
                .filter(value -> value != null && Double.isFinite(value))
                .mapToDouble(Double::doubleValue)
                .toArray();
        double low = DoubleStream.of(heights).min().orElse(0);
        double high = DoubleStream.of(heights).max().orElse(0);
        boolean factors = low > 0 && ("geometric mean".equals(entry.unit()) || high / low > WIDE);
        Scale scale = factors ? Scale.LOG : chart.y().scale();
        return with(chart, new Figure.Axis(chart.y().label(), scale), layers);
    }

    /** Evidence ends the region of an exponent somewhere on a side that is open: where it ends, nothing changes. */
    private static Layer opened(Layer layer, Evidence.Entry entry) {
        if (!(layer instanceof Band band) || band.role() != Role.REGION || !"exponent".equals(entry.unit())) {
            return layer;
        }
        Interval bound = entry.bound();
        return new Band(
                band.name(),
                band.role(),
                band.x(),
                Double.isInfinite(bound.lower()) ? constant(band.x(), bound.lower()) : band.lower(),
                Double.isInfinite(bound.upper()) ? constant(band.x(), bound.upper()) : band.upper());
    }

    private static List<Double> constant(List<Double> places, double value) {
        return places.stream().map(place -> value).toList();
    }

    private static List<Double> heights(Layer layer) {
        if (layer instanceof Points points) {
            return points.y();
        }
        if (layer instanceof Line line) {
            return line.y();
        }
        Band band = (Band) layer;
        return Stream.of(band.lower(), band.upper()).flatMap(List::stream).toList();
    }

    /** Whether it shows what its criterion judges, and not only what its claim shows besides. */
    static boolean judged(Figure.Chart chart) {
        return chart.layers().stream()
                .anyMatch(layer -> layer.role() == Role.REGION
                        || layer.role() == Role.CLAIMED && layer.name().matches("bound|claimed.*"));
    }

    /**
     * The region, where one side is open and the vertical axis has the unit that it is given in: a claimed number stands on a
     * horizontal line, and tolerances that differ from place to place are one axis only where they are counted.
     */
    private static Optional<Layer> region(Figure.Chart chart, Evidence.Entry entry) {
        Interval bound = entry.bound();
        boolean oneSided = Double.isInfinite(bound.lower()) != Double.isInfinite(bound.upper());
        boolean given = chart.layers().stream().anyMatch(layer -> layer.role() == Role.REGION);
        boolean sameUnit = !TOLERANCES.equals(entry.unit()) || chart.y().label().equals(TOLERANCES);
        List<Double> span = chart.layers().stream()
                .filter(layer -> layer instanceof Line && layer.name().matches("bound|claimed"))
                .map(Line.class::cast)
                .filter(line -> line.y().stream().distinct().count() == 1)
                .map(Line::x)
                .findFirst()
                .orElse(List.of());
        if (!oneSided || given || !sameUnit || span.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Band("accepted", Role.REGION, span, constant(span, bound.lower()), constant(span, bound.upper())));
    }
}
