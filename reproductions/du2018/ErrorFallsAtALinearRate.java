package du2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.TEXT;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.relativeAgreement;
import static org.crucis.statistics.Criteria.successRate;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.training.Ending;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Du et al. 2018, Theorem 4.1 (read; the displayed rate recalled): gradient descent with a small step multiplies the squared
 * error by at most 1 - eta lambda_0/2 a step, whatever the labels.
 *
 * <p>The theorem's step is of the order lambda_0/n^2; the one tried beside it, 1/(2 lambda_max(H^inf)), is some hundred times
 * as large. "For all k" is a training to a squared error of 1e-6 of the initial one (with the theorem's step, too short for
 * that, of 100 steps).
 *
 * <p>Derived here: the limit of infinite width is u(k) - y = (I - eta H^inf)^k (u(0) - y). So the error ends up falling by (1 - eta
 * lambda_0)^2 a step, four times as fast as the theorem's bound for small eta; at a finite width by a share of the order m^-1/2 less,
 * since neurons that switch off take from H. The gap to the recursion goes with the deviation of H from H^inf, as m^-1/2.
 *
 * <p>What would refute it: one step in any training that falls short of the bound too often, another final rate. One input twice
 * with different labels, a handful of neurons, or a step above 2/lambda_max have to break it; a mean-field network, whose weights
 * move, has to leave the recursion at every width.
 */
@Claim(
        title = "The training error falls at a linear rate set by lambda_0",
        source = "Theorem 4.1",
        basis = TEXT,
        statement = """
                If $\\lambda_0>0$, $m=\\Omega(n^6/(\\lambda_0^4\\delta^3))$ and $\\eta=O(\\lambda_0/n^2)$, then with \
                probability at least $1-\\delta$, for all $k$: \
                $\\|u(k)-y\\|^2\\le(1-\\eta\\lambda_0/2)^k\\,\\|u(0)-y\\|^2$.""",
        symbols = "m = width, u(k) = outputs after k steps, y = labels, lambda_0 = lambda_min(H^inf), eta = step.")
class ErrorFallsAtALinearRate {

    /** Number of inputs; half of that for digits, whose many dimensions and poor conditioning cost time. */
    private static final int N = 8;

    /** How the step is chosen. */
    private enum Step {
        /** lambda_0/n^2, the theorem's order. */
        OF_THE_THEOREM,
        /** A quarter of the limit 2/lambda_max. */
        LARGE,
        /** Beyond the limit. */
        TOO_LARGE;

        double of(Spectrum limit) {
            return switch (this) {
                case OF_THE_THEOREM -> limit.smallest() / (limit.size() * limit.size());
                case LARGE -> 0.5 / limit.largest();
                case TOO_LARGE -> 2.2 / limit.largest();
            };
        }
    }

    static final Sweep RATE = Sweep.over("width", List.of(256))
            .inFull("width", List.of(256, 2048))
            .and("data", Data.SPHERE, Data.DIGITS, Data.DIGITS_AT_RANDOM)
            .and("step", Step.OF_THE_THEOREM, Step.LARGE)
            .blocks(24, 64);
    static final Experiment SEPARATE_INPUTS = contraction(RATE);
    static final Experiment ONE_INPUT_TWICE = contraction(arm(256, Data.DUPLICATE, Step.LARGE));
    static final Experiment FOUR_NEURONS = contraction(arm(4, Data.SPHERE, Step.LARGE));
    static final Experiment STEP_BEYOND_THE_LIMIT = contraction(arm(256, Data.SPHERE, Step.TOO_LARGE));

    static final Sweep WIDE = Sweep.over("width", List.of(1024))
            .inFull("width", List.of(1024, 4096, 16384))
            .blocks(12);
    static final Experiment TO_THE_END = tail();

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(5, 10)).inFull("width", powersOfTwo(6, 13));
    static final Experiment RECURSION = recursion(WIDTHS.blocks(24), Scaling.LAZY, 6);
    static final Experiment MEAN_FIELD = recursion(WIDTHS.blocks(12), Scaling.MEAN_FIELD, 2);

    static final Sweep FLOOR = Sweep.over("width", List.of(64, 256)).blocks(12);
    static final Experiment FLOOR_OF_ONE_INPUT_TWICE = floor(Data.DUPLICATE);
    static final Experiment NO_FLOOR = floor(Data.SPHERE);

    private enum Scaling {
        LAZY,
        MEAN_FIELD
    }

    @Prediction(
            "For random inputs and labels, for digits and for digits with labels by chance, the theorem's rate holds at every"
                    + " step of at least 90 % of the trainings")
    void rate(Lab lab) {
        lab.expect(successRate("falls at the rate").atLeast(0.75))
                .in(SEPARATE_INPUTS)
                .butNotIn(ONE_INPUT_TWICE)
                .butNotIn(FOUR_NEURONS)
                .butNotIn(STEP_BEYOND_THE_LIMIT);
    }

    @Prediction(
            value = "In the end the error falls by (1 - eta lambda_0)^2 a step, at every large width, not by the bound",
            basis = DERIVED)
    void finalRate(Lab lab) {
        lab.expect(relativeAgreement("final rate", "rate of the limit").within(0.15))
                .in(TO_THE_END)
                .butNotIn(TO_THE_END.reading("rate of the bound", "rate of the limit"));
    }

    @Prediction(value = "The gap to the recursion with H^inf shrinks like width^(-1/2)", basis = DERIVED)
    void followsTheRecursion(Lab lab) {
        lab.expect(exponent("gap", "width").equalTo(-0.5).margin(0.1))
                .in(RECURSION)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(
            value =
                    "Without the hypothesis it stays: an input with labels y_1 and y_2 leaves an error of (y_1 - y_2)^2 / 2",
            basis = DERIVED)
    void floor(Lab lab) {
        lab.expect(relativeAgreement("squared error", "floor").within(0.01))
                .in(FLOOR_OF_ONE_INPUT_TWICE)
                .butNotIn(NO_FLOOR);
    }

    private static Sweep arm(int width, Data data, Step step) {
        return Sweep.over("width", List.of(width))
                .and("data", data)
                .and("step", step)
                .blocks(24, 64);
    }

    private static Sample sample(Trial trial) {
        Data data = trial.choice("data", Data.class);
        boolean digits = data == Data.DIGITS || data == Data.DIGITS_AT_RANDOM;
        return data.draw(digits ? N / 2 : N, trial.blockRandom("data"));
    }

    private static final int SHORT = 100;

    private static Experiment contraction(Sweep sweep) {
        return Experiment.over(sweep).measuring(trial -> {
            Sample sample = sample(trial);
            Spectrum limit = Setting.limitingSpectrum(sample.inputs());
            // Where an input comes twice, lambda_0 is that of the distinct ones: the rate that would hold without it.
            double smallest = trial.choice("data", Data.class) == Data.DUPLICATE ? limit.value(1) : limit.smallest();
            Step size = trial.choice("step", Step.class);
            double step = size.of(limit);
            GradientDescent descent = GradientDescent.withStep(step).noSlowerThan(1 - step * smallest / 2);
            descent = size == Step.OF_THE_THEOREM
                    ? descent.atMost(SHORT)
                    : descent.untilRelativeLoss(1e-6).atMost(100_000);
            try (Network network =
                    Setting.network(sample.dimension(), trial.size("width")).draw(trial.random("weights"))) {
                Ending ending =
                        descent.run(network, sample.inputs(), sample.targets()).ending();
                boolean kept = ending instanceof Ending.Converged || ending.steps() == SHORT;
                return Measurements.of("falls at the rate", kept ? 1 : 0);
            }
        });
    }

    private static Experiment tail() {
        return Experiment.over(WIDE)
                .assuming(
                        "separation of the inputs",
                        trial -> Data.separation(sphere(trial)),
                        Interval.atLeast(Data.SEPARATED))
                .assuming("lambda_0", ErrorFallsAtALinearRate::lambda0, Interval.atLeast(Setting.POSITIVE))
                .measuring(trial -> {
                    Sample sample = sphere(trial);
                    Spectrum limit = Setting.limitingSpectrum(sample.inputs());
                    double step = Step.LARGE.of(limit);
                    try (Network network =
                            Setting.network(N, trial.size("width")).draw(trial.random("weights"))) {
                        Training training = GradientDescent.withStep(step)
                                .untilRelativeLoss(LAST)
                                .atMost(100_000)
                                .run(network, sample.inputs(), sample.targets());
                        double[] losses = training.losses();
                        int last = losses.length - 1;
                        int first = last;
                        while (losses[first] < losses[0] * LATE) {
                            first--;
                        }
                        return Measurements.of("final rate", Math.log(losses[first] / losses[last]) / (last - first))
                                .and("rate of the limit", -2 * Math.log(1 - step * limit.smallest()))
                                .and("rate of the bound", -Math.log(1 - step * limit.smallest() / 2))
                                .and("relative loss", training.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(LAST));
    }

    /** The final rate is read between these relative losses: slow modes alone are left, rounding is far. */
    private static final double LATE = 1e-20;

    private static final double LAST = 1e-24;

    private static Sample sphere(Trial trial) {
        return Data.SPHERE.draw(N, trial.blockRandom("data"));
    }

    private static double lambda0(Trial trial) {
        return Setting.limitingSpectrum(sphere(trial).inputs()).smallest();
    }

    private static Experiment recursion(Sweep sweep, Scaling scaling, int networks) {
        return Experiment.over(sweep)
                .assuming("lambda_0", ErrorFallsAtALinearRate::lambda0, Interval.atLeast(Setting.POSITIVE))
                .measuring(trial -> {
                    Sample sample = sphere(trial);
                    int width = trial.size("width");
                    SimpleMatrix gram = Setting.limitingGram(sample.inputs());
                    double step = Step.LARGE.of(Spectrum.of(gram));
                    LinearizedDynamics limit = LinearizedDynamics.gradientDescent(gram, step);
                    Architecture architecture =
                            scaling == Scaling.LAZY ? Setting.network(N, width) : Setting.meanField(N, width);
                    double squares = 0;
                    for (int draw = 0; draw < networks; draw++) {
                        try (Network network = architecture.draw(trial.random("weights " + draw))) {
                            SimpleMatrix initial =
                                    network.outputs(sample.inputs()).minus(sample.targets());
                            double[] gap = {0};
                            GradientDescent.withStep(step)
                                    .untilRelativeLoss(1e-4)
                                    .atMost(1000)
                                    .probing(Schedule.logSpaced(8), (k, now, outputs) -> {
                                        SimpleMatrix residual = outputs.minus(sample.targets());
                                        gap[0] = Math.max(
                                                gap[0],
                                                residual.minus(limit.residual(initial, k))
                                                                .normF()
                                                        / initial.normF());
                                    })
                                    .run(network, sample.inputs(), sample.targets());
                            squares += gap[0] * gap[0] / networks;
                        }
                    }
                    return Measurements.of("gap", Math.sqrt(squares));
                });
    }

    private static Experiment floor(Data data) {
        return Experiment.over(FLOOR).measuring(trial -> {
            Sample sample = data.draw(N, trial.blockRandom("data"));
            double step = Step.LARGE.of(Setting.limitingSpectrum(sample.inputs()));
            double difference = sample.targets().get(0) - sample.targets().get(N - 1);
            try (Network network = Setting.network(N, trial.size("width")).draw(trial.random("weights"))) {
                Training training =
                        GradientDescent.withStep(step).atMost(300).run(network, sample.inputs(), sample.targets());
                return Measurements.of("squared error", 2 * training.loss(training.steps()))
                        .and("floor", difference * difference / 2);
            }
        });
    }
}
