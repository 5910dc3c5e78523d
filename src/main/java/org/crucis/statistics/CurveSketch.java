package org.crucis.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Sketch;
import org.crucis.claim.Unjudgeable;

/**
 * Curves of means over blocks along an axis, with Student's 99.7 % intervals from {@value Levels#FEWEST_BLOCKS} blocks on
 * and without any below. Where theory has a curve or a slope, it lies over them.
 */
public final class CurveSketch implements Sketch {

    /** With more places than this, intervals are a band: marks would cover each other. */
    private static final int MOST_MARKS = 20;

    /** An axis this long, in the ratio of its ends, may be logarithmic. */
    private static final double WIDE = 8;

    /** A measure about to get its axis. */
    public record Measured(String measure) {
        /** The axis of numbers along which the curve runs. */
        public CurveSketch over(String axis) {
            return new CurveSketch(
                    measure,
                    axis,
                    "",
                    Map.of(),
                    "",
                    OptionalDouble.empty(),
                    Scale.LINEAR,
                    measure + " over " + axis,
                    "");
        }
    }

    private final String measure;
    private final String axis;
    private final String curves;
    private final Map<String, Role> roles;
    private final String theory;
    private final OptionalDouble slope;
    private final Scale scale;
    private final String title;
    private final String caption;

    private CurveSketch(
            String measure,
            String axis,
            String curves,
            Map<String, Role> roles,
            String theory,
            OptionalDouble slope,
            Scale scale,
            String title,
            String caption) {
        this.measure = measure;
        this.axis = axis;
        this.curves = curves;
        this.roles = Map.copyOf(roles);
        this.theory = theory;
        this.slope = slope;
        this.scale = scale;
        this.title = title;
        this.caption = caption;
    }

    /** A curve for each value of an axis. */
    public CurveSketch by(String more) {
        return new CurveSketch(measure, axis, more, roles, theory, slope, scale, title, caption);
    }

    /** The role in which one value of the {@link #by} axis is drawn: START mutes it, CONTROL is what should differ. */
    public CurveSketch drawing(Object value, Role role) {
        return new CurveSketch(
                measure, axis, curves, Drawn.with(roles, value, role), theory, slope, scale, title, caption);
    }

    /** A measure that holds what theory says at each place: drawn as a line, one for all curves where it is the same. */
    public CurveSketch against(String closedForm) {
        return new CurveSketch(measure, axis, curves, roles, closedForm, slope, scale, title, caption);
    }

    /** A power law of this exponent at the height of the first curve, on logarithmic axes. */
    public CurveSketch againstSlope(double exponent) {
        return new CurveSketch(
                measure, axis, curves, roles, theory, OptionalDouble.of(exponent), Scale.LOG, title, caption);
    }

    /** Geometric means on a logarithmic axis, for a measure that is positive. */
    public CurveSketch logarithmic() {
        return new CurveSketch(measure, axis, curves, roles, theory, slope, Scale.LOG, title, caption);
    }

    public CurveSketch titled(String words) {
        return new CurveSketch(measure, axis, curves, roles, theory, slope, scale, words, caption);
    }

    /** How to read the picture, in one or two sentences; it is followed by what the intervals are. */
    public CurveSketch captioned(String words) {
        return new CurveSketch(measure, axis, curves, roles, theory, slope, scale, title, words);
    }

    @Override
    public Figure of(Observations observations) {
        List<Figure.Layer> layers = new ArrayList<>();
        List<Figure.Line> claimed = new ArrayList<>();
        List<Double> places = new ArrayList<>();
        Drawn.groups(observations, curves).forEach((value, part) -> {
            String name = value.isEmpty() ? measure : value;
            TreeMap<Double, Observations> along = along(part);
            List<Double> x = List.copyOf(along.keySet());
            places.addAll(x);
            layers.addAll(curve(
                    name,
                    roles.getOrDefault(value, Role.MEASURED),
                    x,
                    along.values().stream().map(there -> mean(there, measure)).toList()));
            if (!theory.isEmpty()) {
                claimed.add(new Figure.Line(
                        value.isEmpty() ? theory : theory + ", " + value,
                        Role.CLAIMED,
                        x,
                        along.values().stream()
                                .map(there -> mean(there, theory).value())
                                .toList()));
            }
        });
        layers.addAll(0, once(claimed));
        slope.ifPresent(exponent -> layers.add(0, powerLaw(exponent, layers)));
        return new Figure.Chart(
                title,
                (caption + " " + meaning(observations)).strip(),
                new Figure.Axis(axis, slope.isPresent() ? Scale.LOG : spacing(places)),
                new Figure.Axis(measure, scale),
                layers);
    }

    private TreeMap<Double, Observations> along(Observations part) {
        Map<Double, List<Observation>> rows = new LinkedHashMap<>();
        part.rows()
                .forEach(row -> rows.computeIfAbsent(row.point().number(axis), place -> new ArrayList<>())
                        .add(row));
        TreeMap<Double, Observations> along = new TreeMap<>();
        rows.forEach((place, there) -> along.put(place, new Observations(there)));
        return along;
    }

    private Estimate mean(Observations there, String of) {
        if (there.blocks().size() < there.rows().size()) {
            throw new Unjudgeable("several values of '" + of + "' in one block at "
                    + there.rows().get(0).point() + ": tell the curves apart by .by(axis)");
        }
        double[] values = scale == Scale.LOG
                ? there.rows().stream().mapToDouble(row -> Drawn.log(row, of)).toArray()
                : there.values(of);
        Estimate mean = values.length < Levels.FEWEST_BLOCKS
                ? Estimate.exactly(DoubleStream.of(values).average().orElseThrow())
                : StudentT.mean(values, Levels.SUPPORT);
        return scale == Scale.LOG
                ? new Estimate(Math.exp(mean.lower()), Math.exp(mean.value()), Math.exp(mean.upper()))
                : mean;
    }

    private static List<Figure.Layer> curve(String name, Role role, List<Double> x, List<Estimate> means) {
        Figure.Line line = new Figure.Line(
                name, role, x, means.stream().map(Estimate::value).toList());
        return x.size() <= MOST_MARKS
                ? List.of(line, Drawn.points(name, role, x, means))
                : List.of(
                        new Figure.Band(
                                name,
                                role,
                                x,
                                means.stream().map(Estimate::lower).toList(),
                                means.stream().map(Estimate::upper).toList()),
                        line);
    }

    /** What theory says the same of all curves is drawn once, under its own name. */
    private List<Figure.Line> once(List<Figure.Line> lines) {
        boolean same = lines.stream()
                        .map(line -> List.of(line.x(), line.y()))
                        .distinct()
                        .count()
                == 1;
        return same
                ? List.of(new Figure.Line(
                        theory, Role.CLAIMED, lines.get(0).x(), lines.get(0).y()))
                : lines;
    }

    private Figure.Line powerLaw(double exponent, List<Figure.Layer> layers) {
        Figure.Line first = layers.stream()
                .filter(layer -> layer.role() != Role.CLAIMED && layer instanceof Figure.Line)
                .map(Figure.Line.class::cast)
                .findFirst()
                .orElseThrow(() -> new Unjudgeable("a slope needs a curve that is not itself a claim"));
        if (!(first.x().get(0) > 0)) {
            throw new Unjudgeable("a slope needs positive places, '" + axis + "' begins at "
                    + Numbers.show(first.x().get(0)));
        }
        double height = 0;
        for (int place = 0; place < first.x().size(); place++) {
            height += (Math.log(first.y().get(place))
                            - exponent * Math.log(first.x().get(place)))
                    / first.x().size();
        }
        double factor = Math.exp(height);
        List<Double> ends = List.of(first.x().get(0), first.x().get(first.x().size() - 1));
        return new Figure.Line(
                "slope " + Numbers.show(exponent),
                Role.CLAIMED,
                ends,
                ends.stream().map(end -> factor * Math.pow(end, exponent)).toList());
    }

    /** Logarithmic for sizes that grow by factors, linear for a grid of equal steps. */
    private static Scale spacing(List<Double> places) {
        double[] sorted = places.stream()
                .mapToDouble(Double::doubleValue)
                .distinct()
                .sorted()
                .toArray();
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        double middle = sorted[sorted.length / 2];
        return low > 0
                        && high / low >= WIDE
                        && Math.abs(middle - Math.sqrt(low * high)) < Math.abs(middle - (low + high) / 2)
                ? Scale.LOG
                : Scale.LINEAR;
    }

    private String meaning(Observations observations) {
        int blocks = observations.blocks().size();
        String means = scale == Scale.LOG ? "Geometric means" : "Means";
        return blocks == 1
                ? "One block."
                : blocks < Levels.FEWEST_BLOCKS
                        ? means + " over " + blocks + " blocks, too few for an interval."
                        : means + " over blocks with their 99.7 % intervals.";
    }
}
