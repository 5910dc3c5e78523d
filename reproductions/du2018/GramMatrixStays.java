package du2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.TEXT;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.successRate;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.claim.Interval;
import org.crucis.data.Circle;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.SmallestWidth;
import org.crucis.training.Training;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.simple.SimpleMatrix;

/**
 * Du et al. 2018, Lemmas 3.1, 3.2 and 3.4 (read): a wide network's Gram matrix H(k) starts near H^inf and stays there while the
 * network is trained, so that lambda_min(H(k)) is at least lambda_0/2 for all k.
 *
 * <p>"For all k" is a run until the squared error is 1e-6 (for m_stab: 1e-3) of the initial one, the step 1/lambda_max(H^inf),
 * H looked at on logarithmically spaced steps.
 *
 * <p>Derived here: H(0) deviates from H^inf by m^-1/2, and so does H(T) from H(0), since a fraction m^-1/2 of the patterns flips;
 * hence the smallest eigenvalue of all of training tends to lambda_0. The width that is needed in practice depends on the inputs through
 * their conditioning: for more dimensions than inputs, where lambda_0 stays of order one, hardly on their number, and in no case like the
 * theorem's n^6/lambda_0^4.
 *
 * <p>What would refute it: an eigenvalue that falls below lambda_0/2 at a large width, another power of m, a needed width that grows
 * faster than n^2. Two neurons for eight inputs in the plane make H(k) singular; a mean-field network's H(k) moves at every width.
 */
@Claim(
        title = "The smallest eigenvalue of the Gram matrix never falls below half of its limit",
        source = "Lemmas 3.1, 3.2, 3.4",
        basis = TEXT,
        statement = """
                If $m=\\Omega(n^2\\log(n/\\delta)/\\lambda_0^2)$ then $\\lambda_{\\min}(H(0))\\ge\\tfrac34\\lambda_0$ with \
                probability $1-\\delta$; if all $\\|w_r-w_r(0)\\|\\le R=c\\,\\delta\\lambda_0/n^2$ then \
                $\\lambda_{\\min}(H)\\ge\\tfrac12\\lambda_0$.""",
        symbols = "m = width, n = number of inputs, lambda_0 = lambda_min(H^inf), m_stab = smallest width at which "
                + "lambda_min(H(k)) >= lambda_0/2 at every k looked at, of one draw of the weights.")
class GramMatrixStays {

    private static final int N = 8;

    /** What is trained on: the data of the paper's claims, and points on half of a circle, where lambda_0 is small. */
    private enum Inputs {
        SPHERE,
        DIGITS,
        DIGITS_AT_RANDOM,
        HALF_CIRCLE;

        Sample draw(Trial trial) {
            return switch (this) {
                case SPHERE -> Data.SPHERE.draw(N, trial.blockRandom("data"));
                case DIGITS -> Data.DIGITS.draw(N / 2, trial.blockRandom("data"));
                case DIGITS_AT_RANDOM -> Data.DIGITS_AT_RANDOM.draw(N / 2, trial.blockRandom("data"));
                case HALF_CIRCLE ->
                    new Sample(Circle.half(N), Labels.gaussian(N, trial.blockRandom("data")), "half of a circle");
            };
        }
    }

    static final Sweep WIDE = Sweep.over("width", List.of(256))
            .inFull("width", List.of(256, 2048))
            .and("inputs", Inputs.SPHERE, Inputs.DIGITS, Inputs.DIGITS_AT_RANDOM)
            .blocks(24, 64);
    static final Experiment ALL_OF_TRAINING = lowest(WIDE);
    static final Experiment FEWER_WEIGHTS_THAN_INPUTS = lowest(
            Sweep.over("width", List.of(2)).and("inputs", Inputs.HALF_CIRCLE).blocks(24, 64));

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(7, 12)).inFull("width", powersOfTwo(9, 14));
    static final Experiment LAZY = change(WIDTHS.blocks(12), 4, false);
    static final Experiment MEAN_FIELD = change(WIDTHS.blocks(12), 1, true);

    static final Sweep SIZES =
            Sweep.over("n", powersOfTwo(1, 6)).inFull("n", powersOfTwo(2, 7)).blocks(12);
    static final Experiment NEEDED_WIDTH = neededWidth();

    @Prediction(
            "On random inputs, on digits and on digits with labels by chance, lambda_min(H(k)) stays above lambda_0/2")
    void stays(Lab lab) {
        lab.expect(successRate("stays above half").atLeast(0.75))
                .in(ALL_OF_TRAINING)
                .butNotIn(FEWER_WEIGHTS_THAN_INPUTS);
    }

    @Prediction(value = "|H(T) - H(0)| falls like width^(-1/2); in mean-field scaling it does not", basis = DERIVED)
    void changeFalls(Lab lab) {
        lab.expect(exponent("change in units", "width").equalTo(-0.5).margin(0.12))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(
            value = "The lowest eigenvalue of all of training tends to lambda_0; in mean-field scaling it does not",
            basis = DERIVED)
    void lowestEigenvalue(Lab lab) {
        lab.expect(mean("lowest eigenvalue over lambda_0")
                        .equalTo(1)
                        .within(0.1)
                        .plus(50, "width"))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(
            value =
                    "The width that this needs grows at most like n^2 for more dimensions than inputs, the proven one faster",
            basis = DERIVED)
    void neededWidthGrows(Lab lab) {
        lab.expect(exponent("needed width", "n").atMost(2).margin(0.1))
                .in(NEEDED_WIDTH)
                .butNotIn(NEEDED_WIDTH.reading("the theorem's n^6/lambda_0^4", "needed width"));
    }

    private static final Schedule TIMES = Schedule.logSpaced(4);

    private static Experiment lowest(Sweep sweep) {
        return Experiment.over(sweep)
                .assuming(
                        "separation of the inputs",
                        trial -> Data.separation(inputs(trial)),
                        Interval.atLeast(Data.SEPARATED))
                .assuming(
                        "lambda_0",
                        trial ->
                                Setting.limitingSpectrum(inputs(trial).inputs()).smallest(),
                        Interval.atLeast(Setting.POSITIVE))
                .measuring(trial -> {
                    Sample sample = inputs(trial);
                    Spectrum limit = Setting.limitingSpectrum(sample.inputs());
                    try (Network network = Setting.network(sample.dimension(), trial.size("width"))
                            .draw(trial.random("weights"))) {
                        Followed run = Followed.train(network, sample, 1 / limit.largest(), 1e-6);
                        return Measurements.of("stays above half", run.lowest() >= limit.smallest() / 2 ? 1 : 0);
                    }
                });
    }

    private static Sample inputs(Trial trial) {
        return trial.choice("inputs", Inputs.class).draw(trial);
    }

    /** n inputs in n + 2 dimensions: in n dimensions two of them may be nearly parallel, and a block with a tiny lambda_0
     * would rule the mean. */
    private static Sample wellConditioned(Trial trial, int n) {
        UniformRandomProvider random = trial.blockRandom("data");
        return new Sample(Spheres.uniform(n, n + 2, random), Labels.gaussian(n, random), "uniform on the sphere");
    }

    /** The change is a root mean square over networks, in units of the root of r_0' (H^inf)^-1 r_0: how far all weights move. */
    private static Experiment change(Sweep sweep, int networks, boolean meanField) {
        return Experiment.over(sweep)
                .assuming(
                        "lambda_0",
                        trial -> Setting.limitingSpectrum(
                                        wellConditioned(trial, N / 2).inputs())
                                .smallest(),
                        Interval.atLeast(Setting.POSITIVE))
                .measuring(trial -> {
                    Sample sample = wellConditioned(trial, N / 2);
                    Spectrum limit = Setting.limitingSpectrum(sample.inputs());
                    int width = trial.size("width");
                    Architecture architecture = meanField
                            ? Setting.meanField(sample.dimension(), width)
                            : Setting.network(sample.dimension(), width);
                    double step = (meanField ? 0.25 : 1) / limit.largest();
                    double changes = 0;
                    double ratio = 0;
                    double relativeLoss = 0;
                    for (int draw = 0; draw < networks; draw++) {
                        try (Network network = architecture.draw(trial.random("weights " + draw))) {
                            SimpleMatrix residual = sample.targets().minus(network.outputs(sample.inputs()));
                            double limitingMotion =
                                    residual.dot(limit.apply(value -> 1 / value).mult(residual));
                            Followed run = Followed.train(network, sample, step, 1e-6);
                            changes += Math.pow(run.change(), 2) / limitingMotion;
                            ratio += run.lowest() / limit.smallest() / networks;
                            relativeLoss = Math.max(relativeLoss, run.relativeLoss());
                        }
                    }
                    return Measurements.of("change in units", Math.sqrt(changes / networks))
                            .and("lowest eigenvalue over lambda_0", ratio)
                            .and("relative loss", relativeLoss);
                })
                // In mean-field scaling neurons may switch off for good before the error is that small; it has moved by
                // then.
                .validWhen(measured("relative loss").atMost(meanField ? 0.5 : 1e-6));
    }

    private static final List<Integer> CANDIDATES = SmallestWidth.grid(2, 4096, 2);

    /** Stands for a width that no candidate reached. */
    private static final int BEYOND = 8192;

    private static Experiment neededWidth() {
        return Experiment.over(SIZES)
                .assuming(
                        "lambda_0",
                        trial -> Setting.limitingSpectrum(
                                        wellConditioned(trial, trial.size("n")).inputs())
                                .smallest(),
                        Interval.atLeast(Setting.POSITIVE))
                .measuring(trial -> {
                    int n = trial.size("n");
                    Sample sample = wellConditioned(trial, n);
                    Spectrum limit = Setting.limitingSpectrum(sample.inputs());
                    SmallestWidth found = SmallestWidth.search(CANDIDATES, width -> {
                        try (Network network = Setting.network(n + 2, width).draw(trial.random("weights"))) {
                            double half = limit.smallest() / 2;
                            // What fails before the training fails.
                            SimpleMatrix rest = EmpiricalKernel.of(network, sample.inputs())
                                    .minus(SimpleMatrix.identity(n).scale(half));
                            return MatrixFeatures_DDRM.isPositiveDefinite(rest.getDDRM())
                                    && Followed.train(network, sample, 1 / limit.largest(), 1e-3)
                                                    .lowest()
                                            >= half;
                        }
                    });

                    return Measurements.of("needed width", found.atMost() == 0 ? BEYOND : found.atMost())
                            .and("the theorem's n^6/lambda_0^4", Math.pow(n, 6) / Math.pow(limit.smallest(), 4));
                });
    }

    /**
     * A training whose Gram matrix is followed.
     *
     * @param lowest the smallest eigenvalue of H(k) over the steps k looked at
     * @param change spectral norm of H(T) - H(0)
     */
    private record Followed(double lowest, double change, double relativeLoss) {

        static Followed train(Network network, Sample sample, double step, double untilRelativeLoss) {
            try (KernelFollower gram = EmpiricalKernel.following(network, sample.inputs())) {
                double[] lowest = {Double.POSITIVE_INFINITY};
                Training training = GradientDescent.withStep(step)
                        .untilRelativeLoss(untilRelativeLoss)
                        .atMost(2_000)
                        .probing(
                                TIMES,
                                (k, now, outputs) -> lowest[0] = Math.min(
                                        lowest[0], Spectrum.of(gram.now()).smallest()))
                        .run(network, sample.inputs(), sample.targets());
                SimpleMatrix change = gram.now().minus(gram.start());
                Spectrum spectrum = Spectrum.of(change);
                return new Followed(
                        lowest[0], Math.max(spectrum.largest(), -spectrum.smallest()), training.relativeLoss());
            }
        }
    }
}
