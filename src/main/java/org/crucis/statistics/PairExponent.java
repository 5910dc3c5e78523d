package org.crucis.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * The exponent s of {@code mean distance ~ size^s}, where the distance is measured between two independent runs, such as
 * trainings of the same network from different seeds, and the mean is taken over all pairs of runs.
 *
 * <p>A trial trains its runs at one size and reports every pair once:
 *
 * <pre>{@code
 * Measurements runs = Measurements.along("run");
 * for (int run = 0; run < clouds.size(); run++) {
 *     Measurements others = Measurements.along("other run");
 *     for (int other = run + 1; other < clouds.size(); other++) {
 *         others = others.at(other, Measurements.of("distance", EnergyDistance.squared(...)));
 *     }
 *     runs = runs.at(run, others);
 * }
 * }</pre>
 *
 * <p>Pairs that share a run depend on each other, so that blocks of pairs give no interval. Instead each run is left out in
 * turn, with all its pairs and at every size, since a run keeps its seed through the sizes; the scatter of the slopes that
 * remain is the jackknife's standard error, for Student's t with one degree of freedom less than there are runs (Efron and
 * Stein 1981: for means over pairs its variance errs on the wide side). Drawing runs with replacement instead would pair
 * runs with themselves, at distance 0.
 *
 * <p>One block of twelve runs is enough to be judged ({@code Sweep.blocks(1, 1)}); later looks add blocks of new runs, whose pairs
 * are pooled. Runs are independent of each other only given what they share: let all blocks share one data set, about which the
 * finding then speaks.
 */
public final class PairExponent implements Rule {

    /** With fewer runs one unusual run decides, as with blocks. */
    private static final int FEWEST_RUNS = Levels.FEWEST_BLOCKS;

    private static final double FIGURE_CONFIDENCE = 0.99;

    private final Scaled what;
    private final Interval theory;
    private final double margin;

    private PairExponent(Scaled what, Interval theory, double margin) {
        if (!(margin > 0)) {
            throw new IllegalArgumentException("the margin of an exponent must be positive, got " + margin);
        }
        this.what = what;
        this.theory = theory;
        this.margin = margin;
    }

    /** What is measured between two runs. */
    public record Measured(String measure) {
        /** The two inner axes that name the runs of a pair; the order of the two is of no importance. */
        public Paired between(String run, String otherRun) {
            return new Paired(measure, run, otherRun);
        }
    }

    /** What is measured, and where its runs are named. */
    public record Paired(String measure, String run, String otherRun) {
        /** Asks how the mean over all pairs scales with a size. */
        public Scaled exponentIn(String size) {
            return new Scaled(this, size);
        }
    }

    /** What is measured, over which sizes. */
    public record Scaled(Paired pairs, String size) implements Boundable<Bounded> {
        @Override
        public Bounded claimed(Interval theory) {
            return new Bounded(this, theory);
        }
    }

    /** What theory says, about to get its margin. */
    public record Bounded(Scaled what, Interval theory) {
        /** How far from the theory's exponent is still taken for it. */
        public PairExponent margin(double margin) {
            return new PairExponent(what, theory, margin);
        }
    }

    @Override
    public String sentence() {
        String claimed =
                theory.lower() == theory.upper() ? "equal to " + Numbers.show(theory.lower()) : theory.toString();
        return "exponent of mean " + what.pairs.measure + " between " + what.pairs.run + " and " + what.pairs.otherRun
                + " in " + what.size + " " + claimed + " (margin " + Numbers.show(margin) + ")";
    }

    @Override
    public Optional<Criterion> withMargin(double other) {
        return Optional.of(new PairExponent(what, theory, other));
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
        return Set.of(what.pairs.measure);
    }

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        return Table.of(observations, what).slope(confidence);
    }

    /**
     * The slope is changed so much that it lies two margins past the edge of the region and its interval one: away from the
     * theory, upwards where it bounds from both sides.
     */
    @Override
    public Observations tilted(Observations observations) {
        Table table = Table.of(observations, what);
        Estimate slope = table.slope(Levels.PLANTED);
        int away = Double.isInfinite(theory.upper()) ? -1 : 1;
        double edge = away > 0 ? region().upper() : region().lower();
        double nearest = Math.min(away * slope.value() - margin, away > 0 ? slope.lower() : -slope.upper());
        double change = away * (away * edge - nearest + margin);
        double reference = table.sizes.get(0);
        return observations.with(
                what.pairs.measure,
                row -> row.value(what.pairs.measure) * Math.pow(row.point().number(what.size) / reference, change));
    }

    @Override
    public String remark(Observations observations) {
        Table table = Table.of(observations, what);
        return "(on " + what.size + " " + Numbers.show(table.sizes.get(0)) + " to "
                + Numbers.show(table.sizes.get(table.sizes.count() - 1)) + ", " + table.pairs + " pairs of "
                + table.without.size() + " runs)";
    }

    @Override
    public List<Figure> figures(List<Arm> arms) {
        List<Figure.Layer> layers = new ArrayList<>();
        for (Arm arm : arms) {
            Table table = Table.of(arm.observations(), what);
            boolean prediction = arm.role() == Role.PREDICTION;
            layers.add(table.values(arm.name(), prediction ? Figure.Role.MEASURED : Figure.Role.CONTROL));
            if (prediction) {
                double fitted = table.slope(FIGURE_CONFIDENCE).value();
                double claimed = Double.isInfinite(theory.lower()) ? theory.upper() : theory.lower();
                layers.add(table.sizes.line("fitted", Figure.Role.FITTED, fitted, table.logMeans, 0));
                layers.add(table.sizes.line(
                        "claimed slope " + Numbers.show(claimed), Figure.Role.CLAIMED, claimed, table.logMeans, 0));
            }
        }
        return List.of(new Figure.Chart(
                "Mean " + what.pairs.measure + " against " + what.size,
                "Means over all pairs of runs with 99 % intervals by leaving out one run at a time, both axes logarithmic: a"
                        + " power law is a straight line.",
                new Figure.Axis(what.size, Figure.Scale.LOG),
                new Figure.Axis("mean " + what.pairs.measure, Figure.Scale.LOG),
                layers));
    }

    /** A run of a block; the same run at every size. */
    private record Run(int block, String name) implements Comparable<Run> {
        @Override
        public int compareTo(Run other) {
            return block == other.block ? name.compareTo(other.name) : Integer.compare(block, other.block);
        }

        @Override
        public String toString() {
            return "run " + name + " of block " + block;
        }
    }

    /** All pairs at one size. */
    private static final class Pairs {
        private final Set<Set<Run>> seen = new HashSet<>();
        private final TreeMap<Run, Double> sums = new TreeMap<>();
        private double sum;

        void add(Run one, Run other, double value, Point point) {
            if (one.equals(other)) {
                throw new Unjudgeable("a pair needs two runs, but " + one + " is paired with itself at " + point);
            }
            if (!seen.add(Set.of(one, other))) {
                throw new Unjudgeable("several values for " + one + " and run " + other.name + " at " + point
                        + ": measure each pair once, and judge families with .per(axis)");
            }
            sum += value;
            sums.merge(one, value, Double::sum);
            sums.merge(other, value, Double::sum);
        }

        int partners(Run run) {
            return (int) sums.keySet().stream()
                            .filter(each -> each.block == run.block)
                            .count()
                    - 1;
        }

        int count() {
            return seen.size();
        }

        double mean() {
            return sum / seen.size();
        }

        double meanWithout(Run run) {
            return (sum - sums.get(run)) / (seen.size() - partners(run));
        }
    }

    /** The logarithm of the mean over pairs at each size: of all runs, and with each run left out in turn. */
    private static final class Table {

        final LogSizes sizes;
        final int pairs;
        final double[] logMeans;
        final List<double[]> without;

        private Table(LogSizes sizes, int pairs, double[] logMeans, List<double[]> without) {
            this.sizes = sizes;
            this.pairs = pairs;
            this.logMeans = logMeans;
            this.without = without;
        }

        static Table of(Observations observations, Scaled what) {
            String measure = what.pairs.measure;
            TreeMap<Double, Pairs> bySize = new TreeMap<>();
            for (Observation row : observations.rows()) {
                Point point = row.point();
                double size = point.number(what.size);
                LogSizes.requirePositive(what.size, size);
                bySize.computeIfAbsent(size, each -> new Pairs())
                        .add(
                                new Run(row.block(), point.label(what.pairs.run)),
                                new Run(row.block(), point.label(what.pairs.otherRun)),
                                row.value(measure),
                                point);
            }
            if (bySize.isEmpty()) {
                throw new Unjudgeable("no observations of '" + measure + "'");
            }
            Set<Run> runs = new TreeSet<>(bySize.firstEntry().getValue().sums.keySet());
            if (runs.size() < FEWEST_RUNS) {
                throw new Unjudgeable("an interval over pairs of runs needs at least " + FEWEST_RUNS + " runs, got "
                        + runs.size() + ": train more");
            }
            bySize.forEach((size, there) -> requireComplete(there, runs, what.size + " " + Numbers.show(size)));
            double[] logMeans = new double[bySize.size()];
            List<double[]> without = new ArrayList<>();
            runs.forEach(run -> without.add(new double[bySize.size()]));
            int index = 0;
            for (Map.Entry<Double, Pairs> entry : bySize.entrySet()) {
                Pairs there = entry.getValue();
                String place = what.size + " " + Numbers.show(entry.getKey());
                logMeans[index] = log(there.mean(), measure, place);
                int left = 0;
                for (Run run : runs) {
                    without.get(left++)[index] = log(there.meanWithout(run), measure, place + " without " + run);
                }
                index++;
            }
            LogSizes sizes = LogSizes.of(
                    bySize.keySet().stream().mapToDouble(Double::doubleValue).toArray());
            return new Table(sizes, bySize.firstEntry().getValue().count(), logMeans, without);
        }

        private static void requireComplete(Pairs there, Set<Run> runs, String place) {
            if (!there.sums.keySet().equals(runs)) {
                throw new Unjudgeable(
                        "the runs at " + place + " are not those of the smallest size: every size needs the"
                                + " same runs, for a run is left out at all sizes");
            }
            int expected = runs.stream().mapToInt(there::partners).sum() / 2;
            if (there.count() < expected) {
                throw new Unjudgeable("only " + there.count() + " of " + expected + " pairs were measured at " + place
                        + ": measure all pairs of the runs of a block");
            }
        }

        private static double log(double mean, String measure, String place) {
            if (!(mean > 0)) {
                throw new Unjudgeable("the mean of '" + measure + "' is " + Numbers.show(mean) + " at " + place
                        + ": a scaling law needs positive means; an unbiased distance has mean 0 between equal laws");
            }
            return Math.log(mean);
        }

        Estimate slope(double confidence) {
            return jackknife(sizes.slope(0, sizes.count()), confidence);
        }

        /** A linear functional of the log means. */
        private Estimate jackknife(double[] weights, double confidence) {
            int runs = without.size();
            double[] left =
                    without.stream().mapToDouble(row -> dot(weights, row)).toArray();
            double centre = Arrays.stream(left).average().orElseThrow();
            double squares = Arrays.stream(left)
                    .map(value -> (value - centre) * (value - centre))
                    .sum();
            double error = Math.sqrt((runs - 1.0) / runs * squares);
            return StudentT.around(dot(weights, logMeans), error, runs - 1, confidence);
        }

        private static double dot(double[] weights, double[] row) {
            double sum = 0;
            for (int index = 0; index < row.length; index++) {
                sum += weights[index] * row[index];
            }
            return sum;
        }

        Figure.Points values(String name, Figure.Role role) {
            List<Double> x = new ArrayList<>();
            List<Estimate> y = new ArrayList<>();
            for (int index = 0; index < sizes.count(); index++) {
                double[] unit = new double[sizes.count()];
                unit[index] = 1;
                Estimate log = jackknife(unit, FIGURE_CONFIDENCE);
                x.add(sizes.get(index));
                y.add(new Estimate(Math.exp(log.lower()), Math.exp(log.value()), Math.exp(log.upper())));
            }
            return Drawn.points(name, role, x, y);
        }
    }
}
