package fang2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.network.Activation.RELU;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Sketches.clouds;
import static org.crucis.statistics.Sketches.curves;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.crucis.claim.Figure;
import org.crucis.data.Circle;
import org.crucis.data.Sample;
import org.crucis.data.Teacher;
import org.crucis.feature.EnergyDistance;
import org.crucis.feature.FeatureCloud;
import org.crucis.feature.FeatureGrid;
import org.crucis.feature.GridLaw;
import org.crucis.feature.Regularization;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2019 (recalled): the limiting law of noisy gradient descent is unique, so that networks which begin elsewhere end
 * in the same law; and it is the minimiser of a convex problem, whose dual is solved on a grid of features ({@link GridLaw}, derived).
 *
 * <p>The two starts put every neuron near one of them ({@link Start}).
 *
 * <p>Noise carries neurons over the barriers between the three features, in a time that grows like the largest ratio of densities; without
 * it they only slide within their valley. Hence the rival pair: with noise two starts agree, without it they do not. Statistics of the
 * law are averages over the last three quarters of the time. The neurons of one network are not quite independent, since together they
 * fit the target, and lie more evenly than a sample: an unbiased distance comes out some 2/width below 0 (pilot), for which the tolerance
 * of 0.03 has room. Refuted by masses or moments off the reference, or by a start that is
 * remembered.
 */
@Claim(
        title = "Noisy descent forgets its start",
        source = "convergence of noisy gradient descent",
        basis = RECALLED,
        statement = """
                From any initial law of the neurons noisy gradient descent converges to the one minimiser of \
                $Q(u,p)=\\tfrac12E(f-y)^2+\\lambda_1E_pu^2+\\lambda_3\\mathrm{KL}(p\\,|\\,p_0)$. Without noise the limit depends on the \
                start.""",
        symbols = "h = relu(cos(theta - phi)), theta = angle of a feature, phi = angle of an input, lam1 = penalty on "
                + "the output weights, lam3 = temperature; the target is the sum of three ReLU features.")
class NoisyDescentForgetsItsStart {

    /** Penalty and temperature. */
    enum Setting {
        STRONG(0.02, 0.04),
        PENALIZED(0.03, 0.03),
        MILD(0.04, 0.04);

        final Regularization regularization;

        Setting(double penalty, double temperature) {
            this.regularization = Regularization.onOutputWeights(penalty).andEntropy(temperature);
        }
    }

    static final Sweep SETTINGS =
            Sweep.over("setting", List.of(Setting.values())).blocks(12);

    /** Forgetting, and not forgetting, need one setting to show. */
    static final Sweep ONE_SETTING =
            Sweep.over("setting", List.of(Setting.PENALIZED)).blocks(12);

    static final Experiment NOISY = Experiment.over(SETTINGS).measuring(trial -> againstReference(trial, Noise.NOISY));
    static final Experiment NOISELESS =
            Experiment.over(ONE_SETTING).measuring(trial -> againstReference(trial, Noise.NOISELESS));
    static final Experiment STARTS = Experiment.over(ONE_SETTING).measuring(trial -> twoStarts(trial, Noise.NOISY));
    static final Experiment STARTS_WITHOUT_NOISE =
            Experiment.over(ONE_SETTING).measuring(trial -> twoStarts(trial, Noise.NOISELESS));

    /** For the eye: what the widths learn, and the density of the features over the law. */
    static final Experiment NEURONS = Experiment.over(
                    Sweep.over("width", List.of(50, 200, 800)).blocks(1, 1))
            .measuring(NoisyDescentForgetsItsStart::neurons);

    static final Experiment DENSITY = Experiment.over(
                    Sweep.over("noise", List.of(Noise.values())).blocks(1, 1))
            .measuring(NoisyDescentForgetsItsStart::density);

    private enum Noise {
        NOISY,
        NOISELESS;

        NeuronDescent descent(Regularization given, double time) {
            return new NeuronDescent(this == NOISY ? given : given.andEntropy(0), STEP, time);
        }
    }

    @Prediction(value = "Masses and Fourier moments of the features are those of the minimiser", basis = DERIVED)
    void features(Lab lab) {
        lab.expect(agreement("learned", "reference").within(0.02).per("setting"))
                .in(NOISY)
                .butNotIn(NOISELESS);
        lab.show(curves("density")
                        .over("angle")
                        .by("noise")
                        .drawing(Noise.NOISELESS, Figure.Role.CONTROL)
                        .against("density of the law")
                        .logarithmic()
                        .titled("The learned density over the Gibbs law")
                        .captioned(
                                "Share of the features per radian, averaged over time, at width 200. All began near 0.5; without"
                                        + " noise they stay in that valley. Empty bins are drawn at 0.001."))
                .of(DENSITY);
    }

    @Prediction(value = "The mean output over time is the minimiser's", basis = DERIVED)
    void outputs(Lab lab) {
        lab.expect(mean("largest error of the outputs").atMost(0).within(0.01).per("setting"))
                .in(NOISY)
                .butNotIn(NOISELESS);
    }

    @Prediction("Networks from two starts have the same law of neurons")
    void startsAgree(Lab lab) {
        lab.expect(mean("squared energy distance").equalTo(0).within(0.03))
                .in(STARTS)
                .butNotIn(STARTS_WITHOUT_NOISE);
        lab.show(
                        clouds("angle", "output weight")
                                .per("width")
                                .by("state")
                                .drawing("at the start", Figure.Role.START)
                                .titled("Neurons before and after training with noise")
                                .captioned(
                                        "One point a neuron. All begin in one place; trained, they fill the same law at every width."))
                .of(NEURONS);
    }

    @Prediction(value = "Without noise they have not", basis = DERIVED)
    void startsDisagree(Lab lab) {
        lab.expect(mean("squared energy distance").atLeast(0.1).within(0.02))
                .in(STARTS_WITHOUT_NOISE)
                .butNotIn(STARTS);
    }

    private static final int INPUTS = 12;
    private static final int GRID = 1440;
    private static final int BINS = 48;
    /** Where an empty bin is drawn on a logarithmic axis. */
    private static final double FLOOR = 1e-3;

    private static final int WIDTH = 200;
    private static final int EVERY = 50;
    private static final double STEP = 0.25;
    private static final double TIME = 1600;
    /** Long enough to forget: a few times what neurons take from one feature to another (pilot). */
    private static final double TIME_TO_FORGET = 800;

    /** Arcs between the angles halfway from feature to feature. */
    private static final double[] ENDS = {-0.6, 1.55, 3.5, 2 * Math.PI - 0.6};

    private static Sample sample() {
        return Teacher.of(x -> ReluCircle.target(Math.atan2(x[1], x[0])))
                .sample(Circle.whole(INPUTS), "points around the circle, three ReLU features");
    }

    private static FeatureGrid grid() {
        return FeatureGrid.over(
                FeatureGrid.angles(INPUTS), FeatureGrid.angles(GRID), ReluCircle::feature, ReluCircle::target);
    }

    private static Measurements againstReference(Trial trial, Noise noise) {
        Setting setting = trial.choice("setting", Setting.class);
        GridLaw law = GridLaw.of(grid(), setting.regularization);
        Average learned = Average.of(trial, Start.NEAR_FIRST, noise, TIME);
        double error =
                learned.outputs.divide(learned.looks).minus(law.outputs()).elementMaxAbs();
        Measurements measured = Measurements.along("statistic");
        for (Statistic statistic : Statistic.values()) {
            double reference = law.population().mean(g -> statistic.at(2 * Math.PI * g / GRID));
            measured = measured.at(
                    statistic,
                    Measurements.of("learned", learned.features[statistic.ordinal()] / learned.looks)
                            .and("reference", reference));
        }
        return measured.and("largest error of the outputs", error);
    }

    /** The unbiased distance between the neurons of two networks at the end: its mean is 0 when their laws are equal. */
    private static Measurements twoStarts(Trial trial, Noise noise) {
        SimpleMatrix first = Average.of(trial, Start.NEAR_FIRST, noise, TIME_TO_FORGET).last;
        SimpleMatrix second = Average.of(trial, Start.NEAR_LAST, noise, TIME_TO_FORGET).last;
        return Measurements.of("squared energy distance", EnergyDistance.unbiased(first, second));
    }

    private static Measurements neurons(Trial trial) {
        List<FeatureCloud> seen = new ArrayList<>();
        try (DenseNetwork network =
                Start.NEAR_FIRST.network(trial.size("width"), RELU, Trained.ALL, trial.random("weights"))) {
            NeuronDescent descent = new NeuronDescent(Setting.PENALIZED.regularization, STEP, TIME_TO_FORGET);
            descent.run(network, sample(), trial.random("noise"), EVERY, (at, neurons, outputs) -> seen.add(neurons));
        }
        return Measurements.along("state")
                .at("at the start", points(seen.get(0)))
                .at("trained", points(seen.get(seen.size() - 1)));
    }

    private static Measurements points(FeatureCloud cloud) {
        SimpleMatrix theta = cloud.features();
        double[] u = cloud.outputWeights();
        Measurements points = Measurements.along("neuron");
        for (int j = 0; j < cloud.size(); j++) {
            points = points.at(j, Measurements.of("angle", angle(theta, j)).and("output weight", u[j]));
        }
        return points;
    }

    private static Measurements density(Trial trial) {
        double[] counts = new double[BINS];
        Regularization given = Setting.PENALIZED.regularization;
        NeuronDescent descent = trial.choice("noise", Noise.class).descent(given, TIME);
        try (DenseNetwork network = Start.NEAR_FIRST.network(WIDTH, RELU, Trained.ALL, trial.random("weights"))) {
            descent.run(network, sample(), trial.random("noise"), EVERY, (at, neurons, outputs) -> {
                SimpleMatrix theta = neurons.features();
                for (int j = 0; at > TIME / 4 && j < WIDTH; j++) {
                    counts[(int) (angle(theta, j) / (2 * Math.PI) * BINS) % BINS]++;
                }
            });
        }
        double all = DoubleStream.of(counts).sum();
        GridLaw law = GridLaw.of(grid(), given);
        double perRadian = BINS / (2 * Math.PI);
        Measurements density = Measurements.along("angle");
        for (int bin = 0; bin < BINS; bin++) {
            int from = bin * GRID / BINS;
            density = density.at(
                    (bin + 0.5) / perRadian,
                    Measurements.of("density", Math.max(FLOOR, counts[bin] / all * perRadian))
                            .and("density of the law", law.population().mass(from, from + GRID / BINS) * perRadian));
        }
        return density;
    }

    /** In [0, 2 pi). */
    private static double angle(SimpleMatrix theta, int j) {
        double angle = Math.atan2(theta.get(j, 1), theta.get(j, 0));
        return angle < 0 ? angle + 2 * Math.PI : angle;
    }

    /** A function of the angle of a feature, whose mean is compared. */
    private enum Statistic {
        MASS_OF_FIRST(angle -> inArc(0, angle)),
        MASS_OF_SECOND(angle -> inArc(1, angle)),
        MASS_OF_THIRD(angle -> inArc(2, angle)),
        COS(Math::cos),
        SIN(Math::sin),
        COS_TWICE(angle -> Math.cos(2 * angle)),
        SIN_TWICE(angle -> Math.sin(2 * angle));

        private final DoubleUnaryOperator function;

        Statistic(DoubleUnaryOperator function) {
            this.function = function;
        }

        double at(double angle) {
            return function.applyAsDouble(angle);
        }

        private static double inArc(int k, double angle) {
            double sinceFirst = (angle - ENDS[k] + 4 * Math.PI) % (2 * Math.PI);
            return sinceFirst < ENDS[k + 1] - ENDS[k] ? 1 : 0;
        }
    }

    /** Sums over the looks at a trained network, the first quarter of the time left out. */
    private static final class Average {
        private final double[] features = new double[Statistic.values().length];
        private final SimpleMatrix outputs = new SimpleMatrix(INPUTS, 1);
        private double looks;
        private SimpleMatrix last;

        static Average of(Trial trial, Start start, Noise noise, double time) {
            Regularization given = trial.choice("setting", Setting.class).regularization;
            NeuronDescent descent = noise.descent(given, time);
            Average average = new Average();
            try (DenseNetwork network = start.network(WIDTH, RELU, Trained.ALL, trial.random("weights of " + start))) {
                descent.run(network, sample(), trial.random("noise of " + start), EVERY, (at, neurons, outputs) -> {
                    if (at > time / 4) {
                        average.add(neurons, outputs);
                    }
                });
            }
            return average;
        }

        private void add(FeatureCloud neurons, SimpleMatrix outputs) {
            SimpleMatrix theta = neurons.features();
            for (int j = 0; j < WIDTH; j++) {
                double angle = angle(theta, j);
                for (Statistic statistic : Statistic.values()) {
                    features[statistic.ordinal()] += statistic.at(angle) / WIDTH;
                }
            }
            this.outputs.insertIntoThis(0, 0, this.outputs.plus(outputs));
            looks++;
            last = neurons.neurons();
        }
    }
}
