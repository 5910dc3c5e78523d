package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class PatternsTest {

    private static final Architecture RELU = Architecture.of(4).hidden(31, 3).variances(2, 0.2);
    private static final SimpleMatrix X = SimpleMatrix.random_DDRM(7, 4, -1, 1, new Random(3));

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(5));
    }

    /** Oracle: the activations that DeepLearning4J computes. */
    @Test
    void areThoseOfTheModel() {
        try (DenseNetwork network = draw(RELU)) {
            Patterns patterns = Patterns.of(network, X);
            var activations = network.model(MultiLayerNetwork.class).feedForward(Nd4j.createFromArray(X.toArray2()));
            for (int layer = 0; layer < 3; layer++) {
                double[][] expected = activations.get(layer + 1).toDoubleMatrix();
                for (int i = 0; i < 7; i++) {
                    for (int r = 0; r < 31; r++) {
                        assertThat(patterns.layer(layer).get(i, r)).isEqualTo(expected[i][r] > 0 ? 1 : 0);
                    }
                }
            }
        }
    }

    /** Oracle: turning every weight and bias of the first layer around flips all of its neurons. */
    @Test
    void countFlipsLayerByLayer() {
        try (DenseNetwork network = draw(RELU)) {
            Patterns before = Patterns.of(network, X);
            assertThat(before.flippedFrom(0, before)).isZero();
            double[] turned = network.parameters();
            for (int p = 0; p < 4 * 31 + 31; p++) {
                turned[p] = -turned[p];
            }
            network.assign(turned);
            Patterns after = Patterns.of(network, X);
            assertThat(after.flippedSince(before, 0)).isEqualTo(1);
            double second = after.flippedSince(before, 1);
            double third = after.flippedSince(before, 2);
            assertThat(second).isBetween(0.05, 0.95);
            assertThat(after.flippedFrom(1, before)).isCloseTo((second + third) / 2, within(1e-15));
        }
    }

    @Test
    void areRefusedWhereNothingCanFlip() {
        try (DenseNetwork gated = draw(RELU.gates(Gates.INITIAL));
                DenseNetwork smooth = draw(RELU.activation(Activation.TANH))) {
            assertThatThrownBy(() -> Patterns.of(gated, X)).hasMessageContaining("these are gated");
            assertThatThrownBy(() -> Patterns.of(smooth, X)).hasMessageContaining("these are TANH");
        }
    }
}
