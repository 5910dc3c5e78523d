package du2018;

import static org.crucis.claim.Basis.TEXT;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Du et al. 2018, Section 5 and Figure 1 (read): the larger the width, the faster the error falls, the fewer patterns change and
 * the smaller is the largest distance of a weight from its start; the speed is put down to a larger lambda_min(H(k)).
 *
 * <p>The step is not given; here it is 1/(2 lambda_max(H^inf)). Everything is scaled down, with widths from n/2 to 16 n: since
 * inputs in as many dimensions are well conditioned, all widths beyond look alike, and the error at a fixed epoch is compared
 * by rank over the whole range, as the geometric mean over four networks.
 *
 * <p>What would refute it: wider networks that are no faster, as the recursion with H^inf of the same initial outputs, which knows no
 * width; a speed that goes with the largest eigenvalue instead of the smallest; patterns and weights that do not settle down, as in mean-field
 * scaling.
 */
@Claim(
        title = "The published curves: wider is faster, and changes less",
        source = "Section 5, Figure 1",
        basis = TEXT,
        statement = """
                On $n$ inputs uniform on the sphere in $n$ dimensions with labels $N(0,1)$, over 100 epochs of gradient descent: as \
                $m$ grows, the training error falls faster, fewer of the $mn$ patterns change, and \
                $\\max_r\\|w_r(k)-w_r(0)\\|$ gets smaller.""",
        symbols =
                "n = number of inputs = dimension (the paper: 1000), m = width (some thousands, recalled), 100 epochs "
                        + "of full-batch descent.")
class PublishedCurves {

    private static final int EPOCHS = 100;

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(3, 8))
            .inFull("width", powersOfTwo(5, 10))
            .and("n", 16)
            .inFull("n", List.of(64))
            .blocks(12);
    static final Experiment FIGURE = change(WIDTHS.and("data", Data.SPHERE, Data.DIGITS), false);
    static final Experiment MEAN_FIELD = change(WIDTHS.and("data", Data.SPHERE), true);

    static final Sweep WHOLE_FIGURE =
            Sweep.over("n", List.of(16)).inFull("n", List.of(48)).blocks(12);
    static final Experiment SPEED = speed();

    @Prediction("At any epoch the error falls with the width; by the recursion with H^inf it does not")
    void widerIsFaster(Lab lab) {
        lab.expect(mean("rank correlation of error and width").atMost(-0.8).within(0.05))
                .in(SPEED)
                .butNotIn(SPEED.reading("the same of the recursion", "rank correlation of error and width"));
    }

    @Prediction("Over widths the speed goes with lambda_min(H(k)), not with the largest eigenvalue")
    void speedGoesWithTheSmallestEigenvalue(Lab lab) {
        lab.expect(mean("correlation of speed and lambda_min").atLeast(0.8).within(0.05))
                .in(SPEED)
                .butNotIn(SPEED.reading("correlation of speed and lambda_max", "correlation of speed and lambda_min"));
    }

    @Prediction("The fraction of patterns that change falls with the width, on random inputs and on digits")
    void fewerPatternsChange(Lab lab) {
        lab.expect(exponent("flips in units", "width").atMost(-0.5).margin(0.1).per("data"))
                .in(FIGURE)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("The largest distance from the start falls with the width, on random inputs and on digits")
    void smallerDistance(Lab lab) {
        lab.expect(exponent("largest distance in units", "width")
                        .atMost(-0.5)
                        .margin(0.1)
                        .per("data"))
                .in(FIGURE)
                .butNotIn(MEAN_FIELD);
    }

    private static Sample sample(Trial trial, Data data) {
        // Digits are few, for they have many dimensions.
        int n = trial.size("n");
        return data.draw(data == Data.DIGITS ? n / 4 : n, trial.blockRandom("data"));
    }

    private static double lambda0(Sample sample) {
        return Setting.limitingSpectrum(sample.inputs()).smallest();
    }

    /** Units are the root of r_0' (H^inf)^-1 r_0, how far all weights together move: some labels are harder than others. */
    private static Experiment change(Sweep sweep, boolean meanField) {
        return Experiment.over(sweep)
                .assuming(
                        "lambda_0",
                        trial -> lambda0(sample(trial, trial.choice("data", Data.class))),
                        Interval.atLeast(Setting.POSITIVE))
                .measuring(trial -> {
                    Sample sample = sample(trial, trial.choice("data", Data.class));
                    Spectrum limit = Setting.limitingSpectrum(sample.inputs());
                    int width = trial.size("width");
                    Architecture architecture = meanField
                            ? Setting.meanField(sample.dimension(), width)
                            : Setting.network(sample.dimension(), width);
                    double flips = 0;
                    double farthest = 0;
                    int networks = 3;
                    for (int draw = 0; draw < networks; draw++) {
                        try (DenseNetwork network = architecture.draw(trial.random("weights " + draw))) {
                            SimpleMatrix residual = sample.targets().minus(network.outputs(sample.inputs()));
                            double unit = Math.sqrt(
                                    residual.dot(limit.apply(value -> 1 / value).mult(residual)));
                            Run run = Run.train(
                                    network,
                                    sample,
                                    GradientDescent.withStep(0.5 / limit.largest())
                                            .atMost(EPOCHS));
                            flips += run.flips() / unit / networks;
                            farthest += run.farthest() / unit / networks;
                        }
                    }
                    return Measurements.of("flips in units", flips).and("largest distance in units", farthest);
                });
    }

    private static Experiment speed() {
        return Experiment.over(WHOLE_FIGURE)
                .assuming("lambda_0", trial -> lambda0(sample(trial, Data.SPHERE)), Interval.atLeast(Setting.POSITIVE))
                .measuring(trial -> {
                    Sample sample = sample(trial, Data.SPHERE);
                    SimpleMatrix gram = Setting.limitingGram(sample.inputs());
                    double step = 0.5 / Spectrum.of(gram).largest();
                    LinearizedDynamics recursion = LinearizedDynamics.gradientDescent(gram, step);
                    List<Curve> curves = new ArrayList<>();
                    for (int width = sample.size() / 2; width <= 16 * sample.size(); width *= 2) {
                        curves.add(Curve.of(trial, sample, width, step, recursion));
                    }
                    Measurements all = Measurements.along("epoch");
                    for (int epoch : Curve.EPOCHS_SHOWN) {
                        int at = Curve.EPOCHS_SHOWN.indexOf(epoch);
                        all = all.at(
                                epoch,
                                Measurements.of(
                                                "rank correlation of error and width",
                                                rankCorrelation(column(curves, each -> each.errors[at])))
                                        .and(
                                                "the same of the recursion",
                                                rankCorrelation(column(curves, each -> each.errorsOfRecursion[at]))));
                    }
                    double[] speeds = column(curves, each -> each.speed);
                    return all.and(
                                    "correlation of speed and lambda_min",
                                    correlation(speeds, column(curves, each -> each.smallest)))
                            .and(
                                    "correlation of speed and lambda_max",
                                    correlation(speeds, column(curves, each -> each.largest)));
                });
    }

    /** What the figure shows of one width, the means over four networks (errors geometric). */
    private static final class Curve {
        static final List<Integer> EPOCHS_SHOWN = List.of(10, 30, EPOCHS);
        private static final int NETWORKS = 4;

        final double[] errors = new double[EPOCHS_SHOWN.size()];
        final double[] errorsOfRecursion = new double[EPOCHS_SHOWN.size()];
        double speed;
        double smallest;
        double largest;

        static Curve of(Trial trial, Sample sample, int width, double step, LinearizedDynamics recursion) {
            Curve curve = new Curve();
            for (int draw = 0; draw < NETWORKS; draw++) {
                try (DenseNetwork network = Setting.network(sample.dimension(), width)
                        .draw(trial.random("weights " + width + " " + draw))) {
                    SimpleMatrix initial = network.outputs(sample.inputs()).minus(sample.targets());
                    Training training = GradientDescent.withStep(step)
                            .atMost(EPOCHS)
                            .run(network, sample.inputs(), sample.targets());
                    for (int at = 0; at < EPOCHS_SHOWN.size(); at++) {
                        int epoch = EPOCHS_SHOWN.get(at);
                        curve.errors[at] += Math.log(training.loss(epoch)) / NETWORKS;
                        curve.errorsOfRecursion[at] +=
                                2 * Math.log(recursion.residual(initial, epoch).normF()) / NETWORKS;
                    }
                    curve.speed += Math.log(training.loss(0) / training.loss(EPOCHS)) / EPOCHS / NETWORKS;
                    Spectrum spectrum = Spectrum.of(EmpiricalKernel.of(network, sample.inputs()));
                    curve.smallest += spectrum.smallest() / NETWORKS;
                    curve.largest += spectrum.largest() / NETWORKS;
                }
            }
            return curve;
        }
    }

    private static double[] column(List<Curve> curves, ToDoubleFunction<Curve> value) {
        return curves.stream().mapToDouble(value).toArray();
    }

    /** Spearman's, with the order in which the values stand. */
    private static double rankCorrelation(double[] values) {
        double[] order = IntStream.range(0, values.length).asDoubleStream().toArray();
        List<Integer> byValue = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .toList();
        double[] ranks = new double[values.length];
        for (int rank = 0; rank < values.length; rank++) {
            ranks[byValue.get(rank)] = rank;
        }
        return correlation(ranks, order);
    }

    private static double correlation(double[] a, double[] b) {
        SimpleMatrix x = centred(a);
        SimpleMatrix y = centred(b);
        return x.dot(y) / (x.normF() * y.normF());
    }

    private static SimpleMatrix centred(double[] values) {
        SimpleMatrix column = new SimpleMatrix(values.length, 1, true, values);
        return column.minus(column.elementSum() / values.length);
    }
}
