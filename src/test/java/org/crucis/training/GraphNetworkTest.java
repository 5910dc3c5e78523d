package org.crucis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.crucis.network.GraphNetwork;
import org.crucis.network.ModelPropagation;
import org.crucis.network.Motion;
import org.crucis.network.Propagation;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Models that no architecture draws, trained by GradientDescent. */
class GraphNetworkTest {

    private static final int N = 6;

    /** A model with what it eats: inputs of this shape, so many outputs, in the shape of its labels. */
    private record Subject(String name, Model model, long[] inputShape, long[] outputShape) {
        int inputs() {
            return (int) Nd4j.zeros(inputShape).length();
        }

        int outputs() {
            return (int) Nd4j.zeros(outputShape).length();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .miniBatch(false)
                .activation(Activation.TANH)
                .updater(new Sgd(0.02));
    }

    private static OutputLayer output(ILossFunction loss, int nIn, int nOut) {
        return new OutputLayer.Builder(loss)
                .nIn(nIn)
                .nOut(nOut)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static DenseLayer dense(int nIn, int nOut) {
        return new DenseLayer.Builder().nIn(nIn).nOut(nOut).build();
    }

    /** x -> a = dense(x) -> b = a + dense(frozen(a)), layers of different rates. */
    private static Subject residual(ILossFunction loss) {
        ComputationGraphConfiguration graph = builder()
                .graphBuilder()
                .addInputs("x")
                .addLayer("a", dense(5, 11), "x")
                .addLayer("frozen", new FrozenLayerWithBackprop(dense(11, 11)), "a")
                .addLayer(
                        "branch",
                        new DenseLayer.Builder()
                                .nIn(11)
                                .nOut(11)
                                .updater(new Sgd(0.05))
                                .biasUpdater(new Sgd(0.01))
                                .build(),
                        "frozen")
                .addVertex("b", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "branch")
                .addLayer("f", output(loss, 11, 2), "b")
                .setOutputs("f")
                .build();
        ComputationGraph model = new ComputationGraph(graph);
        model.init();
        return new Subject("residual, " + loss.name(), model, new long[] {5}, new long[] {2});
    }

    /** 3 numbers at each of 4 times; the output is that of the last time. */
    private static Subject recurrent() {
        MultiLayerNetwork model =
                network(new LastTimeStep(new SimpleRnn.Builder().nIn(3).nOut(9).build()), output(new LossL2(), 9, 2));
        return new Subject("recurrent", model, new long[] {3, 4}, new long[] {2});
    }

    private static Subject sequence() {
        MultiLayerNetwork model = network(
                new SimpleRnn.Builder().nIn(3).nOut(9).build(),
                new RnnOutputLayer.Builder(new LossL2())
                        .nIn(9)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build());
        return new Subject("sequence to sequence", model, new long[] {3, 4}, new long[] {2, 4});
    }

    private static MultiLayerNetwork network(org.deeplearning4j.nn.conf.layers.Layer... layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(builder().list(layers).build());
        network.init();
        return network;
    }

    static Stream<Subject> subjects() {
        return Stream.of(residual(new LossL2()), residual(new LossMSE()), recurrent(), sequence());
    }

    private static SimpleMatrix matrix(int columns, int seed) {
        return SimpleMatrix.random_DDRM(N, columns, -1, 1, new Random(seed));
    }

    private static INDArray shaped(SimpleMatrix rows, long[] shape) {
        long[] all = new long[shape.length + 1];
        all[0] = rows.getNumRows();
        System.arraycopy(shape, 0, all, 1, shape.length);
        return Nd4j.create(rows.getDDRM().getData().clone(), all, 'c');
    }

    private static double[] numbers(Model model) {
        return model.params().dup().data().asDouble();
    }

    /** Oracle: fit with Sgd on the full batch, 20 times, of an equal model. */
    @ParameterizedTest
    @MethodSource("subjects")
    void trainingIsWhatFitDoes(Subject subject) {
        SimpleMatrix x = matrix(subject.inputs(), 1);
        SimpleMatrix y = matrix(subject.outputs(), 2);
        Model theirs = subject.model() instanceof ComputationGraph graph
                ? graph.clone()
                : ((MultiLayerNetwork) subject.model()).clone();
        try (GraphNetwork network = GraphNetwork.of(subject.model(), subject.inputShape())) {
            double[] before = network.parameters();
            Training training = GradientDescent.withStep(1).atMost(20).run(network, x, y);
            DataSet data = new DataSet(shaped(x, subject.inputShape()), shaped(y, subject.outputShape()));
            for (int t = 0; t < 20; t++) {
                if (theirs instanceof ComputationGraph graph) {
                    graph.fit(data);
                } else {
                    ((MultiLayerNetwork) theirs).fit(data);
                }
            }
            double[] expected = numbers(theirs);
            double[] after = network.parameters();
            double[] rates = network.rates();
            int moved = 0;
            for (int p = 0; p < expected.length; p++) {
                assertThat(after[p]).isCloseTo(expected[p], within(1e-12));
                moved += after[p] == before[p] ? 0 : 1;
                assertThat(after[p] == before[p])
                        .as("parameter %s of rate %s stays", p, rates[p])
                        .isEqualTo(rates[p] == 0);
            }
            assertThat(moved).isGreaterThan(30);
            assertThat(training.relativeLoss()).isLessThan(0.9);
            SimpleMatrix residual = network.outputs(x).minus(y);
            assertThat(training.loss(20)).isCloseTo(dot(residual, residual) / 2, within(1e-12));
        }
    }

    /** Oracle: central differences of half the sum of squares (error about 1e-9); the factor of the loss is seen here. */
    @ParameterizedTest
    @MethodSource("subjects")
    void aStepIsEtaTimesRateTimesTheGradientOfHalfTheSumOfSquares(Subject subject) {
        SimpleMatrix x = matrix(subject.inputs(), 1);
        double h = 1e-5;
        try (GraphNetwork network = GraphNetwork.of(subject.model(), subject.inputShape());
                ModelPropagation propagation = ModelPropagation.of(network, x)) {
            propagation.forward();
            double[] start = network.parameters();
            SimpleMatrix signals = matrix(subject.outputs(), 4);
            double[] gradient =
                    propagation.gradient(signals.transpose().getDDRM().getData());
            double[] rates = network.rates();
            for (int p = 0; p < start.length; p++) {
                if (rates[p] > 0) {
                    double up = dot(at(network, start, p, h, x), signals);
                    double slope = (up - dot(at(network, start, p, -h, x), signals)) / (2 * h);
                    assertThat(gradient[p]).isCloseTo(slope, within(1e-8));
                }
            }
        }
    }

    private static double dot(SimpleMatrix a, SimpleMatrix b) {
        return a.elementMult(b).elementSum();
    }

    private static SimpleMatrix at(GraphNetwork network, double[] start, int p, double h, SimpleMatrix x) {
        double[] moved = start.clone();
        moved[p] += h;
        network.assign(moved);
        return network.outputs(x);
    }

    /** Oracle: the model's own output, row by row. */
    @Test
    void aRowHoldsTheSequenceWithTimeRunningFastest() {
        Subject subject = sequence();
        try (GraphNetwork network = GraphNetwork.of(subject.model(), 3, 4)) {
            SimpleMatrix x = matrix(12, 1);
            INDArray outputs = network.model(MultiLayerNetwork.class).output(shaped(x, subject.inputShape()));
            assertThat(network.inputSize()).isEqualTo(12);
            assertThat(network.outputSize()).isEqualTo(8);
            for (int o = 0; o < 2; o++) {
                for (int t = 0; t < 4; t++) {
                    assertThat(network.outputs(x).get(5, 4 * o + t)).isEqualTo(outputs.getDouble(5, o, t));
                }
            }
        }
    }

    /** Oracle: by hand; a layer's entry counts its weights alone, recurrent ones included. */
    @Test
    void motionIsMeasuredInStockParameters() {
        try (GraphNetwork network = GraphNetwork.of(recurrent().model(), 3, 4)) {
            double[] before =
                    network.parameters(); // 27 input weights, 81 recurrent ones, 9 biases, 18 weights, 2 biases
            double[] after = before.clone();
            after[0] += 3;
            after[27] += 4;
            after[27 + 81] += 12;
            network.assign(after);
            Motion motion = network.motionFrom(before);
            assertThat(motion.total()).isCloseTo(13, within(1e-12));
            assertThat(motion.layers()).hasSize(2);
            assertThat(motion.layers().get(0).moved()).isCloseTo(5, within(1e-12));
            assertThat(motion.layers().get(1).moved()).isZero();
        }
    }

    @Test
    void onlyDeepLearning4jFollowsThem() {
        try (GraphNetwork network = GraphNetwork.of(residual(new LossL2()).model(), 5)) {
            SimpleMatrix x = matrix(5, 1);
            assertThatThrownBy(() -> GradientDescent.withStep(1)
                            .by(Arithmetic.RAW_PRODUCTS)
                            .run(network, x, matrix(2, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("drawn dense networks")
                    .hasMessageContaining("Arithmetic.DEEPLEARNING4J");
            assertThatThrownBy(() -> Propagation.of(network, x)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> network.outputs(matrix(4, 1))).hasMessageContaining("dimension 5");
        }
    }

    @Test
    void aClosedNetworkIsOfNoUse() {
        GraphNetwork network = GraphNetwork.of(residual(new LossL2()).model(), 5);
        network.close();
        network.close();
        assertThatThrownBy(network::parameters).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> network.outputs(matrix(5, 1))).isInstanceOf(IllegalStateException.class);
    }

    private static Arguments mistake(String message, Model model) {
        return Arguments.of(message, model);
    }

    private static Model with(Consumer<NeuralNetConfiguration.Builder> change) {
        NeuralNetConfiguration.Builder builder = builder();
        change.accept(builder);
        MultiLayerNetwork network = new MultiLayerNetwork(
                builder.list(dense(5, 3), output(new LossL2(), 3, 1)).build());
        network.init();
        return network;
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("Adam", with(builder -> builder.updater(new Adam()))),
                mistake("regularization", with(builder -> builder.l2(0.1))),
                mistake("dropout", with(builder -> builder.dropOut(0.5))),
                mistake(
                        "constraints",
                        network(
                                new DenseLayer.Builder()
                                        .nIn(5)
                                        .nOut(3)
                                        .constrainWeights(new MaxNormConstraint(1, 1))
                                        .build(),
                                output(new LossL2(), 3, 1))),
                mistake(
                        "FrozenLayerWithBackprop",
                        network(dense(5, 4), new FrozenLayer(dense(4, 3)), output(new LossL2(), 3, 1))),
                mistake(
                        "normalized gradients",
                        with(builder ->
                                builder.gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue))),
                mistake("type FLOAT", with(builder -> builder.dataType(DataType.FLOAT))),
                mistake("LossL2", network(dense(5, 3), output(new LossMAE(), 3, 1))),
                mistake("LossL2", network(dense(5, 3), dense(3, 1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void modelsThatDoMoreThanGradientDescentAreRefused(String message, Model model) {
        assertThatThrownBy(() -> GraphNetwork.of(model, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith(".");
    }
}
