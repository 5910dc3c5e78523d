package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.Draw;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.network.Trained;
import org.crucis.network.TrainedLayers;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class KernelFollowerTest {

    private static final SimpleMatrix INPUTS = SimpleMatrix.random_DDRM(6, 4, -1, 1, new Random(6));

    private static Architecture architecture(Draw draw) {
        Gates gates = draw.of("gates", Gates.NONE, Gates.NONE, Gates.INITIAL, Gates.INDEPENDENT);
        // Where slopes are constant, as of LINEAR and behind gates, more may be kept.
        Activation phi = gates == Gates.NONE
                ? draw.of("phi", Activation.LINEAR, Activation.SOFTPLUS, Activation.ERF)
                : Activation.RELU;
        return Architecture.of(4)
                .hidden(draw.integer("width", 2, 20), draw.integer("depth", 1, 3))
                .outputs(draw.integer("outputs", 1, 3))
                .activation(phi)
                .gates(gates)
                .variances(1.5, draw.of("sb^2", 0.0, 0.4))
                .trained(draw.<TrainedLayers>of(
                        "trained",
                        Trained.ALL,
                        Trained.HIDDEN,
                        Trained.OUTPUT,
                        Trained.only(0),
                        Trained.only(1),
                        Trained.only(0, 1)));
    }

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(21));
    }

    /** Oracle: the kernel computed afresh at each step. */
    @Test
    void isTheKernelOfEveryMoment() {
        Draw.cases(11, 60, draw -> {
            Architecture architecture = architecture(draw);
            Outputs outputs = draw.of("entering", Outputs.values());
            SimpleMatrix targets = SimpleMatrix.random_DDRM(6, architecture.outputs(), -1, 1, new Random(3));
            try (DenseNetwork network = draw(architecture);
                    KernelFollower kernel = EmpiricalKernel.following(network, INPUTS, outputs)) {
                SimpleMatrix start = EmpiricalKernel.of(network, INPUTS, outputs);
                GradientDescent.withStep(0.05)
                        .atMost(4)
                        .probing(
                                Schedule.every(1),
                                (t, now, f) -> assertThat(
                                                distance(kernel.now(), EmpiricalKernel.of(now, INPUTS, outputs)))
                                        .isLessThan(1e-14))
                        .run(network, INPUTS, targets);
                SimpleMatrix end = EmpiricalKernel.of(network, INPUTS, outputs);
                assertThat(distance(kernel.start(), start)).isLessThan(1e-14);
                assertThat(kernel.drift()).isCloseTo(end.minus(start).normF() / start.normF(), within(1e-14));
            }
        });
    }

    /**
     * Nothing stale is kept: each trained layer is moved by itself, far. Oracle: the kernel computed afresh, which must differ
     * from that before where the moved layer has a part in it.
     */
    @Test
    void noticesEachTrainedLayer() {
        Draw.cases(12, 60, draw -> {
            Architecture architecture = architecture(draw);
            try (DenseNetwork network = draw(architecture);
                    KernelFollower kernel = EmpiricalKernel.following(network, INPUTS)) {
                int at = 0;
                for (int layer = 0; layer < architecture.layers(); layer++) {
                    int end = at
                            + architecture.fanOut(layer)
                                    * (architecture.fanIn(layer) + (architecture.hasBiases() ? 1 : 0));
                    if (architecture.trains(layer)) {
                        double[] parameters = network.parameters();
                        for (int p = at; p < end; p++) {
                            parameters[p] *= 1.5;
                        }
                        SimpleMatrix before = EmpiricalKernel.of(network, INPUTS);
                        network.assign(parameters);
                        SimpleMatrix expected = EmpiricalKernel.of(network, INPUTS);
                        assertThat(distance(kernel.now(), expected)).isLessThan(1e-14);
                        if (architecture.trained() == Trained.ALL) {
                            assertThat(distance(before, expected)).isGreaterThan(1e-3);
                        }
                    }
                    at = end;
                }
            }
        });
    }

    /**
     * What training leaves is not computed again: with the output layer alone trained the whole kernel, with constant slopes
     * the signals of the highest trained layer. Weights that nothing trains are moved to see it.
     */
    @Test
    void keepsWhatTrainingLeaves() {
        Architecture linear =
                Architecture.of(4).hidden(9, 1).activation(Activation.LINEAR).variances(2, 0.1);
        assertKept(linear.trained(Trained.OUTPUT), 0);
        assertKept(linear.trained(Trained.HIDDEN), 1);
        assertKept(linear.activation(Activation.RELU).hidden(9, 2).trained(Trained.OUTPUT), 1);
    }

    private static void assertKept(Architecture architecture, int untrained) {
        try (DenseNetwork network = draw(architecture);
                KernelFollower kernel = EmpiricalKernel.following(network, INPUTS)) {
            SimpleMatrix before = EmpiricalKernel.of(network, INPUTS);
            SimpleMatrix weights = network.weights(untrained);
            double[] parameters = network.parameters();
            for (int p = 0; p < parameters.length; p++) {
                parameters[p] *= 2;
            }
            network.assign(parameters);
            assertThat(network.weights(untrained).isIdentical(weights.scale(2), 0))
                    .isTrue();
            assertThat(distance(EmpiricalKernel.of(network, INPUTS), before)).isGreaterThan(1e-3);
            assertThat(kernel.now().isIdentical(before, 0)).isTrue();
        }
    }

    @Test
    void isOfNoUseAfterClosing() {
        try (DenseNetwork network = draw(Architecture.of(4).hidden(9, 1).outputs(2))) {
            KernelFollower kernel = EmpiricalKernel.following(network, INPUTS);
            kernel.close();
            assertThatThrownBy(kernel::now).isInstanceOf(IllegalStateException.class);
        }
    }

    private static double distance(SimpleMatrix actual, SimpleMatrix expected) {
        return actual.minus(expected).elementMaxAbs() / expected.elementMaxAbs();
    }
}
