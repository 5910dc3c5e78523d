package du2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.TEXT;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.identity;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.Spheres;
import org.crucis.data.Tables;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.ArcCosine;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.FirstLayer;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Network;
import org.crucis.network.Neurons;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;

/**
 * Du et al. 2018, Theorem 3.1 (read): lambda_0 = lambda_min(H^inf) is positive when no two inputs are parallel. What it is
 * otherwise, and how small it gets, is derived here.
 *
 * <ul>
 *   <li>Inputs z_1, -z_1, ..., z_p, -z_p: sums and differences over a pair decouple, so that the eigenvalues of H^inf are those of
 *       Z Z' / 2 (which is singular for p above d) and those of cos(theta) (pi - 2 theta) / (2 pi). Antipodal inputs, though
 *       parallel, are milder than equal ones.
 *   <li>Two inputs at the angle t: lambda_0 = 1/2 - cos t (pi - t) / (2 pi), about t / (2 pi). A smooth activation gives t^2: its
 *       kernel has no kink at equal inputs.
 * </ul>
 *
 * <p>What would refute it: a singular H^inf of inputs that are not parallel, another order in t or in the width. A second copy of
 * an input has to make it singular: a check that calls that positive is broken.
 */
@Claim(
        title = "The limiting Gram matrix is positive definite when no two inputs are parallel",
        source = "Theorem 3.1",
        basis = TEXT,
        statement = """
                If $x_i\\nparallel x_j$ for all $i\\ne j$, then $\\lambda_0=\\lambda_{\\min}(H^\\infty)>0$, where \
                $H^\\infty_{ij}=x_i^Tx_j\\,(\\pi-\\arccos x_i^Tx_j)/(2\\pi)$ for inputs of length one.""",
        symbols = "n = number of inputs, d = dimension, t = angle of a pair, H(0) = tangent kernel of a drawn network.")
class GramMatrixIsPositiveDefinite {

    private enum Inputs {
        SPHERE,
        DIGITS
    }

    static final Sweep SETS = Sweep.over("n", List.of(4, 16, 48))
            .and("d", 2, 5, 20)
            .and("inputs", (Object[]) Inputs.values())
            .blocks(12, 40);

    static final Experiment DISTINCT = smallest(SETS, GramMatrixIsPositiveDefinite::inputs);
    static final Experiment ONE_TWICE = smallest(SETS, trial -> firstOneTwice(inputs(trial)));
    static final Sweep PAIRS = Sweep.over("d", List.of(2, 4, 8)).blocks(12);
    static final Experiment ANTIPODES = antipodes(0);
    static final Experiment MORE_ANTIPODES_THAN_DIMENSIONS = antipodes(1);

    /** 1/t, so that the law for small angles is judged at the small ones. */
    static final Sweep ANGLES =
            Sweep.over("1/angle", powersOfTwo(4, 9)).and("n", 2, 8).blocks(12);

    static final Experiment CLOSE_PAIRS = closePairs(Activation.RELU);
    static final Experiment CLOSE_PAIRS_OF_SMOOTH_UNITS = closePairs(Activation.ERF);

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(4, 9))
            .inFull("width", powersOfTwo(6, 13))
            .blocks(12);
    static final Experiment CONCENTRATION = deviation(Neurons.INDEPENDENT);
    static final Experiment NEURONS_IN_STEP = deviation(Neurons.SHARED);

    /** Eigenvalues are known to some 1e-15 of the largest one, which is at most n/2 here. */
    private static final double ZERO = 1e-12;

    @Prediction(
            "No set of non-parallel inputs, random ones or digits, in few dimensions or many, has lambda_0 below 1e-8")
    void positive(Lab lab) {
        lab.expect(everywhere("lambda_0").atLeast(1e-8))
                .in(DISTINCT)
                .butNotIn(ONE_TWICE)
                .butNotIn(MORE_ANTIPODES_THAN_DIMENSIONS);
    }

    @Prediction(value = "A second copy of an input makes lambda_0 zero", basis = DERIVED)
    void zeroForEqualInputs(Lab lab) {
        lab.expect(everywhere("|lambda_0|").atMost(ZERO)).in(ONE_TWICE).butNotIn(DISTINCT);
    }

    @Prediction(
            value = "Antipodal pairs keep lambda_0 positive up to d pairs in d dimensions, and make it zero beyond",
            basis = DERIVED)
    void zeroForManyAntipodes(Lab lab) {
        lab.expect(everywhere("|lambda_0|").atMost(ZERO))
                .in(MORE_ANTIPODES_THAN_DIMENSIONS)
                .butNotIn(ANTIPODES);
    }

    @Prediction(
            value = "The eigenvalues for antipodal pairs are those of their sums and of their differences",
            basis = DERIVED)
    void antipodalSpectrum(Lab lab) {
        lab.expect(identity("error of the spectrum").toDigits(12))
                .in(ANTIPODES)
                .butNotIn(ANTIPODES.reading("error when antipodes count as unrelated", "error of the spectrum"));
    }

    @Prediction(value = "Two inputs at an angle t have lambda_0 = 1/2 - cos t (pi - t) / (2 pi)", basis = DERIVED)
    void closedForm(Lab lab) {
        lab.expect(identity("error of the closed form").toDigits(12))
                .in(CLOSE_PAIRS)
                .butNotIn(CLOSE_PAIRS_OF_SMOOTH_UNITS);
    }

    @Prediction(value = "lambda_0 shrinks like the smallest angle, with smooth units like its square", basis = DERIVED)
    void orderInTheAngle(Lab lab) {
        lab.expect(exponent("lambda_0", "1/angle")
                        .equalTo(-1)
                        .margin(0.1)
                        .correctedBy(1)
                        .per("n"))
                .in(CLOSE_PAIRS)
                .butNotIn(CLOSE_PAIRS_OF_SMOOTH_UNITS);
    }

    @Prediction(value = "|H(0) - H^inf|, of drawn networks, shrinks like width^(-1/2)", basis = DERIVED)
    void concentrates(Lab lab) {
        lab.expect(exponent("deviation", "width").equalTo(-0.5).margin(0.1))
                .in(CONCENTRATION)
                .butNotIn(NEURONS_IN_STEP);
    }

    private static SimpleMatrix inputs(Trial trial) {
        int n = trial.size("n");
        // Digits keep their 64 dimensions.
        return switch (trial.choice("inputs", Inputs.class)) {
            case SPHERE -> Spheres.uniform(n, trial.size("d"), trial.random("inputs"));
            case DIGITS -> Tables.digits().draw(n, 3, 8, trial.random("inputs")).inputs();
        };
    }

    private static SimpleMatrix firstOneTwice(SimpleMatrix inputs) {
        return inputs.concatRows(inputs.getRow(0));
    }

    private static Experiment smallest(Sweep sweep, Function<Trial, SimpleMatrix> inputs) {
        return Experiment.over(sweep).measuring(trial -> {
            double smallest = Setting.limitingSpectrum(inputs.apply(trial)).smallest();
            return Measurements.of("lambda_0", smallest).and("|lambda_0|", Math.abs(smallest));
        });
    }

    /** Random directions and their negatives, as many pairs as dimensions and some more. */
    private static Experiment antipodes(int more) {
        return Experiment.over(PAIRS).measuring(trial -> {
            int d = trial.size("d");
            SimpleMatrix z = Spheres.uniform(d + more, d, trial.random("inputs"));
            double[] values =
                    Setting.limitingSpectrum(z.concatRows(z.negative())).values();
            SimpleMatrix products = z.mult(z.transpose());
            SimpleMatrix sums = products.copy();
            for (int i = 0; i < z.getNumRows(); i++) {
                for (int j = 0; j < z.getNumRows(); j++) {
                    // On the diagonal the arc cosine of a rounded one would be off by 1e-8.
                    double angle = i == j ? 0 : Math.acos(products.get(i, j));
                    sums.set(i, j, products.get(i, j) * (ArcCosine.j0(angle) - angle) / (2 * Math.PI));
                }
            }
            double[] apart = Setting.limitingSpectrum(z).values();
            return Measurements.of("lambda_0", values[0])
                    .and("|lambda_0|", Math.abs(values[0]))
                    .and("error of the spectrum", distance(values, union(products.scale(0.5), sums)))
                    .and(
                            "error when antipodes count as unrelated",
                            distance(values, sorted(DoubleStream.concat(Arrays.stream(apart), Arrays.stream(apart)))));
        });
    }

    private static double[] union(SimpleMatrix a, SimpleMatrix b) {
        return sorted(DoubleStream.concat(
                Arrays.stream(Spectrum.of(a).values()),
                Arrays.stream(Spectrum.of(b).values())));
    }

    private static double[] sorted(DoubleStream values) {
        return values.sorted().toArray();
    }

    /** Largest difference over the largest eigenvalue. */
    private static double distance(double[] values, double[] others) {
        double largest = 0;
        for (int k = 0; k < values.length; k++) {
            largest = Math.max(largest, Math.abs(values[k] - others[k]));
        }
        return largest / values[values.length - 1];
    }

    /** n inputs in pairs at the given angle; the closed form is that of a single pair. */
    private static Experiment closePairs(Activation activation) {
        AnalyticKernel kernel = AnalyticKernel.of(activation, 1, 1, 0)
                .withFirstLayer(FirstLayer.UNSCALED)
                .training(Trained.HIDDEN);
        return Experiment.over(ANGLES)
                .assuming(
                        "separation of the inputs",
                        trial -> Separation.of(pairs(trial, trial.size("n"))).distance(),
                        Interval.atLeast(Data.SEPARATED))
                .measuring(trial -> {
                    double angle = 1 / trial.number("1/angle");
                    double exact = 0.5 - Math.cos(angle) * ArcCosine.j0(angle) / (2 * Math.PI);
                    double ofOnePair =
                            Spectrum.of(kernel.at(pairs(trial, 2)).ntk()).smallest();
                    return Measurements.of(
                                    "lambda_0",
                                    Spectrum.of(kernel.at(pairs(trial, trial.size("n")))
                                                    .ntk())
                                            .smallest())
                            .and("error of the closed form", Math.abs(ofOnePair / exact - 1));
                });
    }

    private static SimpleMatrix pairs(Trial trial, int n) {
        return Spheres.pairs(n, 8, 1 / trial.number("1/angle"), trial.blockRandom("inputs"));
    }

    private static Experiment deviation(Neurons neurons) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            Sample sample = Data.SPHERE.draw(8, trial.blockRandom("data"));
            SimpleMatrix limit = Setting.limitingGram(sample.inputs());
            int networks = 24;
            double squares = 0;
            for (int draw = 0; draw < networks; draw++) {
                try (Network network = Setting.network(sample.dimension(), trial.size("width"))
                        .neurons(neurons)
                        .draw(trial.random("weights " + draw))) {
                    Spectrum difference = Spectrum.of(
                            EmpiricalKernel.of(network, sample.inputs()).minus(limit));
                    double norm = Math.max(difference.largest(), -difference.smallest());
                    squares += norm * norm / networks;
                }
            }
            return Measurements.of("deviation", Math.sqrt(squares));
        });
    }
}
