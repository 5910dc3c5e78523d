package noy2021;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Gates.INDEPENDENT;
import static org.crucis.network.Gates.INITIAL;
import static org.crucis.network.Gates.NONE;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.identity;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;

/**
 * Noy et al. 2021, the tight finite-width equivalence with the tangent kernel (announced in the abstract; rates derived here).
 * Frozen at the patterns of the beginning, gated and ReLU network have the same outputs, Jacobians and kernel at t = 0. From
 * there the gated network, linear in each layer's weights, leaves its linearisation by O(1/m) only; the ReLU network also pays
 * for the patterns that flip, a fraction of order m^-1/2 of all, which move the kernel by more than m^-1.
 *
 * <p>The run is {@link Run}. Gates NONE is the ReLU network itself. Gap, drift, motion and relative loss are geometric means
 * over networks; for the gated network, multilinear in independent centred weights, the next order is 1/m.
 *
 * <p>The ReLU network's own exponent was between -0.5 and -0.7 in pilots and is not judged.
 *
 * <p>Would be refuted by a gated network that leaves its linear dynamics like the ReLU network does, whose interval excludes -1. In
 * mean-field scaling, where weights have to move by order one, neither gap nor motion vanishes. The control of the flips is a
 * quantity that falls like 1/m, the gated network's drift: it tells -1/2 from -1, not flips from none.
 */
@Claim(
        title = "With frozen gates a network follows its tangent kernel more closely than the ReLU network does",
        source = "Equivalence with the tangent kernel (abstract)",
        basis = DERIVED,
        statement = """
                With the gates of the ReLU network at initialisation, $f_{\\rm gated}=f_{\\rm ReLU}$ and \
                $K_{\\rm gated}(0)=K_{\\rm ReLU}(0)$ at every width. During training
                $$\\sup_t\\|f_{\\rm gated}(t)-f_{\\rm lin}(t)\\|=O(m^{-1}),\\qquad \
                \\sup_t\\|f_{\\rm ReLU}(t)-f_{\\rm lin}(t)\\|\\gg m^{-1},$$
                since the ReLU network flips a fraction $\\Theta(m^{-1/2})$ of its patterns.""",
        symbols = "K = tangent kernel, e = residual, f_lin = the linearised training, gap = sup_t |f - f_lin|/|e(0)|, "
                + "drift = sup_t |K(t) - K(0)|/|K(0)|, a run ends at a relative loss of 1e-3.")
class GatedNetworksFollowTheirKernel {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(4, 9))
            .inFull("width", powersOfTwo(5, 10))
            .blocks(24);
    /** Narrower ReLU networks often do not fit. */
    static final Sweep RELU_WIDTHS = Sweep.over("width", List.of(20, 40, 80, 160, 320, 640))
            .inFull("width", List.of(40, 80, 160, 320, 640, 1280))
            .blocks(24);

    static final Sweep MEAN_FIELD_WIDTHS =
            Sweep.over("width", List.of(12, 24, 48, 96, 192, 384)).blocks(12);
    static final Sweep FEW = Sweep.over("width", List.of(8, 64)).blocks(12);

    static final Experiment START = start(INITIAL);
    static final Experiment START_WITH_OTHER_GATES = start(INDEPENDENT);
    static final Experiment GATED = runs(INITIAL, WIDTHS, 10);
    static final Experiment RELU = runs(NONE, RELU_WIDTHS, 4);
    static final Experiment ON_DIGITS = ratios(INITIAL);
    static final Experiment RELU_AGAINST_RELU = ratios(NONE);
    static final Experiment MEAN_FIELD = meanField();

    @Prediction("Before training, outputs and tangent kernel are those of the ReLU network, at every width")
    void sameAtTheStart(Lab lab) {
        lab.expect(identity("relative difference").toDigits(12)).in(START).butNotIn(START_WITH_OTHER_GATES);
    }

    @Prediction("The gated network leaves its linear dynamics like 1/width; the ReLU network is farther from it")
    void gapOfGated(Lab lab) {
        lab.expect(exponent("gap", "width").equalTo(-1).margin(0.2).correctedBy(1))
                .in(GATED)
                .butNotIn(RELU)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("The kernel of the gated network moves like 1/width; that of the ReLU network moves more")
    void driftOfGated(Lab lab) {
        lab.expect(exponent("drift", "width").equalTo(-1).margin(0.2).correctedBy(1))
                .in(GATED)
                .butNotIn(RELU)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(
            value =
                    "On handwritten digits, at width 256, the ReLU network leaves its linear dynamics more than twice as far",
            basis = PILOT)
    void twiceAsFarOnDigits(Lab lab) {
        lab.expect(geometricMean("gap over that of the gated network")
                        .atLeast(2.2)
                        .within(0.2))
                .in(ON_DIGITS)
                .butNotIn(RELU_AGAINST_RELU);
    }

    @Prediction("The weights of all trained layers together move by width^(-1/2); in mean-field scaling they do not")
    void weightsHardlyMove(Lab lab) {
        lab.expect(exponent("motion", "width").equalTo(-0.5).margin(0.12))
                .in(GATED)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("The ReLU network flips a fraction of its patterns that falls like width^(-1/2)")
    void flips(Lab lab) {
        lab.expect(exponent("flips", "width").equalTo(-0.5).margin(0.12))
                .in(RELU)
                .butNotIn(GATED.reading("drift", "flips"));
    }

    /** n, and L. */
    private static final int SIZE = 4;

    private static final int LAYERS = 2;

    private static final int DRAWS = 4;

    private static Experiment start(Gates gates) {
        return Experiment.over(FEW).measuring(trial -> {
            Sample sample = Data.NEARLY_ORTHOGONAL.draw(SIZE, trial.blockRandom("data"));
            SimpleMatrix inputs = sample.inputs();
            Architecture relu = Setting.architecture(sample.dimension(), trial.size("width"), LAYERS);
            try (DenseNetwork free = relu.draw(trial.random("weights"));
                    DenseNetwork frozen = relu.gates(gates).draw(trial.random("weights"))) {
                double outputs = distance(frozen.outputs(inputs), free.outputs(inputs));
                double kernels = distance(
                        EmpiricalKernel.byPerExampleGradients(frozen, inputs),
                        EmpiricalKernel.byPerExampleGradients(free, inputs));
                return Measurements.of("relative difference", Math.max(outputs, kernels));
            }
        });
    }

    private static double distance(SimpleMatrix a, SimpleMatrix b) {
        return a.minus(b).normF() / b.normF();
    }

    private static Experiment runs(Gates gates, Sweep widths, int draws) {
        return Experiment.over(widths)
                .assuming(
                        "separation of the inputs",
                        trial -> Separation.of(
                                        sample(trial, Data.NEARLY_ORTHOGONAL).inputs())
                                .distance(),
                        Interval.atLeast(1e-3))
                .measuring(trial -> {
                    Sample sample = sample(trial, Data.NEARLY_ORTHOGONAL);
                    Architecture architecture = Setting.architecture(sample.dimension(), trial.size("width"), LAYERS);
                    return run(trial, sample, Run.FRACTION, architecture.gates(gates), draws);
                })
                .validWhen(measured("relative loss").atMost(0.1));
    }

    /** In mean-field scaling the kernel of a narrow network may grow severalfold, and a larger step diverge. */
    private static final double SMALL_STEP = 0.15;

    private static Experiment meanField() {
        return Experiment.over(MEAN_FIELD_WIDTHS)
                .measuring(trial -> {
                    Sample sample = sample(trial, Data.NEARLY_ORTHOGONAL);
                    Architecture architecture = Setting.meanField(sample.dimension(), trial.size("width"), LAYERS);
                    return run(trial, sample, SMALL_STEP, architecture.gates(INITIAL), 2);
                })
                .validWhen(measured("relative loss").atMost(0.5));
    }

    /** Both networks start from the weights of one name; with NONE two ReLU networks of different weights are compared. */
    private static Experiment ratios(Gates gates) {
        return Experiment.over(Sweep.over("width", List.of(256)).blocks(12)).measuring(trial -> {
            Sample sample = sample(trial, Data.DIGITS);
            Architecture relu = Setting.architecture(sample.dimension(), trial.size("width"), LAYERS);
            double log = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                String weights = "weights " + draw;
                String others = gates == NONE ? "other weights " + draw : weights;
                try (DenseNetwork free = relu.draw(trial.random(weights));
                        DenseNetwork frozen = relu.gates(gates).draw(trial.random(others))) {
                    log += Math.log(gap(free, sample) / gap(frozen, sample)) / DRAWS;
                }
            }
            return Measurements.of("gap over that of the gated network", Math.exp(log));
        });
    }

    private static double gap(DenseNetwork network, Sample sample) {
        return Run.follow(network, sample, Run.FRACTION, Schedule.logSpaced(4)).gap();
    }

    private static Sample sample(Trial trial, Data data) {
        return data.draw(SIZE, trial.blockRandom("data"));
    }

    /** @param draws networks: the gap of a single one varies by a factor of two */
    private static Measurements run(Trial trial, Sample sample, double fraction, Architecture architecture, int draws) {
        double[] logs = new double[4];
        double flips = 0;
        for (int draw = 0; draw < draws; draw++) {
            try (DenseNetwork network = architecture.draw(trial.random("weights " + draw))) {
                Run run = Run.follow(network, sample, fraction, Schedule.logSpaced(3));
                logs[0] += Math.log(run.gap()) / draws;
                logs[1] += Math.log(run.drift()) / draws;
                flips += run.flips() / draws;
                logs[2] += Math.log(run.relativeLoss()) / draws;
                logs[3] += Math.log(run.motion()) / draws;
            }
        }
        return Measurements.of("gap", Math.exp(logs[0]))
                .and("drift", Math.exp(logs[1]))
                .and("flips", flips)
                .and("motion", Math.exp(logs[3]))
                .and("relative loss", Math.exp(logs[2]));
    }
}
