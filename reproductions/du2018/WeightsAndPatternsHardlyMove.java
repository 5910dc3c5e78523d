package du2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.TEXT;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.List;
import java.util.function.IntFunction;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/**
 * Du et al. 2018, Corollary 4.1, Lemmas 3.3 and 4.1 (read; the formula of R' recalled): while the error falls at its rate, no
 * weight gets farther than R' = 4 sqrt(n) |y - u(0)| / (sqrt(m) lambda_0), and few patterns flip, a fraction of the order R'.
 *
 * <p>"For all k" is a run until the squared error is 1e-4 of the initial one.
 *
 * <p>Derived here:
 *
 * <ul>
 *   <li>All weights together do not stay: gradient descent in the linear regime ends at the nearest weights that fit, at the
 *       squared distance r_0' (H^inf)^-1 r_0, whatever the width; relative to their norm sqrt(m d) that is m^-1/2. "In units" means
 *       over the root of it, which takes out that some labels are harder than others.
 *   <li>A neuron's pre-activation is near 0 with density 1/sqrt(2 pi), so that a push s flips it with probability |s|/sqrt(2 pi).
 *       The pushes sum to the fraction (2 pi)^(-1/2) mean_{r,i} |(w_r(T) - w_r(0)).x_i|, exactly so for orthogonal inputs; there
 *       the pushes are known as well, 2 |r_0i| / sqrt(m) on the active half, and the fraction is mean |r_0i| / sqrt(2 pi m). The next
 *       order adds a share of about 1/sqrt(m): neurons that switch off leave the rest to the others, and the active neurons that
 *       pull u_i(0) away from y_i, which are those to be switched off, are more than half. On other
 *       inputs a neuron that has flipped is pushed on by the others, and the estimate is an upper one by some 20 % (a pilot's number).
 * </ul>
 *
 * <p>What would refute it: a weight beyond R', other powers of the width. In mean-field scaling, at the same initial Gram matrix,
 * weights and patterns have to move by a constant.
 */
@Claim(
        title = "Each weight stays near its start and few patterns flip",
        source = "Corollary 4.1, Lemmas 3.3 and 4.1",
        basis = TEXT,
        statement = """
                For all $k$: $\\max_r\\|w_r(k)-w_r(0)\\|\\le R'=4\\sqrt n\\,\\|y-u(0)\\|/(\\sqrt m\\,\\lambda_0)$, and the expected \
                fraction of patterns $1[w_r^Tx_i\\ge0]$ that differ from the initial ones is at most $2R'/\\sqrt{2\\pi}$.""",
        symbols = "m = width, w_r = incoming weights of neuron r (standard normal at the start), r_0 = y - u(0), eta = "
                + "step = 1/lambda_max(H^inf), lambda_0 = lambda_min(H^inf).")
class WeightsAndPatternsHardlyMove {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(5, 10))
            .inFull("width", powersOfTwo(7, 13))
            .blocks(12);
    /** The paper's sizes have n = d = 1000; here both stay small, and the width goes far beyond. */
    private static final int N = 8;

    static final Experiment LAZY = trained(WIDTHS, Data.SPHERE, N, 4, width -> Setting.network(N, width), 1);
    static final Experiment MEAN_FIELD = trained(WIDTHS, Data.SPHERE, N, 1, width -> Setting.meanField(N, width), 0.25);
    static final Sweep LARGE_WIDTHS = Sweep.over("width", List.of(1024))
            .inFull("width", List.of(1024, 4096))
            .blocks(12);
    static final Experiment ORTHOGONAL =
            trained(LARGE_WIDTHS, Data.ORTHOGONAL, N, 4, width -> Setting.network(N, width), 1);
    static final Experiment MEAN_FIELD_ORTHOGONAL =
            trained(LARGE_WIDTHS, Data.ORTHOGONAL, N, 1, width -> Setting.meanField(N, width), 0.25);

    static final Sweep DIGIT_WIDTHS = Sweep.over("width", powersOfTwo(5, 10))
            .inFull("width", powersOfTwo(6, 11))
            .blocks(12);
    static final Experiment LAZY_ON_DIGITS =
            trained(DIGIT_WIDTHS, Data.DIGITS, 3, 2, width -> Setting.network(64, width), 1);
    static final Experiment MEAN_FIELD_ON_DIGITS =
            trained(DIGIT_WIDTHS, Data.DIGITS, 3, 1, width -> Setting.meanField(64, width), 0.25);

    static final Sweep WIDE = Sweep.over("width", List.of(8192)).blocks(12);
    static final Experiment WIDE_MEAN_FIELD =
            trained(WIDE, Data.SPHERE, N, 1, width -> Setting.meanField(N, width), 0.25);

    @Prediction("No weight ever gets farther than R'; in mean-field scaling, at a large width, some do")
    void farthestWeight(Lab lab) {
        lab.expect(everywhere("farthest weight over R'").atMost(1)).in(LAZY).butNotIn(WIDE_MEAN_FIELD);
    }

    @Prediction("The farthest weight's motion falls like width^(-1/2); in mean-field scaling it does not")
    void motionFalls(Lab lab) {
        lab.expect(exponent("farthest weight in units", "width").equalTo(-0.5).margin(0.08))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("The fraction of flipped patterns falls like width^(-1/2); in mean-field scaling it does not")
    void flipsFall(Lab lab) {
        lab.expect(exponent("flips in units", "width").equalTo(-0.5).margin(0.08))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(value = "On digits the farthest weight's motion falls like width^(-1/2) as well", basis = DERIVED)
    void motionFallsOnDigits(Lab lab) {
        lab.expect(exponent("farthest weight in units", "width").equalTo(-0.5).margin(0.08))
                .in(LAZY_ON_DIGITS)
                .butNotIn(MEAN_FIELD_ON_DIGITS);
    }

    @Prediction(
            value = "All weights together do not stay: they move by the root of r_0' (H^inf)^-1 r_0 at every width",
            basis = DERIVED)
    void nearestFit(Lab lab) {
        lab.expect(relativeAgreement("squared motion", "squared motion of the limit")
                        .within(0.05)
                        .plus(25, "width"))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(
            value = "On orthogonal inputs the fraction of flipped patterns is mean |r_0i| / sqrt(2 pi m)",
            basis = DERIVED)
    void flipsOfOrthogonalInputs(Lab lab) {
        lab.expect(relativeAgreement("flips", "flips in closed form").within(0.1))
                .in(ORTHOGONAL)
                .butNotIn(MEAN_FIELD_ORTHOGONAL);
    }

    @Prediction(
            value = "On other inputs it lies between 0.7 and 1.1 of (2 pi)^(-1/2) times the mean push",
            basis = PILOT)
    void flipsByPushes(Lab lab) {
        lab.expect(mean("flips over pushes").equalTo(0.9).within(0.2)).in(LAZY).butNotIn(MEAN_FIELD);
    }

    /** What several networks of one width do on the same data; the mean of each quantity. */
    private static Experiment trained(
            Sweep sweep, Data data, int n, int networks, IntFunction<Architecture> architecture, double fraction) {
        return Experiment.over(sweep)
                .assuming(
                        "separation of the inputs",
                        trial -> Data.separation(sample(data, n, trial)),
                        Interval.atLeast(Data.SEPARATED))
                .assuming(
                        "lambda_0",
                        trial -> Setting.limitingSpectrum(sample(data, n, trial).inputs())
                                .smallest(),
                        Interval.atLeast(Setting.POSITIVE))
                .measuring(trial -> {
                    Sample sample = sample(data, n, trial);
                    int width = trial.size("width");
                    Spectrum limit = Setting.limitingSpectrum(sample.inputs());
                    GradientDescent descent = GradientDescent.withStep(fraction / limit.largest())
                            .untilRelativeLoss(1e-4)
                            .atMost(20_000);
                    Measured sum = new Measured();
                    for (int draw = 0; draw < networks; draw++) {
                        try (DenseNetwork network = architecture.apply(width).draw(trial.random("weights " + draw))) {
                            SimpleMatrix residual = sample.targets().minus(network.outputs(sample.inputs()));
                            sum.add(Run.train(network, sample, descent), residual, limit, width);
                        }
                    }
                    return sum.over(networks);
                })
                .validWhen(measured("relative loss").atMost(1e-4));
    }

    private static Sample sample(Data data, int n, Trial trial) {
        return data.draw(n, trial.blockRandom("data"));
    }

    /** Sums over the networks of a trial; of bounds and losses the worst. */
    private static final class Measured {
        private double farthest;
        private double farthestOverBound;
        private double squaredMotion;
        private double squaredMotionOfLimit;
        private double flips;
        private double flipsInUnits;
        private double flipsInClosedForm;
        private double push;
        private double relativeLoss;

        void add(Run run, SimpleMatrix residual, Spectrum limit, int width) {
            int n = limit.size();
            double limitingMotion = residual.dot(limit.apply(value -> 1 / value).mult(residual));
            double bound = 4 * Math.sqrt(n) * residual.normF() / (Math.sqrt(width) * limit.smallest());
            double unit = Math.sqrt(limitingMotion);
            farthest += run.farthest() / unit;
            flipsInUnits += run.flips() / unit;
            farthestOverBound = Math.max(farthestOverBound, run.farthest() / bound);
            squaredMotion += Math.pow(run.motion().total(), 2);
            squaredMotionOfLimit += limitingMotion;
            flips += run.flips();
            flipsInClosedForm +=
                    residual.elementPower(2).elementPower(0.5).elementSum() / n / Math.sqrt(2 * Math.PI * width);
            push += run.push() / Math.sqrt(2 * Math.PI);
            relativeLoss = Math.max(relativeLoss, run.training().relativeLoss());
        }

        Measurements over(int networks) {
            return Measurements.of("farthest weight in units", farthest / networks)
                    .and("farthest weight over R'", farthestOverBound)
                    .and("squared motion", squaredMotion / networks)
                    .and("squared motion of the limit", squaredMotionOfLimit / networks)
                    .and("flips", flips / networks)
                    .and("flips in units", flipsInUnits / networks)
                    .and("flips in closed form", flipsInClosedForm / networks)
                    .and("flips over pushes", flips / push)
                    .and("relative loss", relativeLoss);
        }
    }
}
