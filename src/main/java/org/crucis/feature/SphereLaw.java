package org.crucis.feature;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.rootfinder.BrentSolver;

/**
 * The feature law that a two-layer network with linear features on the unit sphere learns under noisy gradient descent, in closed
 * form: the unique minimiser of the objective in {@link Regularization} for a {@link LinearTarget}.
 *
 * <p>Let r = b - E[u theta] be the part of the target that stays unlearned, t = &lt;theta, r/|r|&gt; and s the second moment of the
 * inputs. Then the first variation is g(theta) = -s |r| t, so that u(theta) = s |r| t / (2 lam1), and
 *
 * <pre>
 *   p(theta) ~ exp(k t^2),   k = s^2 |r|^2 / (4 lam1 lam3)          (a Watson law)
 *   |b| = |r| (1 + s tau(k) / (2 lam1)),   tau = E t^2              (its root |r| in (0, |b|) is unique, as tau grows with k)
 *   E u^2 = s^2 |r|^2 tau / (4 lam1^2) + lam3 / (2 lam1)            (in the joint law of u and theta)
 * </pre>
 *
 * On the circle with s = 1/2 this is the axial von Mises law exp(kappa cos 2 theta) / (2 pi I0(kappa)) with kappa = k/2 = |r|^2 / (32
 * lam1 lam3) and 2 tau - 1 = I1(kappa)/I0(kappa). (Derived for this project; the Gibbs form is Mei, Montanari, Nguyen 2018, arXiv
 * 1804.06561, the objective Fang, Dong, Zhang 2019, arXiv 1910.11508, both recalled.)
 *
 * <p>Integrals run over the angle to the target, where the density is exp(-k sin^2) sin^(d-2) up to a factor, by the double exponential
 * rule (Takahasi and Mori 1974). Its points crowd at the ends of the interval, where the density has its peaks for large k and
 * its power of the sine for odd d. Moments agree with their power series to 1e-12, for d up to 1000.
 */
public final class SphereLaw {

    private static final double QUARTER_TURN = Math.PI / 2;

    /** Halving it changes no integral by more than rounding. */
    private static final double SPACING = 1.0 / 64;

    /** So many points on either side: the last weights are 1e-21 of the largest. */
    private static final int HALF_POINTS = 224;

    /** The trapezoid rule in t for the integral from 0 to 1, with x = 1 / (1 + exp(-pi sinh t)). */
    private static final double[] PLACES = new double[2 * HALF_POINTS + 1];

    private static final double[] WEIGHTS = new double[PLACES.length];

    static {
        for (int i = 0; i < PLACES.length; i++) {
            double t = (i - HALF_POINTS) * SPACING;
            double ratio = Math.exp(-Math.PI * Math.sinh(t));
            PLACES[i] = 1 / (1 + ratio);
            WEIGHTS[i] = SPACING * Math.PI * Math.cosh(t) * ratio * PLACES[i] * PLACES[i];
        }
    }

    private final LinearTarget target;
    private final Regularization regularization;
    private final double residual;
    private final Watson watson;
    private final double quarterMass;
    /** ln E exp(k (t^2 - 1)) over features spread evenly. */
    private final double logPartition;

    private SphereLaw(LinearTarget target, Regularization regularization, double residual) {
        this.target = target;
        this.regularization = regularization;
        this.residual = residual;
        this.watson = watson(target, regularization, residual);
        this.quarterMass = watson.mass();
        this.logPartition = watson.logMass() - new Watson(target.dimension(), 0).logMass();
    }

    /** @throws IllegalArgumentException without entropy, or with a penalty on features, which are all of length 1 here */
    static SphereLaw of(LinearTarget target, Regularization regularization) {
        regularization.requireEntropy();
        if (regularization.features() != 0) {
            throw new IllegalArgumentException("Features on the unit sphere take no penalty, but got weight "
                    + regularization.features() + ": leave it at 0, since it could only add a constant.");
        }
        double share = target.secondMoment() / (2 * regularization.outputWeights());
        double residual = new BrentSolver(1e-15, Double.MIN_NORMAL, Double.MIN_NORMAL)
                .findRoot(
                        r -> r * (1 + share * watson(target, regularization, r).alignment()) - target.length(),
                        0,
                        target.length());
        return new SphereLaw(target, regularization, residual);
    }

    /** |r| = |b - E[u theta]|. */
    public double residual() {
        return residual;
    }

    /** |E[u theta]| = |b| - |r|: the length of the linear function that the network has learned. */
    public double learnedLength() {
        return target.length() - residual;
    }

    /** k of the Watson law exp(k t^2); the kappa of exp(kappa cos 2 theta) is half of it. */
    public double concentration() {
        return watson.concentration();
    }

    /** tau = E t^2, between 1/d (features spread evenly) and 1 (all along the target). */
    public double alignment() {
        return watson.alignment();
    }

    /** E cos 2 theta = 2 tau - 1, for theta the angle between feature and target. */
    public double meanCosineOfTwiceTheAngle() {
        return 2 * alignment() - 1;
    }

    /** E u^2 of the joint law of output weights and features, the noise lam3 / (2 lam1) of the weights included. */
    public double secondMomentOfOutputWeights() {
        return secondMomentOfMeanOutputWeights() + regularization.outputWeightNoise();
    }

    /** E of E[u | theta]^2: the same without the noise, as in the penalty lam1 E u^2 of the objective. */
    public double secondMomentOfMeanOutputWeights() {
        double slope = target.secondMoment() * residual / (2 * regularization.outputWeights());
        return slope * slope * alignment();
    }

    /** Q at the law: s |b| |r| - s |r|^2 / 2 - lam3 ln E exp(k t^2), the last mean over the even spread (the dual value). */
    public double objective() {
        return target.secondMoment() * residual * (target.length() - residual / 2)
                - regularization.entropy() * (watson.concentration() + logPartition);
    }

    /**
     * Density at features of one angle to the target, relative to the even spread.
     *
     * @param angle in radians
     */
    public double density(double angle) {
        double sine = Math.sin(angle);
        return Math.exp(-watson.concentration() * sine * sine - logPartition);
    }

    /**
     * On the circle: the mass of the features from one angle to another, counterclockwise from the target's direction.
     *
     * @param from in radians
     * @param to between {@code from} and {@code from} + 2 pi
     * @throws IllegalStateException in higher dimension
     */
    public double arcMass(double from, double to) {
        requireCircle();
        if (!(to >= from && to - from <= 2 * Math.PI + 1e-12)) {
            throw new IllegalArgumentException("An arc must end between its start and a whole turn later, but got "
                    + from + " to " + to + ": add 2 pi to an end that lies before the start.");
        }
        return cumulative(to) - cumulative(from);
    }

    /** The mass from angle 0, by reflection at the quarter turns. */
    private double cumulative(double angle) {
        double quarters = Math.floor(angle / QUARTER_TURN);
        double rest = angle - quarters * QUARTER_TURN;
        boolean rising = quarters % 2 == 0;
        double part = watson.integral(cosine -> 1, rising ? rest : QUARTER_TURN - rest) / (4 * quarterMass);
        return quarters / 4 + (rising ? part : 0.25 - part);
    }

    private void requireCircle() {
        if (target.dimension() != 2) {
            throw new IllegalStateException("Arcs exist on the circle, but the features have dimension "
                    + target.dimension() + ": use the alignment or the density.");
        }
    }

    private static Watson watson(LinearTarget target, Regularization regularization, double residual) {
        double slope = target.secondMoment() * residual;
        return new Watson(
                target.dimension(), slope * slope / (4 * regularization.outputWeights() * regularization.entropy()));
    }

    /**
     * The law exp(k t^2), by its angle to the axis: its density there is exp(-k sin^2) sin^(d-2) up to a factor. It repeats from one
     * quarter turn to the next.
     *
     * @param logPeak the largest value of the logarithm of that, subtracted before anything can underflow
     */
    private record Watson(int dimension, double concentration, double logPeak) {

        Watson(int dimension, double concentration) {
            this(dimension, concentration, logDensity(dimension, concentration, peak(dimension, concentration)));
        }

        /** The sine at which the density is largest. */
        private static double peak(int dimension, double concentration) {
            return dimension == 2 ? 0 : Math.sqrt(Math.min(1, (dimension - 2) / (2 * concentration)));
        }

        double mass() {
            return integral(cosine -> 1, QUARTER_TURN);
        }

        double logMass() {
            return logPeak + Math.log(mass());
        }

        double alignment() {
            return integral(cosine -> cosine * cosine, QUARTER_TURN) / mass();
        }

        /** The integral of a function of t = cos from angle 0 to an end, over the density relative to its peak. */
        double integral(DoubleUnaryOperator function, double end) {
            double sum = 0;
            for (int i = 0; i < PLACES.length; i++) {
                double angle = end * PLACES[i];
                sum += WEIGHTS[i]
                        * function.applyAsDouble(Math.cos(angle))
                        * Math.exp(logDensity(dimension, concentration, Math.sin(angle)) - logPeak);
            }
            return sum * end;
        }

        private static double logDensity(int dimension, double concentration, double sine) {
            double around = dimension == 2 ? 0 : (dimension - 2) * Math.log(sine); // 0 ln 0 is 0 here
            return around - concentration * sine * sine;
        }
    }
}
