package noy2021;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Sample;
import org.crucis.network.Activation;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.training.GradientDescent;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

class EquivalentReluNetworkTest {

    private static final Sample SAMPLE = Data.SPHERE.draw(6, RandomSource.XO_SHI_RO_256_PP.create(1));

    private static DenseNetwork gated(int width, Gates law) {
        return Setting.architecture(6, width, 2).gates(law).draw(RandomSource.XO_SHI_RO_256_PP.create(2));
    }

    /** Oracle: the outputs that DeepLearning4J's own forward pass of a plain ReLU network gives. */
    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "INDEPENDENT"})
    void theReluNetworkHasTheOutputsOfTheTrainedGatedNetwork(Gates law) {
        SimpleMatrix inputs = SAMPLE.inputs();
        try (DenseNetwork gated = gated(32, law)) {
            GradientDescent.withStep(0.01).atMost(40).run(gated, inputs, SAMPLE.targets());
            try (EquivalentReluNetwork twin = EquivalentReluNetwork.of(gated, inputs)) {
                assertThat(twin.network().architecture().activation()).isEqualTo(Activation.RELU);
                assertThat(twin.network().architecture().isGated()).isFalse();
                assertThat(twin.network().architecture().width()).isEqualTo(64);
                assertThat(twin.rank()).isEqualTo(6);
                double[][] outputs = twin.network()
                        .model(MultiLayerNetwork.class)
                        .output(Nd4j.createFromArray(inputs.toArray2()))
                        .toDoubleMatrix();
                SimpleMatrix expected = gated.outputs(inputs);
                assertThat(new SimpleMatrix(outputs).minus(expected).elementMaxAbs())
                        .isLessThan(1e-11 * expected.elementMaxAbs());
            }
        }
    }

    @Test
    void fewerNeuronsThanInputsCannotDoIt() {
        try (DenseNetwork gated = gated(4, Gates.INITIAL);
                EquivalentReluNetwork twin = EquivalentReluNetwork.of(gated, SAMPLE.inputs())) {
            assertThat(twin.rank()).isLessThan(6);
            assertThat(twin.difference(gated, SAMPLE.inputs())).isGreaterThan(1e-3);
        }
    }
}
