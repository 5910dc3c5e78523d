package org.crucis.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.crucis.claim.Criterion;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Unjudgeable;
import org.ejml.simple.SimpleMatrix;

/**
 * The exponent s of a scaling law {@code y ~ size^s}, judged on finite sizes.
 *
 * <p>Three slopes are taken in every block, each a linear functional of log y: the slope on the top half of the sizes, on
 * the bottom half, and the slope corrected for the next order, s in {@code log y = c + s log m + b m^-omega} over all
 * sizes. An asymptotic statement is thereby judged as a scaling law on a range of sizes, and the finding names the range.
 *
 * <ul>
 *   <li>Inside: the top-half interval lies inside the region, the corrected one not wholly outside, and the slope is not
 *       heading out (top minus bottom half, extrapolated once more, would leave the region).
 *   <li>Outside: both wholly outside, and the slope is not heading back in.
 * </ul>
 */
public final class Exponent implements Rule {

    private static final double DRIFT_CONFIDENCE = 0.99;

    private final String measure;
    private final String size;
    private final Interval theory;
    private final double margin;
    private final double omega;

    private Exponent(String measure, String size, Interval theory, double margin, double omega) {
        if (!(margin > 0)) {
            throw new IllegalArgumentException("the margin of an exponent must be positive, got " + margin);
        }
        this.measure = measure;
        this.size = size;
        this.theory = theory;
        this.margin = margin;
        this.omega = omega;
    }

    /** What is measured, over which sizes. */
    public record Measured(String measure, String size) implements Boundable<Bounded> {
        @Override
        public Bounded claimed(Interval theory) {
            return new Bounded(this, theory);
        }
    }

    /** What theory says, about to get its margin. */
    public record Bounded(Measured what, Interval theory) {
        /** How far from the theory's exponent is still taken for it. */
        public Exponent margin(double margin) {
            return new Exponent(what.measure, what.size, theory, margin, 0.5);
        }
    }

    /** The next order is m^-omega; 1/2 unless theory says otherwise. */
    public Exponent correctedBy(double nextOrder) {
        return new Exponent(measure, size, theory, margin, nextOrder);
    }

    @Override
    public String sentence() {
        String claimed =
                theory.lower() == theory.upper() ? "equal to " + Numbers.show(theory.lower()) : theory.toString();
        return "exponent of " + measure + " in " + size + " " + claimed + " (margin " + Numbers.show(margin)
                + ", next order " + size + "^-" + Numbers.show(omega) + ")";
    }

    @Override
    public Optional<Criterion> withMargin(double other) {
        return Optional.of(new Exponent(measure, size, theory, other, omega));
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
        return Set.of(measure);
    }

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        LogTable table = table(observations);
        return table.mean(table.topSlope(), confidence);
    }

    @Override
    public boolean inside(Observations observations, double confidence) {
        LogTable table = table(observations);
        Interval corrected = table.mean(table.correctedSlope(omega), confidence).interval();
        return region().encloses(table.mean(table.topSlope(), confidence).interval())
                && !region().misses(corrected)
                && !heading(table, Direction.OUT);
    }

    @Override
    public boolean outside(Observations observations, double confidence) {
        LogTable table = table(observations);
        return region().misses(table.mean(table.topSlope(), confidence).interval())
                && region().misses(table.mean(table.correctedSlope(omega), confidence)
                        .interval())
                && !heading(table, Direction.BACK);
    }

    private enum Direction {
        OUT,
        BACK
    }

    /**
     * Whether the slope changes from the bottom to the top half, beyond chance, so far that once more the same change would
     * carry it across the edge of the region.
     */
    private boolean heading(LogTable table, Direction direction) {
        Estimate drift = table.mean(table.drift(), DRIFT_CONFIDENCE);
        boolean real = drift.lower() > 0 || drift.upper() < 0;
        double next = table.mean(table.topSlope(), DRIFT_CONFIDENCE).value() + drift.value();
        return real && region().contains(next) == (direction == Direction.BACK);
    }

    /** Of a power law: both slopes have to be outside, and the corrected one scatters more. */
    @Override
    public double detectable(Observations observations, double look, double scatter) {
        LogTable table = table(observations);
        return Stream.of(table.topSlope(), table.correctedSlope(omega))
                .mapToDouble(slope -> halfWidth(table.mean(slope, look)) + halfWidth(table.mean(slope, scatter)))
                .max()
                .orElseThrow();
    }

    private static double halfWidth(Estimate estimate) {
        return estimate.upper() - estimate.value();
    }

    /**
     * All slopes are changed by the same amount, so much that the top-half slope lies two margins past the edge of the
     * region, both intervals past the edge, and the drift does not lead back: away from the theory, upwards where it
     * bounds from both sides.
     */
    @Override
    public Observations tilted(Observations observations) {
        LogTable table = table(observations);
        int away = Double.isInfinite(theory.upper()) ? -1 : 1;
        double edge = away > 0 ? region().upper() : region().lower();
        Estimate top = table.mean(table.topSlope(), Levels.PLANTED);
        Estimate corrected = table.mean(table.correctedSlope(omega), Levels.PLANTED);
        double next = top.value() + table.mean(table.drift(), Levels.PLANTED).value();
        double nearest = Math.min(
                Math.min(away * top.value() - margin, away * next),
                away > 0 ? Math.min(top.lower(), corrected.lower()) : Math.min(-top.upper(), -corrected.upper()));
        // One margin past the edge for whatever lies nearest to the theory.
        double change = away * (away * edge - nearest + margin);
        double reference = table.sizes.get(0);
        return observations.with(
                measure, row -> row.value(measure) * Math.pow(row.point().number(size) / reference, change));
    }

    @Override
    public String remark(Observations observations) {
        LogTable table = table(observations);
        LogSizes sizes = table.sizes;
        String range = "on " + size + " " + Numbers.show(sizes.get(table.topFrom())) + " to "
                + Numbers.show(sizes.get(sizes.count() - 1));
        String corrected = ", corrected "
                + Numbers.show(
                        table.mean(table.correctedSlope(omega), Levels.SUPPORT).value());
        double onset = onset(table);
        return "(" + range + corrected + (Double.isNaN(onset) ? "" : ", holds from " + size + " " + Numbers.show(onset))
                + ")";
    }

    /** The smallest size from which every local slope lies inside the region; NaN when the last one does not. */
    private double onset(LogTable table) {
        double onset = Double.NaN;
        for (int step = table.sizes.count() - 2; step >= 0; step--) {
            double slope = table.mean(table.localSlope(step), Levels.SUPPORT).value();
            if (!region().contains(slope)) {
                break;
            }
            onset = table.sizes.get(step);
        }
        return onset;
    }

    @Override
    public List<Figure> figures(List<Arm> arms) {
        List<Figure.Layer> values = new ArrayList<>();
        List<Figure.Layer> slopes = new ArrayList<>();
        LogTable main = table(arms.get(0).observations());
        for (Arm arm : arms) {
            LogTable table = table(arm.observations());
            boolean prediction = arm.role() == Role.PREDICTION;
            Figure.Role role = prediction ? Figure.Role.MEASURED : Figure.Role.CONTROL;
            values.add(table.values(arm.name(), role));
            slopes.add(table.localSlopes(arm.name(), role));
            if (prediction) {
                values.add(table.line(
                        "fitted on the top half",
                        Figure.Role.FITTED,
                        main.mean(main.topSlope(), 0.5).value()));
                for (double claimed : claimedSlopes()) {
                    values.add(table.line("claimed slope " + Numbers.show(claimed), Figure.Role.CLAIMED, claimed));
                }
            }
        }
        List<Double> span = main.sizes.span();
        double far = 1.5;
        double lower = Double.isInfinite(region().lower()) ? theory.upper() - far : region().lower();
        double upper = Double.isInfinite(region().upper()) ? theory.lower() + far : region().upper();
        slopes.add(
                0, new Figure.Band("accepted", Figure.Role.REGION, span, List.of(lower, lower), List.of(upper, upper)));
        for (double claimed : claimedSlopes()) {
            slopes.add(new Figure.Line("claimed", Figure.Role.CLAIMED, span, List.of(claimed, claimed)));
        }
        Figure.Axis sizes = new Figure.Axis(size, Figure.Scale.LOG);
        return List.of(
                new Figure.Chart(
                        measure + " against " + size,
                        "Geometric means over blocks with 99 % intervals, both axes logarithmic: a power law is a straight"
                                + " line. The verdict rests on the top half of the sizes.",
                        sizes,
                        new Figure.Axis(measure, Figure.Scale.LOG),
                        values),
                new Figure.Chart(
                        "Local slope of " + measure,
                        "Slope between neighbouring sizes with 99 % intervals, drawn at their geometric middle; the shaded"
                                + " area is what the prediction accepts.",
                        sizes,
                        new Figure.Axis("local slope", Figure.Scale.LINEAR),
                        slopes));
    }

    private double[] claimedSlopes() {
        return Double.isInfinite(theory.lower()) ? new double[] {theory.upper()} : new double[] {theory.lower()};
    }

    private LogTable table(Observations observations) {
        return LogTable.of(observations, measure, size);
    }

    /** log y by block and size, and the slopes that are read from it. */
    private static final class LogTable {

        final LogSizes sizes;
        private final List<double[]> blocks;

        private LogTable(LogSizes sizes, List<double[]> blocks) {
            this.sizes = sizes;
            this.blocks = blocks;
        }

        static LogTable of(Observations observations, String measure, String size) {
            Map<Integer, TreeMap<Double, Double>> byBlock = new TreeMap<>();
            for (Observation row : observations.rows()) {
                double value = row.value(measure);
                if (!(value > 0)) {
                    throw new Unjudgeable("'" + measure + "' is " + Numbers.show(value) + " at " + row.point()
                            + ", block " + row.block()
                            + ": a scaling law needs positive values; nothing moved, or the probe is stuck");
                }
                LogSizes.requirePositive(size, row.point().number(size));
                Double earlier = byBlock.computeIfAbsent(row.block(), block -> new TreeMap<>())
                        .put(row.point().number(size), Math.log(value));
                if (earlier != null) {
                    throw new Unjudgeable("several values of '" + measure + "' at " + size + " "
                            + Numbers.show(row.point().number(size)) + " in block " + row.block()
                            + ": judge the family with .per(axis) for the other axis of " + row.point());
                }
            }
            if (byBlock.isEmpty()) {
                throw new Unjudgeable("no observations of '" + measure + "'");
            }
            double[] sizes = byBlock.values().iterator().next().keySet().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            LogSizes along = LogSizes.of(sizes);
            List<double[]> blocks = new ArrayList<>();
            byBlock.forEach((block, bySize) -> {
                if (!bySize.keySet().equals(byBlock.values().iterator().next().keySet())) {
                    throw new Unjudgeable("block " + block + " was measured at " + size + " " + bySize.keySet()
                            + ", the first block at " + Arrays.toString(sizes)
                            + ": every block needs the same sizes");
                }
                blocks.add(bySize.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
            });
            return new LogTable(along, blocks);
        }

        int topFrom() {
            return sizes.count() / 2;
        }

        /** Mean over blocks of a linear functional of log y, with its interval. */
        Estimate mean(double[] weights, double confidence) {
            double[] values =
                    blocks.stream().mapToDouble(row -> dot(weights, row)).toArray();
            return StudentT.mean(values, confidence);
        }

        double[] topSlope() {
            return sizes.slope(topFrom(), sizes.count());
        }

        double[] bottomSlope() {
            return sizes.slope(0, sizes.count() - topFrom());
        }

        double[] localSlope(int step) {
            return sizes.slope(step, step + 2);
        }

        /** Weights of s in log y = c + s log m + b m^-omega, by least squares over all sizes. */
        double[] correctedSlope(double omega) {
            SimpleMatrix design = new SimpleMatrix(sizes.count(), 3);
            for (int index = 0; index < sizes.count(); index++) {
                design.set(index, 0, 1);
                design.set(index, 1, sizes.log(index) - sizes.log(0));
                design.set(index, 2, Math.pow(sizes.get(index) / sizes.get(0), -omega));
            }
            return design.pseudoInverse().getRow(1).getDDRM().getData();
        }

        /** Weights of the change of the slope from the bottom to the top half. */
        double[] drift() {
            double[] difference = topSlope();
            double[] bottom = bottomSlope();
            for (int index = 0; index < difference.length; index++) {
                difference[index] -= bottom[index];
            }
            return difference;
        }

        private static double dot(double[] weights, double[] row) {
            double sum = 0;
            for (int index = 0; index < row.length; index++) {
                sum += weights[index] * row[index];
            }
            return sum;
        }

        private double[] unit(int index) {
            double[] weights = new double[sizes.count()];
            weights[index] = 1;
            return weights;
        }

        Figure.Points values(String name, Figure.Role role) {
            List<Double> x = new ArrayList<>();
            List<Estimate> y = new ArrayList<>();
            for (int index = 0; index < sizes.count(); index++) {
                Estimate log = mean(unit(index), DRIFT_CONFIDENCE);
                x.add(sizes.get(index));
                y.add(new Estimate(Math.exp(log.lower()), Math.exp(log.value()), Math.exp(log.upper())));
            }
            return Drawn.points(name, role, x, y);
        }

        Figure.Points localSlopes(String name, Figure.Role role) {
            List<Double> x = new ArrayList<>();
            List<Estimate> y = new ArrayList<>();
            for (int step = 0; step + 1 < sizes.count(); step++) {
                x.add(Math.sqrt(sizes.get(step) * sizes.get(step + 1)));
                y.add(mean(localSlope(step), DRIFT_CONFIDENCE));
            }
            return Drawn.points(name, role, x, y);
        }

        /** A line of the given slope through the centre of the top half. */
        Figure.Line line(String name, Figure.Role role, double slope) {
            double[] means = new double[sizes.count()];
            for (int index = 0; index < means.length; index++) {
                means[index] = mean(unit(index), DRIFT_CONFIDENCE).value();
            }
            return sizes.line(name, role, slope, means, topFrom());
        }
    }
}
