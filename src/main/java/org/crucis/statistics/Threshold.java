package org.crucis.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.crucis.claim.Criterion;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Unjudgeable;

/**
 * The exponent with which a minimal size grows, such as the width from which on training succeeds, in the number of inputs.
 *
 * <p>A trial looks for its minimal size by bisection on a geometric grid, and so knows it by a bracket. Of a minimal width it
 * gives two measures: "minimal width above" is the largest width that failed, 0 where none did, and "minimal width at most"
 * the smallest that succeeded, 0 where none did. In the logarithm of the size the chance of success is a logistic curve whose
 * place is linear in the logarithms of the covariates; {@link Brackets} fits it and gives the interval, clustered by block.
 *
 * <p>A covariate is an axis of the sweep, or a measure where the point has no such axis. Inside and outside are asked of the
 * judged exponent alone; what is adjusted for is fitted beside it. Sufficient sizes of theorems, measured by the trial with
 * their constants put to one, can be laid beside: they are shown, not judged.
 */
public final class Threshold implements Rule {

    private static final int FEWEST_VALUES = 3;

    private static final double DRAWN = 0.99;

    private final String measure;
    private final String covariate;
    private final Interval theory;
    private final double margin;
    private final List<String> others;
    private final List<String> bounds;

    private Threshold(
            String measure,
            String covariate,
            Interval theory,
            double margin,
            List<String> others,
            List<String> bounds) {
        if (!(margin > 0)) {
            throw new IllegalArgumentException("the margin of an exponent must be positive, got " + margin);
        }
        if (others.contains(covariate)) {
            throw new IllegalArgumentException("the exponent in " + covariate + " is judged, not adjusted for");
        }
        this.measure = measure;
        this.covariate = covariate;
        this.theory = theory;
        this.margin = margin;
        this.others = List.copyOf(others);
        this.bounds = List.copyOf(bounds);
    }

    /** What is minimal. */
    public record Measured(String measure) {
        public Scaling exponentIn(String covariate) {
            return new Scaling(measure, covariate);
        }
    }

    /** What is minimal, and in what it grows. */
    public record Scaling(String measure, String covariate) implements Boundable<Bounded> {
        @Override
        public Bounded claimed(Interval theory) {
            return new Bounded(this, theory);
        }
    }

    /** What theory says, about to get its margin. */
    public record Bounded(Scaling what, Interval theory) {
        /** How far from the theory's exponent is still taken for it. */
        public Threshold margin(double margin) {
            return new Threshold(what.measure, what.covariate, theory, margin, List.of(), List.of());
        }
    }

    /** Other covariates, whose exponents are fitted beside the judged one. */
    public Threshold adjustedFor(String... covariates) {
        List<String> more =
                Stream.concat(others.stream(), Stream.of(covariates)).distinct().toList();
        return new Threshold(measure, covariate, theory, margin, more, bounds);
    }

    /** Measures that hold sufficient sizes of theorems. */
    public Threshold beside(String... sufficient) {
        List<String> more =
                Stream.concat(bounds.stream(), Stream.of(sufficient)).distinct().toList();
        return new Threshold(measure, covariate, theory, margin, others, more);
    }

    @Override
    public String sentence() {
        String claimed =
                theory.lower() == theory.upper() ? "equal to " + Numbers.show(theory.lower()) : theory.toString();
        return "exponent of " + measure + " in " + covariate + " " + claimed + " (margin " + Numbers.show(margin)
                + (others.isEmpty() ? "" : ", adjusted for " + String.join(", ", others)) + ")";
    }

    @Override
    public Optional<Criterion> withMargin(double other) {
        return Optional.of(new Threshold(measure, covariate, theory, other, others, bounds));
    }

    @Override
    public Interval region() {
        return new Interval(theory.lower() - margin, theory.upper() + margin);
    }

    @Override
    public String unit() {
        return "exponent";
    }

    @Override
    public Set<String> reads() {
        Set<String> read = new LinkedHashSet<>(List.of(failed(), sufficed()));
        read.addAll(covariates());
        read.addAll(bounds);
        return read;
    }

    private String failed() {
        return measure + " above";
    }

    private String sufficed() {
        return measure + " at most";
    }

    private List<String> covariates() {
        return Stream.concat(Stream.of(covariate), others.stream()).toList();
    }

    // ---- reading -------------------------------------------------------------------------------------------------

    private static double covariate(Observation row, String name) {
        Point point = row.point();
        if (!point.has(name) && !row.values().containsKey(name)) {
            throw new Unjudgeable("'" + name + "' is neither an axis nor measured at " + point + "; measured were "
                    + row.values().keySet());
        }
        if (point.has(name) && !(point.coordinates().get(name) instanceof Double)) {
            throw new Unjudgeable("'" + name + "' is '" + point.label(name) + "' at " + point
                    + ": a power law needs numbers, so judge the family with .per(axis)");
        }
        return positive(row, name, point.has(name) ? point.number(name) : row.value(name));
    }

    private static double positive(Observation row, String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new Unjudgeable("'" + name + "' is " + Numbers.show(value) + " at " + row.point() + ", block "
                    + row.block() + ": a power law needs positive numbers");
        }
        return value;
    }

    private Brackets.Row bracket(Observation row, List<String> names) {
        double above = row.value(failed());
        double atMost = row.value(sufficed());
        String where = " at " + row.point() + ", block " + row.block();
        if (above < 0 || atMost < 0) {
            throw new Unjudgeable("'" + measure + "' is above " + Numbers.show(above) + " and at most "
                    + Numbers.show(atMost) + where + ": sizes are positive, or 0 where none failed or none succeeded");
        }
        if (above == 0 && atMost == 0) {
            throw new Unjudgeable("no size failed and none succeeded" + where + ": nothing was tried");
        }
        if (atMost > 0 && above >= atMost) {
            throw new Unjudgeable("'" + measure + "' is above " + Numbers.show(above) + " and at most "
                    + Numbers.show(atMost) + where + ": a size that failed must be smaller than one that succeeded");
        }
        return new Brackets.Row(
                Math.log(above),
                atMost == 0 ? Double.POSITIVE_INFINITY : Math.log(atMost),
                names.stream()
                        .mapToDouble(name -> Math.log(covariate(row, name)))
                        .toArray(),
                row.block());
    }

    private List<Brackets.Row> brackets(Observations observations, List<String> names) {
        if (observations.isEmpty()) {
            throw new Unjudgeable("no observations of '" + measure + "'");
        }
        return observations.rows().stream().map(row -> bracket(row, names)).toList();
    }

    private Brackets fit(Observations observations) {
        List<Brackets.Row> rows = brackets(observations, covariates());
        long values = values(observations).length;
        if (values < FEWEST_VALUES) {
            throw new Unjudgeable(
                    "an exponent needs at least " + FEWEST_VALUES + " values of '" + covariate + "', got " + values);
        }
        return new Brackets(rows, covariates());
    }

    /** The values of the judged covariate in ascending order. */
    private double[] values(Observations observations) {
        return observations.rows().stream()
                .mapToDouble(row -> covariate(row, covariate))
                .sorted()
                .distinct()
                .toArray();
    }

    private static Observations where(Observations observations, Predicate<Observation> keep) {
        return new Observations(observations.rows().stream().filter(keep).toList());
    }

    private boolean isCensored(Observation row) {
        return row.value(failed()) == 0 || row.value(sufficed()) == 0;
    }

    /** Of equal values exactly that value, so that an axis keeps its numbers. */
    private static double geometricMean(Observations observations, ToDoubleFunction<Observation> value) {
        double[] values = observations.rows().stream().mapToDouble(value).toArray();
        double first = values[0];
        return first
                * Math.exp(DoubleStream.of(values)
                        .map(each -> Math.log(each / first))
                        .average()
                        .orElseThrow());
    }

    private static double bound(Observation row, String name) {
        return positive(row, name, row.value(name));
    }

    // ---- judging -------------------------------------------------------------------------------------------------

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        return fit(observations).exponent(0, confidence);
    }

    /**
     * All sizes are multiplied by a power of the covariate that puts the estimate two margins past the edge of the region
     * at least, and its interval one: away from the theory, upwards where it bounds from both sides.
     */
    @Override
    public Observations tilted(Observations observations) {
        Estimate measured = estimate(observations, Levels.PLANTED);
        int away = Double.isInfinite(theory.upper()) ? -1 : 1;
        double edge = away > 0 ? region().upper() : region().lower();
        double end = away > 0 ? measured.lower() : -measured.upper();
        // An interval without an end has none wherever it is put.
        double nearest =
                Math.min(away * measured.value() - margin, Double.isInfinite(end) ? away * measured.value() : end);
        double change = away * (away * edge - nearest + margin);
        double reference = values(observations)[0];
        ToDoubleFunction<Observation> factor = row -> Math.pow(covariate(row, covariate) / reference, change);
        return observations
                .with(failed(), row -> row.value(failed()) * factor.applyAsDouble(row))
                .with(sufficed(), row -> row.value(sufficed()) * factor.applyAsDouble(row));
    }

    // ---- remark --------------------------------------------------------------------------------------------------

    @Override
    public String remark(Observations observations) {
        Brackets fit = fit(observations);
        double[] values = values(observations);
        List<String> parts = new ArrayList<>();
        parts.add("on " + covariate + " " + Numbers.show(values[0]) + " to " + Numbers.show(values[values.length - 1]));
        for (int other = 0; other < others.size(); other++) {
            parts.add("exponent in " + others.get(other) + " " + fit.exponent(other + 1, Levels.SUPPORT));
        }
        // The halves share the middle one of an odd number of values.
        double lowerEnd = values[values.length - values.length / 2 - 1];
        double upperStart = values[values.length / 2];
        parts.add(half(where(observations, row -> covariate(row, covariate) <= lowerEnd)) + " on the lower half, "
                + half(where(observations, row -> covariate(row, covariate) >= upperStart)) + " on the upper");
        censored(observations).ifPresent(parts::add);
        if (fit.isFinerThanTheGrid()) {
            parts.add("the noise is finer than the grid");
        }
        // The first one is the claim's own; the table has all of them.
        bounds.stream()
                .limit(1)
                .forEach(bound -> parts.add(constant(observations, fit, bound, values[values.length - 1])));
        return "(" + String.join("; ", parts) + ")";
    }

    private String half(Observations part) {
        try {
            return Numbers.show(new Brackets(brackets(part, covariates()), covariates()).exponent(0));
        } catch (Unjudgeable e) {
            return "unknown";
        }
    }

    private Optional<String> censored(Observations observations) {
        long without = observations.rows().stream()
                .filter(row -> row.value(failed()) == 0)
                .count();
        long beyond = observations.rows().stream()
                .filter(row -> row.value(sufficed()) == 0)
                .count();
        return without + beyond == 0
                ? Optional.empty()
                : Optional.of((without + beyond) + " of "
                        + observations.rows().size() + " rows censored (no size failed in " + without
                        + ", none succeeded in " + beyond + ")");
    }

    /** The constant that a bound would need at the largest covariate, and how it drifts. */
    private String constant(Observations observations, Brackets fit, String bound, double largest) {
        Observations there = where(observations, row -> covariate(row, covariate) == largest);
        String drift;
        try {
            drift = new Brackets(over(observations, bound, List.of(covariate)), List.of(covariate))
                    .exponent(0, Levels.SUPPORT)
                    .toString();
        } catch (Unjudgeable e) {
            drift = "unknown";
        }
        String constant =
                Numbers.show(Math.exp(logSize(there, fit).value()) / geometricMean(there, row -> bound(row, bound)));
        return measure + " over " + bound + " " + constant + " at " + covariate + " " + Numbers.show(largest)
                + ", exponent " + drift;
    }

    private List<Brackets.Row> over(Observations observations, String bound, List<String> names) {
        List<Brackets.Row> rows = new ArrayList<>();
        for (Observation row : observations.rows()) {
            rows.add(bracket(row, names).over(Math.log(bound(row, bound))));
        }
        return rows;
    }

    // ---- figures -------------------------------------------------------------------------------------------------

    @Override
    public List<Figure> figures(List<Arm> arms) {
        Observations main = arms.get(0).observations();
        Brackets fit = fit(main);
        List<Figure.Layer> law = new ArrayList<>();
        for (Arm arm : arms) {
            boolean prediction = arm.role() == Role.PREDICTION;
            law.addAll(points(arm));
            if (prediction) {
                double[] values = values(main);
                law.add(line("fitted", Figure.Role.FITTED, values, main, fit, fit.exponent(0)));
                double claimed = Double.isInfinite(theory.lower()) ? theory.upper() : theory.lower();
                law.add(line(
                        "claimed exponent " + Numbers.show(claimed), Figure.Role.CLAIMED, values, main, fit, claimed));
            }
        }
        Figure.Axis across = new Figure.Axis(covariate, Figure.Scale.LOG);
        Figure.Axis up = new Figure.Axis(measure, Figure.Scale.LOG);
        String reading = "Geometric middles of the brackets, averaged over blocks, with 99 % intervals; both axes"
                + " logarithmic: a power law is a straight line." + held() + censoring(main);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure.Chart(measure + " against " + covariate, reading, across, up, law));
        if (!bounds.isEmpty()) {
            List<Figure.Layer> beside = new ArrayList<>();
            arms.forEach(arm -> beside.addAll(points(arm)));
            bounds.forEach(bound -> beside.add(sufficient(main, bound)));
            figures.add(new Figure.Chart(
                    measure + " beside what is sufficient",
                    "The measured points again, and the theorems' sufficient sizes with their constants put to one"
                            + " (geometric means): what counts is how the distance changes along the axis.",
                    across,
                    up,
                    beside));
        }
        figures.add(table(main, fit));
        return figures;
    }

    private String held() {
        return others.isEmpty() ? "" : " The lines stand at the geometric mean of " + String.join(", ", others) + ".";
    }

    private String censoring(Observations observations) {
        List<String> points = observations.points().stream()
                .filter(point -> observations.at(point).rows().stream().anyMatch(this::isCensored))
                .map(Point::toString)
                .toList();
        return points.isEmpty()
                ? ""
                : " Where a bracket has one end only, the middle of the fitted law is shown instead: "
                        + String.join("; ", points) + ".";
    }

    private record Place(double x, Estimate size, Figure.Role role) {}

    /** What was measured, and apart from it the places where only the fitted law says something. */
    private List<Figure.Points> points(Arm arm) {
        Brackets fit = fit(arm.observations());
        Figure.Role role = arm.role() == Role.PREDICTION ? Figure.Role.MEASURED : Figure.Role.CONTROL;
        List<Place> places = arm.observations().points().stream()
                .map(point -> arm.observations().at(point))
                .map(there -> new Place(
                        geometricMean(there, row -> covariate(row, covariate)),
                        size(there, fit),
                        there.rows().stream().anyMatch(this::isCensored) ? Figure.Role.FITTED : role))
                .sorted(Comparator.comparingDouble(Place::x))
                .toList();
        return Stream.of(role, Figure.Role.FITTED)
                .map(each -> Drawn.points(
                        each == role ? arm.name() : arm.name() + ", fitted",
                        each,
                        places.stream()
                                .filter(place -> place.role() == each)
                                .map(Place::x)
                                .toList(),
                        places.stream()
                                .filter(place -> place.role() == each)
                                .map(Place::size)
                                .toList()))
                .filter(points -> !points.x().isEmpty())
                .toList();
    }

    /** The minimal size at one point of the sweep. */
    private Estimate size(Observations there, Brackets fit) {
        Estimate log = logSize(there, fit);
        return new Estimate(Math.exp(log.lower()), Math.exp(log.value()), Math.exp(log.upper()));
    }

    private Estimate logSize(Observations there, Brackets fit) {
        List<Brackets.Row> rows = brackets(there, List.of());
        if (rows.stream().allMatch(Brackets.Row::isClosed)) {
            double[] middles = rows.stream()
                    .collect(Collectors.groupingBy(
                            Brackets.Row::block, TreeMap::new, Collectors.averagingDouble(Brackets.Row::middle)))
                    .values()
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            return middles.length < Levels.FEWEST_BLOCKS
                    ? Estimate.exactly(DoubleStream.of(middles).average().orElseThrow())
                    : StudentT.mean(middles, DRAWN);
        }
        return Estimate.exactly(fitted(there, fit));
    }

    /** Where the law lies at the mean of these rows' covariates. */
    private double fitted(Observations there, Brackets fit) {
        return fit.at(covariates().stream()
                .mapToDouble(name -> Math.log(geometricMean(there, row -> covariate(row, name))))
                .toArray());
    }

    /** A power law through the middle of the fitted one. */
    private Figure.Line line(
            String name, Figure.Role role, double[] values, Observations main, Brackets fit, double exponent) {
        double[] middle = covariates().stream()
                .mapToDouble(each -> Math.log(geometricMean(main, row -> covariate(row, each))))
                .toArray();
        double height = fit.at(middle);
        List<Double> x = List.of(values[0], values[values.length - 1]);
        return new Figure.Line(
                name,
                role,
                x,
                x.stream()
                        .map(each -> Math.exp(height + exponent * (Math.log(each) - middle[0])))
                        .toList());
    }

    private Figure.Line sufficient(Observations main, String bound) {
        Map<Double, Double> curve = new TreeMap<>();
        for (Point point : main.points()) {
            double x = geometricMean(main.at(point), row -> covariate(row, covariate));
            Observations there = where(
                    main,
                    row -> row.point().has(covariate)
                            ? covariate(row, covariate) == x
                            : row.point().equals(point));
            curve.put(x, geometricMean(there.isEmpty() ? main.at(point) : there, row -> bound(row, bound)));
        }
        return new Figure.Line(bound, Figure.Role.CLAIMED, List.copyOf(curve.keySet()), List.copyOf(curve.values()));
    }

    /** One row a point, as it was measured. */
    private Figure.Table table(Observations main, Brackets fit) {
        List<String> axes = main.points().stream()
                .flatMap(point -> point.coordinates().keySet().stream())
                .distinct()
                .toList();
        List<String> measured =
                covariates().stream().filter(name -> !axes.contains(name)).toList();
        boolean censored = main.rows().stream().anyMatch(this::isCensored);
        List<String> columns = new ArrayList<>(axes);
        columns.addAll(measured);
        columns.add(measure);
        if (censored) {
            columns.add("rows censored");
        }
        columns.addAll(bounds);
        bounds.forEach(bound -> columns.add(measure + " over " + bound));
        List<List<String>> rows = new ArrayList<>();
        for (Point point : main.points()) {
            Observations there = main.at(point);
            Estimate size = size(there, fit);
            List<String> cells = new ArrayList<>();
            axes.forEach(axis -> cells.add(shown(point, axis)));
            measured.forEach(name -> cells.add(Numbers.show(geometricMean(there, row -> covariate(row, name)))));
            cells.add(size.toString());
            if (censored) {
                cells.add(there.rows().stream().filter(this::isCensored).count() + " of "
                        + there.rows().size());
            }
            Map<String, Double> sufficient = new LinkedHashMap<>();
            bounds.forEach(bound -> sufficient.put(bound, geometricMean(there, row -> bound(row, bound))));
            sufficient.values().forEach(bound -> cells.add(Numbers.show(bound)));
            sufficient.values().forEach(bound -> cells.add(Numbers.show(size.value() / bound)));
            rows.add(cells);
        }
        return new Figure.Table(
                measure + ", point by point",
                "Geometric means over blocks, the measured size with its 99 % interval"
                        + (bounds.isEmpty()
                                ? "."
                                : "; what it is over a bound is the constant that the bound would need."),
                columns,
                rows);
    }

    private static String shown(Point point, String axis) {
        if (!point.has(axis)) {
            return "–";
        }
        return point.coordinates().get(axis) instanceof Double number ? Numbers.show(number) : point.label(axis);
    }
}
