package du2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.statistics.Criteria.minimalSize;

import java.util.List;
import java.util.function.Function;
import org.crucis.claim.Interval;
import org.crucis.data.Circle;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.DenseNetwork;
import org.crucis.training.Ending;
import org.crucis.training.GradientDescent;
import org.crucis.training.SmallestWidth;
import org.crucis.training.Training;

/**
 * The table of sufficient widths for two layers, first layer trained, beside the width that is needed. Du et al. 2018: n^6 /
 * (lambda_0^4 delta^3) neurons. Song and Yang 2019 (arXiv 1906.03593): n^4 / lambda_0^4 in general, n^2 with constants of the data.
 * Oymak and Soltanolkotabi 2019 (arXiv 1902.04674): kappa^2 n^2 parameters, which are kappa^2 n^2/d neurons. Logarithms, delta and
 * constants are put to one.
 *
 * <p>The relative loss is {@value #CONVERGED}. A run above that curve has failed, whatever comes later. m* is searched for in
 * every trial on widths in ratio sqrt(2).
 *
 * <p>Would be refuted by an exponent above 2 in n at a constant lambda_0 (inputs in as many dimensions). Points on half a circle,
 * whose lambda_0 falls with n, have one. All bounds are upper bounds: that m* lies below says how loose they are, not which is true.
 */
@Claim(
        title = "The smallest width that keeps to the theorem's rate grows more slowly than every sufficient width",
        source = "Theorem 4.1, and the table of its successors",
        basis = DERIVED,
        statement = """
                Let $m^*(n)$ be the smallest width with $\\|u(k)-y\\|^2\\le(1-\\eta\\lambda_0/2)^k\\|u(0)-y\\|^2$ for all $k$. \
                At a constant $\\lambda_0$, $m^*\\le C n^a$ with $a=6$ (Du et al.), $a=4$ or $2$ (Song and Yang), $a=2$ in \
                parameters (Oymak and Soltanolkotabi).""",
        symbols = "n = inputs, d = dimension, m* = the smallest width at which gradient descent with the step 1/(2 "
                + "lambda_max) keeps to Theorem 4.1's (1 - eta lambda_0/2)^k from the start to a small relative loss; "
                + "lambda_0, lambda_max of H^inf, and kappa their quotient in the place of the condition number of "
                + "Oymak and Soltanolkotabi.")
class MinimalWidthLiesBelowTheBounds {

    static final String[] BOUNDS = {
        "n^6 / lambda_0^4 (Du et al.)", "n^4 / lambda_0^4 (Song, Yang)", "kappa^2 n^2 / d (Oymak, Soltanolkotabi)"
    };

    static final Sweep INPUTS = Sweep.over("inputs", List.of(4, 8, 16, 32, 64))
            .inFull("inputs", List.of(4, 8, 16, 32, 64, 128))
            .blocks(12);
    static final Sweep FEW = Sweep.over("inputs", List.of(4, 6, 8)).blocks(12);
    static final Sweep ANGLES = Sweep.over("angle", List.of(1.0, 0.7, 0.5, 0.35, 0.25))
            .and("inputs", 8)
            .inFull("inputs", List.of(8, 16))
            .blocks(12);

    static final Experiment AS_MANY_DIMENSIONS = search(INPUTS, MinimalWidthLiesBelowTheBounds::sphere, 512);
    static final Experiment HALF_CIRCLE = search(FEW, MinimalWidthLiesBelowTheBounds::halfCircle, 1 << 12);
    static final Experiment PAIRS = search(ANGLES, MinimalWidthLiesBelowTheBounds::pairs, 1 << 11);

    @Prediction("At a constant lambda_0 the minimal width grows with an exponent of at most 2 in the inputs")
    void inTheInputs(Lab lab) {
        lab.expect(minimalSize("minimal width")
                        .exponentIn("inputs")
                        .atMost(2)
                        .margin(0.2)
                        .beside(BOUNDS))
                .in(AS_MANY_DIMENSIONS)
                .butNotIn(HALF_CIRCLE);
    }

    @Prediction(
            value =
                    "Shown for pairs at angles from 1 to 1/4: the exponent in 1/lambda_0, which the theorem bounds by 4",
            basis = PILOT)
    void inTheConditioning(Lab lab) {
        lab.expect(minimalSize("minimal width")
                        .exponentIn("1/lambda_0")
                        .atMost(4)
                        .margin(0.4)
                        .beside(BOUNDS))
                .in(PAIRS)
                .withoutControl(
                        "shown, not judged: below an angle of 1/4 the needed width jumps by orders of magnitude (pilots)");
    }

    /** The relative loss at which a run has converged. */
    static final double CONVERGED = 1e-3;

    private static Sample sphere(Trial trial) {
        int n = trial.size("inputs");
        return Data.SPHERE.draw(n, trial.blockRandom("data " + n));
    }

    private static Sample halfCircle(Trial trial) {
        int n = trial.size("inputs");
        return new Sample(Circle.half(n), Labels.gaussian(n, trial.blockRandom("labels " + n)), "half a circle");
    }

    private static Sample pairs(Trial trial) {
        int n = trial.size("inputs");
        // The same directions and labels at every angle.
        return new Sample(
                Spheres.pairs(n, n, trial.number("angle"), trial.blockRandom("pairs " + n)),
                Labels.gaussian(n, trial.blockRandom("labels " + n)),
                "pairs at an angle");
    }

    private static Experiment search(Sweep sweep, Function<Trial, Sample> data, int widest) {
        List<Integer> widths = SmallestWidth.grid(2, widest, 2);
        return Experiment.over(sweep)
                .assuming(
                        "separation of the inputs",
                        trial -> Separation.of(data.apply(trial).inputs()).distance(),
                        Interval.atLeast(Data.SEPARATED))
                .measuring(trial -> {
                    Sample sample = data.apply(trial);
                    Spectrum limit = Setting.limitingSpectrum(sample.inputs());
                    int n = sample.size();
                    int d = sample.dimension();
                    SmallestWidth found = SmallestWidth.search(widths, width -> {
                        try (DenseNetwork network = Setting.network(d, width).draw(trial.random("weights " + width))) {
                            return keepsToTheRate(network, sample, limit);
                        }
                    });
                    double lambda = limit.smallest();
                    double kappa = limit.condition();
                    return Measurements.of("minimal width above", found.above())
                            .and("minimal width at most", found.atMost())
                            .and("1/lambda_0", 1 / lambda)
                            .and(BOUNDS[0], Math.pow(n, 6) / Math.pow(lambda, 4))
                            .and(BOUNDS[1], Math.pow(n, 4) / Math.pow(lambda, 4))
                            .and(BOUNDS[2], kappa * kappa * n * n / d);
                });
    }

    private static boolean keepsToTheRate(DenseNetwork network, Sample sample, Spectrum limit) {
        double step = 0.5 / limit.largest();
        Training training = GradientDescent.withStep(step)
                .untilRelativeLoss(CONVERGED)
                .noSlowerThan(1 - step * limit.smallest() / 2)
                .atMost(Integer.MAX_VALUE - 1)
                .run(network, sample.inputs(), sample.targets());
        return training.ending() instanceof Ending.Converged;
    }
}
