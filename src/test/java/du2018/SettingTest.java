package du2018;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program's network is the paper's, number by number. */
class SettingTest {

    private static final int M = 7;

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(20260101);
    private final Sample sample = Data.DIGITS.draw(5, random);
    private final SimpleMatrix x = sample.inputs();

    /** Rows w_r = d^(1/4) times a stock row. */
    private static SimpleMatrix weights(DenseNetwork network, int d) {
        double[] stock = network.parameters();
        SimpleMatrix w = new SimpleMatrix(M, d);
        for (int i = 0; i < M * d; i++) {
            w.set(i, Math.pow(d, 0.25) * stock[i]);
        }
        return w;
    }

    /** Oracle: f(x) = scale sum_r a_r relu(w_r.x) with a_r = +-1, and H by its definition, written out. */
    private void isThePapers(Architecture architecture, double scale) {
        int d = sample.dimension();
        try (DenseNetwork network = architecture.draw(random)) {
            double[] stock = network.parameters();
            SimpleMatrix z = x.mult(weights(network, d).transpose());
            SimpleMatrix f = new SimpleMatrix(x.getNumRows(), 1);
            SimpleMatrix h = new SimpleMatrix(x.getNumRows(), x.getNumRows());
            for (int i = 0; i < x.getNumRows(); i++) {
                for (int r = 0; r < M; r++) {
                    double a = Math.signum(stock[M * d + r]);
                    f.set(i, f.get(i) + scale * a * Math.max(z.get(i, r), 0));
                    for (int j = 0; j < x.getNumRows(); j++) {
                        boolean both = z.get(i, r) >= 0 && z.get(j, r) >= 0;
                        double product = x.getRow(i).dot(x.getRow(j));
                        h.set(i, j, h.get(i, j) + (both ? product / M : 0));
                    }
                }
            }
            assertThat(network.outputs(x).minus(f).elementMaxAbs()).isLessThan(1e-14);
            assertThat(EmpiricalKernel.of(network, x).minus(h).elementMaxAbs()).isLessThan(1e-14);
        }
    }

    @Test
    void theNetworkAndItsGramMatrixAreThePapers() {
        isThePapers(Setting.network(sample.dimension(), M), 1 / Math.sqrt(M));
    }

    @Test
    void inMeanFieldScalingTheOutputIsSmallerAndTheGramMatrixTheSame() {
        isThePapers(Setting.meanField(sample.dimension(), M), 1.0 / M);
    }

    /** Oracle: x_i.x_j (pi - arccos x_i.x_j) / (2 pi). */
    @Test
    void theLimitIsTheClosedForm() {
        SimpleMatrix gram = Setting.limitingGram(x);
        for (int i = 0; i < x.getNumRows(); i++) {
            for (int j = 0; j < x.getNumRows(); j++) {
                double product = Math.min(1, x.getRow(i).dot(x.getRow(j)));
                assertThat(gram.get(i, j))
                        .isCloseTo(
                                product * (Math.PI - Math.acos(product)) / (2 * Math.PI),
                                within(i == j ? 1e-8 : 1e-14));
            }
        }
    }

    /** Oracle: one step, w_r(1) - w_r(0) = -eta m^(-1/2) a_r sum_i (u_i - y_i) 1[w_r.x_i > 0] x_i. */
    @Test
    void motionIsMeasuredInTheTheoremsWeights() {
        int d = sample.dimension();
        double eta = 0.3;
        try (DenseNetwork network = Setting.network(d, M).draw(random)) {
            double[] stock = network.parameters();
            SimpleMatrix z = x.mult(weights(network, d).transpose());
            SimpleMatrix residual = network.outputs(x).minus(sample.targets());
            double farthest = 0;
            double squares = 0;
            double push = 0;
            for (int r = 0; r < M; r++) {
                SimpleMatrix moved = new SimpleMatrix(1, d);
                for (int i = 0; i < x.getNumRows(); i++) {
                    if (z.get(i, r) > 0) {
                        moved = moved.minus(x.getRow(i).scale(eta / Math.sqrt(M) * residual.get(i)));
                    }
                }
                farthest = Math.max(farthest, moved.normF());
                squares += Math.pow(moved.normF(), 2);
                for (int i = 0; i < x.getNumRows(); i++) {
                    push += Math.abs(moved.dot(x.getRow(i))) / M / x.getNumRows();
                }
            }
            assertThat(stock[M * d]).isNotZero();
            Run run = Run.train(network, sample, GradientDescent.withStep(eta).atMost(1));
            assertThat(run.farthest()).isCloseTo(farthest, within(1e-13));
            assertThat(run.motion().total()).isCloseTo(Math.sqrt(squares), within(1e-13));
            assertThat(run.push()).isCloseTo(push, within(1e-13));
        }
    }

    @ParameterizedTest
    @EnumSource(Data.class)
    void inputsHaveLengthOneAndOnlyDuplicatesBreakTheHypothesis(Data data) {
        Sample drawn = data.draw(6, random);
        for (int i = 0; i < drawn.size(); i++) {
            assertThat(drawn.inputs().getRow(i).normF()).isCloseTo(1, within(1e-14));
        }
        boolean separated = Data.separation(drawn) >= Data.SEPARATED;
        boolean positive = Setting.limitingSpectrum(drawn.inputs()).smallest() >= Setting.POSITIVE;
        assertThat(separated).isEqualTo(data != Data.DUPLICATE);
        assertThat(positive).isEqualTo(data != Data.DUPLICATE);
    }
}
