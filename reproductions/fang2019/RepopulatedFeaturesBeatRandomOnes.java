package fang2019;

import static fang2019.RepopulationTrials.BY_CHANCE;
import static fang2019.RepopulationTrials.GAIN;
import static fang2019.RepopulationTrials.GAIN_OVER_UNIFORM;
import static fang2019.RepopulationTrials.LEARNABLE;
import static fang2019.RepopulationTrials.LOSS;
import static fang2019.RepopulationTrials.WIN;
import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.successRate;
import static org.crucis.statistics.Sketches.curves;
import static org.crucis.statistics.Sketches.tiles;

import fang2019.Pretraining.Features;
import org.crucis.claim.Figure;
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

/** PLACEHOLDER */
@Claim(
        title = "A few features drawn from the learned law beat as many random ones",
        source = "experiments",
        basis = RECALLED,
        statement = """
                TODO""")
class RepopulatedFeaturesBeatRandomOnes {

    private static final Pretraining ON_THE_SPHERE = new Pretraining(Features.ON_THE_SPHERE, 64, 0.5, 200, 1e-3);
    private static final Pretraining STRONGLY_PENALIZED = new Pretraining(Features.ON_THE_SPHERE, 64, 0.5, 200, 1e-2);
    private static final Pretraining FREE = new Pretraining(Features.FREE, 64, 0.5, 150, 0);
    private static final Pretraining OF_PIXELS = new Pretraining(Features.ON_THE_SPHERE, 64, 0.1, 100, 1e-3);

    /** With fewer draws no interval for a rate lies above 0.8. */
    private static final Sweep DRAWS = Sweep.onePoint().blocks(30);

    private static final Sweep FEWER_DRAWS = Sweep.onePoint().blocks(12);

    static final Experiment LEARNED = LEARNABLE
            .compared(DRAWS, RepopulationData.THREE_DIRECTIONS, ON_THE_SPHERE)
            .validWhen(measured(LOSS).atMost(0.1));
    static final Experiment NOTHING_TO_LEARN =
            BY_CHANCE.compared(FEWER_DRAWS, RepopulationData.THREE_DIRECTIONS, ON_THE_SPHERE);
    static final Experiment ON_A_CIRCLE = LEARNABLE
            .compared(FEWER_DRAWS, RepopulationData.CIRCLE, ON_THE_SPHERE)
            .validWhen(measured(LOSS).atMost(0.1));
    static final Experiment EVENLY_WEIGHTED = LEARNABLE
            .compared(FEWER_DRAWS, RepopulationData.THREE_DIRECTIONS, STRONGLY_PENALIZED)
            .validWhen(measured(LOSS).atMost(0.1));
    static final Experiment UNEVENLY_WEIGHTED = LEARNABLE
            .compared(FEWER_DRAWS, RepopulationData.THREE_DIRECTIONS, FREE)
            .validWhen(measured(LOSS).atMost(0.1));
    static final Experiment DIGITS =
            LEARNABLE.compared(DRAWS, RepopulationData.DIGITS, OF_PIXELS).validWhen(measured(LOSS).atMost(0.2));
    static final Experiment DIGITS_WITH_NOTHING_TO_LEARN =
            BY_CHANCE.compared(FEWER_DRAWS, RepopulationData.DIGITS, OF_PIXELS);
    static final Experiment TWO_WIDTHS =
            Experiment.over(FEWER_DRAWS).measuring(RepopulatedFeaturesBeatRandomOnes::displacements);

    static final Experiment CURVES = LEARNABLE.curves(FEWER_DRAWS, RepopulationData.THREE_DIRECTIONS, ON_THE_SPHERE);
    static final Experiment CURVES_OF_FREE = LEARNABLE.curves(FEWER_DRAWS, RepopulationData.THREE_DIRECTIONS, FREE);
    static final Experiment CURVES_ON_DIGITS = LEARNABLE.curves(FEWER_DRAWS, RepopulationData.DIGITS, OF_PIXELS);
    static final Experiment IMAGES = LEARNABLE.images(RepopulationData.DIGITS, OF_PIXELS);

    @Prediction("A draw by importance has a smaller test error than as many initial features")
    void winsMostDraws(Lab lab) {
        lab.expect(successRate(WIN).atLeast(0.8)).in(LEARNED).butNotIn(NOTHING_TO_LEARN);
    }

    @Prediction(value = "Its test error is at least ten times smaller", basis = PILOT)
    void tenTimesSmallerError(Lab lab) {
        lab.expect(geometricMean(GAIN).atLeast(10).within(1))
                .in(LEARNED)
                .butNotIn(NOTHING_TO_LEARN)
                .butNotIn(ON_A_CIRCLE);
        lab.show(curves("test error").over("features").by("drawn")
                .drawing(Repopulation.Source.INITIAL.toString(), Figure.Role.START).logarithmic()).of(CURVES);
    }

    @Prediction(value = "Where targets are dealt out by chance, learned features are no better", basis = DERIVED)
    void nothingToLearn(Lab lab) {
        lab.expect(geometricMean(GAIN).atMost(1).within(0.1)).in(NOTHING_TO_LEARN).butNotIn(LEARNED);
    }

    @Prediction(value = "On a circle, whose directions a few random features cover, they are no better", basis = DERIVED)
    void onACircle(Lab lab) {
        lab.expect(geometricMean(GAIN).atMost(1).within(0.1)).in(ON_A_CIRCLE).butNotIn(LEARNED);
    }

    @Prediction(value = "A penalty that makes |u| constant leaves nothing to importance", basis = DERIVED)
    void evenlyWeighted(Lab lab) {
        lab.expect(geometricMean(GAIN_OVER_UNIFORM).equalTo(1).within(0.25))
                .in(EVENLY_WEIGHTED)
                .butNotIn(UNEVENLY_WEIGHTED);
    }

    @Prediction(value = "Without it importance beats uniform draws from the same network", basis = DERIVED)
    void unevenlyWeighted(Lab lab) {
        lab.expect(geometricMean(GAIN_OVER_UNIFORM).atLeast(1.5).within(0.25))
                .in(UNEVENLY_WEIGHTED)
                .butNotIn(EVENLY_WEIGHTED);
        lab.show(curves("test error").over("features").by("drawn").logarithmic()).of(CURVES_OF_FREE);
    }

    @Prediction("On handwritten digits, too, a draw by importance has a smaller test error than as many initial features")
    void winsOnDigits(Lab lab) {
        lab.expect(successRate(WIN).atLeast(0.8)).in(DIGITS).butNotIn(DIGITS_WITH_NOTHING_TO_LEARN);
        lab.show(tiles("weight").on("row", "column").each("neuron").per("state").labelled("output weight")).of(IMAGES);
    }

    @Prediction(value = "There its test error is at most half of theirs", basis = PILOT)
    void halfTheErrorOnDigits(Lab lab) {
        lab.expect(geometricMean(GAIN).atLeast(2).within(0.1)).in(DIGITS).butNotIn(DIGITS_WITH_NOTHING_TO_LEARN);
        lab.show(curves("test error").over("features").by("drawn").logarithmic()).of(CURVES_ON_DIGITS);
    }

    @Prediction(value = "On digits the features move as far in a network four times wider", basis = DERIVED)
    void moveAtAnyWidth(Lab lab) {
        lab.expect(geometricMean("displacement, wide over narrow").equalTo(1).within(0.2))
                .in(TWO_WIDTHS)
                .butNotIn(TWO_WIDTHS.reading("lazy displacement, wide over narrow", "displacement, wide over narrow"));
    }

    private static Measurements displacements(Trial trial) {
        Sample sample = RepopulationData.DIGITS
                .draw(trial.blockRandom("data"))
                .training()
                .first(100);
        return Measurements.of(
                        "displacement, wide over narrow",
                        displacement(trial, sample, 128) / displacement(trial, sample, 32))
                .and(
                        "lazy displacement, wide over narrow",
                        lazyDisplacement(trial, sample, 128) / lazyDisplacement(trial, sample, 32))
                .and("displacement", displacement(trial, sample, 32));
    }

    private static double displacement(Trial trial, Sample sample, int width) {
        Pretraining pretraining = OF_PIXELS.withWidth(width);
        try (DenseNetwork network = pretraining.start(sample.dimension(), trial.random("neurons " + width))) {
            double[] start = network.parameters();
            pretraining.train(network, sample);
            return network.motionFrom(start).layers().get(0).relative();
        }
    }

    /** With the factor m^-1/2 before the sum, and otherwise the same time and start. */
    private static double lazyDisplacement(Trial trial, Sample sample, int width) {
        try (DenseNetwork network = Architecture.of(sample.dimension())
                .hidden(width, 1)
                .activation(Activation.RELU)
                .parametrization(Parametrization.ntk())
                .draw(trial.random("lazy neurons " + width))) {
            double[] start = network.parameters();
            GradientDescent.withStep(OF_PIXELS.timeStep() / sample.size())
                    .atMost(OF_PIXELS.steps())
                    .run(network, sample.inputs(), sample.targets());
            return network.motionFrom(start).layers().get(0).relative();
        }
    }
}
