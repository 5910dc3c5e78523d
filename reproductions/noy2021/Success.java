package noy2021;

import java.util.List;
import java.util.function.IntFunction;
import org.crucis.data.Sample;
import org.crucis.kernel.Spectrum;
import org.crucis.network.DenseNetwork;
import org.crucis.training.Ending;
import org.crucis.training.GradientDescent;
import org.crucis.training.SmallestWidth;
import org.crucis.training.Training;

/**
 * What the convergence theorems call success, judged by the kernel of the infinitely wide network: from the start to a relative
 * loss of {@value Run#CONVERGED}, at every step t,
 *
 * <pre>|f(t) - y|^2 &lt;= (1 - eta lambda/2)^t |f(0) - y|^2,  eta = 1/(2 lambda_max)</pre>
 *
 * with lambda and lambda_max the extreme eigenvalues of the limiting kernel. The first step above the bound is a failure, whatever
 * comes later: so a network too narrow to converge costs a few steps, and so does one that converges too slowly.
 *
 * @param step eta
 * @param rate 1 - eta lambda/2
 */
record Success(double step, double rate) {

    /**
     * @param limit spectrum of {@link Setting#limit}, positive definite
     * @param width m, by which the kernel of a network exceeds it
     */
    static Success at(int width, Spectrum limit) {
        double step = Run.FRACTION / (width * limit.largest());
        return new Success(step, 1 - step * width * limit.smallest() / 2);
    }

    /**
     * The smallest width of a grid at which a network succeeds, one network drawn for each.
     *
     * @param drawn the network of a width
     */
    static SmallestWidth smallestWidth(
            List<Integer> widths, Spectrum limit, Sample sample, IntFunction<DenseNetwork> drawn) {
        return SmallestWidth.search(widths, width -> of(width, limit, sample, drawn));
    }

    /** Whether the network drawn at a width succeeds. */
    static boolean of(int width, Spectrum limit, Sample sample, IntFunction<DenseNetwork> drawn) {
        try (DenseNetwork network = drawn.apply(width)) {
            return at(width, limit).isMetBy(network, sample);
        }
    }

    /** Whether training keeps to the rate until it has converged; the rate itself ends every run. */
    boolean isMetBy(DenseNetwork network, Sample sample) {
        Training training = GradientDescent.withStep(step)
                .untilRelativeLoss(Run.CONVERGED)
                .noSlowerThan(rate)
                .atMost(Integer.MAX_VALUE - 1)
                .run(network, sample.inputs(), sample.targets());
        return training.ending() instanceof Ending.Converged;
    }
}
