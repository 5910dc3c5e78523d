package org.crucis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.OutputWeights;
import org.crucis.network.Trained;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

class GradientDescentTest {

    private static final SimpleMatrix X = SimpleMatrix.random_DDRM(5, 3, -1, 1, new Random(1));
    private static final SimpleMatrix Y = SimpleMatrix.random_DDRM(5, 1, -1, 1, new Random(2));
    private static final Architecture ERF =
            Architecture.of(3).hidden(200, 1).activation(Activation.ERF).variances(2, 0.1);

    /** A linear model in disguise: random features, only the output layer moves, so that everything is exact. */
    private static final Architecture FEATURES = ERF.trained(Trained.OUTPUT);

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(12));
    }

    /** Theta of the random-feature model by hand: rate (sw^2/m) Phi Phi^T + sb^2, Phi from the shown weights. */
    private static SimpleMatrix featureKernel(DenseNetwork network) {
        SimpleMatrix w = network.weights(0);
        double[] b = network.biases(0);
        SimpleMatrix features = X.mult(w);
        for (int i = 0; i < features.getNumRows(); i++) {
            for (int r = 0; r < features.getNumCols(); r++) {
                features.set(i, r, Activation.ERF.value(features.get(i, r) + b[r]));
            }
        }
        return features.mult(features.transpose()).scale(2.0 / 200).plus(0.1);
    }

    private static double largestEigenvalue(SimpleMatrix symmetric) {
        return symmetric.svd().getSingleValue(0);
    }

    /**
     * The convention of the loss, by one step of every parameter. Oracle: J^T (f - y), J by central differences of f
     * (error about 1e-9); factor 1 means loss (1/2) sum (f - y)^2, neither averaged nor doubled.
     */
    @Test
    void oneStepSubtractsEtaTimesRateTimesTheGradientOfHalfTheSumOfSquares() {
        Architecture small =
                Architecture.of(3).hidden(4, 2).activation(Activation.TANH).variances(2, 0.3);
        double eta = 0.01;
        double h = 1e-6;
        try (DenseNetwork network = draw(small)) {
            double[] start = network.parameters();
            SimpleMatrix residual = network.outputs(X).minus(Y);
            double[] rates = network.rates();
            double[] expected = new double[start.length];
            for (int p = 0; p < start.length; p++) {
                double[] moved = start.clone();
                moved[p] = start[p] + h;
                network.assign(moved);
                SimpleMatrix up = network.outputs(X);
                moved[p] = start[p] - h;
                network.assign(moved);
                SimpleMatrix down = network.outputs(X);
                double gradient = up.minus(down).dot(residual) / (2 * h);
                expected[p] = start[p] - eta * rates[p] * gradient;
            }
            network.assign(start);
            GradientDescent.withStep(eta).atMost(1).run(network, X, Y);
            double[] after = network.parameters();
            for (int p = 0; p < start.length; p++) {
                assertThat(after[p]).isCloseTo(expected[p], within(1e-10));
                assertThat(after[p]).isNotEqualTo(start[p]);
            }
        }
    }

    /** What the model() promises. Oracle: GradientDescent with eta = 1. */
    @Test
    void oneFitOfTheModelIsOneStepWithEtaOne() {
        Architecture small =
                Architecture.of(3).hidden(6, 2).activation(Activation.TANH).variances(0.5, 0.3);
        try (DenseNetwork ours = draw(small);
                DenseNetwork theirs = draw(small)) {
            GradientDescent.withStep(1).atMost(1).run(ours, X, Y);
            MultiLayerNetwork model = theirs.model(MultiLayerNetwork.class);
            model.fit(Nd4j.createFromArray(X.toArray2()), Nd4j.createFromArray(Y.toArray2()));
            double[] a = ours.parameters();
            double[] b = theirs.parameters();
            for (int p = 0; p < a.length; p++) {
                assertThat(a[p]).isCloseTo(b[p], within(1e-13));
            }
        }
    }

    /** Oracle: r_t = (I - eta Theta)^t r_0, exact for random features; losses and outputs carry the step as index. */
    @Test
    void residualsFollowTheLinearRecursion() {
        try (DenseNetwork network = draw(FEATURES)) {
            SimpleMatrix theta = featureKernel(network);
            double eta = 1 / largestEigenvalue(theta);
            SimpleMatrix residual = network.outputs(X).minus(Y);
            SimpleMatrix contraction = SimpleMatrix.identity(5).minus(theta.scale(eta));
            Training training = GradientDescent.withStep(eta).atMost(30).run(network, X, Y);
            for (int t = 0; t <= 30; t++) {
                assertThat(training.loss(t)).isCloseTo(residual.dot(residual) / 2, within(1e-13));
                if (t < 30) {
                    residual = contraction.mult(residual);
                }
            }
            assertThat(training.losses()).hasSize(31);
            assertThat(training.outputs().minus(Y).minus(residual).elementMaxAbs())
                    .isLessThan(1e-13);
            assertThat(training.outputs().minus(network.outputs(X)).elementMaxAbs())
                    .isLessThan(1e-14);
            assertThat(training.ending()).isEqualTo(new Ending.Exhausted(30));
        }
    }

    /** Oracle: the losses of the same run that does not give up. */
    @Test
    void givesUpAtTheFirstStateAboveTheBound() {
        GradientDescent descent =
                GradientDescent.withStep(0.2).untilRelativeLoss(1e-2).atMost(5000);
        double[] losses;
        try (DenseNetwork network = draw(ERF)) {
            losses = descent.run(network, X, Y).losses();
        }
        int last = losses.length - 1;
        // At about the average rate of the first half of the run, a later state is the first to lag behind.
        double factor = Math.pow(losses[last / 2] / losses[0], 1 / (last / 2 + 0.5));
        int first = 1;
        while (losses[first] <= Math.pow(factor, first) * losses[0]) {
            first++;
        }
        assertThat(first).isBetween(last / 2, last - 1);
        try (DenseNetwork network = draw(ERF)) {
            assertThat(descent.noSlowerThan(factor).run(network, X, Y).ending()).isEqualTo(new Ending.TooSlow(first));
        }
        try (DenseNetwork network = draw(ERF)) {
            assertThat(descent.noSlowerThan(1).run(network, X, Y).ending()).isEqualTo(new Ending.Converged(last));
        }
        assertThatThrownBy(() -> descent.noSlowerThan(1.5)).hasMessageContaining("at most 1");
        assertThatThrownBy(() -> descent.noSlowerThan(0)).hasMessageContaining("factor of 0");
    }

    @Test
    void stopsAtTheFirstStateWithTheWantedLoss() {
        try (DenseNetwork network = draw(ERF)) {
            Training training = GradientDescent.withStep(0.2)
                    .untilRelativeLoss(1e-2)
                    .atMost(5000)
                    .run(network, X, Y);
            assertThat(training.ending()).isInstanceOf(Ending.Converged.class);
            int steps = training.steps();
            assertThat(steps).isBetween(2, 4999);
            assertThat(training.losses()).hasSize(steps + 1);
            assertThat(training.loss(steps)).isLessThanOrEqualTo(1e-2 * training.loss(0));
            assertThat(training.loss(steps - 1)).isGreaterThan(1e-2 * training.loss(0));
            assertThat(training.relativeLoss()).isEqualTo(training.loss(steps) / training.loss(0));
        }
    }

    /** Oracle: the linear recursion grows by |1 - 2.5| a step, so the loss by 2.25: past 1e6 after 18 steps or so. */
    @Test
    void aStepBeyondTwoOverTheLargestEigenvalueDiverges() {
        try (DenseNetwork network = draw(FEATURES)) {
            double eta = 2.5 / largestEigenvalue(featureKernel(network));
            Training training = GradientDescent.withStep(eta).atMost(1000).run(network, X, Y);
            assertThat(training.ending()).isInstanceOf(Ending.Diverged.class);
            assertThat(training.steps()).isBetween(17, 30);
            assertThat(training.loss(training.steps())).isGreaterThan(GradientDescent.DIVERGENCE * training.loss(0));
            assertThat(training.loss(training.steps() - 1))
                    .isLessThanOrEqualTo(GradientDescent.DIVERGENCE * training.loss(0));
        }
        try (DenseNetwork network = draw(FEATURES)) {
            double eta = 1.9 / largestEigenvalue(featureKernel(network));
            assertThat(GradientDescent.withStep(eta)
                            .atMost(1000)
                            .run(network, X, Y)
                            .ending())
                    .isEqualTo(new Ending.Exhausted(1000));
        }
    }

    /** A loss that overflows in one step is a divergence too, and the probe is spared what is not a number. */
    @Test
    void anOverflowIsADivergence() {
        List<Integer> seen = new ArrayList<>();
        try (DenseNetwork network = draw(ERF)) {
            Training training = GradientDescent.withStep(1e200)
                    .atMost(10)
                    .probing(Schedule.every(1), (step, n, f) -> seen.add(step))
                    .run(network, X, Y);
            assertThat(training.ending()).isEqualTo(new Ending.Diverged(1));
            assertThat(training.loss(1)).isInfinite();
            assertThat(seen).containsExactly(0);
        }
    }

    @Test
    void aLossOfZeroHasConvergedAtOnce() {
        try (DenseNetwork network = draw(ERF)) {
            SimpleMatrix own = network.outputs(X);
            Training training = GradientDescent.withStep(0.1)
                    .untilRelativeLoss(0.5)
                    .atMost(10)
                    .run(network, X, own);
            assertThat(training.ending()).isEqualTo(new Ending.Converged(0));
            assertThat(training.relativeLoss()).isZero();
        }
    }

    /** Oracle: training towards y + f_0, written out. */
    @Test
    void centredTrainingShiftsTheTargetsByTheInitialOutput() {
        Architecture positive = Architecture.of(3)
                .hidden(100, 1)
                .activation(Activation.SOFTPLUS)
                .outputWeights(OutputWeights.POSITIVE);
        try (DenseNetwork centred = draw(positive);
                DenseNetwork shifted = draw(positive)) {
            SimpleMatrix initial = shifted.outputs(X);
            assertThat(initial.elementMaxAbs()).isGreaterThan(1);
            GradientDescent descent = GradientDescent.withStep(0.01).atMost(40);
            Training a = descent.centred().run(centred, X, Y);
            Training b = descent.run(shifted, X, Y.plus(initial));
            assertThat(centred.parameters()).isEqualTo(shifted.parameters());
            assertThat(a.losses()).isEqualTo(b.losses());
            assertThat(a.loss(0)).isCloseTo(Y.dot(Y) / 2, within(1e-12));
            assertThat(a.outputs().minus(b.outputs()).elementMaxAbs()).isZero();
        }
    }

    @Test
    void probesSeeTheStateOfTheirStep() {
        List<Integer> steps = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        try (DenseNetwork network = draw(ERF)) {
            Training training = GradientDescent.withStep(0.05)
                    .atMost(7)
                    .probing(Schedule.every(3), (step, seen, outputs) -> {
                        steps.add(step);
                        SimpleMatrix residual = seen.outputs(X).minus(Y);
                        losses.add(residual.dot(residual) / 2);
                        assertThat(outputs.minus(seen.outputs(X)).elementMaxAbs())
                                .isLessThan(1e-14);
                    })
                    .run(network, X, Y);
            assertThat(steps).containsExactly(0, 3, 6, 7);
            for (int i = 0; i < steps.size(); i++) {
                assertThat(losses.get(i)).isCloseTo(training.loss(steps.get(i)), within(1e-14));
            }
        }
    }

    @Test
    void firstAndLastStateAreAlwaysProbedOnce() {
        List<String> seen = new ArrayList<>();
        try (DenseNetwork network = draw(ERF)) {
            GradientDescent.withStep(0.05)
                    .atMost(4)
                    .probing(Schedule.at(2), (step, n, f) -> seen.add("a" + step))
                    .probing(Schedule.at(4), (step, n, f) -> seen.add("b" + step))
                    .run(network, X, Y);
            GradientDescent.withStep(0.05)
                    .atMost(0)
                    .probing(Schedule.at(0), (step, n, f) -> seen.add("c" + step))
                    .run(network, X, Y);
        }
        assertThat(seen).containsExactly("a0", "b0", "a2", "a4", "b4", "c0");
    }

    @Test
    void schedulesNameTheirSteps() {
        assertThat(steps(Schedule.every(25), 100)).containsExactly(0, 25, 50, 75, 100);
        assertThat(steps(Schedule.at(9, 3), 100)).containsExactly(3, 9);
        // Oracle: 10^(k/4) = 1, 1.78, 3.16, 5.62, 10, 17.8, 31.6, 56.2, 100, rounded.
        assertThat(steps(Schedule.logSpaced(4), 100)).containsExactly(1, 2, 3, 6, 10, 18, 32, 56, 100);
        assertThat(steps(Schedule.logSpaced(40), 20))
                .startsWith(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)
                .endsWith(20);
    }

    /** Oracle: the rounded powers listed one by one. */
    @Test
    void logSpacedStepsAreTheRoundedPowers() {
        for (int perDecade = 1; perDecade <= 60; perDecade++) {
            int most = perDecade;
            int[] listed = IntStream.rangeClosed(0, 3 * perDecade)
                    .map(k -> (int) Math.rint(Math.pow(10, (double) k / most)))
                    .distinct()
                    .toArray();
            assertThat(steps(Schedule.logSpaced(perDecade), 1000)).isEqualTo(listed);
        }
    }

    private static int[] steps(Schedule schedule, int last) {
        return IntStream.rangeClosed(0, last).filter(schedule::includes).toArray();
    }

    /** 24 trainings on 1 thread and on 4: the same bits, models passing from thread to thread. */
    @Test
    void theNumberOfThreadsDoesNotChangeABit() throws Exception {
        assertThat(trainings(4)).isEqualTo(trainings(1));
    }

    private static List<List<Double>> trainings(int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Double>>> futures = new ArrayList<>();
            for (int seed = 0; seed < 24; seed++) {
                long trial = seed;
                futures.add(pool.submit(() -> {
                    Architecture architecture = seedDependent(trial);
                    try (DenseNetwork network = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(trial))) {
                        Training training =
                                GradientDescent.withStep(0.05).atMost(30).run(network, X, Y);
                        List<Double> result = new ArrayList<>();
                        for (double loss : training.losses()) {
                            result.add(loss);
                        }
                        for (double parameter : network.parameters()) {
                            result.add(parameter);
                        }
                        return result;
                    }
                }));
            }
            List<List<Double>> results = new ArrayList<>();
            for (Future<List<Double>> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Architecture seedDependent(long seed) {
        return Architecture.of(3)
                .hidden(seed % 2 == 0 ? 64 : 33, 1 + (int) (seed % 3))
                .activation(Activation.values()[(int) (seed % Activation.values().length)])
                .variances(1.5, 0.1);
    }

    static Stream<Arguments> mistakes() {
        SimpleMatrix nan = Y.copy();
        nan.set(3, 0, Double.NaN);
        SimpleMatrix nanInput = X.copy();
        nanInput.set(2, 1, Double.NaN);
        GradientDescent descent = GradientDescent.withStep(0.1);
        return Stream.of(
                mistake(() -> GradientDescent.withStep(0), "step size is 0", "positive"),
                mistake(() -> GradientDescent.withStep(Double.NaN), "step size is NaN", "positive"),
                mistake(() -> descent.atMost(-1), "number of steps is -1", "negative"),
                mistake(() -> descent.untilRelativeLoss(1), "relative loss", "below 1"),
                mistake(() -> Schedule.every(0), "every 0 steps", "at least 1"),
                mistake(() -> Schedule.at(3, -2), "step -2", "from 0"),
                mistake(() -> Schedule.logSpaced(0), "0 times a decade", "at least 1"),
                mistake(() -> run(descent, X, new SimpleMatrix(4, 1)), "targets are 4 x 1", "expected 5 x 1"),
                mistake(() -> run(descent, X, nan), "Target 3 is NaN", "finite"),
                mistake(() -> run(descent, nanInput, Y), "Input 2", "finite"),
                mistake(() -> run(descent, new SimpleMatrix(5, 2), Y), "inputs are 5 x 2", "dimension 3"),
                mistake(
                        () -> run(descent.by(Arithmetic.DEEPLEARNING4J), new SimpleMatrix(5, 2), Y),
                        "inputs are 5 x 2",
                        "dimension 3"));
    }

    private static Arguments mistake(ThrowingCallable call, String wrong, String remedy) {
        return Arguments.of(wrong, remedy, call);
    }

    private static void run(GradientDescent descent, SimpleMatrix x, SimpleMatrix y) {
        try (DenseNetwork network = draw(ERF)) {
            descent.run(network, x, y);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsNamedInOneSentence(String wrong, String remedy, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wrong)
                .hasMessageContaining(remedy)
                .hasMessageEndingWith(".");
    }
}
