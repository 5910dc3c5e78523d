package zou2019;

import static org.crucis.claim.Basis.RECALLED;

import org.crucis.claim.Interval;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.FirstLayer;
import org.crucis.network.Activation;
import org.crucis.network.Gates;
import org.crucis.network.Trained;
import org.crucis.theorem.Kernel;
import org.crucis.theorem.Measurement;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Terms;
import org.crucis.theorem.Theorem;
import org.ejml.simple.SimpleMatrix;

/**
 * The main theorem, as its claims recall it; with one hidden layer it is the two-layer corollary. phi is the smallest distance of two
 * inputs, the step that for half the sum of squares, L the number of hidden layers, all trained.
 */
final class SufficientWidth implements Theorem {

    @Override
    public String title() {
        return "Zou, Gu 2019, main theorem";
    }

    @Override
    public String setting() {
        return "L hidden layers, ReLU, all of them trained";
    }

    @Override
    public Terms on(Problem problem) {
        double n = problem.n();
        int depth = problem.depth(1);
        double phi = problem.closest();
        Kernel limit = problem.kernel("K/m, ReLU, L = " + depth, inputs -> limit(inputs, depth));
        return Terms.on(problem)
                .hiddenLayers(depth, Interval.atLeast(1))
                .activation(problem.activation(Activation.RELU), Activation.RELU)
                .unitLength()
                .apart()
                .needs("spread of the last coordinate, which stands for biases", spread(problem), Interval.atMost(1e-9))
                .following(limit)
                .width("n^8 L^12 / phi^4", Math.pow(n, 8) * Math.pow(depth, 12) / Math.pow(phi, 4), RECALLED)
                .measuredBy(Measurement.of("noy2021/minimal-width-grows-at-most-quadratically", "minimal width at most")
                        .over("n^8 L^12 / phi^4 (Zou, Gu)")
                        .where("gates", Gates.NONE))
                .step("1 / (n L^2), over m", 1 / (n * depth * depth), RECALLED)
                .steps(
                        "n^2 L^2 ln(1/eps) / phi",
                        -n * n * depth * depth * Math.log(problem.relativeLoss()) / phi,
                        RECALLED);
    }

    private static double spread(Problem problem) {
        SimpleMatrix last = problem.inputs().getColumn(problem.d() - 1);
        return last.elementMax() - last.elementMin();
    }

    /** With one hidden layer it is the H^inf of Du et al. */
    private static SimpleMatrix limit(SimpleMatrix inputs, int depth) {
        return AnalyticKernel.of(Activation.RELU, depth, 2, 0)
                .withFirstLayer(FirstLayer.UNSCALED)
                .training(Trained.HIDDEN)
                .at(inputs)
                .ntk()
                .divide(2);
    }
}
