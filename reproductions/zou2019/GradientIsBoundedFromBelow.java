package zou2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.ERF;
import static org.crucis.network.Activation.RELU;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;

import java.util.List;
import java.util.function.UnaryOperator;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;

/**
 * Zou and Gu 2019, the gradient lower bound (recalled): the gradient of the last hidden layer is at least of order m phi / n^2
 * times the loss, near the initialisation and for every residual.
 *
 * <p>The setting is {@link Setting}. "For every residual" makes the bound one of lambda_min(K_L), of which each factor is
 * tested by itself: proportional to m; in phi no worse than linear, which rests on ReLU's kink (a smooth unit gives phi^2);
 * over phi no worse than 1/n, where earlier proofs had 1/n^2. Along training the quotient must stay above half of what infinite
 * width promises for the worst residual.
 *
 * <p>Refuted by a smallest eigenvalue that grows slower than the width or falls faster than phi / n. The bounds in phi and n are
 * one-sided: on random inputs the fall in n is much slower than theirs.
 */
@Claim(
        title = "The gradient of the last hidden layer is at least of order m phi / n^2 times the loss",
        source = "gradient lower bound",
        basis = RECALLED,
        statement = """
                For $\\|x_i\\|=1$, $\\|x_i-x_j\\|\\ge\\phi$ and $m$ large, with high probability, near the initialisation
                $$\\|\\nabla_{W_L}\\mathcal L(W)\\|_F^2\\ge c\\,\\frac{m\\,\\phi}{n^2}\\,\\mathcal L(W).$$""",
        symbols = "m = width, L = depth, phi = smallest distance of two inputs of length one, e = residual, K_L = "
                + "kernel of the last hidden layer, |grad_(W_L) loss|^2 = e' K_L e / n^2.")
class GradientIsBoundedFromBelow {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 11))
            .and("depth", 1)
            .inFull("depth", List.of(2))
            .blocks(12);

    static final Sweep ONE_SIZE =
            Sweep.over("depth", List.of(2)).inFull("depth", List.of(2, 6)).blocks(12);

    static final Sweep RUNS = Sweep.over("width", List.of(256))
            .and("data", (Object[]) Data.values())
            .inFull("width", List.of(256, 1024))
            .blocks(12);

    static final Sweep CONTROLS =
            Sweep.over("width", List.of(256)).and("data", Data.SPHERE).blocks(12);

    static final Experiment GROWTH = growth(Setting.ZOU_GU, 4);
    static final Experiment GROWTH_IN_MEAN_FIELD = growth(Setting.MEAN_FIELD, 1);
    static final Experiment CLOSE_PAIRS = closePairs(RELU);
    static final Experiment CLOSE_PAIRS_OF_SMOOTH_UNITS = closePairs(ERF);
    static final Experiment MORE_INPUTS = moreInputs(RELU);
    static final Experiment MORE_INPUTS_OF_SMOOTH_UNITS = moreInputs(ERF);
    static final Experiment TRAINING = training(RUNS, UnaryOperator.identity(), 2)
            .assuming(
                    "separation of the inputs",
                    GradientIsBoundedFromBelow::separation,
                    Interval.atLeast(Data.SEPARATED))
            .validWhen(measured("relative loss").atMost(1e-2));
    static final Experiment CONFLICTING_LABELS = training(CONTROLS, Data::withConflict, 2);
    static final Experiment LARGE_WEIGHTS = training(CONTROLS, UnaryOperator.identity(), 8);

    @Prediction(
            "At initialisation the smallest eigenvalue of the last hidden layer's kernel is proportional to the width")
    void growsLikeTheWidth(Lab lab) {
        lab.expect(exponent("smallest eigenvalue", "width")
                        .equalTo(1)
                        .margin(0.1)
                        .per("depth"))
                .in(GROWTH)
                .butNotIn(GROWTH_IN_MEAN_FIELD);
    }

    @Prediction(
            "As pairs of inputs approach each other it falls no faster than their distance; smooth units lose the square")
    void fallsNoFasterThanTheDistance(Lab lab) {
        lab.expect(exponent("smallest eigenvalue", "inverse angle")
                        .atLeast(-1)
                        .margin(0.2)
                        .per("depth"))
                .in(CLOSE_PAIRS)
                .butNotIn(CLOSE_PAIRS_OF_SMOOTH_UNITS);
    }

    @Prediction("Over the smallest distance it falls no faster than 1/n")
    void fallsNoFasterThanTheNumberOfInputs(Lab lab) {
        lab.expect(exponent("eigenvalue over distance", "inputs")
                        .atLeast(-1)
                        .margin(0.3)
                        .per("depth"))
                .in(MORE_INPUTS)
                .butNotIn(MORE_INPUTS_OF_SMOOTH_UNITS);
    }

    @Prediction(
            value = "All along training the gradient keeps half of what infinite width promises for the worst residual;"
                    + " with one input twice, labelled both ways, it does not",
            basis = DERIVED)
    void holdsAlongTraining(Lab lab) {
        lab.expect(mean("smallest gradient over its bound").atLeast(0.5).within(0.05))
                .in(TRAINING)
                .butNotIn(CONFLICTING_LABELS);
    }

    @Prediction(
            value = "All along training the squared gradient of all layers together is at most m L times the loss",
            basis = DERIVED)
    void isBoundedFromAbove(Lab lab) {
        lab.expect(mean("largest gradient over its bound").atMost(1).within(0.05))
                .in(TRAINING)
                .butNotIn(LARGE_WEIGHTS);
    }

    /** Few neurons tell the inputs of a pair apart: the eigenvalue is averaged over networks. */
    private static Experiment growth(Parametrization scaling, int networks) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            SimpleMatrix inputs = Data.SPHERE.draw(2, trial.blockRandom("data")).inputs();
            Architecture architecture = Setting.network(inputs.getNumCols(), trial.size("width"), trial.size("depth"))
                    .parametrization(scaling);
            double smallest = 0;
            for (int draw = 0; draw < networks; draw++) {
                try (Network network = architecture.draw(trial.random("weights " + draw))) {
                    smallest += smallest(Setting.lastLayerKernel(network, inputs)) / networks;
                }
            }
            return Measurements.of("smallest eigenvalue", smallest);
        });
    }

    /** Single pairs in nine dimensions; the same networks and the same directions at every angle. */
    private static Experiment closePairs(Activation activation) {
        int pairs = 8;
        int networks = 4;
        return Experiment.over(ONE_SIZE).measuring(trial -> {
            List<Integer> inverses = powersOfTwo(0, 5);
            double[] smallest = new double[inverses.size()];
            for (int draw = 0; draw < networks; draw++) {
                try (Network network = Setting.network(10, 512, trial.size("depth"))
                        .activation(activation)
                        .draw(trial.random("weights " + draw))) {
                    for (int k = 0; k < smallest.length; k++) {
                        SimpleMatrix inputs = Data.withConstant(
                                Spheres.pairs(2 * pairs, 9, 1.0 / inverses.get(k), trial.blockRandom("data")));
                        SimpleMatrix kernel = Setting.lastLayerKernel(network, inputs);
                        for (int at = 0; at < 2 * pairs; at += 2) {
                            SimpleMatrix ofPair = kernel.extractMatrix(at, at + 2, at, at + 2);
                            smallest[k] += smallest(ofPair) / (networks * pairs);
                        }
                    }
                }
            }
            Measurements measurements = Measurements.along("inverse angle");
            for (int k = 0; k < smallest.length; k++) {
                measurements = measurements.at(inverses.get(k), Measurements.of("smallest eigenvalue", smallest[k]));
            }
            return measurements;
        });
    }

    /** Ever more inputs on the sphere in four dimensions, each set containing the one before; the width is 10 times the most. */
    private static Experiment moreInputs(Activation activation) {
        return Experiment.over(ONE_SIZE).measuring(trial -> {
            SimpleMatrix all = Data.withConstant(Spheres.uniform(64, 4, trial.blockRandom("data")));
            try (Network network = Setting.network(5, 640, trial.size("depth"))
                    .activation(activation)
                    .draw(trial.random("weights"))) {
                SimpleMatrix kernel = Setting.lastLayerKernel(network, all);
                Measurements measurements = Measurements.along("inputs");
                for (int n : powersOfTwo(1, 6)) {
                    double smallest = smallest(kernel.extractMatrix(0, n, 0, n));
                    double distance = Data.separation(all.rows(0, n));
                    measurements = measurements.at(n, Measurements.of("eigenvalue over distance", smallest / distance));
                }
                return measurements;
            }
        });
    }

    private static final int INPUTS = 5;

    private static Data data(Trial trial) {
        return trial.choice("data", Data.class);
    }

    private static double separation(Trial trial) {
        return data(trial).separation(trial, INPUTS);
    }

    /**
     * @param change what is done to the data; the promised gradient is that of the data as they were
     * @param variance m times the variance of the hidden weights
     */
    private static Experiment training(Sweep sweep, UnaryOperator<Sample> change, double variance) {
        return Experiment.over(sweep).measuring(trial -> {
            int width = trial.size("width");
            int depth = 2;
            Sample intact = data(trial).draw(INPUTS, trial.blockRandom("data"));
            Sample sample = change.apply(intact);
            double promised = width * Setting.smallestOfLastLayersLimit(intact.inputs(), depth);
            double ceiling = 0.5 * INPUTS * width * depth;
            try (Network network = Setting.network(sample.dimension(), width, depth)
                    .variances(variance, 0)
                    .draw(trial.random("weights"))) {
                double[] least = {Double.POSITIVE_INFINITY};
                double[] most = {0};
                double step = 0.5
                        / Spectrum.of(Setting.kernel(network, sample.inputs())).largest();
                double relativeLoss = Setting.descent(step)
                        .untilRelativeLoss(1e-3)
                        .atMost(200)
                        .probing(Schedule.every(2), (t, now, outputs) -> {
                            SimpleMatrix e = outputs.minus(sample.targets());
                            double square = e.dot(e);
                            List<SimpleMatrix> kernels = Setting.layerKernels(now, sample.inputs());
                            double last = Setting.form(kernels.get(depth - 1), e) / square;
                            double all = kernels.stream()
                                            .mapToDouble(k -> Setting.form(k, e))
                                            .sum()
                                    / square;
                            least[0] = Math.min(least[0], last / promised);
                            most[0] = Math.max(most[0], all / ceiling);
                        })
                        .run(network, sample.inputs(), sample.targets())
                        .relativeLoss();
                return Measurements.of("smallest gradient over its bound", least[0])
                        .and("largest gradient over its bound", most[0])
                        .and("relative loss", relativeLoss);
            }
        });
    }

    private static double smallest(SimpleMatrix kernel) {
        return Spectrum.of(kernel).smallest();
    }
}
