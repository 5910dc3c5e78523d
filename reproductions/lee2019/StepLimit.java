package lee2019;

import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.network.Activation.ERF;
import static org.crucis.network.Activation.GELU;
import static org.crucis.network.Activation.LINEAR;
import static org.crucis.network.Activation.SIGMOID;
import static org.crucis.network.Activation.SOFTPLUS;
import static org.crucis.network.Activation.TANH;

import java.util.Locale;
import org.crucis.claim.Interval;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.network.Activation;
import org.crucis.theorem.Kernel;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Terms;
import org.crucis.theorem.Theorem;

/**
 * Theorem 2.1, recalled. It names no width, only a step and a rate. Variances are those of the claims, and an input of length one stands
 * for one of length sqrt(d).
 */
final class StepLimit implements Theorem {

    @Override
    public String title() {
        return "Lee et al. 2019, Theorem 2.1";
    }

    @Override
    public String setting() {
        return "all layers trained, NTK parametrization, smooth activation; names no width";
    }

    @Override
    public Terms on(Problem problem) {
        Activation activation = problem.activation(ERF);
        int depth = problem.depth(1);
        Kernel limit = problem.kernel(
                "NTK, " + activation.name().toLowerCase(Locale.ROOT) + ", L = " + depth,
                inputs -> AnalyticKernel.of(
                                activation, depth, ErfLimit.KERNEL.weightVariance(), ErfLimit.KERNEL.biasVariance())
                        .at(inputs.scale(Math.sqrt(problem.d())))
                        .ntk());
        double step = 2 / (limit.smallest() + limit.largest());
        return Terms.on(problem)
                .hiddenLayers(depth, Interval.atLeast(1))
                .activation(activation, ERF, TANH, SIGMOID, SOFTPLUS, GELU, LINEAR)
                .needs("length of the longest input", problem.longest(), Interval.atMost(1 + 1e-5))
                .noneParallel()
                .positive(limit)
                .following(limit)
                .step("2 / (lambda_min + lambda_max)", step, RECALLED)
                .steps(
                        "ln(1/eps) / -2 ln(1 - eta lambda_min/3)",
                        Math.log(problem.relativeLoss()) / (2 * Math.log1p(-step * limit.smallest() / 3)),
                        RECALLED);
    }
}
