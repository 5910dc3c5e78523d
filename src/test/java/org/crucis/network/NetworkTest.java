package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkTest {

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(7));
    }

    private static SimpleMatrix inputs(int n, int d) {
        return SimpleMatrix.random_DDRM(n, d, -1, 1, new Random(n + 31L * d));
    }

    private static SimpleMatrix byModel(DenseNetwork network, SimpleMatrix inputs) {
        INDArray outputs = network.model(MultiLayerNetwork.class).output(Nd4j.createFromArray(inputs.toArray2()));
        return new SimpleMatrix(outputs.toDoubleMatrix());
    }

    /** Oracle: DeepLearning4J's own output. 700 inputs make the element-wise chunks end inside a layer. */
    @ParameterizedTest
    @EnumSource
    void outputsAreThoseOfTheModel(Activation phi) {
        for (int depth = 1; depth <= 3; depth++) {
            for (double biasVariance : new double[] {0, 0.3}) {
                for (int n : new int[] {1, 5, 700}) {
                    Architecture a = Architecture.of(4)
                            .hidden(23, depth)
                            .outputs(depth)
                            .activation(phi)
                            .variances(1.7, biasVariance);
                    try (DenseNetwork network = draw(a)) {
                        SimpleMatrix x = inputs(n, 4);
                        SimpleMatrix expected = byModel(network, x);
                        assertThat(expected.getNumRows()).isEqualTo(n);
                        assertThat(expected.getNumCols()).isEqualTo(depth);
                        assertThat(network.outputs(x).minus(expected).elementMaxAbs())
                                .isLessThan(1e-13 * expected.elementMaxAbs());
                    }
                }
            }
        }
    }

    /** Oracle: the recursion written out with the weights that the network shows. */
    @Test
    void weightsAndBiasesAreShownAsTheyAreUsed() {
        Architecture a = Architecture.of(2)
                .hidden(3, 1)
                .activation(Activation.TANH)
                .variances(1, 0.5)
                .outputs(2);
        try (DenseNetwork network = draw(a)) {
            SimpleMatrix x = inputs(4, 2);
            for (int i = 0; i < 4; i++) {
                for (int o = 0; o < 2; o++) {
                    double f = network.biases(1)[o];
                    for (int r = 0; r < 3; r++) {
                        double z = network.biases(0)[r]
                                + x.get(i, 0) * network.weights(0).get(0, r)
                                + x.get(i, 1) * network.weights(0).get(1, r);
                        f += network.weights(1).get(r, o) * Math.tanh(z);
                    }
                    assertThat(network.outputs(x).get(i, o)).isCloseTo(f, within(1e-14));
                }
            }
        }
    }

    @Test
    void theModelIsInDoublePrecisionAndSharesItsMemory() {
        try (DenseNetwork network = draw(Architecture.of(2).hidden(3, 1).variances(1, 0.5))) {
            MultiLayerNetwork model = network.model(MultiLayerNetwork.class);
            assertThat(model.params().dataType()).isEqualTo(DataType.DOUBLE);
            assertThat(model.params().data().asDouble()).isEqualTo(network.parameters());
            double[] doubled = network.parameters();
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] *= 2;
            }
            network.assign(doubled);
            assertThat(model.getParam("1_W").getDouble(2, 0))
                    .isEqualTo(network.weights(1).get(2, 0))
                    .isEqualTo(doubled[11]);
        }
    }

    /** Our own layer functions survive DeepLearning4J's save and load. Oracle: outputs before. */
    @ParameterizedTest
    @EnumSource(names = {"ERF", "GELU"})
    void aSavedModelComputesTheSame(Activation phi, @TempDir Path folder) throws Exception {
        try (DenseNetwork network =
                draw(Architecture.of(2).hidden(3, 1).activation(phi).variances(1, 0.5))) {
            INDArray x = Nd4j.createFromArray(inputs(4, 2).toArray2());
            File file = folder.resolve("model.zip").toFile();
            network.model(MultiLayerNetwork.class).save(file);
            MultiLayerNetwork loaded = MultiLayerNetwork.load(file, false);
            assertThat(loaded.output(x).toDoubleMatrix())
                    .isDeepEqualTo(
                            network.model(MultiLayerNetwork.class).output(x).toDoubleMatrix());
        }
    }

    /** Oracle: by hand. NTK with sw^2 = 4, d = 2, m = 8: multipliers sqrt(2) and 1/sqrt(2); sb = 3. */
    @Test
    void motionIsMeasuredInTheParametrizationsCoordinates() {
        Architecture a = Architecture.of(2).hidden(8, 1).variances(4, 9);
        try (DenseNetwork network = draw(a)) {
            double[] before = new double[a.parameters()]; // 16 weights, 8 biases, 8 weights, 1 bias
            java.util.Arrays.fill(before, 1);
            double[] after = before.clone();
            after[0] += 2;
            after[17] += 3;
            after[24] -= 1;
            after[32] += 6;
            network.assign(after);
            Motion motion = network.motionFrom(before);
            assertThat(motion.layers())
                    .usingRecursiveFieldByFieldElementComparator()
                    .hasSize(2);
            assertThat(motion.layers().get(0).moved()).isCloseTo(Math.sqrt(2), within(1e-14));
            assertThat(motion.layers().get(0).initial()).isCloseTo(Math.sqrt(16 / 2.0), within(1e-14));
            assertThat(motion.layers().get(1).moved()).isCloseTo(Math.sqrt(2), within(1e-14));
            assertThat(motion.layers().get(1).initial()).isCloseTo(4, within(1e-14));
            assertThat(motion.layers().get(1).relative()).isCloseTo(Math.sqrt(2) / 4, within(1e-14));
            // 2^2/2 + (3/3)^2 + 1^2*2 + (6/3)^2 and 16/2 + 8/9 + 8*2 + 1/9
            assertThat(motion.total()).isCloseTo(3, within(1e-14));
            assertThat(motion.initial()).isCloseTo(5, within(1e-14));
            assertThat(motion.relative()).isCloseTo(0.6, within(1e-14));
        }
    }

    @Test
    void ratesOfSingleParametersFollowTheirOrder() {
        try (DenseNetwork network =
                draw(Architecture.of(2).hidden(2, 1).variances(4, 9).trained(Trained.HIDDEN))) {
            assertThat(network.rates()).usingComparatorWithPrecision(1e-14).containsExactly(2, 2, 2, 2, 9, 9, 0, 0, 0);
        }
    }

    @Test
    void aClosedNetworkIsOfNoUse() {
        DenseNetwork network = draw(Architecture.of(2).hidden(3, 1));
        Propagation propagation = Propagation.of(network, inputs(2, 2));
        network.close();
        network.close();
        assertThatThrownBy(network::parameters)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> network.model(MultiLayerNetwork.class)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(propagation::forward).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> network.outputs(inputs(2, 2))).isInstanceOf(IllegalStateException.class);
        propagation.close();
    }

    @Test
    void aClosedPropagationIsOfNoUse() {
        try (DenseNetwork network = draw(Architecture.of(2).hidden(3, 1))) {
            Propagation propagation = Propagation.of(network, inputs(2, 2));
            propagation.close();
            assertThatThrownBy(propagation::forward)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    /** A model that was handed out is never used for another network, and one that was not is. */
    @Test
    void handedOutModelsAreNotUsedAgain() {
        Architecture a = Architecture.of(2).hidden(37, 1);
        DenseNetwork first = draw(a);
        MultiLayerNetwork model = first.model(MultiLayerNetwork.class);
        first.close();
        try (DenseNetwork second = draw(a)) {
            assertThat(second.model(MultiLayerNetwork.class)).isNotSameAs(model);
        }
        Models.Entry reused = Models.take(a);
        Models.giveBack(a, reused);
        try (DenseNetwork third = draw(a)) {
            assertThat(third.model(MultiLayerNetwork.class))
                    .isSameAs(reused.model().model());
        }
    }

    @Test
    void badInputsAreNamed() {
        try (DenseNetwork network = draw(Architecture.of(2).hidden(3, 1))) {
            SimpleMatrix nan = inputs(3, 2);
            nan.set(1, 0, Double.NaN);
            for (List<Object> mistake : List.of(
                    List.<Object>of(inputs(3, 4), "3 x 4", "dimension 2"),
                    List.<Object>of(new SimpleMatrix(0, 2), "0 x 2", "dimension 2"),
                    List.<Object>of(nan, "Input 1", "finite"))) {
                assertThatThrownBy(() -> network.outputs((SimpleMatrix) mistake.get(0)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining((String) mistake.get(1))
                        .hasMessageContaining((String) mistake.get(2))
                        .hasMessageEndingWith(".");
            }
            assertThatThrownBy(() -> network.assign(new double[4]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4 parameters");
            assertThatThrownBy(() -> network.weights(2)).hasMessageContaining("no layer 2");
        }
    }

    @Test
    void neuronsOnUnitSpheresKeepTheirDirections() {
        Architecture architecture = Architecture.of(3).hidden(5, 2).variances(2, 0.1);
        try (DenseNetwork drawn = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3));
                DenseNetwork scaled = architecture
                        .draw(RandomSource.XO_SHI_RO_256_PP.create(3))
                        .onUnitSpheres()) {
            for (int layer = 0; layer < 2; layer++) {
                for (int r = 0; r < 5; r++) {
                    SimpleMatrix neuron = drawn.weights(layer).getColumn(r);
                    SimpleMatrix expected = neuron.scale(drawn.scale(layer).multiplier() / neuron.normF());
                    assertThat(scaled.weights(layer)
                                    .getColumn(r)
                                    .minus(expected)
                                    .normF())
                            .isLessThan(1e-15);
                }
                assertThat(scaled.biases(layer)).isEqualTo(drawn.biases(layer));
            }
            assertThat(scaled.weights(2).minus(drawn.weights(2)).normF()).isZero();
        }
    }
}
