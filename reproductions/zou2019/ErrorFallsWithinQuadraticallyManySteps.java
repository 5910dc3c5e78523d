package zou2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.claim.Interval;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Zou and Gu 2019, main theorem (recalled): with a step of order 1/(L^2 m) the loss falls below eps within O(n^2 L^2 log(1/eps) /
 * phi) steps.
 *
 * <p>The setting is {@link Setting}. The constant in eta is unnamed; with 1, eta' lambda_max is at most about 1/(2L).
 *
 * <p>What is trained: that the loss never rises at this step, how T depends on the width, and that T is at most ln(1/eps)/(eta' lambda)
 * with lambda = the smallest eigenvalue of the kernel at infinite width (the contraction of the proof, 1 - eta' lambda/2 a step of
 * the residual). T in L and in n would need 10^5 steps of the deepest networks: there T is counted on the linearised training of
 * each network, from its own kernel, and a prediction of its own holds these counts to real ones.
 *
 * <p>Refuted by T growing faster than n^2 at a separation that hardly changes, or faster than L^2. Both are upper limits, and T stays
 * well below them. The step's 1/m is needed: without it T depends on the width, or training diverges.
 */
@Claim(
        title = "The loss falls below eps within order n^2 L^2 log(1/eps) steps of size 1/(L^2 m)",
        source = "main theorem",
        basis = RECALLED,
        statement = """
                For $\\eta=O(1/(L^2m))$ and $m$ large, with high probability
                $$\\mathcal L(W_t)\\le\\Bigl(1-c\\,\\frac{\\eta m\\phi}{n^2}\\Bigr)^t\\mathcal L(W_0),\\qquad \
                T=O\\Bigl(\\frac{n^2L^2}{\\phi}\\log\\frac1\\epsilon\\Bigr).$$""",
        symbols = "m = width, L = depth, n = inputs, phi = their smallest distance, eta = 1/(L^2 m) for the paper's "
                + "loss with its 1/n, so that eta' = 1/(n L^2 m), T = steps to a relative loss of 1e-2, K = kernel.")
class ErrorFallsWithinQuadraticallyManySteps {

    private static final int INPUTS = 4;

    /** A run may take this many times the steps of its bound. */
    private static final double MORE = 1.2;

    /** Relative loss that ends a training, and that steps are counted to. */
    private static final double EPSILON = 1e-2;

    static final int WIDEST = 4096;

    /** The paper's step eta' for the sum of squares, and what it is not. */
    private enum Step {
        /** eta = 1/(L^2 m). */
        OVER_WIDTH,
        /** The step of the widest network of the sweep for all of them. */
        OF_THE_WIDEST,
        /** eta = 1/L^2. */
        WITHOUT_WIDTH;

        double of(int n, int depth, int width) {
            double divisor = switch (this) {
                case OVER_WIDTH -> width;
                case OF_THE_WIDEST -> WIDEST;
                case WITHOUT_WIDTH -> 1;
            };
            return 1 / (n * (double) depth * depth * divisor);
        }
    }

    static final Sweep DEPTHS = Sweep.over("depth", List.of(1, 2, 4))
            .inFull("depth", List.of(1, 2, 4, 8))
            .and("data", (Object[]) Data.values())
            .blocks(12);

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 11))
            .inFull("width", powersOfTwo(7, 12))
            .blocks(12);
    static final Sweep RUNS = Sweep.over("depth", List.of(1, 2))
            .and("data", (Object[]) Data.values())
            .blocks(12);
    static final Sweep CONTROLS =
            Sweep.over("depth", List.of(2)).and("data", Data.SPHERE).blocks(12);
    static final Sweep EVER_DEEPER =
            Sweep.over("depth", powersOfTwo(0, 5)).and("width", 256).blocks(12);
    static final Sweep EVER_DEEPER_AND_NARROW =
            Sweep.over("depth", powersOfTwo(0, 5)).and("width", 64).blocks(12);
    static final Sweep MORE_INPUTS = Sweep.onePoint().blocks(12);

    static final Experiment FIRST_STEPS = firstSteps(Step.OVER_WIDTH)
            .assuming(
                    "separation of the inputs",
                    trial -> trial.choice("data", Data.class).separation(trial, INPUTS),
                    Interval.atLeast(Data.SEPARATED));
    static final Experiment FIRST_LARGE_STEPS = firstSteps(Step.WITHOUT_WIDTH);
    static final Experiment STEPS = steps(Step.OVER_WIDTH);
    static final Experiment STEPS_OF_ONE_SIZE = steps(Step.OF_THE_WIDEST);
    static final Experiment RUNS_TO_THE_END = runs(RUNS, UnaryOperator.identity(), Setting.ZOU_GU)
            .assuming(
                    "separation of the inputs",
                    trial -> trial.choice("data", Data.class).separation(trial, INPUTS),
                    Interval.atLeast(Data.SEPARATED));
    static final Experiment CONFLICTING_LABELS = runs(CONTROLS, Data::withConflict, Setting.ZOU_GU);
    static final Experiment FAR_RUNS_IN_MEAN_FIELD =
            runs(CONTROLS, ErrorFallsWithinQuadraticallyManySteps::tripled, Setting.MEAN_FIELD);
    static final Experiment DEEPER = everDeeper(EVER_DEEPER, 2);
    static final Experiment DEEPER_WITH_FADING_SIGNALS = everDeeper(EVER_DEEPER_AND_NARROW, 1);
    static final Experiment MORE_APART = moreInputs(Crowd.APART);
    static final Experiment MORE_IN_CLOSE_PAIRS = moreInputs(Crowd.IN_CLOSE_PAIRS);

    @Prediction("With eta = 1/(L^2 m) the loss never rises; with eta = 1/L^2 it does")
    void lossNeverRises(Lab lab) {
        lab.expect(everywhere("loss over the loss before").atMost(1))
                .in(FIRST_STEPS)
                .butNotIn(FIRST_LARGE_STEPS);
    }

    @Prediction("The number of steps does not depend on the width; without the step's 1/m it does")
    void stepsDoNotDependOnTheWidth(Lab lab) {
        lab.expect(exponent("steps", "width").equalTo(0).margin(0.1)).in(STEPS).butNotIn(STEPS_OF_ONE_SIZE);
    }

    @Prediction(
            value =
                    "It is at most ln(1/eps) over step times smallest eigenvalue at infinite width; with one input twice,"
                            + " labelled both ways, it is not",
            basis = DERIVED)
    void stepsAreBoundedByTheKernel(Lab lab) {
        lab.expect(mean("steps over their bound").atMost(1).within(0.05))
                .in(RUNS_TO_THE_END)
                .butNotIn(CONFLICTING_LABELS);
    }

    @Prediction(
            value =
                    "It is that of the linearised training; with the output over sqrt(width) and large labels it is not",
            basis = DERIVED)
    void stepsAreThoseOfTheLinearization(Lab lab) {
        lab.expect(relativeAgreement("steps", "linearised steps").within(0.2))
                .in(RUNS_TO_THE_END)
                .butNotIn(FAR_RUNS_IN_MEAN_FIELD);
    }

    @Prediction("Linearised steps grow at most like the square of the depth, to 32 hidden layers")
    void stepsInTheDepth(Lab lab) {
        lab.expect(exponent("linearised steps", "depth").atMost(2).margin(0.3))
                .in(DEEPER)
                .butNotIn(DEEPER_WITH_FADING_SIGNALS);
    }

    @Prediction("Linearised steps grow at most like n^2 for inputs that stay apart; for ever closer pairs they do not")
    void stepsInTheNumberOfInputs(Lab lab) {
        lab.expect(exponent("linearised steps", "inputs").atMost(2).margin(0.3))
                .in(MORE_APART)
                .butNotIn(MORE_IN_CLOSE_PAIRS);
    }

    /** Stands for every larger growth of the loss in a step. */
    private static final double EXPLODED = 1e6;

    private static Experiment firstSteps(Step size) {
        return Experiment.over(DEPTHS).measuring(trial -> {
            Sample sample = trial.choice("data", Data.class).draw(INPUTS, trial.blockRandom("data"));
            int width = 128;
            int depth = trial.size("depth");
            try (Network network =
                    Setting.network(sample.dimension(), width, depth).draw(trial.random("weights"))) {
                double[] losses = Setting.descent(size.of(INPUTS, depth, width))
                        .atMost(40)
                        .run(network, sample.inputs(), sample.targets())
                        .losses();
                double most = 0;
                for (int t = 1; t < losses.length; t++) {
                    double growth = losses[t] / losses[t - 1];
                    most = Math.max(most, Double.isFinite(growth) ? growth : EXPLODED);
                }
                return Measurements.of("loss over the loss before", Math.min(most, EXPLODED));
            }
        });
    }

    private static Sample tripled(Sample sample) {
        return sample.withTargets(sample.targets().scale(3));
    }

    /** One hidden layer and two inputs: the kernel of a narrow deep network is too far from its limit. */
    private static Experiment steps(Step size) {
        return Experiment.over(WIDTHS)
                .measuring(trial -> {
                    Sample sample = Data.SPHERE.draw(2, trial.blockRandom("data"));
                    int width = trial.size("width");
                    int depth = 1;
                    try (Network network =
                            Setting.network(sample.dimension(), width, depth).draw(trial.random("weights"))) {
                        Training training = Setting.descent(size.of(2, depth, width))
                                .centred()
                                .untilRelativeLoss(EPSILON)
                                .atMost(100_000)
                                .run(network, sample.inputs(), sample.targets());
                        return Measurements.of("steps", training.steps()).and("relative loss", training.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(EPSILON));
    }

    /** @param change what is done to the data; the promised number of steps is that for the data as they were */
    private static Experiment runs(Sweep sweep, UnaryOperator<Sample> change, Parametrization scaling) {
        return Experiment.over(sweep).measuring(trial -> {
            Sample intact = trial.choice("data", Data.class).draw(INPUTS, trial.blockRandom("data"));
            Sample sample = change.apply(intact);
            int width = 256;
            int depth = trial.size("depth");
            // In mean-field scaling the kernel has no factor m, and the step no 1/m.
            Step size = scaling == Setting.ZOU_GU ? Step.OVER_WIDTH : Step.WITHOUT_WIDTH;
            double step = size.of(INPUTS, depth, width);
            double bound = -Math.log(EPSILON)
                    / (Step.WITHOUT_WIDTH.of(INPUTS, depth, width) * Setting.smallestOfLimit(intact.inputs(), depth));
            try (Network network = Setting.network(sample.dimension(), width, depth)
                    .parametrization(scaling)
                    .draw(trial.random("weights"))) {
                SimpleMatrix residual = network.outputs(sample.inputs()).minus(sample.targets());
                double linearised = LinearizedDynamics.gradientDescent(Setting.kernel(network, sample.inputs()), step)
                        .stepsToRelativeLoss(residual, EPSILON)
                        .orElse((long) (MORE * bound));
                Training training = Setting.descent(step)
                        .untilRelativeLoss(EPSILON)
                        .atMost((int) Math.ceil(MORE * bound))
                        .run(network, sample.inputs(), sample.targets());
                return Measurements.of("steps over their bound", training.steps() / bound)
                        .and("steps", training.steps())
                        .and("linearised steps", linearised);
            }
        });
    }

    /** From residuals that are the labels, as after subtracting the initial output. */
    private static Experiment everDeeper(Sweep sweep, double variance) {
        return Experiment.over(sweep).measuring(trial -> {
            Sample sample = Data.SPHERE.draw(INPUTS, trial.blockRandom("data"));
            int width = trial.size("width");
            int depth = trial.size("depth");
            try (Network network = Setting.network(sample.dimension(), width, depth)
                    .variances(variance, 0)
                    .draw(trial.random("weights"))) {
                SimpleMatrix kernel = Setting.kernel(network, sample.inputs());
                return Measurements.of(
                        "linearised steps",
                        linearisedSteps(kernel, sample.targets(), Step.OVER_WIDTH.of(INPUTS, depth, width)));
            }
        });
    }

    private enum Crowd {
        /** On the sphere in 63 dimensions. */
        APART {
            @Override
            SimpleMatrix draw(int n, UniformRandomProvider random) {
                return Spheres.uniform(n, 63, random);
            }
        },
        /** The same in pairs at an angle of 1/n^2. */
        IN_CLOSE_PAIRS {
            @Override
            SimpleMatrix draw(int n, UniformRandomProvider random) {
                return Spheres.pairs(n, 63, Math.pow(n, -2), random);
            }
        };

        abstract SimpleMatrix draw(int n, UniformRandomProvider random);
    }

    private static Experiment moreInputs(Crowd crowd) {
        return Experiment.over(MORE_INPUTS).measuring(trial -> {
            List<Integer> sizes = powersOfTwo(1, 6);
            int most = sizes.get(sizes.size() - 1);
            int width = 10 * most;
            int depth = 2;
            SimpleMatrix labels = Labels.signs(most, trial.blockRandom("labels"));
            try (Network network = Setting.network(64, width, depth).draw(trial.random("weights"))) {
                Measurements measurements = Measurements.along("inputs");
                for (int n : sizes) {
                    SimpleMatrix kernel =
                            Setting.kernel(network, Data.withConstant(crowd.draw(n, trial.blockRandom("data"))));
                    double steps = linearisedSteps(kernel, labels.rows(0, n), Step.OVER_WIDTH.of(n, depth, width));
                    measurements = measurements.at(n, Measurements.of("linearised steps", steps));
                }
                return measurements;
            }
        });
    }

    private static double linearisedSteps(SimpleMatrix kernel, SimpleMatrix residual, double step) {
        return LinearizedDynamics.gradientDescent(kernel, step)
                .stepsToRelativeLoss(residual, EPSILON)
                .orElseThrow();
    }
}
