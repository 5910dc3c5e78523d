package song2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.mean;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Spheres;
import org.crucis.data.Tables;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.FirstLayer;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.Neurons;
import org.crucis.network.OutputWeights;
import org.crucis.network.Trained;
import org.crucis.training.SmallestWidth;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.simple.SimpleMatrix;

/**
 * Song and Yang 2019, their use of a matrix Chernoff bound (idea read in the abstract, constants derived here): the width from which
 * lambda_min(H(0)) &gt;= (3/4) lambda_0 is of the order |X|^2 ln(n) / lambda_0, not n^2 ln(n) / lambda_0^2.
 *
 * <p>Nothing is trained.
 *
 * <p>Derived here: P(lambda_min(H(0)) &lt;= (3/4) lambda_0) &lt;= n exp(-m lambda_0/(32 |X|^2)), which is 1/10 at m = 32 (|X|^2/lambda_0)
 * ln(10 n). In more dimensions than inputs |X|^2 and lambda_0 are of order one, and m_conc can grow like ln n only, by an exponent
 * of 1/ln n or about 0.3 here; in five dimensions |X|^2 grows like n,
 * 1/lambda_0 like the inverse of the smallest angle, n^(1/2), and the logarithm by its 0.3: by 1.8 in all. One long input makes |X|^2 and the bound grow, but only
 * rescales a row and a column of H(0).
 *
 * <p>What would refute it: a needed width beyond the inequality, or one that grows faster with n than the formula. Neurons that share
 * one draw do not average out and break it at any width; equal inputs have lambda_0 = 0, and the statement says nothing.
 */
@Claim(
        title = "The Gram matrix concentrates as a whole, from a width of |X|^2 log(n) / lambda_0 on",
        source = "Matrix Chernoff lemma",
        basis = DERIVED,
        statement = """
                $$P\\bigl(\\lambda_{\\min}(H(0))\\le\\tfrac34\\lambda_0\\bigr)\\le n\\,\\exp\\Bigl(-\\frac{m\\lambda_0}\
                {32\\,\\|X\\|^2}\\Bigr),$$ so that $m=32\\,(\\|X\\|^2/\\lambda_0)\\,\\ln(10n)$ suffices in nine cases of ten.""",
        symbols = "X = inputs, n x d; |X| = its spectral norm; H(0) = Gram matrix (tangent kernel of the first layer) "
                + "of a drawn network; lambda_0 = smallest eigenvalue of its limit; m_conc = smallest width, on a grid "
                + "of ratio sqrt(2), at which 9 of 10 networks have lambda_min(H(0)) >= (3/4) lambda_0.")
class GramMatrixConcentrates {

    /** Where the inputs lie. */
    private enum Inputs {
        /** Uniform on the sphere in n + 2 dimensions. */
        GROWING_DIMENSION,
        /** Uniform on the sphere in five dimensions. */
        FIVE_DIMENSIONS,
        /** Handwritten threes and eights. */
        DIGITS;

        SimpleMatrix draw(Trial trial) {
            int n = trial.size("n");
            return switch (this) {
                case GROWING_DIMENSION -> Spheres.uniform(n, n + 2, trial.blockRandom("inputs"));
                case FIVE_DIMENSIONS -> Spheres.uniform(n, 5, trial.blockRandom("inputs"));
                case DIGITS ->
                    Tables.digits().draw(n, 3, 8, trial.blockRandom("inputs")).inputs();
            };
        }
    }

    static final Sweep SIZES =
            Sweep.over("n", powersOfTwo(1, 6)).inFull("n", powersOfTwo(2, 7)).blocks(12);
    static final Experiment GROWING_DIMENSION =
            needed(SIZES.and("inputs", Inputs.GROWING_DIMENSION), Neurons.INDEPENDENT);
    static final Experiment FIVE_DIMENSIONS = needed(SIZES.and("inputs", Inputs.FIVE_DIMENSIONS), Neurons.INDEPENDENT);

    static final Sweep EIGHT = Sweep.over("n", List.of(8))
            .and("inputs", (Object[]) Inputs.values())
            .blocks(12);
    static final Experiment EIGHT_INPUTS = needed(EIGHT, Neurons.INDEPENDENT);
    static final Experiment NEURONS_IN_STEP = needed(EIGHT, Neurons.SHARED);

    static final Sweep SIXTEEN = Sweep.over("n", List.of(16)).blocks(12);
    static final Experiment ONE_LONG_INPUT = oneLongInput();

    @Prediction(
            "For random inputs in many dimensions or few and for digits, 32 (|X|^2/lambda_0) ln(10 n) is wide enough")
    void suffices(Lab lab) {
        lab.expect(everywhere("needed width over the bound").atMost(1))
                .in(EIGHT_INPUTS)
                .butNotIn(NEURONS_IN_STEP);
    }

    @Prediction("In five dimensions the needed width grows slower than n^2: not like that of a proof entry by entry")
    void growsSlowerThanQuadratically(Lab lab) {
        lab.expect(exponent("needed width", "n").atMost(1.8).margin(0.2))
                .in(FIVE_DIMENSIONS)
                .butNotIn(FIVE_DIMENSIONS.reading("entrywise width", "needed width"));
    }

    @Prediction("In more dimensions than inputs the needed width hardly grows: like log n, not like n^2 log n")
    void hardlyGrows(Lab lab) {
        lab.expect(exponent("needed width", "n").atMost(0.3).margin(0.3))
                .in(GROWING_DIMENSION)
                .butNotIn(FIVE_DIMENSIONS)
                .butNotIn(GROWING_DIMENSION.reading("entrywise width", "needed width"));
    }

    @Prediction("One input ten times as long as the others multiplies the bound, and hardly the needed width")
    void oneLongInput(Lab lab) {
        lab.expect(geometricMean("growth of the needed width").atMost(2).within(0.2))
                .in(ONE_LONG_INPUT)
                .butNotIn(ONE_LONG_INPUT.reading("growth of the bound", "growth of the needed width"));
    }

    @Prediction(value = "The needed width is 0.05 to 2 times (|X|^2/lambda_0) ln n", basis = PILOT)
    void size(Lab lab) {
        lab.expect(mean("needed width over the formula").equalTo(1.025).within(0.975))
                .in(EIGHT_INPUTS)
                .butNotIn(NEURONS_IN_STEP);
    }

    /** Wide enough for every bound above, so that a width that was not found stands for one beyond. */
    private static final List<Integer> CANDIDATES = SmallestWidth.grid(2, 8192, 2);

    private static final int BEYOND = 16384;

    private static Experiment needed(Sweep sweep, Neurons neurons) {
        return Experiment.over(sweep)
                .assuming("lambda_0", trial -> limit(inputs(trial)).smallest(), Interval.atLeast(1e-4))
                .measuring(trial -> {
                    int n = trial.size("n");
                    SimpleMatrix inputs = inputs(trial);
                    double lambda0 = limit(inputs).smallest();
                    double spread = squaredNorm(inputs) / lambda0;
                    double bound = 32 * spread * Math.log(10 * n);
                    double entrywise = n * n * Math.log(10 * n) / (lambda0 * lambda0);
                    int width = neededWidth(trial, inputs, lambda0, neurons);
                    return Measurements.of("needed width", width)
                            .and("needed width over the bound", width / bound)
                            .and("needed width over the formula", width / (spread * Math.log(n)))
                            .and("entrywise width", entrywise);
                });
    }

    private static Experiment oneLongInput() {
        return Experiment.over(SIXTEEN).measuring(trial -> {
            SimpleMatrix inputs = Inputs.GROWING_DIMENSION.draw(trial);
            SimpleMatrix longer = inputs.copy();
            longer.insertIntoThis(0, 0, inputs.getRow(0).scale(10));
            double before = limit(inputs).smallest();
            double after = limit(longer).smallest();
            double width = neededWidth(trial, inputs, before, Neurons.INDEPENDENT);
            return Measurements.of(
                            "growth of the needed width",
                            neededWidth(trial, longer, after, Neurons.INDEPENDENT) / width)
                    .and("growth of the bound", squaredNorm(longer) / after / (squaredNorm(inputs) / before));
        });
    }

    private static SimpleMatrix inputs(Trial trial) {
        return trial.choice("inputs", Inputs.class).draw(trial);
    }

    private static Spectrum limit(SimpleMatrix inputs) {
        return Spectrum.of(AnalyticKernel.of(Activation.RELU, 1, 1, 0)
                .withFirstLayer(FirstLayer.UNSCALED)
                .training(Trained.HIDDEN)
                .at(inputs)
                .ntk());
    }

    private static double squaredNorm(SimpleMatrix inputs) {
        return Spectrum.of(inputs.mult(inputs.transpose())).largest();
    }

    private static final int NETWORKS = 10;

    private static int neededWidth(Trial trial, SimpleMatrix inputs, double lambda0, Neurons neurons) {
        SimpleMatrix threeQuarters = SimpleMatrix.identity(inputs.getNumRows()).scale(0.75 * lambda0);
        SmallestWidth found = SmallestWidth.search(CANDIDATES, width -> {
            // The network of Du et al. 2018: sw^2 = sqrt(d) makes the tangent kernel of the first layer H(0).
            Architecture architecture = Architecture.of(inputs.getNumCols())
                    .hidden(width, 1)
                    .activation(Activation.RELU)
                    .variances(Math.sqrt(inputs.getNumCols()), 0)
                    .outputWeights(OutputWeights.SIGNS)
                    .neurons(neurons)
                    .trained(Trained.HIDDEN);
            int failures = 0;
            for (int draw = 0; draw < NETWORKS && failures < 2; draw++) {
                try (Network network = architecture.draw(trial.random("weights " + draw))) {
                    SimpleMatrix rest = EmpiricalKernel.of(network, inputs).minus(threeQuarters);
                    failures += MatrixFeatures_DDRM.isPositiveDefinite(rest.getDDRM()) ? 0 : 1;
                }
            }
            return failures < 2;
        });
        return found.atMost() == 0 ? BEYOND : found.atMost();
    }
}
