package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.crucis.network.Activation;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle of most tests is a model that is linear in its parameters, f(x) = j(x) . w with explicit gradients j(x), trained by
 * explicit iteration: nothing in it knows of spectra or kernels.
 */
class LinearizedDynamicsTest {

    private static final int TRAIN = 5;
    private static final int FURTHER = 3;
    private static final int PARAMETERS = 12;

    private final SimpleMatrix jacobian = SpectrumTest.random(TRAIN, PARAMETERS, 1);
    private final SimpleMatrix furtherJacobian = SpectrumTest.random(FURTHER, PARAMETERS, 2);
    private final SimpleMatrix initialParameters = SpectrumTest.random(PARAMETERS, 1, 3);
    private final SimpleMatrix targets = SpectrumTest.random(TRAIN, 1, 4);
    private final SimpleMatrix kernel = jacobian.mult(jacobian.transpose());
    private final SimpleMatrix cross = furtherJacobian.mult(jacobian.transpose());
    private final SimpleMatrix initial = jacobian.mult(initialParameters);
    private final SimpleMatrix furtherInitial = furtherJacobian.mult(initialParameters);
    private final SimpleMatrix residual = initial.minus(targets);
    private final double largest = Spectrum.of(kernel).largest();

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.1, 0.5, 1, 1.3, 1.9, 2.2})
    void gradientDescentIsTheExplicitIteration(double stepTimesLargest) {
        double step = stepTimesLargest / largest;
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, step);
        SimpleMatrix parameters = initialParameters;
        for (int t = 0; t <= 30; t++) {
            SimpleMatrix outputs = jacobian.mult(parameters);
            double moved = squared(parameters.minus(initialParameters));
            double scale = 1e-12 * (1 + outputs.elementMaxAbs());

            assertThat(dynamics.trainOutputs(initial, targets, t).isIdentical(outputs, scale))
                    .isTrue();
            assertThat(dynamics.residual(residual, t).isIdentical(outputs.minus(targets), scale))
                    .isTrue();
            assertThat(dynamics.outputs(cross, furtherInitial, initial, targets, t)
                            .isIdentical(furtherJacobian.mult(parameters), scale))
                    .isTrue();
            assertThat(dynamics.squaredDisplacement(residual, t)).isCloseTo(moved, within(1e-11 * (1e-3 + moved)));
            double loss = squared(outputs.minus(targets)) / squared(residual);
            assertThat(dynamics.relativeLoss(residual, t)).isCloseTo(loss, within(1e-12 * (1 + loss)));

            parameters = parameters.minus(
                    jacobian.transpose().mult(outputs.minus(targets)).scale(step));
        }
    }

    /** Oracle: one step by hand, w_1 - w_0 = -eta J' r: no digit may be lost when next to nothing has been learned. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-7, 1e-2})
    void tinyStepsKeepTheirDigits(double step) {
        double oneStep = step * step * squared(jacobian.transpose().mult(residual));
        SimpleMatrix gain = cross.scale(step);

        LinearizedDynamics descent = LinearizedDynamics.gradientDescent(kernel, step);

        assertThat(descent.squaredDisplacement(residual, 1)).isCloseTo(oneStep, withinPercentage(1e-10));
        assertThat(descent.gain(cross, 1).minus(gain).elementMaxAbs()).isLessThan(1e-13 * gain.elementMaxAbs());
    }

    @Test
    void eachModeDecaysOnItsOwn() {
        double step = 0.7 / largest;
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, step);
        SimpleMatrix start = dynamics.modes(residual, 0);

        SimpleMatrix later = dynamics.modes(residual, 9);

        for (int k = 0; k < TRAIN; k++) {
            double factor = Math.pow(1 - step * dynamics.spectrum().value(k), 9);
            assertThat(later.get(k)).isCloseTo(factor * start.get(k), within(1e-15));
        }
        assertThat(start.normF()).isCloseTo(residual.normF(), within(1e-14));
    }

    /** Oracle: the flow is the limit of many small steps, whose error is first order in their size. */
    @Test
    void flowIsTheLimitOfSmallSteps() {
        double step = 1 / largest;
        double time = 2.5;
        int refinement = 1 << 14;
        LinearizedDynamics flow = LinearizedDynamics.flow(kernel, step);
        LinearizedDynamics fine = LinearizedDynamics.gradientDescent(kernel, step / refinement);
        LinearizedDynamics finer = LinearizedDynamics.gradientDescent(kernel, step / (2 * refinement));

        SimpleMatrix extrapolated = finer.trainOutputs(initial, targets, time * 2 * refinement)
                .scale(2)
                .minus(fine.trainOutputs(initial, targets, time * refinement));
        SimpleMatrix further = finer.outputs(cross, furtherInitial, initial, targets, time * 2 * refinement)
                .scale(2)
                .minus(fine.outputs(cross, furtherInitial, initial, targets, time * refinement));

        assertThat(flow.trainOutputs(initial, targets, time).isIdentical(extrapolated, 1e-8))
                .isTrue();
        assertThat(flow.outputs(cross, furtherInitial, initial, targets, time).isIdentical(further, 1e-8))
                .isTrue();
        assertThat(fine.trainOutputs(initial, targets, time * refinement).isIdentical(extrapolated, 1e-8))
                .as("the extrapolation matters at this tolerance")
                .isFalse();
    }

    /** Oracle: the joint outputs on all inputs follow an affine recursion, which carries mean and covariance along step by step. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 40})
    void lawOverInitialisationsIsTheOneThatTheRecursionCarries(int steps) {
        double step = 0.9 / largest;
        SimpleMatrix root = SpectrumTest.random(TRAIN + FURTHER, 11, 6);
        SimpleMatrix prior = root.mult(root.transpose());
        SimpleMatrix update = SimpleMatrix.identity(TRAIN + FURTHER);
        update.insertIntoThis(0, 0, update.extractMatrix(0, TRAIN, 0, TRAIN).minus(kernel.scale(step)));
        update.insertIntoThis(TRAIN, 0, cross.scale(-step));
        SimpleMatrix pull = kernel.concatRows(cross).mult(targets).scale(step);
        SimpleMatrix mean = new SimpleMatrix(TRAIN + FURTHER, 1);
        SimpleMatrix covariance = prior;
        for (int t = 0; t < steps; t++) {
            mean = update.mult(mean).plus(pull);
            covariance = update.mult(covariance).mult(update.transpose());
        }
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, step);
        OutputPrior blocks = new OutputPrior(
                prior.extractMatrix(0, TRAIN, 0, TRAIN),
                prior.extractMatrix(TRAIN, TRAIN + FURTHER, 0, TRAIN),
                prior.extractMatrix(TRAIN, TRAIN + FURTHER, TRAIN, TRAIN + FURTHER));

        OutputLaw further = dynamics.law(cross, blocks, targets, steps);
        OutputLaw train = dynamics.trainLaw(blocks.train(), targets, steps);

        assertThat(further.mean().isIdentical(mean.rows(TRAIN, TRAIN + FURTHER), 1e-12))
                .isTrue();
        assertThat(further.covariance()
                        .isIdentical(covariance.extractMatrix(TRAIN, TRAIN + FURTHER, TRAIN, TRAIN + FURTHER), 1e-11))
                .isTrue();
        assertThat(train.mean().isIdentical(mean.rows(0, TRAIN), 1e-12)).isTrue();
        assertThat(train.covariance().isIdentical(covariance.extractMatrix(0, TRAIN, 0, TRAIN), 1e-11))
                .isTrue();
    }

    /** Oracle: with Theta = K the end of training is the posterior of Gaussian-process regression without noise. */
    @Test
    void trainingTheLastLayerEndsAtTheGaussianProcessPosterior() {
        SimpleMatrix train = new SimpleMatrix(new double[][] {{1, 0}, {0, 1}, {-0.6, 0.8}});
        SimpleMatrix further = new SimpleMatrix(new double[][] {{0.6, 0.8}, {0, -1}});
        SimpleMatrix y = new SimpleMatrix(new double[][] {{1}, {-1}, {0.5}});
        AnalyticKernel architecture = AnalyticKernel.of(Activation.ERF, 1, 2.25, 0.01);
        OutputPrior prior = OutputPrior.of(architecture, train, further);
        SimpleMatrix solve = prior.cross().mult(prior.train().invert());

        OutputLaw law = LinearizedDynamics.gradientDescent(prior.train(), 0.1)
                .law(prior.cross(), prior, y, Double.POSITIVE_INFINITY);

        assertThat(law.mean().isIdentical(solve.mult(y), 1e-12)).isTrue();
        assertThat(law.covariance()
                        .isIdentical(
                                prior.further().minus(solve.mult(prior.cross().transpose())), 1e-12))
                .isTrue();
    }

    /** Oracle: a direct solve with the kernel. */
    @Test
    void trainingEndsAtTheKernelInterpolant() {
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, 0.5 / largest);

        SimpleMatrix end = dynamics.outputs(cross, furtherInitial, initial, targets, Double.POSITIVE_INFINITY);

        assertThat(end.isIdentical(furtherInitial.minus(cross.mult(kernel.solve(residual))), 1e-11))
                .isTrue();
        assertThat(dynamics.trainOutputs(initial, targets, Double.POSITIVE_INFINITY)
                        .isIdentical(targets, 1e-14))
                .isTrue();
    }

    /** Oracle: the pseudo-inverse gives the nearest parameters that fit the targets. */
    @Test
    void parametersMoveToTheNearestFit() {
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, 0.5 / largest);
        SimpleMatrix nearest = jacobian.pseudoInverse().mult(targets.minus(initial));

        assertThat(dynamics.minimumNormDisplacement(residual)).isCloseTo(squared(nearest), withinPercentage(1e-8));
        assertThat(dynamics.squaredDisplacement(residual, Double.POSITIVE_INFINITY))
                .isCloseTo(squared(nearest), withinPercentage(1e-8));
    }

    @Test
    void criticalStepSeparatesDecayFromGrowth() {
        double critical = LinearizedDynamics.gradientDescent(kernel, 1).criticalStep();

        assertThat(iteratedResidual(0.99 * critical, 2000)).isLessThan(1e-6);
        assertThat(iteratedResidual(1.01 * critical, 2000)).isGreaterThan(1e3);
    }

    /** Oracle: at the fastest step the contraction factors of the two ends of the spectrum are opposite. */
    @Test
    void fastestStepBalancesBothEnds() {
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, 1);
        double step = dynamics.fastestStep();

        assertThat(1 - step * dynamics.spectrum().smallest())
                .isCloseTo(step * dynamics.spectrum().largest() - 1, within(1e-14));
        assertThat(step).isLessThan(dynamics.criticalStep());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.5, 1e-1, 1e-3, 1e-8})
    void stepsToALossAreThoseOfTheIteration(double level) {
        double step = 1 / largest;
        long expected = 0;
        SimpleMatrix r = residual;
        while (squared(r) > level * squared(residual)) {
            r = r.minus(kernel.mult(r).scale(step));
            expected++;
        }

        assertThat(LinearizedDynamics.gradientDescent(kernel, step).stepsToRelativeLoss(residual, level))
                .hasValue(expected);
    }

    @Test
    void aLossThatIsNeverReachedHasNoSteps() {
        SimpleMatrix singular = new SimpleMatrix(new double[][] {{1, 1}, {1, 1}});
        SimpleMatrix leaning = new SimpleMatrix(new double[][] {{1}, {0}});

        assertThat(LinearizedDynamics.gradientDescent(singular, 0.5).stepsToRelativeLoss(leaning, 0.1))
                .isEmpty();
        assertThat(LinearizedDynamics.flow(singular, 0.5).stepsToRelativeLoss(leaning, 0.1))
                .isEmpty();
        assertThat(LinearizedDynamics.gradientDescent(kernel, 2.1 / largest).stepsToRelativeLoss(residual, 0.1))
                .isEmpty();
    }

    @Test
    void aSingularKernelLearnsWhatItSees() {
        SimpleMatrix singular = new SimpleMatrix(new double[][] {{1, 1}, {1, 1}});
        SimpleMatrix leaning = new SimpleMatrix(new double[][] {{1}, {0}});
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(singular, 0.5);

        // Oracle: by hand. (1, 0) = (1/2, 1/2) + (1/2, -1/2); the second part is invisible to the kernel.
        SimpleMatrix left = dynamics.residual(leaning, Double.POSITIVE_INFINITY);

        assertThat(left.get(0)).isCloseTo(0.5, within(1e-15));
        assertThat(left.get(1)).isCloseTo(-0.5, within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamics.minimumNormDisplacement(leaning))
                .withMessageContaining("rank 1 on 2 inputs");
        assertThat(dynamics.minimumNormDisplacement(new SimpleMatrix(new double[][] {{1}, {1}})))
                .isCloseTo(1, within(1e-14));
    }

    @Test
    void badArgumentsAreNamed() {
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, 0.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearizedDynamics.flow(kernel, 0))
                .withMessageContaining("step size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamics.residual(residual, 0.5))
                .withMessageContaining("0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamics.residual(new SimpleMatrix(2, 1), 1))
                .withMessageContaining("5 x 1, but got 2 x 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamics.gain(new SimpleMatrix(2, 4), 1))
                .withMessageContaining("2 x 5, but got 2 x 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamics.stepsToRelativeLoss(residual, 1))
                .withMessageContaining("between 0 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dynamics.relativeLoss(new SimpleMatrix(TRAIN, 1), 1))
                .withMessageContaining("other than 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutputPrior(kernel, kernel, new SimpleMatrix(2, 2)))
                .withMessageContaining("in this order");
    }

    private double iteratedResidual(double step, int steps) {
        SimpleMatrix r = residual;
        for (int t = 0; t < steps; t++) {
            r = r.minus(kernel.mult(r).scale(step));
        }
        return r.normF();
    }

    private static double squared(SimpleMatrix vector) {
        return vector.dot(vector);
    }
}
