package org.crucis.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Network;
import org.crucis.network.Steps;
import org.crucis.network.UpdateRule;
import org.ejml.simple.SimpleMatrix;

/**
 * Full-batch gradient descent with a fixed step on {@code (1/2) sum_i (f(x_i) - y_i)^2}. An immutable value; each method
 * returns a changed copy:
 *
 * <pre>{@code
 * Training training = GradientDescent.withStep(1 / largestEigenvalue)
 *     .untilRelativeLoss(1e-3).atMost(10_000)
 *     .probing(Schedule.logSpaced(8), (step, network, outputs) -> ...)
 *     .run(network, inputs, targets);
 * }</pre>
 *
 * <p>The state after t steps has the index t everywhere. The run stops at the first state, not before the least
 * number of steps, whose loss is at most the wanted fraction of the initial loss, or is above what is allowed, or has diverged, or has the largest allowed index; it changes the network in place.
 */
public final class GradientDescent {

    /** A loss above this multiple of the initial one is called diverged: far beyond any catapult, far from overflow. */
    public static final double DIVERGENCE = 1e6;

    private enum Target {
        AS_GIVEN,
        SHIFTED_BY_INITIAL_OUTPUT
    }

    private record Watch(Schedule schedule, Probe probe) {}

    /**
     * When a run stops.
     *
     * @param slowest the factor a step by which the loss has to fall on average, from the start to every state; 1 asks for nothing
     *     but that it stays below the initial one
     */
    private record Stop(OptionalDouble relativeLoss, int fewestSteps, int mostSteps, OptionalDouble slowest) {

        double wanted(double initial) {
            return relativeLoss.isPresent() ? relativeLoss.getAsDouble() * initial : -1;
        }

        boolean tooSlow(double loss, double initial, int step) {
            return slowest.isPresent() && loss > Math.pow(slowest.getAsDouble(), step) * initial * (1 + ROUNDING);
        }
    }

    /** A loss may exceed its bound by this fraction: the initial state meets it with equality. */
    private static final double ROUNDING = 1e-12;

    private final double eta;
    private final Stop stop;
    private final Target target;
    private final UpdateRule rule;
    private final Arithmetic arithmetic;
    private final List<Watch> watches;

    private GradientDescent(
            double eta, Stop stop, Target target, UpdateRule rule, Arithmetic arithmetic, List<Watch> watches) {
        this.eta = eta;
        this.stop = stop;
        this.target = target;
        this.rule = rule;
        this.arithmetic = arithmetic;
        this.watches = List.copyOf(watches);
    }

    /**
     * Descent with this step size, for at most 10 000 steps unless {@link #atMost} says otherwise.
     *
     * @param eta in the parametrization's time: one step multiplies the linearised residual by I - eta Theta
     */
    public static GradientDescent withStep(double eta) {
        if (!(eta > 0) || Double.isInfinite(eta)) {
            throw new IllegalArgumentException("The step size is " + eta + "; it must be positive and finite.");
        }
        return new GradientDescent(
                eta,
                new Stop(OptionalDouble.empty(), 0, 10_000, OptionalDouble.empty()),
                Target.AS_GIVEN,
                new UpdateRule.Plain(),
                Arithmetic.FASTEST,
                List.of());
    }

    /** Stops once the loss is at most this fraction of the initial loss. */
    public GradientDescent untilRelativeLoss(double fraction) {
        if (!(fraction >= 0) || fraction >= 1) {
            throw new IllegalArgumentException(
                    "The relative loss to stop at is " + fraction + "; give a fraction of at least 0 and below 1.");
        }
        return stopping(new Stop(OptionalDouble.of(fraction), stop.fewestSteps, stop.mostSteps, stop.slowest));
    }

    /**
     * Gives up at the first state t whose loss is above {@code factor^t} times the initial one: such a run has broken a theorem
     * that bounds the loss at every step, whatever comes later.
     *
     * @param factor in (0, 1], for instance {@code 1 - eta lambda_0 / 2}
     */
    public GradientDescent noSlowerThan(double factor) {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("The loss is to fall by a factor of " + factor
                    + " a step; give a factor above 0 and at most 1. Is the step larger than the rate allows?");
        }
        return stopping(new Stop(stop.relativeLoss, stop.fewestSteps, stop.mostSteps, OptionalDouble.of(factor)));
    }

    private GradientDescent stopping(Stop when) {
        return new GradientDescent(eta, when, target, rule, arithmetic, watches);
    }

    /**
     * Makes at least this many steps, however low the loss: for statements over all times, whose slowest mode may hardly show
     * in the loss.
     */
    public GradientDescent atLeast(int steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("The least number of steps is " + steps + "; it cannot be negative.");
        }
        return stopping(new Stop(stop.relativeLoss, steps, stop.mostSteps, stop.slowest));
    }

    /** Stops after this many steps at the latest. */
    public GradientDescent atMost(int steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("The number of steps is " + steps + "; it cannot be negative.");
        }
        return stopping(new Stop(stop.relativeLoss, stop.fewestSteps, steps, stop.slowest));
    }

    /** Trains f - f_0 towards the targets, by adding the initial outputs to them. Losses are those of f - f_0. */
    public GradientDescent centred() {
        return new GradientDescent(eta, stop, Target.SHIFTED_BY_INITIAL_OUTPUT, rule, arithmetic, watches);
    }

    /** Adds a probe; probes are called in the order in which they were added. */
    public GradientDescent probing(Schedule schedule, Probe probe) {
        List<Watch> more = new ArrayList<>(watches);
        more.add(new Watch(schedule, probe));
        return new GradientDescent(eta, stop, target, rule, arithmetic, more);
    }

    /** Has the gradient move the parameters by this rule: with momentum, or with noise. */
    public GradientDescent moving(UpdateRule by) {
        Objects.requireNonNull(by, "update rule");
        return new GradientDescent(eta, stop, target, by, arithmetic, watches);
    }

    /** Has the gradient computed this way. */
    public GradientDescent by(Arithmetic who) {
        return new GradientDescent(eta, stop, target, rule, who, watches);
    }

    /**
     * Trains the network in place.
     *
     * @param network it says which layers move, and at which rates
     * @param inputs n x d, one input a row
     * @param targets n x outputs
     * @throws IllegalArgumentException if a shape does not fit or an entry is not finite
     */
    public Training run(Network network, SimpleMatrix inputs, SimpleMatrix targets) {
        network.requireInputs(inputs);
        int n = inputs.getNumRows();
        int outputs = network.outputSize();
        check(targets, n, outputs);
        try (Steps steps = begin(network, inputs)) {
            double[] f = new double[n * outputs];
            double[] residuals = new double[n * outputs];
            steps.readOutputs(f);
            double[] y = targets.transpose().getDDRM().getData().clone();
            if (target == Target.SHIFTED_BY_INITIAL_OUTPUT) {
                for (int i = 0; i < y.length; i++) {
                    y[i] += f[i];
                }
            }
            int mostSteps = stop.mostSteps;
            double[] losses = new double[Math.min(mostSteps, 1023) + 1];
            double loss = subtract(f, y, residuals);
            losses[0] = loss;
            double initial = loss;
            double wanted = stop.wanted(initial);
            int step = 0;
            while (step < mostSteps
                    && (loss > wanted || step < stop.fewestSteps)
                    && !diverged(loss, initial)
                    && !stop.tooSlow(loss, initial, step)) {
                observe(step, step == 0, network, f, n);
                steps.step(residuals, eta);
                steps.readOutputs(f);
                loss = subtract(f, y, residuals);
                step++;
                if (step == losses.length) {
                    losses = Arrays.copyOf(losses, Math.min(2 * losses.length, mostSteps + 1));
                }
                losses[step] = loss;
            }
            if (Double.isFinite(loss)) {
                observe(step, true, network, f, n);
            }
            return new Training(
                    ending(loss, initial, step),
                    Arrays.copyOf(losses, step + 1),
                    new SimpleMatrix(n, outputs, false, f.clone()));
        }
    }

    private Ending ending(double loss, double initial, int step) {
        if (diverged(loss, initial)) {
            return new Ending.Diverged(step);
        }
        if (stop.tooSlow(loss, initial, step)) {
            return new Ending.TooSlow(step);
        }
        return loss <= stop.wanted(initial) ? new Ending.Converged(step) : new Ending.Exhausted(step);
    }

    private Steps begin(Network network, SimpleMatrix inputs) {
        return switch (arithmetic) {
            case FASTEST ->
                network instanceof DenseNetwork
                        ? Steps.of(network, inputs, rule)
                        : Steps.byModelGradient(network, inputs, rule);
            case RAW_PRODUCTS -> Steps.of(network, inputs, rule);
            case DEEPLEARNING4J -> Steps.byModelGradient(network, inputs, rule);
        };
    }

    private void observe(int step, boolean endOfRun, Network network, double[] f, int n) {
        for (Watch watch : watches) {
            if (endOfRun || watch.schedule.includes(step)) {
                watch.probe.observe(step, network, new SimpleMatrix(n, f.length / n, false, f.clone()));
            }
        }
    }

    private static boolean diverged(double loss, double initial) {
        return !Double.isFinite(loss) || (loss > DIVERGENCE * initial && loss > initial && initial > 0);
    }

    /** Fills the residuals f - y and returns half the sum of their squares. */
    private static double subtract(double[] f, double[] y, double[] residuals) {
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            residuals[i] = f[i] - y[i];
            sum += residuals[i] * residuals[i];
        }
        return sum / 2;
    }

    private static void check(SimpleMatrix targets, int n, int outputs) {
        if (targets.getNumRows() != n || targets.getNumCols() != outputs) {
            throw new IllegalArgumentException("The targets are " + targets.getNumRows() + " x " + targets.getNumCols()
                    + "; expected " + n + " x " + outputs + ", one row for each input.");
        }
        for (int i = 0; i < n; i++) {
            for (int o = 0; o < outputs; o++) {
                if (!Double.isFinite(targets.get(i, o))) {
                    throw new IllegalArgumentException(
                            "Target " + i + " is " + targets.get(i, o) + "; every target must be finite.");
                }
            }
        }
    }
}
