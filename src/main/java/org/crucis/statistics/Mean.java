package org.crucis.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * A mean over blocks that has to lie inside a region at every point of the sweep: equivalence with a number or with a
 * closed form, or a one-sided bound.
 *
 * <p>The tolerance is a resolution plus a finite-size allowance C/size with C named in advance. Inside needs every point
 * inside (no correction: all must hold); outside needs one point outside at a level shared among the points (Bonferroni).
 * Where the tolerance differs between points, deviations are counted in tolerances.
 */
public final class Mean implements Rule {

    /** Which statistic of a row is averaged. */
    enum Kind {
        MEAN,
        GEOMETRIC,
        DIFFERENCE,
        RELATIVE
    }

    /** A finite-size allowance C/size. */
    private record Allowance(double constant, String size) {}

    /** A planted deviation below a geometric mean's lower bound: a third of it, for two tolerances less may be negative. */
    private static final double FAR_BELOW = Math.log(3);

    /** More curves than this are drawn as one cloud instead. */
    private static final int MOST_FAMILIES = 6;

    private final String measure;
    private final String theory;
    private final Kind kind;
    private final Interval claimed;
    private final double resolution;
    private final List<Allowance> allowances;

    private Mean(
            String measure, String theory, Kind kind, Interval claimed, double resolution, List<Allowance> allowances) {
        if (!(resolution > 0)) {
            throw new IllegalArgumentException("the tolerance of a mean must be positive, got " + resolution);
        }
        Interval accepted = new Interval(claimed.lower() - resolution, claimed.upper() + resolution);
        if (kind == Kind.GEOMETRIC && Double.isInfinite(claimed.upper()) && accepted.lower() <= 0) {
            throw new IllegalArgumentException("a geometric mean at least " + Numbers.show(accepted.lower())
                    + " is no condition, for every one is positive: take a smaller tolerance or a bound from above");
        }
        if (kind == Kind.GEOMETRIC && accepted.upper() <= 0) {
            throw new IllegalArgumentException(
                    "a geometric mean is positive and cannot be at most " + Numbers.show(accepted.upper()));
        }
        this.measure = measure;
        this.theory = theory;
        this.kind = kind;
        this.claimed = claimed;
        this.resolution = resolution;
        this.allowances = List.copyOf(allowances);
    }

    /** What is averaged. */
    public record Measured(String measure, Kind kind) implements Boundable<Bounded> {
        @Override
        public Bounded claimed(Interval theory) {
            return new Bounded(this, theory);
        }
    }

    /** What theory says, about to get its tolerance. */
    public record Bounded(Measured what, Interval claimed) {
        /** The resolution: how far from the theory is still taken for it, in the measure's own unit. */
        public Mean within(double resolution) {
            return new Mean(what.measure, null, what.kind, claimed, resolution, List.of());
        }
    }

    /** A measured number and its closed form, about to get their tolerance. */
    public record Compared(String measured, String theory, Kind kind) {
        /** The resolution: how far from the theory is still taken for it; a fraction for a relative agreement. */
        public Mean within(double resolution) {
            return new Mean(measured, theory, kind, new Interval(0, 0), resolution, List.of());
        }
    }

    /** Adds a finite-size allowance: constant / size. */
    public Mean plus(double constant, String size) {
        List<Allowance> more = new ArrayList<>(allowances);
        more.add(new Allowance(constant, size));
        return new Mean(measure, theory, kind, claimed, resolution, more);
    }

    @Override
    public String sentence() {
        StringBuilder text = new StringBuilder(
                switch (kind) {
                    case MEAN -> "mean of " + measure;
                    case GEOMETRIC -> "geometric mean of " + measure;
                    case DIFFERENCE -> measure + " minus " + theory;
                    case RELATIVE -> measure + " over " + theory + " minus one";
                });
        text.append(claimed.lower() == claimed.upper() ? " equal to " + Numbers.show(claimed.lower()) : " " + claimed);
        text.append(", within ").append(Numbers.show(resolution));
        allowances.forEach(each -> text.append(" + ")
                .append(Numbers.show(each.constant))
                .append("/")
                .append(each.size));
        return text.toString();
    }

    @Override
    public Optional<Criterion> withMargin(double other) {
        return Optional.of(new Mean(measure, theory, kind, claimed, other, allowances));
    }

    @Override
    public Interval region() {
        return allowances.isEmpty() ? widened(resolution) : new Interval(sideOrOpen(-1), sideOrOpen(1));
    }

    private double sideOrOpen(int side) {
        boolean open = Double.isInfinite(side < 0 ? claimed.lower() : claimed.upper());
        return open ? side * Double.POSITIVE_INFINITY : side;
    }

    private Interval widened(double tolerance) {
        return new Interval(claimed.lower() - tolerance, claimed.upper() + tolerance);
    }

    private double tolerance(Point point) {
        double tolerance = resolution;
        for (Allowance each : allowances) {
            tolerance += each.constant / point.number(each.size);
        }
        return tolerance;
    }

    @Override
    public String unit() {
        if (!allowances.isEmpty()) {
            return "deviation in tolerances";
        }
        return switch (kind) {
            case MEAN -> "mean";
            case GEOMETRIC -> "geometric mean";
            case DIFFERENCE -> "difference";
            case RELATIVE -> "relative difference";
        };
    }

    @Override
    public Set<String> reads() {
        Set<String> read = new LinkedHashSet<>(List.of(measure));
        Optional.ofNullable(theory).ifPresent(read::add);
        return read;
    }

    private double statistic(Observation row) {
        double value = row.value(measure);
        return switch (kind) {
            case MEAN -> value;
            case GEOMETRIC -> Drawn.log(row, measure);
            case DIFFERENCE -> value - row.value(theory);
            case RELATIVE -> value / row.value(theory) - 1;
        };
    }

    /** The estimate at one point, in the measure's own unit. */
    private Estimate at(Observations there, double confidence) {
        if (there.blocks().size() < there.rows().size()) {
            throw new Unjudgeable("several values of '" + measure + "' in one block at "
                    + there.rows().get(0).point() + ": give each its own place on an inner axis");
        }
        Estimate raw = raw(there, confidence);
        return kind == Kind.GEOMETRIC
                ? new Estimate(Math.exp(raw.lower()), Math.exp(raw.value()), Math.exp(raw.upper()))
                : raw;
    }

    /** The mean of the statistic of the rows, which is a logarithm for a geometric mean. */
    private Estimate raw(Observations there, double confidence) {
        return StudentT.mean(there.rows().stream().mapToDouble(this::statistic).toArray(), confidence);
    }

    /** Counted in tolerances where these differ between points. */
    private Estimate judged(Point point, Estimate estimate) {
        if (allowances.isEmpty()) {
            return estimate;
        }
        double tolerance = tolerance(point);
        double lower = scaled(estimate.lower(), tolerance);
        double value = scaled(estimate.value(), tolerance);
        return new Estimate(lower, value, scaled(estimate.upper(), tolerance));
    }

    private double scaled(double value, double tolerance) {
        double centre = Double.isInfinite(claimed.lower()) ? claimed.upper() : claimed.lower();
        return (value - centre) / tolerance;
    }

    private record Place(Point point, Estimate judged) {}

    private List<Place> places(Observations observations, double confidence) {
        if (observations.isEmpty()) {
            throw new Unjudgeable("no observations of '" + measure + "'");
        }
        List<Place> places = new ArrayList<>();
        for (Point point : observations.points()) {
            places.add(new Place(point, judged(point, at(observations.at(point), confidence))));
        }
        return places;
    }

    private double overshoot(Place place) {
        return region().overshoot(place.judged().interval());
    }

    private Place worst(Observations observations, double confidence) {
        return places(observations, confidence).stream()
                .reduce((one, other) -> overshoot(one) >= overshoot(other) ? one : other)
                .orElseThrow();
    }

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        return worst(observations, confidence).judged();
    }

    @Override
    public boolean outside(Observations observations, double confidence) {
        double shared = 1 - (1 - confidence) / observations.points().size();
        return places(observations, shared).stream()
                .anyMatch(place -> region().misses(place.judged().interval()));
    }

    /** At whatever point it is: at the one where it is hardest to see. */
    @Override
    public double detectable(Observations observations, double look, double scatter) {
        if (observations.isEmpty()) {
            throw new Unjudgeable("no observations of '" + measure + "'");
        }
        double shared = 1 - (1 - look) / observations.points().size();
        return observations.points().stream()
                .mapToDouble(point -> {
                    Observations there = observations.at(point);
                    return past(tolerance(point), halfWidth(there, shared) + halfWidth(there, scatter));
                })
                .max()
                .orElseThrow();
    }

    private double halfWidth(Observations there, double confidence) {
        Estimate raw = raw(there, confidence);
        return raw.upper() - raw.value();
    }

    /** A distance past the edge of the region, in the unit of the estimate; as a logarithm for a geometric mean. */
    private double past(double tolerance, double distance) {
        Interval accepted = widened(tolerance);
        double below = distance;
        double above = distance;
        if (kind == Kind.GEOMETRIC) {
            // No geometric mean lies below zero.
            below = Math.max(0, -accepted.lower() * Math.expm1(-distance));
            above = accepted.upper() * Math.expm1(distance);
        }
        return accepted.farther(below, above) / (allowances.isEmpty() ? 1 : tolerance);
    }

    /**
     * The mean at every point is put two tolerances past the edge of its region, or farther where its interval is wider
     * than that: away from the theory, upwards where it bounds from both sides.
     */
    @Override
    public Observations tilted(Observations observations) {
        Map<Point, Double> moves = new HashMap<>();
        for (Point point : observations.points()) {
            Estimate measured = raw(observations.at(point), Levels.PLANTED);
            moves.put(point, target(tolerance(point), measured.upper() - measured.value()) - measured.value());
        }
        return observations.with(measure, row -> moved(row, moves.get(row.point())));
    }

    /** Where the statistic of the rows is put; as a logarithm for a geometric mean. */
    private double target(double tolerance, double halfWidth) {
        Interval accepted = widened(tolerance);
        if (kind == Kind.GEOMETRIC) {
            return Double.isInfinite(claimed.upper())
                    ? Math.log(accepted.lower()) - Math.max(FAR_BELOW, halfWidth)
                    : Math.log(accepted.upper()) + Math.max(Math.log1p(2 * tolerance / accepted.upper()), halfWidth);
        }
        double beyond = Math.max(2 * tolerance, halfWidth);
        return Double.isInfinite(claimed.upper()) ? accepted.lower() - beyond : accepted.upper() + beyond;
    }

    private double moved(Observation row, double move) {
        double value = row.value(measure);
        return switch (kind) {
            case MEAN, DIFFERENCE -> value + move;
            case GEOMETRIC -> value * Math.exp(move);
            case RELATIVE -> value + move * row.value(theory);
        };
    }

    @Override
    public String remark(Observations observations) {
        Place worst = worst(observations, Levels.SUPPORT);
        return observations.points().size() == 1
                ? ""
                : "(farthest of " + observations.points().size() + " points: " + worst.point() + ")";
    }

    @Override
    public List<Figure> figures(List<Arm> arms) {
        Observations main = arms.get(0).observations();
        Optional<String> axis = longestAxis(main);
        if (families(main, axis).size() > MOST_FAMILIES) {
            return theory == null ? List.of(ranked(arms)) : List.of(ranked(arms), parity(arms));
        }
        List<Figure.Layer> layers = new ArrayList<>();
        List<Double> x = new ArrayList<>();
        List<Double> lower = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        int number = 0;
        for (Point point : main.points()) {
            double place = axis.map(point::number).orElse((double) ++number);
            if (!x.contains(place)) {
                Interval accepted = widened(tolerance(point));
                x.add(place);
                lower.add(accepted.lower());
                upper.add(accepted.upper());
            }
        }
        if (lower.stream().allMatch(Double::isFinite) && upper.stream().allMatch(Double::isFinite)) {
            layers.add(new Figure.Band("accepted", Figure.Role.REGION, x, lower, upper));
        }
        double centre = Double.isInfinite(claimed.lower()) ? claimed.upper() : claimed.lower();
        layers.add(new Figure.Line(
                "claimed", Figure.Role.CLAIMED, List.of(x.get(0), x.get(x.size() - 1)), List.of(centre, centre)));
        for (Arm arm : arms) {
            List<Double> places = new ArrayList<>();
            List<Estimate> estimates = new ArrayList<>();
            int count = 0;
            for (Point point : arm.observations().points()) {
                count++;
                double next = count;
                places.add(axis.filter(point::has).map(point::number).orElse(next));
                estimates.add(at(arm.observations().at(point), Levels.SUPPORT));
            }
            layers.add(Drawn.points(arm.name(), role(arm), places, estimates));
        }
        boolean wide = axis.isPresent() && x.get(0) > 0 && x.get(x.size() - 1) / x.get(0) >= 8;
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure.Chart(
                title(),
                "Means over blocks with their 99.7 % intervals; the shaded area is what the prediction accepts.",
                new Figure.Axis(axis.orElse("point"), wide ? Figure.Scale.LOG : Figure.Scale.LINEAR),
                new Figure.Axis(unitOfStatistic(), Figure.Scale.LINEAR),
                layers));
        if (theory != null && axis.isPresent()) {
            figures.add(curves(axis.get(), wide ? Figure.Scale.LOG : Figure.Scale.LINEAR, main));
        }
        return figures;
    }

    /** The numeric axis with the most values, the first of them; empty when every axis has one. */
    private static Optional<String> longestAxis(Observations main) {
        Optional<String> longest = Optional.empty();
        long most = 1;
        for (String name : main.points().get(0).coordinates().keySet()) {
            if (main.points().stream().allMatch(point -> point.coordinates().get(name) instanceof Double)) {
                long values = main.points().stream()
                        .map(point -> point.number(name))
                        .distinct()
                        .count();
                if (values > most) {
                    most = values;
                    longest = Optional.of(name);
                }
            }
        }
        return longest;
    }

    private static List<Point> families(Observations main, Optional<String> axis) {
        return main.points().stream()
                .map(point -> axis.map(point::without).orElse(Point.ORIGIN))
                .distinct()
                .toList();
    }

    /** Every point of the sweep, by its deviation: for grids with more curves than an eye can follow. */
    private Figure ranked(List<Arm> arms) {
        List<Figure.Layer> layers = new ArrayList<>();
        List<Double> span = List.of(0.0, 1.0);
        double lower = Double.isInfinite(claimed.lower()) ? Double.NEGATIVE_INFINITY : -1;
        double upper = Double.isInfinite(claimed.upper()) ? Double.POSITIVE_INFINITY : 1;
        if (Double.isFinite(lower) && Double.isFinite(upper)) {
            layers.add(new Figure.Band(
                    "accepted", Figure.Role.REGION, span, List.of(lower, lower), List.of(upper, upper)));
        }
        layers.add(new Figure.Line("claimed", Figure.Role.CLAIMED, span, List.of(0.0, 0.0)));
        for (Arm arm : arms) {
            List<Estimate> deviations = new ArrayList<>();
            for (Point point : arm.observations().points()) {
                Estimate raw = at(arm.observations().at(point), Levels.SUPPORT);
                double tolerance = tolerance(point);
                deviations.add(new Estimate(
                        scaled(raw.lower(), tolerance),
                        scaled(raw.value(), tolerance),
                        scaled(raw.upper(), tolerance)));
            }
            deviations.sort(Comparator.comparingDouble(Estimate::value));
            List<Double> x = new ArrayList<>();
            for (int rank = 0; rank < deviations.size(); rank++) {
                x.add((rank + 0.5) / deviations.size());
            }
            layers.add(Drawn.points(arm.name(), role(arm), x, deviations));
        }
        return new Figure.Chart(
                title(),
                "Every point of the sweep in ascending order of its deviation, counted in tolerances, with 99.7 %"
                        + " intervals; the shaded area is what the prediction accepts.",
                new Figure.Axis("fraction of points", Figure.Scale.LINEAR),
                new Figure.Axis("deviation in tolerances", Figure.Scale.LINEAR),
                layers);
    }

    /** Measured against predicted: on the line where the closed form is right. */
    private Figure parity(List<Arm> arms) {
        List<Figure.Layer> layers = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Arm arm : arms) {
            List<Double> predicted = new ArrayList<>();
            List<Estimate> measured = new ArrayList<>();
            for (Point point : arm.observations().points()) {
                Observations there = arm.observations().at(point);
                double prediction =
                        StudentT.mean(there.values(theory), Levels.SUPPORT).value();
                predicted.add(prediction);
                measured.add(StudentT.mean(there.values(measure), Levels.SUPPORT));
                least = Math.min(least, prediction);
                most = Math.max(most, prediction);
            }
            layers.add(Drawn.points(arm.name(), role(arm), predicted, measured));
        }
        layers.add(0, new Figure.Line("equal", Figure.Role.CLAIMED, List.of(least, most), List.of(least, most)));
        return new Figure.Chart(
                measure + " against its closed form",
                "A point of the sweep each, mean over blocks with its 99.7 % interval: on the line where the closed form"
                        + " is right.",
                new Figure.Axis(theory, Figure.Scale.LINEAR),
                new Figure.Axis(measure, Figure.Scale.LINEAR),
                layers);
    }

    private static Figure.Role role(Arm arm) {
        return arm.role() == Role.PREDICTION ? Figure.Role.MEASURED : Figure.Role.CONTROL;
    }

    private String title() {
        return switch (kind) {
            case MEAN, GEOMETRIC -> measure;
            case DIFFERENCE -> measure + " minus " + theory;
            case RELATIVE -> measure + " over " + theory + ", minus one";
        };
    }

    private String unitOfStatistic() {
        return switch (kind) {
            case MEAN, GEOMETRIC -> measure;
            case DIFFERENCE -> "difference";
            case RELATIVE -> "relative difference";
        };
    }

    /** The closed form drawn through the measured points, one curve for each place on the other axes. */
    private Figure curves(String axis, Figure.Scale scale, Observations main) {
        List<Figure.Layer> layers = new ArrayList<>();
        for (Point family : families(main, Optional.of(axis))) {
            List<Double> x = new ArrayList<>();
            List<Estimate> measured = new ArrayList<>();
            List<Double> predicted = new ArrayList<>();
            for (Point point : main.points()) {
                if (point.without(axis).equals(family)) {
                    Observations there = main.at(point);
                    x.add(point.number(axis));
                    measured.add(StudentT.mean(there.values(measure), Levels.SUPPORT));
                    predicted.add(
                            StudentT.mean(there.values(theory), Levels.SUPPORT).value());
                }
            }
            String suffix = family.coordinates().isEmpty() ? "" : ", " + family;
            layers.add(new Figure.Line(theory + suffix, Figure.Role.CLAIMED, x, predicted));
            layers.add(Drawn.points(measure + suffix, Figure.Role.MEASURED, x, measured));
        }
        return new Figure.Chart(
                measure + " over its closed form",
                "Points: means over blocks with 99.7 % intervals. Lines: the closed form.",
                new Figure.Axis(axis, scale),
                new Figure.Axis(measure, Figure.Scale.LINEAR),
                layers);
    }
}
