package fang2019;

import static fang2019.RepopulationTrials.BY_CHANCE;
import static fang2019.RepopulationTrials.FEW;
import static fang2019.RepopulationTrials.GAIN;
import static fang2019.RepopulationTrials.LEARNABLE;
import static fang2019.RepopulationTrials.LOSS;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.statistics.Criteria.geometricMean;

import fang2019.Pretraining.Features;
import org.crucis.claim.Interval;
import org.crucis.data.Mnist;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Sweep;

/**
 * Fang, Dong and Zhang 2019, experiments (recalled), on the data of the paper: {@link RepopulatedFeaturesBeatRandomOnes} says how
 * features are drawn and compared. Their networks have 1000 and 10 000 neurons and all training images; here 64 neurons learn even
 * against odd from 200 images, and 400 others test it.
 *
 * <p>The images do not come with the program: without them the claim is not applicable.
 */
@Claim(
        title = "On MNIST a few features drawn from the learned law beat as many random ones",
        source = "experiments",
        basis = RECALLED,
        statement = """
                Train $f(x)=\\frac1m\\sum_j u_j\\,h(\\theta_j,x)$ on MNIST in mean-field scaling, draw $k\\ll m$ neurons with \
                probabilities $p_j\\propto|u_j|\\,\\|h(\\theta_j,\\cdot)\\|$ and fit their output weights anew: the test \
                error is smaller than with $k$ features of the initial law.""",
        symbols = "m = width, theta_j = feature (incoming weights of neuron j), u_j = its output weight, h = its "
                + "activation, k = features drawn, p_j = importance of neuron j.")
class RepopulatedFeaturesBeatRandomOnesOnMnist {

    private static final Pretraining OF_PIXELS = new Pretraining(Features.ON_THE_SPHERE, 64, 0.02, 30, 1e-3);
    private static final Sweep TWELVE = Sweep.onePoint().blocks(12);

    static final Experiment LEARNED = ofImages(LEARNABLE.compared(TWELVE, RepopulationData.MNIST, OF_PIXELS, FEW))
            .validWhen(measured(LOSS).atMost(0.3));
    static final Experiment NOTHING_TO_LEARN =
            ofImages(BY_CHANCE.compared(TWELVE, RepopulationData.MNIST, OF_PIXELS, FEW));
    static final Experiment CURVES = ofImages(LEARNABLE.curves(TWELVE, RepopulationData.MNIST, OF_PIXELS));
    static final Experiment IMAGES = ofImages(LEARNABLE.images(RepopulationData.MNIST, OF_PIXELS));

    @Prediction("The test error of draws by importance is typically smaller than that of as many initial features")
    void smallerError(Lab lab) {
        lab.expect(geometricMean(GAIN).atLeast(1.05).within(0.05)).in(LEARNED).butNotIn(NOTHING_TO_LEARN);
        lab.show(RepopulationTrials.errors().titled("Test error of few features, MNIST"))
                .of(CURVES);
        lab.show(RepopulationTrials.weights()).of(IMAGES);
    }

    @Prediction(value = "It is typically at most two thirds of theirs", basis = PILOT)
    void twoThirdsOfTheError(Lab lab) {
        lab.expect(geometricMean(GAIN).atLeast(1.5).within(0.05)).in(LEARNED).butNotIn(NOTHING_TO_LEARN);
    }

    private static Experiment ofImages(Experiment experiment) {
        return experiment.assuming(Mnist.HYPOTHESIS, trial -> Mnist.images(), Interval.atLeast(10_000));
    }
}
