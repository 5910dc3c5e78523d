package org.crucis.kernel;

import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import org.ejml.simple.SimpleMatrix;

/**
 * Training a network that is linear in its parameters, in closed form: what gradient descent on (1/2) sum (f_i - y_i)^2 does as
 * long as the tangent kernel Theta stays what it was at initialisation.
 *
 * <p>The residual r = f - y on the training inputs follows r_t = D_t r_0, with D_t = (I - eta Theta)^t for gradient descent and
 * exp(-eta t Theta) for its flow. Outputs elsewhere follow f_t(x) = f_0(x) - A_t(x) r_0 with A_t(x) = Theta(x, X) Theta^-1 (I -
 * D_t). Over random initialisations with f_0 ~ N(0, K) the outputs are Gaussian with
 *
 * <pre>
 *   mean        A_t(x) y
 *   covariance  K(x, x') + A_t(x) K(X, X) A_t(x')^T - A_t(x) K(X, x') - K(x, X) A_t(x')^T
 * </pre>
 *
 * (Jacot et al. 2018, section 5; Lee et al. 2019, section 2; derived again for this project.) With Theta replaced by K this is
 * training of the last layer alone, which ends at the Gaussian-process posterior.
 *
 * <p>All functions of Theta go through its {@link Spectrum}, (1 - (1 - eta l)^t) / l in a form that stays right as l or eta l t
 * tend to 0, so a singular kernel is no special case. The discrete formulas are those of the discrete iteration, not of the flow:
 * at eta l = 1 the two differ by an order-one amount.
 *
 * <p>Shapes: n training inputs, k further inputs; targets, residuals and outputs are n x 1 or k x 1. A time t is a number of steps,
 * at least 0, and whole for gradient descent; {@link Double#POSITIVE_INFINITY} is the limit of training.
 */
public final class LinearizedDynamics {

    private enum Law {
        GRADIENT_DESCENT,
        FLOW
    }

    /** Eigenvalues below this multiple of the largest count as zero where the formulas must divide by them. */
    private static final double RANK_TOLERANCE = 1e-13;

    /** A residual may lean into the kernel's null space by rounding only, relative to its length. */
    private static final double NULL_SPACE_TOLERANCE = 1e-8;

    private final Spectrum spectrum;
    private final double step;
    private final Law law;

    private LinearizedDynamics(Spectrum spectrum, double step, Law law) {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("The step size must be a positive number, but got " + step
                    + ": try 1 over the largest eigenvalue of the kernel.");
        }
        this.spectrum = spectrum;
        this.step = step;
        this.law = law;
    }

    /**
     * Full-batch gradient descent.
     *
     * @param kernel Theta on the training inputs, n x n, symmetric
     * @param step eta &gt; 0
     */
    public static LinearizedDynamics gradientDescent(SimpleMatrix kernel, double step) {
        return new LinearizedDynamics(Spectrum.of(kernel), step, Law.GRADIENT_DESCENT);
    }

    /**
     * Gradient flow, with time counted in steps of size eta so that it can be laid beside gradient descent.
     *
     * @param kernel Theta on the training inputs, n x n, symmetric
     * @param step eta &gt; 0; with 1 a time is the time of the flow
     */
    public static LinearizedDynamics flow(SimpleMatrix kernel, double step) {
        return new LinearizedDynamics(Spectrum.of(kernel), step, Law.FLOW);
    }

    /** The spectrum of Theta. */
    public Spectrum spectrum() {
        return spectrum;
    }

    /** eta. */
    public double step() {
        return step;
    }

    /** 2 / lambda_max: gradient descent on the linear model is stable exactly below it. */
    public double criticalStep() {
        return 2 / spectrum.largest();
    }

    /** 2 / (lambda_min + lambda_max): the step of fastest worst-case contraction, and the bound in theorem 2.1 of Lee et al. 2019. */
    public double fastestStep() {
        return 2 / (spectrum.smallest() + spectrum.largest());
    }

    /** The residual (n x 1) at time t of one that was r_0 at time 0. */
    public SimpleMatrix residual(SimpleMatrix initialResidual, double t) {
        requireTime(t);
        return onModes(initialResidual, eigenvalue -> decay(eigenvalue, t));
    }

    /**
     * Coordinates of the residual in the eigenvectors of Theta, in ascending order of the eigenvalues (n x 1): each decays on its
     * own, by the factor 1 - eta l a step.
     */
    public SimpleMatrix modes(SimpleMatrix initialResidual, double t) {
        requireTime(t);
        SimpleMatrix modes = spectrum.coordinates(column(initialResidual, "initial residual"));
        for (int k = 0; k < spectrum.size(); k++) {
            modes.set(k, modes.get(k) * decay(spectrum.value(k), t));
        }
        return modes;
    }

    /** |r_t|^2 / |r_0|^2. */
    public double relativeLoss(SimpleMatrix initialResidual, double t) {
        double initial = squared(column(initialResidual, "initial residual"));
        if (!(initial > 0)) {
            throw new IllegalArgumentException(
                    "The relative loss needs an initial residual other than 0, but its square is " + initial
                            + ": choose targets that differ from the initial outputs.");
        }
        return squared(modes(initialResidual, t)) / initial;
    }

    /**
     * The first time at which the loss is at most a given multiple of the initial one; empty when the loss never gets and stays
     * there, because the step is too large or the residual leans into the kernel's null space.
     *
     * @param level relative loss |r_t|^2 / |r_0|^2 to reach, in (0, 1)
     * @return a whole number of steps, for the flow too
     */
    public OptionalLong stepsToRelativeLoss(SimpleMatrix initialResidual, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "A relative loss to reach must lie between 0 and 1, but got " + level + ": for instance 1e-3.");
        }
        if (!isStable() || relativeLoss(initialResidual, Double.POSITIVE_INFINITY) > level) {
            return OptionalLong.empty();
        }
        long reached = 1;
        while (relativeLoss(initialResidual, reached) > level) {
            reached *= 2;
        }
        long missed = reached / 2;
        while (reached - missed > 1) {
            long middle = missed + (reached - missed) / 2;
            if (relativeLoss(initialResidual, middle) > level) {
                missed = middle;
            } else {
                reached = middle;
            }
        }
        return OptionalLong.of(reached);
    }

    /** Outputs on the training inputs (n x 1) at time t. */
    public SimpleMatrix trainOutputs(SimpleMatrix initialOutputs, SimpleMatrix targets, double t) {
        SimpleMatrix y = column(targets, "targets");
        return y.plus(residual(column(initialOutputs, "initial outputs").minus(y), t));
    }

    /**
     * Outputs on further inputs (k x 1) at time t: the linearised network.
     *
     * @param cross Theta of the further inputs against the training inputs, k x n
     * @param furtherInitialOutputs f_0 on the further inputs, k x 1
     * @param initialOutputs f_0 on the training inputs, n x 1
     * @param targets n x 1
     */
    public SimpleMatrix outputs(
            SimpleMatrix cross,
            SimpleMatrix furtherInitialOutputs,
            SimpleMatrix initialOutputs,
            SimpleMatrix targets,
            double t) {
        requireTime(t);
        requireCross(cross);
        requireShape(furtherInitialOutputs, cross.getNumRows(), 1, "initial outputs on the further inputs");
        SimpleMatrix residual = column(initialOutputs, "initial outputs").minus(column(targets, "targets"));
        return furtherInitialOutputs.minus(cross.mult(onModes(residual, eigenvalue -> learned(eigenvalue, t))));
    }

    /** A_t(x) of every further input as a row (k x n): how much each target contributes to each output. */
    public SimpleMatrix gain(SimpleMatrix cross, double t) {
        requireTime(t);
        requireCross(cross);
        return cross.mult(spectrum.apply(eigenvalue -> learned(eigenvalue, t)));
    }

    /**
     * The law of the outputs on further inputs at time t, over random initialisations of one architecture.
     *
     * @param cross Theta of the further inputs against the training inputs, k x n
     * @param prior the law at time 0
     * @param targets n x 1
     */
    public OutputLaw law(SimpleMatrix cross, OutputPrior prior, SimpleMatrix targets, double t) {
        SimpleMatrix gain = gain(cross, t);
        requireShape(prior.cross(), cross.getNumRows(), cross.getNumCols(), "cross block of the prior");
        SimpleMatrix explained = gain.mult(prior.cross().transpose());
        SimpleMatrix covariance = prior.further()
                .plus(gain.mult(prior.train()).mult(gain.transpose()))
                .minus(explained)
                .minus(explained.transpose());
        return new OutputLaw(
                gain.mult(column(targets, "targets")),
                covariance.plus(covariance.transpose()).scale(0.5));
    }

    /** The law of the outputs on the training inputs themselves: mean y - D_t y, covariance D_t K D_t. */
    public OutputLaw trainLaw(SimpleMatrix nngp, SimpleMatrix targets, double t) {
        requireTime(t);
        requireShape(nngp, spectrum.size(), spectrum.size(), "NNGP kernel on the training inputs");
        SimpleMatrix decay = spectrum.apply(eigenvalue -> decay(eigenvalue, t));
        SimpleMatrix y = column(targets, "targets");
        SimpleMatrix covariance = decay.mult(nngp).mult(decay);
        return new OutputLaw(
                y.minus(decay.mult(y)), covariance.plus(covariance.transpose()).scale(0.5));
    }

    /** |theta_t - theta_0|^2: how far the parameters have moved by time t. */
    public double squaredDisplacement(SimpleMatrix initialResidual, double t) {
        requireTime(t);
        SimpleMatrix modes = spectrum.coordinates(column(initialResidual, "initial residual"));
        double sum = 0;
        for (int k = 0; k < spectrum.size(); k++) {
            double moved = learned(spectrum.value(k), t) * modes.get(k);
            sum += Math.max(spectrum.value(k), 0) * moved * moved;
        }
        return sum;
    }

    /**
     * r_0^T Theta^-1 r_0: the squared distance to the nearest parameters that fit the targets, at which every stable training of the
     * linear model ends.
     *
     * @throws IllegalArgumentException when the kernel is singular and no parameters fit the targets
     */
    public double minimumNormDisplacement(SimpleMatrix initialResidual) {
        SimpleMatrix residual = column(initialResidual, "initial residual");
        SimpleMatrix modes = spectrum.coordinates(residual);
        double sum = 0;
        double unreachable = 0;
        for (int k = 0; k < spectrum.size(); k++) {
            double square = modes.get(k) * modes.get(k);
            if (isNull(spectrum.value(k))) {
                unreachable += square;
            } else {
                sum += square / spectrum.value(k);
            }
        }
        if (Math.sqrt(unreachable) > NULL_SPACE_TOLERANCE * Math.sqrt(squared(residual))) {
            throw new IllegalArgumentException(
                    "The kernel has rank " + spectrum.rank(RANK_TOLERANCE) + " on " + spectrum.size()
                            + " inputs and the residual leaves its range, so that no parameters fit the targets: remove parallel inputs or add a bias.");
        }
        return sum;
    }

    /** The factor by which a mode has decayed at time t. */
    private double decay(double eigenvalue, double t) {
        double rate = step * eigenvalue;
        if (Double.isInfinite(t) && isNull(eigenvalue)) {
            return 1;
        }
        return law == Law.FLOW ? Math.exp(-rate * t) : Math.pow(1 - rate, t);
    }

    /** (1 - decay) / eigenvalue, and its limit eta t at eigenvalue 0. */
    private double learned(double eigenvalue, double t) {
        if (Double.isInfinite(t) && isNull(eigenvalue)) {
            return 0; // Theta(x, X) has no part there: a mode that the kernel does not see is not learned
        }
        double rate = step * eigenvalue;
        if (rate == 0) {
            return step * t;
        }
        if (law == Law.FLOW) {
            return -Math.expm1(-rate * t) / eigenvalue;
        }
        // The second form keeps its digits while little has been learned, but exists only below eta l = 1.
        return (rate >= 0.5 ? 1 - Math.pow(1 - rate, t) : -Math.expm1(t * Math.log1p(-rate))) / eigenvalue;
    }

    private boolean isNull(double eigenvalue) {
        return Math.abs(eigenvalue) <= RANK_TOLERANCE * spectrum.magnitude();
    }

    private boolean isStable() {
        boolean contracts = law == Law.FLOW || step * spectrum.largest() < 2;
        return contracts && (spectrum.smallest() >= 0 || isNull(spectrum.smallest()));
    }

    private SimpleMatrix onModes(SimpleMatrix residual, DoubleUnaryOperator function) {
        SimpleMatrix modes = spectrum.coordinates(column(residual, "initial residual"));
        for (int k = 0; k < spectrum.size(); k++) {
            modes.set(k, modes.get(k) * function.applyAsDouble(spectrum.value(k)));
        }
        return spectrum.vectors().mult(modes);
    }

    private SimpleMatrix column(SimpleMatrix vector, String what) {
        requireShape(vector, spectrum.size(), 1, what);
        return vector;
    }

    private void requireCross(SimpleMatrix cross) {
        requireShape(cross, cross.getNumRows(), spectrum.size(), "kernel of further inputs against training inputs");
    }

    private void requireTime(double t) {
        if (!(t >= 0) || law == Law.GRADIENT_DESCENT && t != Math.rint(t)) {
            throw new IllegalArgumentException("A training time must be "
                    + (law == Law.FLOW ? "a number of at least 0" : "a whole number of steps of at least 0")
                    + ", but got " + t
                    + ": fractions of a step exist for the flow only.");
        }
    }

    private static double squared(SimpleMatrix vector) {
        return vector.dot(vector);
    }

    private static void requireShape(SimpleMatrix matrix, int rows, int columns, String what) {
        if (matrix.getNumRows() != rows || matrix.getNumCols() != columns) {
            throw new IllegalArgumentException("The " + what + " must have shape " + rows + " x " + columns
                    + ", but got " + shape(matrix) + ": one row an input, in the order of the kernel.");
        }
    }

    static String shape(SimpleMatrix matrix) {
        return matrix.getNumRows() + " x " + matrix.getNumCols();
    }
}
