package zou2019;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Sample;
import org.crucis.kernel.Spectrum;
import org.crucis.network.DenseNetwork;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** That the networks are the paper's, in its units. */
class SettingTest {

    private static final int D = 10;

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(4);
    private final Sample sample = Data.SPHERE.draw(5, random);

    /** Oracle: the paper's initialisation, W_l ~ N(0, 2/m) on inputs of length one, V ~ N(0, 1). */
    @Test
    void weightsHaveThePapersDeviations() {
        int width = 400;
        try (DenseNetwork network = Setting.network(D, width, 3).draw(random)) {
            assertThat(deviation(network.weights(0)) * Math.sqrt(D)).isCloseTo(Math.sqrt(2.0 / width), within(0.003));
            assertThat(deviation(network.weights(1))).isCloseTo(Math.sqrt(2.0 / width), within(0.001));
            assertThat(deviation(network.weights(2))).isCloseTo(Math.sqrt(2.0 / width), within(0.001));
            assertThat(deviation(network.weights(3))).isCloseTo(1, within(0.15));
        }
    }

    private static double deviation(SimpleMatrix weights) {
        return weights.normF() / Math.sqrt(weights.getNumElements());
    }

    /** The network written out on unit inputs: activations and back-signals of each layer, one input a row. */
    private record ByHand(List<SimpleMatrix> received, List<SimpleMatrix> signals) {

        static ByHand of(DenseNetwork network, SimpleMatrix unitInputs) {
            SimpleMatrix first = network.weights(0).scale(Math.sqrt(D));
            SimpleMatrix z1 = unitInputs.mult(first);
            SimpleMatrix h1 = positive(z1, z1);
            SimpleMatrix z2 = h1.mult(network.weights(1));
            SimpleMatrix ones = SimpleMatrix.filled(unitInputs.getNumRows(), 1, 1);
            SimpleMatrix g2 = positive(ones.mult(network.weights(2).transpose()), z2);
            SimpleMatrix g1 = positive(g2.mult(network.weights(1).transpose()), z1);
            return new ByHand(List.of(unitInputs, h1), List.of(g1, g2));
        }

        private static SimpleMatrix positive(SimpleMatrix values, SimpleMatrix where) {
            SimpleMatrix kept = values.copy();
            for (int i = 0; i < kept.getNumElements(); i++) {
                kept.set(i, where.get(i) > 0 ? kept.get(i) : 0);
            }
            return kept;
        }
    }

    /** Oracle: K_l = (H_(l-1)' H_(l-1)) o (G_l' G_l) by hand. */
    @Test
    void kernelIsThePapers() {
        try (DenseNetwork network = Setting.network(D, 30, 2).draw(random)) {
            ByHand hand = ByHand.of(network, sample.inputs().divide(Math.sqrt(D)));
            List<SimpleMatrix> kernels = Setting.layerKernels(network, sample.inputs());
            for (int l = 0; l < 2; l++) {
                SimpleMatrix h = hand.received().get(l);
                SimpleMatrix g = hand.signals().get(l);
                SimpleMatrix expected = h.mult(h.transpose()).elementMult(g.mult(g.transpose()));
                assertThat(kernels.get(l).minus(expected).normF()).isLessThan(1e-12 * expected.normF());
            }
            assertThat(kernels.get(1))
                    .satisfies(last -> assertThat(last.minus(Setting.lastLayerKernel(network, sample.inputs()))
                                    .normF())
                            .isZero());
        }
    }

    /** Oracle: one step of the paper's descent by hand, W_l - eta' H_(l-1)' (e o G_l), V as it was. */
    @Test
    void stepIsThePapers() {
        double step = 0.003;
        try (DenseNetwork network = Setting.network(D, 30, 2).draw(random)) {
            SimpleMatrix unit = sample.inputs().divide(Math.sqrt(D));
            ByHand hand = ByHand.of(network, unit);
            SimpleMatrix e = network.outputs(sample.inputs()).minus(sample.targets());
            SimpleMatrix first = network.weights(0)
                    .scale(Math.sqrt(D))
                    .minus(gradient(hand, 0, e).scale(step));
            SimpleMatrix second = network.weights(1).minus(gradient(hand, 1, e).scale(step));
            SimpleMatrix output = network.weights(2);
            Setting.descent(step).atMost(1).run(network, sample.inputs(), sample.targets());
            assertThat(network.weights(0).scale(Math.sqrt(D)).minus(first).normF())
                    .isLessThan(1e-12);
            assertThat(network.weights(1).minus(second).normF()).isLessThan(1e-12);
            assertThat(network.weights(2).minus(output).normF()).isZero();
        }
    }

    private static SimpleMatrix gradient(ByHand hand, int layer, SimpleMatrix e) {
        SimpleMatrix signal = hand.signals().get(layer).copy();
        for (int i = 0; i < signal.getNumRows(); i++) {
            for (int r = 0; r < signal.getNumCols(); r++) {
                signal.set(i, r, signal.get(i, r) * e.get(i));
            }
        }
        return hand.received().get(layer).transpose().mult(signal);
    }

    /** Oracle: the sum of the distances between consecutive parameters, times sqrt(2) for the paper's coordinates. */
    @Test
    void pathIsTheSumOfTheSteps() {
        try (DenseNetwork network = Setting.network(D, 60, 2).draw(random);
                DenseNetwork twin = network.copy()) {
            Descent run = Descent.centred(network, sample, 0.5, 1e-2, 40);
            double step =
                    0.5 / Spectrum.of(Setting.kernel(twin, sample.inputs())).largest();
            double[][] before = {twin.parameters()};
            double[] path = {0};
            Setting.descent(step)
                    .centred()
                    .untilRelativeLoss(1e-2)
                    .atMost(40)
                    .probing(Schedule.every(1), (t, now, outputs) -> {
                        path[0] += Math.sqrt(2) * now.motionFrom(before[0]).total();
                        before[0] = now.parameters();
                    })
                    .run(twin, sample.inputs(), sample.targets());
            assertThat(run.path()).isCloseTo(path[0], within(1e-9 * path[0]));
            assertThat(run.displacement()).isLessThanOrEqualTo(run.path()).isPositive();
            assertThat(run.path()).isLessThan(run.bound());
            assertThat(run.leastDecrease()).isBetween(0.5, 1.0);
        }
    }

    /** Oracle: networks at a large width. */
    @Test
    void limitIsThatOfWideNetworks() {
        int width = 4096;
        try (DenseNetwork network = Setting.network(D, width, 2).draw(random)) {
            double last = Spectrum.of(Setting.lastLayerKernel(network, sample.inputs()))
                    .smallest();
            double all = Spectrum.of(Setting.kernel(network, sample.inputs())).smallest();
            assertThat(last / width).isCloseTo(Setting.smallestOfLastLayersLimit(sample.inputs(), 2), within(0.03));
            assertThat(all / width).isCloseTo(Setting.smallestOfLimit(sample.inputs(), 2), within(0.05));
        }
    }

    /** Oracle: geometry. */
    @Test
    void inputsAreAsThePaperAssumes() {
        SimpleMatrix inputs = Data.DIGITS.draw(4, random).inputs();
        for (int i = 0; i < 4; i++) {
            assertThat(inputs.getRow(i).normF()).isCloseTo(Math.sqrt(65), within(1e-12));
            assertThat(inputs.get(i, 64)).isCloseTo(Math.sqrt(65) / 2, within(1e-12));
        }
        SimpleMatrix opposite = Data.withConstant(new SimpleMatrix(new double[][] {{1, 0}, {-1, 0}}));
        assertThat(Data.separation(opposite)).isCloseTo(Math.sqrt(3), within(1e-12));
        Sample conflict = Data.withConflict(sample);
        assertThat(Data.separation(conflict.inputs())).isZero();
        assertThat(conflict.targets().get(4)).isEqualTo(-conflict.targets().get(0));
    }
}
