package org.crucis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.crucis.network.UpdateRule;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Momentum and noise. Oracles: DeepLearning4J's gradient and updater, the rule written out, the stationary law. */
class UpdateRuleTest {

    private static final int STEPS = 100;

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (Named<Supplier<UpdateRule>> rule : List.<Named<Supplier<UpdateRule>>>of(
                Named.of("heavy ball", () -> new UpdateRule.HeavyBall(0.8)),
                Named.of("Nesterov", () -> new UpdateRule.Nesterov(0.7)),
                Named.of("Langevin", () -> new UpdateRule.Langevin(1e-3, RandomSource.XO_SHI_RO_256_PP.create(5))),
                Named.of(
                        "Langevin on spheres",
                        () -> new UpdateRule.UnitNeurons(
                                new UpdateRule.Langevin(1e-3, RandomSource.XO_SHI_RO_256_PP.create(5)))))) {
            for (int depth = 1; depth <= 2; depth++) {
                for (double biasVariance : new double[] {0, 0.2}) {
                    for (Trained trained : List.of(Trained.ALL, Trained.HIDDEN, Trained.OUTPUT)) {
                        all.add(Arguments.of(rule, depth, biasVariance, trained));
                    }
                }
            }
        }
        return all.stream();
    }

    /** With 1200 inputs the single pass takes 20 neurons at a time, so that 50 are cut into three unequal parts. */
    @ParameterizedTest(name = "{0}, depth {1}, sb^2 = {2}, {3} trained")
    @MethodSource("combinations")
    void agreesWithDeepLearning4jsGradient(Supplier<UpdateRule> rule, int depth, double biasVariance, Trained trained) {
        Architecture architecture = Architecture.of(4)
                .hidden(50, depth)
                .activation(Activation.SOFTPLUS)
                .parametrization(Parametrization.muP())
                .variances(1.5, biasVariance)
                .trained(trained);
        int n = depth == 1 && trained == Trained.ALL ? 1200 : 30;
        SimpleMatrix x = SimpleMatrix.random_DDRM(n, 4, -1, 1, new Random(1));
        SimpleMatrix y = SimpleMatrix.random_DDRM(n, 1, -1, 1, new Random(2));
        GradientDescent descent = GradientDescent.withStep(0.012 / n).atMost(STEPS);
        try (Network raw = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3));
                Network reference = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
            SimpleMatrix start = vector(raw);
            descent.moving(rule.get()).run(raw, x, y);
            descent.moving(rule.get()).by(Arithmetic.DEEPLEARNING4J).run(reference, x, y);
            assertThat(vector(raw).minus(vector(reference)).elementMaxAbs())
                    .isLessThan(1e-12 * vector(reference).elementMaxAbs());
            assertThat(vector(raw).minus(start).elementMaxAbs()).isGreaterThan(1e-3);
        }
    }

    /** Oracle: DeepLearning4J's NesterovsUpdater, fed with its own gradients. */
    @Test
    void nesterovIsDeepLearning4jsUpdater() {
        double eta = 0.03;
        Architecture architecture = Architecture.of(3)
                .hidden(10, 1)
                .activation(Activation.TANH)
                .parametrization(Parametrization.standard());
        SimpleMatrix x = SimpleMatrix.random_DDRM(6, 3, -1, 1, new Random(1));
        SimpleMatrix y = SimpleMatrix.random_DDRM(6, 1, -1, 1, new Random(2));
        try (DenseNetwork ours = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3));
                DenseNetwork theirs = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
            GradientDescent.withStep(eta)
                    .atMost(STEPS)
                    .moving(new UpdateRule.Nesterov(0.9))
                    .run(ours, x, y);
            double rate = theirs.scale(0).weightRate();
            assertThat(theirs.scale(1).weightRate()).isEqualTo(rate);
            MultiLayerNetwork model = theirs.model(MultiLayerNetwork.class);
            INDArray velocity = Nd4j.zeros(1, model.numParams());
            NesterovsUpdater updater = new NesterovsUpdater(new Nesterovs(eta * rate, 0.9));
            updater.setStateViewArray(velocity, new long[] {1, model.numParams()}, 'f', true);
            for (int t = 0; t < STEPS; t++) {
                model.setInput(Nd4j.createFromArray(x.toArray2()));
                model.setLabels(Nd4j.createFromArray(y.toArray2()));
                model.computeGradientAndScore();
                INDArray move = model.getFlattenedGradients().mul(0.5);
                updater.applyUpdater(move, t, 0);
                model.params().subi(move.reshape(model.numParams()));
            }
            assertThat(vector(ours).minus(vector(theirs)).elementMaxAbs()).isLessThan(1e-12);
        }
    }

    /** Oracle: DeepLearning4J's own L2 regularization and UnitNormConstraint, in the {@code fit} of a stock network. */
    @ParameterizedTest
    @MethodSource("constraints")
    void penaltiesAndSpheresAreDeepLearning4js(UpdateRule rule, LayerConstraint constraint) {
        double eta = 0.02;
        Architecture architecture = Architecture.of(3)
                .hidden(8, 1)
                .activation(Activation.TANH)
                // sw^2 = d: the first layer's own coordinates are its stock weights, which UnitNormConstraint scales.
                .variances(3, 0.4)
                .parametrization(Parametrization.meanField());
        SimpleMatrix x = SimpleMatrix.random_DDRM(6, 3, -1, 1, new Random(1));
        SimpleMatrix y = SimpleMatrix.random_DDRM(6, 1, -1, 1, new Random(2));
        try (DenseNetwork ours = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3));
                DenseNetwork plain = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
            DenseLayer.Builder hidden = new DenseLayer.Builder()
                    .nIn(3)
                    .nOut(8)
                    .activation(org.nd4j.linalg.activations.Activation.TANH)
                    .updater(new Sgd(eta / 2 * ours.scale(0).weightRate()))
                    .biasUpdater(new Sgd(eta / 2 * ours.scale(0).biasRate()))
                    .l2(2 * 0.3 / Math.pow(ours.scale(0).multiplier(), 2))
                    .l2Bias(2 * 0.3 / Math.pow(ours.scale(0).biasMultiplier(), 2));
            if (constraint != null) {
                hidden.constrainWeights(constraint);
            }
            MultiLayerNetwork theirs = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .dataType(DataType.DOUBLE)
                    .miniBatch(false)
                    .list()
                    .layer(hidden.build())
                    .layer(new OutputLayer.Builder(LossFunctions.LossFunction.L2)
                            .nIn(8)
                            .nOut(1)
                            .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                            .updater(new Sgd(eta / 2 * ours.scale(1).weightRate()))
                            .biasUpdater(new Sgd(eta / 2 * ours.scale(1).biasRate()))
                            .l2(2 * 0.7 / Math.pow(ours.scale(1).multiplier(), 2))
                            .l2Bias(2 * 0.7 / Math.pow(ours.scale(1).biasMultiplier(), 2))
                            .build())
                    .build());
            theirs.init();
            theirs.params().assign(Nd4j.createFromArray(ours.parameters()));
            GradientDescent.withStep(eta).atMost(20).moving(rule).run(ours, x, y);
            GradientDescent.withStep(eta).atMost(20).run(plain, x, y);
            for (int t = 0; t < 20; t++) {
                theirs.fit(Nd4j.createFromArray(x.toArray2()), Nd4j.createFromArray(y.toArray2()));
            }
            SimpleMatrix expected = new SimpleMatrix(theirs.params().toDoubleVector());
            assertThat(vector(ours).minus(expected).elementMaxAbs()).isLessThan(1e-13);
            assertThat(vector(ours).minus(vector(plain)).elementMaxAbs()).isGreaterThan(0.01);
        }
    }

    static Stream<Arguments> constraints() {
        UpdateRule penalized = new UpdateRule.Penalized(List.of(0.3, 0.7), new UpdateRule.Plain());
        return Stream.of(
                Arguments.of(penalized, null),
                Arguments.of(new UpdateRule.UnitNeurons(penalized), new UnitNormConstraint(Set.of("W"), 0)));
    }

    /**
     * On the circle with f = (1/m) sum u_r theta_r . x, one neuron, output weight fixed at u and one input x with target y, the
     * angle phi to x has the stationary density exp(-(u cos phi - y)^2 / (2 temperature)): its mean of cos phi by quadrature.
     */
    @Test
    void noisyDescentOnTheCircleSamplesTheGibbsLaw() {
        double temperature = 0.4;
        double target = 0.7;
        double u = 1.5;
        Architecture architecture = Architecture.of(2)
                .hidden(1, 1)
                .activation(Activation.LINEAR)
                .parametrization(Parametrization.meanOfNeurons())
                .trained(Trained.HIDDEN);
        double[] sums = new double[2];
        int steps = 400_000;
        try (DenseNetwork network = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
            network.assign(new double[] {1, 0, u});
            GradientDescent.withStep(0.02)
                    .atMost(steps)
                    .moving(new UpdateRule.UnitNeurons(
                            new UpdateRule.Langevin(temperature, RandomSource.XO_SHI_RO_256_PP.create(9))))
                    .probing(Schedule.every(1), (step, at, outputs) -> {
                        double cosine = outputs.get(0, 0) / u;
                        sums[0] += cosine;
                        sums[1] += cosine * cosine;
                    })
                    .run(network, new SimpleMatrix(1, 2, true, 1, 0), SimpleMatrix.filled(1, 1, target));
        }
        double[] expected = new double[3];
        for (int k = 0; k < 1000; k++) {
            double cosine = Math.cos(2 * Math.PI * k / 1000);
            double weight = Math.exp(-Math.pow(u * cosine - target, 2) / (2 * temperature));
            expected[0] += weight;
            expected[1] += weight * cosine;
            expected[2] += weight * cosine * cosine;
        }
        // Time 8000 and a correlation time of about 2: 2000 independent values, whose deviations are 0.5 and 0.25.
        assertThat(sums[0] / steps).isCloseTo(expected[1] / expected[0], within(0.045));
        assertThat(sums[1] / steps).isCloseTo(expected[2] / expected[0], within(0.025));
    }

    @Test
    void strengthsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new UpdateRule.Penalized(List.of(0.1, -1.0), new UpdateRule.Plain()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The strengths of the penalties are [0.1, -1.0]; none may be negative or infinite.");
        assertThatThrownBy(() -> new UpdateRule.Penalized(List.of(0.1), new UpdateRule.HeavyBall(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bypass the velocity");
        assertThatThrownBy(() -> new UpdateRule.UnitNeurons(new UpdateRule.Nesterov(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave the sphere");
        try (DenseNetwork network = Architecture.of(2).hidden(4, 1).draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
            GradientDescent descent = GradientDescent.withStep(0.1)
                    .moving(new UpdateRule.Penalized(List.of(0.1), new UpdateRule.Plain()));
            assertThatThrownBy(() -> descent.run(network, SimpleMatrix.identity(2), SimpleMatrix.filled(2, 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("There are 2 layers and 1 strengths of penalties; give one for each layer, 0 where"
                            + " there is none.");
        }
    }

    /** Oracle: v = beta v - eta g, theta += v, with g = (theta_t - theta_{t+1}) / eta of a plain step from theta_t. */
    @Test
    void theHeavyBallIsTheRuleWrittenOut() {
        double eta = 0.1;
        double beta = 0.6;
        Architecture architecture = Architecture.of(3).hidden(8, 1).activation(Activation.ERF);
        SimpleMatrix x = SimpleMatrix.random_DDRM(5, 3, -1, 1, new Random(1));
        SimpleMatrix y = SimpleMatrix.random_DDRM(5, 1, -1, 1, new Random(2));
        try (Network ball = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3));
                Network plain = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
            GradientDescent.withStep(eta)
                    .atMost(20)
                    .moving(new UpdateRule.HeavyBall(beta))
                    .run(ball, x, y);
            SimpleMatrix velocity = new SimpleMatrix(plain.parameters().length, 1);
            for (int t = 0; t < 20; t++) {
                SimpleMatrix before = vector(plain);
                GradientDescent.withStep(eta).atMost(1).run(plain, x, y);
                velocity = velocity.scale(beta).plus(vector(plain).minus(before));
                plain.assign(before.plus(velocity).getDDRM().getData());
            }
            assertThat(vector(ball).minus(vector(plain)).elementMaxAbs()).isLessThan(1e-13);
        }
    }

    @Test
    void noMomentumIsPlainDescent() {
        Architecture architecture = Architecture.of(3).hidden(8, 2).variances(1, 0.1);
        SimpleMatrix x = SimpleMatrix.random_DDRM(5, 3, -1, 1, new Random(1));
        SimpleMatrix y = SimpleMatrix.random_DDRM(5, 1, -1, 1, new Random(2));
        GradientDescent descent = GradientDescent.withStep(0.1).atMost(20);
        for (UpdateRule rule : List.of(new UpdateRule.HeavyBall(0), new UpdateRule.Nesterov(0))) {
            try (Network moved = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3));
                    Network plain = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
                descent.moving(rule).run(moved, x, y);
                descent.run(plain, x, y);
                assertThat(vector(moved).minus(vector(plain)).elementMaxAbs()).isLessThan(1e-14);
            }
        }
    }

    /**
     * With the output layer alone trained the loss is quadratic, and a mode of the residual with kernel eigenvalue lambda
     * has the stationary variance {@code temperature / (1 - eta lambda / 2)}: the output noise of a step is {@code 2 eta
     * temperature lambda}, and the mode shrinks by 1 - eta lambda. One input: lambda is the kernel itself.
     */
    @Test
    void noiseHasTheStationaryVarianceOfItsTemperature() {
        double temperature = 0.02;
        Architecture architecture = Architecture.of(1).hidden(50, 1).trained(Trained.OUTPUT);
        SimpleMatrix x = SimpleMatrix.filled(1, 1, 1);
        SimpleMatrix y = SimpleMatrix.filled(1, 1, 0.3);
        try (DenseNetwork network = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
            double lambda = 0;
            for (int r = 0; r < 50; r++) {
                double a = Math.max(0, network.weights(0).get(0, r));
                lambda += a * a * network.scale(1).weightRate();
            }
            double eta = 0.5 / lambda;
            double[] sums = new double[2];
            int steps = 200_000;
            GradientDescent.withStep(eta)
                    .atMost(steps)
                    .moving(new UpdateRule.Langevin(temperature, RandomSource.XO_SHI_RO_256_PP.create(9)))
                    .probing(Schedule.every(1), (step, at, outputs) -> {
                        double residual = outputs.get(0, 0) - 0.3;
                        sums[0] += residual;
                        sums[1] += residual * residual;
                    })
                    .run(network, x, y);
            double expected = temperature / (1 - eta * lambda / 2);
            // Correlation time 2: 200 000 steps are 60 000 independent ones, 4 standard deviations are 2.3 %.
            assertThat(sums[1] / steps).isCloseTo(expected, within(0.023 * expected));
            assertThat(sums[0] / steps).isCloseTo(0, within(4 * Math.sqrt(expected / 60_000)));
        }
    }

    @Test
    void theSameStreamGivesTheSameNoise() {
        Architecture architecture = Architecture.of(2).hidden(6, 1).variances(1, 0.1);
        SimpleMatrix x = SimpleMatrix.random_DDRM(5, 2, -1, 1, new Random(1));
        SimpleMatrix y = SimpleMatrix.random_DDRM(5, 1, -1, 1, new Random(2));
        List<SimpleMatrix> ends = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            try (DenseNetwork network = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
                GradientDescent.withStep(0.1)
                        .atMost(5)
                        .moving(new UpdateRule.Langevin(0.1, RandomSource.XO_SHI_RO_256_PP.create(seed)))
                        .run(network, x, y);
                ends.add(vector(network));
            }
        }
        assertThat(ends.get(0).minus(ends.get(1)).elementMaxAbs()).isZero();
        assertThat(ends.get(0).minus(ends.get(2)).elementMaxAbs()).isGreaterThan(0.01);
    }

    @Test
    void whatIsNoMomentumOrTemperatureIsRefused() {
        assertThatThrownBy(() -> new UpdateRule.HeavyBall(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The momentum is 1.0; it must be at least 0 and below 1.");
        assertThatThrownBy(() -> new UpdateRule.Nesterov(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UpdateRule.Langevin(0, RandomSource.XO_SHI_RO_256_PP.create(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The temperature is 0.0; it must be positive and finite.");
    }

    private static SimpleMatrix vector(Network network) {
        return new SimpleMatrix(network.parameters());
    }
}
