package org.crucis.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.crucis.claim.Estimate;
import org.crucis.claim.Unjudgeable;
import org.ejml.data.SingularMatrixException;
import org.ejml.simple.SimpleMatrix;

/**
 * Sizes that are known by brackets only, and the law fitted to them: {@code log m = c + sum_j a_j log x_j + s e}, where e is
 * logistic and m lies between the largest size that failed and the smallest that succeeded. One of the two may be missing.
 *
 * <p><b>Fit.</b> Maximum likelihood by Newton's method with step halving, in the steepness k = 1/s and the coefficients
 * times k. With {@code F(A) - F(B) = F(A) F(-B) (1 - e^(B-A))} for the logistic distribution function F, a bracket is a
 * success at its upper end, a failure at its lower end, and a term in its length alone; in these parameters each of the
 * three is concave (Burridge 1981), so that there is one maximum, or none where too much is known from one side only.
 *
 * <p><b>Interval.</b> Profile likelihood: the values of an exponent at which the best fit of the other coefficients is not too
 * much worse; fixing an exponent keeps the problem concave, and these values are an interval. The scale stays where it was
 * estimated, and what is not known of it is left to Student's quantile: fitted anew at every value, it would let the profile
 * fall like a logarithm only, and at the levels of a refutation intervals over dependent rows would be several times too wide. Rows of one block are dependent,
 * so the log-likelihood ratio is scaled by the exponent's naive over its effective variance (Chandler and Bate 2007) and
 * compared with the square of Student's quantile with one degree of freedom less than blocks. The effective variance is the
 * sandwich over blocks, and what the grid adds. The sandwich is that of the jackknife: the sum over blocks of the squared
 * steps that the fit would take without one of them, times (G-1)/G for G blocks. Where all blocks have the same covariates
 * this is the usual sandwich times G/(G-1); where a block stands apart the usual one is too small (measured, for a covariate
 * that is constant within each of 12 blocks: the 99 % interval missed in 4 % of runs).
 *
 * <p><b>The grid.</b> A grid of ratio e^d cannot tell noise below that of a point spread evenly over a bracket, whose
 * deviation is d/sqrt(12). The scale is therefore never taken below d/(2 pi), where the logistic law has that deviation;
 * without this floor brackets that agree with a law without noise would leave nothing to maximize. Where blocks vary less
 * than the grid they all share its error, and more blocks do not average it out: what a single block at the floor would
 * have of variance, and is not seen between blocks, is added to the sandwich. This vanishes as soon as blocks differ by
 * about a step of the grid; a grid whose start is drawn anew in every block makes them differ.
 */
final class Brackets {

    /** A size in logarithms; an end that is not known is infinite. */
    record Row(double lower, double upper, double[] covariates, int block) {

        boolean isClosed() {
            return Double.isFinite(lower) && Double.isFinite(upper);
        }

        /** The middle of the bracket, its known end where there is only one. */
        double middle() {
            return isClosed() ? (lower + upper) / 2 : Double.isFinite(lower) ? lower : upper;
        }

        Row over(double logBound) {
            return new Row(lower - logBound, upper - logBound, covariates, block);
        }
    }

    private static final int MOST_STEPS = 200;
    private static final int MOST_HALVINGS = 60;

    /** Newton's step is the last when it moves no row's quantile by more than this: what is left is about its square. */
    private static final double ARRIVED = 1e-6;

    /** How many deviations an end of an interval may lie beside its place. */
    private static final double CLOSE = 1e-9;

    /** Differences of the log-likelihood below this, relative to it, are rounding. */
    private static final double ROUNDING = 1e-12;

    /** A share of the information that is too small to be missed. */
    private static final double TRIFLE = 1e-9;

    /** An exponent that this is no farther from than the estimate has no bound on that side. */
    private static final double FARTHEST = 1000;

    /** The smallest eigenvalue of a correlation matrix that still tells its covariates apart. */
    private static final double COLLINEAR = 1e-10;

    private final double[] lower;
    private final double[] upper;
    private final double[][] design;
    private final double[] centres;
    private final int[] blocks;
    private final int blockCount;
    private final double origin;
    private final double steepest;
    private final Maximum best;

    /** Steepness and, times it, the coefficients. */
    private record Maximum(double[] at, double logLikelihood, Steepness steepness) {}

    private enum Steepness {
        FITTED,
        HELD
    }

    /** @throws Unjudgeable when the rows determine no law; {@code names} are those of the covariates */
    Brackets(List<Row> rows, List<String> names) {
        if (rows.stream().noneMatch(row -> Double.isFinite(row.lower))) {
            throw new Unjudgeable("no size failed in any row: start the grid at smaller sizes");
        }
        if (rows.stream().noneMatch(row -> Double.isFinite(row.upper))) {
            throw new Unjudgeable("no size succeeded in any row: let the grid go on to larger sizes");
        }
        double[] lengths = rows.stream()
                .filter(Row::isClosed)
                .mapToDouble(row -> row.upper - row.lower)
                .sorted()
                .toArray();
        if (lengths.length == 0) {
            throw new Unjudgeable("no row has both a size that failed and one that succeeded: widen the grid");
        }
        steepest = 2 * Math.PI / lengths[lengths.length / 2];
        // Counted from the middle, so that other units of size or covariate give the same fit.
        origin = rows.stream().mapToDouble(Row::middle).average().orElseThrow();
        lower = rows.stream().mapToDouble(row -> row.lower - origin).toArray();
        upper = rows.stream().mapToDouble(row -> row.upper - origin).toArray();
        centres = IntStream.range(0, names.size())
                .mapToDouble(each -> rows.stream()
                        .mapToDouble(row -> row.covariates[each])
                        .average()
                        .orElseThrow())
                .toArray();
        design = rows.stream()
                .map(row -> IntStream.rangeClosed(0, names.size())
                        .mapToDouble(column -> column == 0 ? 1 : row.covariates[column - 1] - centres[column - 1])
                        .toArray())
                .toArray(double[][]::new);
        List<Integer> distinct =
                rows.stream().map(Row::block).distinct().sorted().toList();
        blocks = rows.stream().mapToInt(row -> distinct.indexOf(row.block)).toArray();
        blockCount = distinct.size();
        tellApart(names);
        best = maximum(start(lower, upper, design), lower, upper, design, Steepness.FITTED);
    }

    private void tellApart(List<String> names) {
        int count = names.size();
        double[] lengths = new double[count];
        for (int column = 0; column < count; column++) {
            int each = column + 1;
            lengths[column] = Math.sqrt(Arrays.stream(design)
                    .mapToDouble(row -> row[each] * row[each])
                    .sum());
            if (!(lengths[column] > 1e-12 * (1 + Math.abs(centres[column])))) {
                throw new Unjudgeable(
                        "'" + names.get(column) + "' has one value only: no exponent can be told from it");
            }
        }
        SimpleMatrix correlation = new SimpleMatrix(count, count);
        for (double[] row : design) {
            for (int one = 0; one < count; one++) {
                for (int other = 0; other < count; other++) {
                    correlation.set(
                            one,
                            other,
                            correlation.get(one, other)
                                    + row[one + 1] * row[other + 1] / lengths[one] / lengths[other]);
                }
            }
        }
        boolean collinear = correlation.eig().getEigenvalues().stream().anyMatch(each -> each.getReal() < COLLINEAR);
        if (collinear || design.length < count + 2) {
            throw new Unjudgeable("the exponents in " + String.join(", ", names)
                    + " cannot be told apart: vary the covariates independently of each other");
        }
    }

    /** Whether the noise is too small for the grid, so that the scale stands on its floor. */
    boolean isFinerThanTheGrid() {
        return best.steepness == Steepness.HELD;
    }

    double exponent(int covariate) {
        return coefficient(covariate + 1);
    }

    Estimate exponent(int covariate, double confidence) {
        return estimate(covariate + 1, confidence);
    }

    /** The middle of the law at these logarithms of the covariates. */
    double at(double[] covariates) {
        double sum = origin + coefficient(0);
        for (int each = 0; each < covariates.length; each++) {
            sum += exponent(each) * (covariates[each] - centres[each]);
        }
        return sum;
    }

    private double coefficient(int column) {
        return best.at[column + 1] / best.at[0];
    }

    // ---- interval ------------------------------------------------------------------------------------------------

    private Estimate estimate(int column, double confidence) {
        if (blockCount < Levels.FEWEST_BLOCKS) {
            throw new Unjudgeable(
                    "an interval over blocks needs at least " + Levels.FEWEST_BLOCKS + " blocks, got " + blockCount);
        }
        double value = coefficient(column);
        Variance variance = variance(column);
        double quantile = TDistribution.of(blockCount - 1).inverseSurvivalProbability((1 - confidence) / 2);
        return new Estimate(
                end(column, value, variance, quantile, -1), value, end(column, value, variance, quantile, 1));
    }

    /** @param naive of independent rows, the scale being known as in the profile */
    private record Variance(double naive, double effective) {}

    private Variance variance(int column) {
        Slope slope = slope(best.at, lower, upper, design, blocks, blockCount);
        boolean held = best.steepness == Steepness.HELD;
        SimpleMatrix information = slope.information();
        // By the delta method: the coefficient is the ratio of two parameters.
        SimpleMatrix direction = new SimpleMatrix(best.at.length, 1);
        direction.set(0, held ? 0 : -best.at[column + 1] / (best.at[0] * best.at[0]));
        direction.set(column + 1, 1 / best.at[0]);
        SimpleMatrix alone = direction.copy();
        alone.set(0, 0);
        double naive = solved(information, true, alone).dot(alone);
        double between = 0;
        for (int block = 0; block < blockCount; block++) {
            SimpleMatrix others = information.minus(slope.informations[block]);
            double move =
                    solved(others, held, new SimpleMatrix(slope.scores[block])).dot(direction);
            between += move * move;
        }
        between *= (blockCount - 1.0) / blockCount;
        double onFloor = best.at[0] / steepest;
        double oneBlockOnFloor = blockCount * naive * onFloor * onFloor;
        double effective = between + Math.max(0, oneBlockOnFloor - blockCount * between);
        if (!(naive > 0 && Double.isFinite(effective))) {
            throw unbounded();
        }
        return new Variance(naive, effective);
    }

    /** One end of the interval; infinite where there is none, or none that can be computed. */
    private double end(int column, double value, Variance variance, double quantile, int side) {
        try {
            return found(column, value, variance, quantile, side);
        } catch (Unjudgeable e) {
            // So far out that no fit is found any more: nothing is excluded there.
            return side * Double.POSITIVE_INFINITY;
        }
    }

    /** Where the profile has fallen as far as it may, on one side of the estimate; infinite where it never does. */
    private double found(int column, double value, Variance variance, double quantile, int side) {
        double scale = variance.naive / variance.effective;
        double step = Math.sqrt(variance.effective) * quantile;
        double near = value;
        double nearDepth = -quantile;
        double far = value + side * step;
        Profile profile = profile(column, far, null);
        double farDepth = profile.depth(scale) - quantile;
        while (farDepth < 0) {
            step *= 2;
            if (!(step < FARTHEST)) {
                return side * Double.POSITIVE_INFINITY;
            }
            near = far;
            nearDepth = farDepth;
            far = value + side * step;
            profile = profile(column, far, null);
            farDepth = profile.depth(scale) - quantile;
        }
        // The depth is nearly a straight line: false position, in the Illinois variant.
        for (int round = 0; round < MOST_STEPS && Math.abs(farDepth) > CLOSE; round++) {
            double next = far - farDepth * (far - near) / (farDepth - nearDepth);
            profile = profile(column, next, profile.others.at);
            double nextDepth = profile.depth(scale) - quantile;
            if (nextDepth < 0 == farDepth < 0) {
                nearDepth /= 2;
            } else {
                near = far;
                nearDepth = farDepth;
            }
            far = next;
            farDepth = nextDepth;
        }
        return side > 0 ? Math.max(value, far) : Math.min(value, far);
    }

    /** The best fit of everything else where one coefficient is given. */
    private record Profile(Maximum others, double ratio) {

        /** The root of twice the scaled log-likelihood ratio; of a parabola, how many deviations away this is. */
        double depth(double scale) {
            return Math.sqrt(2 * scale * Math.max(0, ratio));
        }
    }

    /** @param start where a fit nearby ended, or null */
    private Profile profile(int column, double coefficient, double[] start) {
        double[] shiftedLower = new double[lower.length];
        double[] shiftedUpper = new double[upper.length];
        double[][] others = new double[design.length][];
        for (int row = 0; row < design.length; row++) {
            double shift = coefficient * design[row][column];
            shiftedLower[row] = lower[row] - shift;
            shiftedUpper[row] = upper[row] - shift;
            others[row] = without(design[row], column);
        }
        double[] from = start == null ? start(shiftedLower, shiftedUpper, others) : start;
        double[] atScale =
                Arrays.stream(from).map(each -> each * best.at[0] / from[0]).toArray();
        // No rounding: beyond its floor the steepness would move.
        atScale[0] = best.at[0];
        Maximum maximum = maximum(atScale, shiftedLower, shiftedUpper, others, Steepness.HELD);
        return new Profile(maximum, best.logLikelihood - maximum.logLikelihood);
    }

    private static double[] without(double[] row, int column) {
        return IntStream.range(0, row.length)
                .filter(each -> each != column)
                .mapToDouble(each -> row[each])
                .toArray();
    }

    // ---- fit -----------------------------------------------------------------------------------------------------

    private static Unjudgeable unbounded() {
        return new Unjudgeable(
                "the likelihood has no maximum: too many sizes are known from one side only, so widen the grid");
    }

    private Maximum maximum(double[] start, double[] lower, double[] upper, double[][] design, Steepness steepness) {
        double[] at = start;
        double value = logLikelihood(at, lower, upper, design);
        for (int round = 0; round < MOST_STEPS; round++) {
            Slope slope = slope(at, lower, upper, design, new int[design.length], 1);
            SimpleMatrix gradient = new SimpleMatrix(slope.scores[0]);
            SimpleMatrix information = slope.information();
            if (steepness == Steepness.HELD) {
                stiffen(information, design);
            }
            boolean onFloor = at[0] == steepest;
            boolean held = steepness == Steepness.HELD || onFloor && gradient.get(0) >= 0;
            SimpleMatrix step = solved(information, held, gradient);
            if (!held && onFloor && step.get(0) > 0) {
                held = true;
                step = solved(information, true, gradient);
            }
            if (largestMove(step, lower, upper, design) < ARRIVED) {
                double[] arrived = moved(at, step, 1);
                return new Maximum(
                        arrived,
                        logLikelihood(arrived, lower, upper, design),
                        held ? Steepness.HELD : Steepness.FITTED);
            }
            double length = 1;
            if (step.get(0) < -0.75 * at[0]) {
                length = 0.75 * at[0] / -step.get(0);
            } else if (at[0] + step.get(0) > steepest) {
                length = (steepest - at[0]) / step.get(0);
            }
            double[] next = at;
            double nextValue = value;
            double least = value - ROUNDING * (1 + Math.abs(value));
            for (int halving = 0; halving < MOST_HALVINGS; halving++) {
                next = moved(at, step, length);
                nextValue = logLikelihood(next, lower, upper, design);
                if (nextValue >= least) {
                    break;
                }
                length /= 2;
            }
            at = next;
            value = nextValue;
        }
        throw unbounded();
    }

    /**
     * Far from the estimate every row of a profile may be so surprising that its information is rounded to nothing. Where
     * the whole fit has a maximum each profile has one too: a trifle of the most that the rows can tell leads there.
     */
    private static void stiffen(SimpleMatrix information, double[][] design) {
        for (int column = 0; column < design[0].length; column++) {
            int each = column;
            double most = Arrays.stream(design)
                    .mapToDouble(row -> row[each] * row[each] / 4)
                    .sum();
            information.set(column + 1, column + 1, information.get(column + 1, column + 1) + TRIFLE * most);
        }
    }

    private double[] moved(double[] at, SimpleMatrix step, double length) {
        double[] next = new double[at.length];
        for (int each = 0; each < at.length; each++) {
            next[each] = at[each] + length * step.get(each);
        }
        // Rounding must not keep it from standing on the floor.
        if (next[0] > steepest * (1 - 1e-12)) {
            next[0] = steepest;
        }
        return next;
    }

    /** Least squares through the middles of the brackets. */
    private double[] start(double[] lower, double[] upper, double[][] design) {
        int columns = design[0].length;
        double[] middles = new double[lower.length];
        for (int row = 0; row < lower.length; row++) {
            middles[row] = new Row(lower[row], upper[row], design[row], 0).middle();
        }
        double[] residuals = middles.clone();
        double[] at = new double[columns + 1];
        if (columns > 0) {
            SimpleMatrix matrix = new SimpleMatrix(design);
            SimpleMatrix coefficients =
                    matrix.transpose().mult(matrix).solve(matrix.transpose().mult(new SimpleMatrix(middles)));
            for (int row = 0; row < residuals.length; row++) {
                for (int column = 0; column < columns; column++) {
                    residuals[row] -= design[row][column] * coefficients.get(column);
                }
            }
            for (int column = 0; column < columns; column++) {
                at[column + 1] = coefficients.get(column);
            }
        }
        double deviation = Math.sqrt(
                Arrays.stream(residuals).map(each -> each * each).average().orElseThrow());
        // The logistic law of scale s has the deviation s pi / sqrt(3).
        at[0] = Math.min(steepest, Math.PI / Math.sqrt(3) / deviation);
        for (int column = 1; column < at.length; column++) {
            at[column] *= at[0];
        }
        return at;
    }

    private static double largestMove(SimpleMatrix step, double[] lower, double[] upper, double[][] design) {
        double largest = 0;
        for (int row = 0; row < design.length; row++) {
            for (double end : new double[] {lower[row], upper[row]}) {
                if (Double.isFinite(end)) {
                    double move = step.get(0) * end;
                    for (int column = 0; column < design[row].length; column++) {
                        move -= step.get(column + 1) * design[row][column];
                    }
                    largest = Math.max(largest, Math.abs(move));
                }
            }
        }
        return largest;
    }

    /** Solves with the information matrix; where the steepness is held, nothing moves along it. */
    private static SimpleMatrix solved(SimpleMatrix information, boolean held, SimpleMatrix right) {
        SimpleMatrix matrix = information.copy();
        SimpleMatrix side = right.copy();
        if (held) {
            for (int each = 0; each < matrix.getNumCols(); each++) {
                matrix.set(0, each, each == 0 ? 1 : 0);
                matrix.set(each, 0, each == 0 ? 1 : 0);
            }
            for (int each = 0; each < side.getNumCols(); each++) {
                side.set(0, each, 0);
            }
        }
        try {
            SimpleMatrix solution = matrix.solve(side);
            if (solution.hasUncountable()) {
                throw unbounded();
            }
            return solution;
        } catch (SingularMatrixException e) {
            throw unbounded();
        }
    }

    private static double logLikelihood(double[] at, double[] lower, double[] upper, double[][] design) {
        double sum = 0;
        for (int row = 0; row < design.length; row++) {
            double middle = middle(at, design[row]);
            if (upper[row] < Double.POSITIVE_INFINITY) {
                sum += logOfLogistic(at[0] * upper[row] - middle);
            }
            if (lower[row] > Double.NEGATIVE_INFINITY) {
                sum += logOfLogistic(middle - at[0] * lower[row]);
                if (upper[row] < Double.POSITIVE_INFINITY) {
                    sum += Math.log(-Math.expm1(-at[0] * (upper[row] - lower[row])));
                }
            }
        }
        return sum;
    }

    /** Gradient and information, a share for each block. */
    private record Slope(double[][] scores, SimpleMatrix[] informations) {

        SimpleMatrix information() {
            return Arrays.stream(informations).reduce(SimpleMatrix::plus).orElseThrow();
        }
    }

    private static Slope slope(
            double[] at, double[] lower, double[] upper, double[][] design, int[] blocks, int blockCount) {
        double[][] scores = new double[blockCount][at.length];
        double[][][] informations = new double[blockCount][at.length][at.length];
        for (int row = 0; row < design.length; row++) {
            double[] score = scores[blocks[row]];
            double[][] information = informations[blocks[row]];
            double middle = middle(at, design[row]);
            boolean capped = upper[row] < Double.POSITIVE_INFINITY;
            boolean based = lower[row] > Double.NEGATIVE_INFINITY;
            if (capped) {
                add(upper[row], logistic(middle - at[0] * upper[row]), design[row], score, information);
            }
            if (based) {
                add(lower[row], -logistic(at[0] * lower[row] - middle), design[row], score, information);
            }
            if (capped && based) {
                double length = upper[row] - lower[row];
                score[0] += length / Math.expm1(at[0] * length);
                double half = length / 2 / Math.sinh(at[0] * length / 2);
                information[0][0] += half * half;
            }
        }
        return new Slope(
                scores, Arrays.stream(informations).map(SimpleMatrix::new).toArray(SimpleMatrix[]::new));
    }

    /** What one end of a bracket adds; {@code surprise} is the chance of the contrary, positive for a success. */
    private static void add(double end, double surprise, double[] covariates, double[] score, double[][] information) {
        double weight = Math.abs(surprise) * (1 - Math.abs(surprise));
        for (int one = 0; one < score.length; one++) {
            double along = one == 0 ? end : -covariates[one - 1];
            score[one] += surprise * along;
            for (int other = 0; other < score.length; other++) {
                information[one][other] += weight * along * (other == 0 ? end : -covariates[other - 1]);
            }
        }
    }

    private static double middle(double[] at, double[] covariates) {
        double sum = 0;
        for (int column = 0; column < covariates.length; column++) {
            sum += at[column + 1] * covariates[column];
        }
        return sum;
    }

    private static double logistic(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    private static double logOfLogistic(double value) {
        return value > 0 ? -Math.log1p(Math.exp(-value)) : value - Math.log1p(Math.exp(value));
    }
}
