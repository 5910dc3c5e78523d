package fang2019;

import static fang2019.RepopulationTrials.BY_CHANCE;
import static fang2019.RepopulationTrials.FEW;
import static fang2019.RepopulationTrials.GAIN;
import static fang2019.RepopulationTrials.GAIN_OVER_UNIFORM;
import static fang2019.RepopulationTrials.LEARNABLE;
import static fang2019.RepopulationTrials.LOSS;
import static fang2019.RepopulationTrials.NOT_SO_FEW;
import static fang2019.RepopulationTrials.WIN;
import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.successRate;

import fang2019.Pretraining.Features;
import java.util.List;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.crucis.training.GradientDescent;

/**
 * Fang, Dong and Zhang 2019, experiments (recalled): a trained mean-field network is a population of features; k of them, drawn by
 * importance, with new output weights, do better than k random ones.
 *
 * <p>Draws are with replacement; each neuron drawn is kept once, with ridge 1e-4, the same for all ({@link Repopulation}). Test
 * errors are relative to the mean square of the targets; gains are ratios of geometric means over several draws.
 *
 * <p>Why it should hold: the target of {@link RepopulationData#THREE_DIRECTIONS} is a sum of three features, which training finds;
 * k random ones span k dimensions of a function space in which features along ten coordinates point everywhere. Hence it must fail
 * where targets are dealt out by chance, and on a circle, where random directions are dense and the learned ones have lost their
 * variety.
 *
 * <p>Importance as against uniform draws from the same network: a penalty on u (with features kept on the unit sphere) makes |u|
 * constant, and no draw is better than another. Unpenalised neurons that are free to grow do so where they are right already and
 * leave the others where they were: there importance tells them apart. (A penalty on both layers, under which many neurons die,
 * gave no such contrast in pilot runs: dying neurons turn to the target's directions before, and features are compared at equal
 * scale.)
 *
 * <p>Refuted by draws that lose to initial features in more than a fifth of all cases, or by a gain without anything to learn.
 */
@Claim(
        title = "A few features drawn from the learned law beat as many random ones",
        source = "experiments",
        basis = RECALLED,
        statement = """
                Train $f(x)=\\frac1m\\sum_j u_j\\,h(\\theta_j,x)$ in mean-field scaling, draw $k\\ll m$ neurons with \
                probabilities $p_j\\propto|u_j|\\,\\|h(\\theta_j,\\cdot)\\|$ and fit their output weights anew: the test \
                error is smaller than with $k$ features of the initial law.""",
        symbols = "theta_j = feature (incoming weights of neuron j), u_j = its output weight, h = its activation "
                + "relu(theta . x), m = width, k = features drawn, p_j = importance, proportional to |u_j| times the "
                + "root mean square of h_j, lam1 = penalty on u.")
class RepopulatedFeaturesBeatRandomOnes {

    private static final Pretraining ON_THE_SPHERE = new Pretraining(Features.ON_THE_SPHERE, 64, 0.5, 150, 1e-3);
    private static final Pretraining STRONGLY_PENALIZED = new Pretraining(Features.ON_THE_SPHERE, 64, 0.5, 150, 1e-2);
    private static final Pretraining FREE = new Pretraining(Features.FREE, 64, 0.5, 100, 0);
    private static final Pretraining OF_PIXELS = new Pretraining(Features.ON_THE_SPHERE, 64, 0.1, 100, 1e-3);

    /** With fewer blocks no interval for a rate lies above 0.8. */
    private static final Sweep MANY = Sweep.onePoint().blocks(30);

    private static final Sweep TWENTY = Sweep.onePoint().blocks(20);
    private static final Sweep TWELVE = Sweep.onePoint().blocks(12);

    static final Experiment LEARNED = LEARNABLE
            .compared(MANY, RepopulationData.THREE_DIRECTIONS, ON_THE_SPHERE, FEW)
            .validWhen(measured(LOSS).atMost(0.1));
    static final Experiment NOTHING_TO_LEARN =
            BY_CHANCE.compared(TWELVE, RepopulationData.THREE_DIRECTIONS, ON_THE_SPHERE, FEW);
    static final Experiment ON_A_CIRCLE = LEARNABLE
            .compared(TWELVE, RepopulationData.CIRCLE, ON_THE_SPHERE, NOT_SO_FEW)
            .validWhen(measured(LOSS).atMost(0.1));
    static final Experiment EVENLY_WEIGHTED = LEARNABLE
            .compared(TWENTY, RepopulationData.THREE_DIRECTIONS, STRONGLY_PENALIZED, NOT_SO_FEW)
            .validWhen(measured(LOSS).atMost(0.1));
    static final Experiment UNEVENLY_WEIGHTED = LEARNABLE
            .compared(TWENTY, RepopulationData.THREE_DIRECTIONS, FREE, NOT_SO_FEW)
            .validWhen(measured(LOSS).atMost(0.1));
    static final Experiment DIGITS = LEARNABLE
            .compared(MANY, RepopulationData.DIGITS, OF_PIXELS, FEW)
            .validWhen(measured(LOSS).atMost(0.2));
    static final Experiment DIGITS_WITH_NOTHING_TO_LEARN =
            BY_CHANCE.compared(TWELVE, RepopulationData.DIGITS, OF_PIXELS, FEW);
    static final Experiment TWO_WIDTHS =
            Experiment.over(TWELVE).measuring(RepopulatedFeaturesBeatRandomOnes::displacements);

    static final Experiment CURVES = LEARNABLE.curves(TWELVE, RepopulationData.THREE_DIRECTIONS, ON_THE_SPHERE);
    static final Experiment CURVES_OF_FREE = LEARNABLE.curves(TWELVE, RepopulationData.THREE_DIRECTIONS, FREE);
    static final Experiment CURVES_ON_DIGITS = LEARNABLE.curves(TWELVE, RepopulationData.DIGITS, OF_PIXELS);
    static final Experiment ALIGNMENT = LEARNABLE.alignment(List.of(STRONGLY_PENALIZED, FREE));
    static final Experiment IMAGES = LEARNABLE.images(RepopulationData.DIGITS, OF_PIXELS);

    @Prediction("A draw by importance has a smaller test error than a draw of as many initial features")
    void winsMostDraws(Lab lab) {
        lab.expect(successRate(WIN).atLeast(0.8)).in(LEARNED).butNotIn(NOTHING_TO_LEARN);
        lab.show(RepopulationTrials.errors().titled("Test error of few features, three of ten directions to be found"))
                .of(CURVES);
    }

    @Prediction(value = "Its test error is typically less than a tenth of theirs", basis = PILOT)
    void tenTimesSmallerError(Lab lab) {
        lab.expect(geometricMean(GAIN).atLeast(10).within(1))
                .in(LEARNED)
                .butNotIn(NOTHING_TO_LEARN)
                .butNotIn(ON_A_CIRCLE);
    }

    @Prediction(value = "Where targets are dealt out by chance, learned features are no better", basis = DERIVED)
    void nothingToLearn(Lab lab) {
        lab.expect(geometricMean(GAIN).atMost(1).within(0.1))
                .in(NOTHING_TO_LEARN)
                .butNotIn(LEARNED);
    }

    @Prediction(value = "On a circle, whose directions random features cover, they are no better", basis = PILOT)
    void onACircle(Lab lab) {
        lab.expect(geometricMean(GAIN).atMost(1).within(0.1)).in(ON_A_CIRCLE).butNotIn(LEARNED);
    }

    @Prediction(
            value = "Once a penalty has made |u| constant, importance does as well as uniform draws",
            basis = DERIVED)
    void evenlyWeighted(Lab lab) {
        lab.expect(geometricMean(GAIN_OVER_UNIFORM).equalTo(1).within(0.25))
                .in(EVENLY_WEIGHTED)
                .butNotIn(UNEVENLY_WEIGHTED);
        lab.show(RepopulationTrials.strengths()).of(ALIGNMENT);
    }

    /** The bound is where the prediction above ceases to call draws equally good. */
    @Prediction(
            value = "Where free neurons without a penalty end unevenly weighted, importance beats uniform draws",
            basis = PILOT)
    void unevenlyWeighted(Lab lab) {
        lab.expect(geometricMean(GAIN_OVER_UNIFORM).atLeast(1.5).within(0.25))
                .in(UNEVENLY_WEIGHTED)
                .butNotIn(EVENLY_WEIGHTED);
        lab.show(RepopulationTrials.errors().titled("Test error of few features, free neurons without a penalty"))
                .of(CURVES_OF_FREE);
    }

    @Prediction("On handwritten digits, even against odd, a draw by importance has the smaller test error, too")
    void winsOnDigits(Lab lab) {
        lab.expect(successRate(WIN).atLeast(0.8)).in(DIGITS).butNotIn(DIGITS_WITH_NOTHING_TO_LEARN);
        lab.show(RepopulationTrials.errors().titled("Test error of few features, handwritten digits"))
                .of(CURVES_ON_DIGITS);
        lab.show(RepopulationTrials.weights()).of(IMAGES);
    }

    @Prediction(value = "There it is typically at most half of that of initial features", basis = PILOT)
    void halfTheErrorOnDigits(Lab lab) {
        lab.expect(geometricMean(GAIN).atLeast(2).within(0.1)).in(DIGITS).butNotIn(DIGITS_WITH_NOTHING_TO_LEARN);
    }

    /** Features are learned at any width: with the factor m^-1/2 before the sum they would move half as far. */
    @Prediction(value = "On digits features move as far in a network four times as wide", basis = DERIVED)
    void moveAtAnyWidth(Lab lab) {
        lab.expect(geometricMean(DISPLACEMENT).equalTo(1).within(0.2))
                .in(TWO_WIDTHS)
                .butNotIn(TWO_WIDTHS.reading(LAZY_DISPLACEMENT, DISPLACEMENT));
    }

    private static final String DISPLACEMENT = "displacement, wide over narrow";
    private static final String LAZY_DISPLACEMENT = "displacement of lazy networks, wide over narrow";
    private static final int NARROW = 32;
    private static final int WIDE = 4 * NARROW;

    private static Measurements displacements(Trial trial) {
        Sample sample = RepopulationData.DIGITS.draw(trial.blockRandom("data")).training();
        return Measurements.of(DISPLACEMENT, displacement(trial, sample, WIDE) / displacement(trial, sample, NARROW))
                .and(
                        LAZY_DISPLACEMENT,
                        lazyDisplacement(trial, sample, WIDE) / lazyDisplacement(trial, sample, NARROW));
    }

    /** Root mean square over neurons, relative to their length. */
    private static double displacement(Trial trial, Sample sample, int width) {
        Pretraining pretraining = OF_PIXELS.withWidth(width);
        try (DenseNetwork network = pretraining.start(sample.dimension(), trial.random("neurons " + width))) {
            double[] start = network.parameters();
            pretraining.train(network, sample);
            return network.motionFrom(start).layers().get(0).relative();
        }
    }

    /** As long a training with the factor m^-1/2; mirrored neurons, for an initial output that is small there, too. */
    private static double lazyDisplacement(Trial trial, Sample sample, int width) {
        try (DenseNetwork network = Architecture.of(sample.dimension())
                .hidden(width, 1)
                .activation(Activation.RELU)
                .parametrization(Parametrization.ntk())
                .mirrored()
                .draw(trial.random("lazy neurons " + width))) {
            double[] start = network.parameters();
            GradientDescent.withStep(OF_PIXELS.timeStep() / sample.size())
                    .atMost(OF_PIXELS.steps())
                    .run(network, sample.inputs(), sample.targets());
            return network.motionFrom(start).layers().get(0).relative();
        }
    }
}
