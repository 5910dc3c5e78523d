package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.feature.Clouds.normal;
import static org.crucis.feature.Clouds.points;

import java.util.stream.Stream;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.network.Parametrization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

class FeatureCloudTest {

    private static final int D = 3;
    private static final int M = 40;
    private static final double SW2 = 1.7;
    private static final double SB2 = 0.3;

    private static final Architecture MEAN_FIELD = Architecture.of(D)
            .hidden(M, 1)
            .activation(Activation.TANH)
            .variances(SW2, SB2)
            .parametrization(Parametrization.meanField().scaledBy(5));

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(Clouds.random(11));
    }

    /** Oracle: the definition f(x) = (alpha sw / m) sum_j u_j tanh(sw/sqrt(d) w_j.x + sb b_j) + sb b, in own coordinates. */
    @Test
    void isTheNetworkInItsOwnCoordinates() {
        SimpleMatrix inputs = normal(6, D, 0, Clouds.random(12));
        try (DenseNetwork network = draw(MEAN_FIELD)) {
            FeatureCloud cloud = FeatureCloud.of(network);
            assertThat(cloud.size()).isEqualTo(M);
            assertThat(cloud.features().getNumRows()).isEqualTo(M);
            assertThat(cloud.features().getNumCols()).isEqualTo(D + 1);
            SimpleMatrix outputs = network.outputs(inputs);
            double outputBias = network.biases(1)[0];
            for (int i = 0; i < 6; i++) {
                double sum = 0;
                for (int j = 0; j < M; j++) {
                    double z = Math.sqrt(SB2) * cloud.features().get(j, D);
                    for (int k = 0; k < D; k++) {
                        z += Math.sqrt(SW2 / D) * cloud.features().get(j, k) * inputs.get(i, k);
                    }
                    sum += cloud.outputWeights()[j] * Math.tanh(z);
                }
                assertThat(outputs.get(i, 0)).isCloseTo(5 * Math.sqrt(SW2) / M * sum + outputBias, within(1e-13));
            }
        }
    }

    /** Oracle: a wider network starts with the neurons of the narrower one, in own coordinates at the same place. */
    @Test
    void theSameNeuronIsTheSamePointAtEveryWidth() {
        try (DenseNetwork narrow = draw(MEAN_FIELD);
                DenseNetwork wide = draw(MEAN_FIELD.hidden(4 * M, 1))) {
            SimpleMatrix few = FeatureCloud.of(narrow).neurons();
            SimpleMatrix many = FeatureCloud.of(wide).neurons();
            assertThat(many.rows(0, M).isIdentical(few, 1e-14)).isTrue();
            assertThat(FeatureCloud.of(narrow).neurons().getNumCols()).isEqualTo(D + 2);
        }
    }

    static Stream<Arguments> everyParametrization() {
        return Stream.of(
                        Parametrization.ntk(),
                        Parametrization.standard(),
                        Parametrization.meanField(),
                        Parametrization.meanField().scaledBy(5),
                        Parametrization.meanOfNeurons(),
                        Parametrization.muP())
                .flatMap(form -> Stream.of(Arguments.of(form, 0.0), Arguments.of(form, SB2)));
    }

    /** Oracle: another network that takes over a cloud computes what the first one does, but for the output bias, its own. */
    @ParameterizedTest
    @MethodSource("everyParametrization")
    void networkTakesOverACloud(Parametrization form, double biasVariance) {
        Architecture architecture = MEAN_FIELD.parametrization(form).variances(SW2, biasVariance);
        SimpleMatrix inputs = normal(6, D, 0, Clouds.random(12));
        try (DenseNetwork network = draw(architecture);
                DenseNetwork other = architecture.draw(Clouds.random(14))) {
            double shift = biasVariance > 0 ? other.biases(1)[0] - network.biases(1)[0] : 0;
            FeatureCloud cloud = FeatureCloud.of(network);
            cloud.into(other);
            assertThat(FeatureCloud.of(other).neurons().isIdentical(cloud.neurons(), 1e-14))
                    .isTrue();
            SimpleMatrix expected = network.outputs(inputs).plus(shift);
            assertThat(other.outputs(inputs).isIdentical(expected, 1e-12)).isTrue();
        }
    }

    /** Oracle: by hand, the mean over the neurons of u tanh(w x + b). */
    @Test
    void cloudMadeByHandIsTheMeanOfItsNeurons() {
        FeatureCloud cloud =
                new FeatureCloud(points(new double[] {1, 2}, new double[] {-3, 0.5}), new double[] {4, -0.25});
        Architecture architecture = Architecture.of(1)
                .hidden(2, 1)
                .activation(Activation.TANH)
                .variances(1, 1)
                .parametrization(Parametrization.meanOfNeurons());
        try (DenseNetwork network = draw(architecture)) {
            cloud.into(network);
            double expected = (4 * Math.tanh(0.7 + 2) - 0.25 * Math.tanh(-2.1 + 0.5)) / 2 + network.biases(1)[0];
            assertThat(network.outputs(Clouds.line(0.7)).get(0)).isCloseTo(expected, within(1e-15));
        }
    }

    @Test
    void cloudsAreJoinedInOrder() {
        FeatureCloud one = new FeatureCloud(points(new double[] {1, 2}), new double[] {-1});
        FeatureCloud two = new FeatureCloud(points(new double[] {3, 4}, new double[] {5, 6}), new double[] {-2, 3});
        assertThat(one.and(two).neurons().toArray2()).isDeepEqualTo(new double[][] {{-1, 1, 2}, {-2, 3, 4}, {3, 5, 6}});
        assertThat(two.secondMomentOfOutputWeights()).isEqualTo(6.5);
    }

    @Test
    void neuronsHaveTheOutputWeightFirst() {
        FeatureCloud cloud = new FeatureCloud(points(new double[] {1, 2}, new double[] {3, 4}), new double[] {-1, -2});
        assertThat(cloud.neurons().toArray2()).isDeepEqualTo(new double[][] {{-1, 1, 2}, {-2, 3, 4}});
        cloud.features().set(0, 0, 99);
        cloud.outputWeights()[0] = 99;
        assertThat(cloud.neurons().get(0, 0)).isEqualTo(-1);
        assertThat(cloud.neurons().get(0, 1)).isEqualTo(1);
    }

    /** Oracle: the activations that DeepLearning4J computes. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsAreThoseOfTheModel(Activation activation) {
        SimpleMatrix inputs = normal(7, D, 0, Clouds.random(13));
        for (double biasVariance : new double[] {0, SB2}) {
            try (DenseNetwork network = draw(MEAN_FIELD.activation(activation).variances(SW2, biasVariance))) {
                double[][] expected = network.model(MultiLayerNetwork.class)
                        .feedForward(Nd4j.createFromArray(inputs.toArray2()))
                        .get(1)
                        .toDoubleMatrix();
                SimpleMatrix all = FeatureCloud.activations(network, inputs);
                assertThat(all.isIdentical(new SimpleMatrix(expected), 1e-13)).isTrue();
                SimpleMatrix some = FeatureCloud.activations(network, inputs, 5, 0, 5);
                assertThat(some.isIdentical(all.getColumn(5).concatColumns(all.getColumn(0), all.getColumn(5)), 1e-15))
                        .isTrue();
            }
        }
    }

    @Test
    void whatHasNoCloudIsNamed() {
        try (DenseNetwork deep = draw(Architecture.of(D).hidden(4, 2));
                DenseNetwork several = draw(Architecture.of(D).hidden(4, 1).outputs(2));
                DenseNetwork gated = draw(Architecture.of(D).hidden(4, 1).gates(Gates.INITIAL));
                DenseNetwork good = draw(Architecture.of(D).hidden(4, 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FeatureCloud.of(deep))
                    .withMessageContaining("one hidden layer, but this one has 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FeatureCloud.of(several))
                    .withMessageContaining("one output, but this one has 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FeatureCloud.of(gated))
                    .withMessageContaining("Gates.NONE");
            SimpleMatrix inputs = normal(2, D, 0, Clouds.random(1));
            assertThat(FeatureCloud.activations(several, inputs).getNumCols()).isEqualTo(4);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FeatureCloud.activations(good, normal(2, D + 1, 0, Clouds.random(1))))
                    .withMessageContaining("2 x 4");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FeatureCloud.activations(good, inputs, 4))
                    .withMessageContaining("no neuron 4; they are counted from 0 to 3");
        }
        FeatureCloud cloud = new FeatureCloud(normal(4, D, 0, Clouds.random(1)), new double[4]);
        try (DenseNetwork biased = draw(MEAN_FIELD.hidden(4, 1));
                DenseNetwork wide = draw(Architecture.of(D).hidden(5, 1).variances(1, 0));
                DenseNetwork several = draw(Architecture.of(D).hidden(4, 1).outputs(2))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cloud.into(biased))
                    .withMessageContaining("4 neurons with 3 coordinates, the network 4 with 4");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cloud.into(wide))
                    .withMessageContaining("4 neurons with 3 coordinates, the network 5 with 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cloud.into(several))
                    .withMessageContaining("one output, but this one has 2");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.and(new FeatureCloud(points(new double[] {1}), new double[1])))
                .withMessageContaining("3 coordinates, the others 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureCloud(points(new double[] {1}), new double[2]))
                .withMessageContaining("2 output weights for 1 features");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureCloud(points(new double[] {1}), new double[] {Double.NaN}))
                .withMessageContaining("output weights is NaN");
    }
}
