package fang2020;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.exponent;

import org.crucis.claim.Interval;
import org.crucis.data.Mnist;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Sweep;

/**
 * {@link DistanceFallsWithOutputScale} on images of 28 x 28 pixels, the data of the paper's own figures: eight of them, threes against
 * eights, where they have been fetched. The paper's networks have up to 10 000 neurons, all images and another loss.
 */
@Claim(
        title = "Neurons stay where they started, on MNIST",
        source = "section on the tangent kernel, figures on alpha and m",
        basis = DERIVED,
        statement = """
                Train $f=\\frac{\\alpha}{m}\\sum_{j=1}^m u_jh(\\theta_j,x)$ on MNIST from $f_0=0$ to a fixed relative loss, at \
                equal rates of $u$ and $\\theta$. Then $|\\delta u_j|,|\\delta\\theta_j|\\propto\\alpha^{-1}$; at \
                $\\alpha=\\sqrt m$ they fall like $m^{-1/2}$, at $\\alpha=1$ they do not depend on $m$.""",
        symbols = "m = width, alpha = scale of the output, theta_j = incoming weights of neuron j, u_j = its output "
                + "weight, delta = motion during training.")
class DistanceFallsWithOutputScaleOnMnist {

    static final Sweep SCALES =
            Sweep.over("alpha", powersOfTwo(3, 8)).and("data", Data.MNIST).blocks(12);
    static final Sweep WIDTHS =
            Sweep.over("width", powersOfTwo(5, 10)).and("data", Data.MNIST).blocks(12);

    static final Experiment MIRRORED = withImages(DistanceFallsWithOutputScale.scaledOn(SCALES, Start.MIRRORED));
    static final Experiment NOT_ZERO_AT_START =
            withImages(DistanceFallsWithOutputScale.scaledOn(SCALES, Start.AS_DRAWN));
    static final Experiment SCALE_OF_ROOT_WIDTH =
            withImages(DistanceFallsWithOutputScale.ofWidthOn(WIDTHS, Math::sqrt));
    static final Experiment MEAN_FIELD = withImages(DistanceFallsWithOutputScale.ofWidthOn(WIDTHS, width -> 1));

    @Prediction("At a fixed width, the neurons' displacement falls like 1/alpha")
    void displacement(Lab lab) {
        lab.expect(exponent("displacement", "alpha").equalTo(-1).margin(0.05).correctedBy(2))
                .in(MIRRORED)
                .butNotIn(NOT_ZERO_AT_START);
    }

    @Prediction("With alpha = width^(1/2) it falls like width^(-1/2)")
    void displacementAtRootWidth(Lab lab) {
        lab.expect(exponent("displacement", "width").equalTo(-0.5).margin(0.05))
                .in(SCALE_OF_ROOT_WIDTH)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("With alpha = 1 it does not fall")
    void displacementInMeanField(Lab lab) {
        lab.expect(exponent("displacement", "width").equalTo(0).margin(0.05))
                .in(MEAN_FIELD)
                .butNotIn(SCALE_OF_ROOT_WIDTH);
    }

    private static Experiment withImages(Experiment experiment) {
        return experiment.assuming(Mnist.HYPOTHESIS, trial -> Mnist.images(), Interval.atLeast(10_000));
    }
}
