package du2018;

import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.claim.Basis.TEXT;

import org.crucis.claim.Interval;
import org.crucis.network.Activation;
import org.crucis.theorem.Kernel;
import org.crucis.theorem.Measurement;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Terms;
import org.crucis.theorem.Theorem;

/** Theorem 4.1: width, step and hypotheses were read, the contraction by 1 - eta lambda_0/2 a step is recalled. */
final class SufficientWidth implements Theorem {

    @Override
    public String title() {
        return "Du et al. 2018, Theorem 4.1";
    }

    @Override
    public String setting() {
        return "two layers, ReLU, first layer trained";
    }

    @Override
    public Terms on(Problem problem) {
        double n = problem.n();
        Kernel gram = problem.kernel("H^inf", Setting::limitingGram);
        double lambda = gram.smallest();
        double step = lambda / (n * n);
        return Terms.on(problem)
                .hiddenLayers(problem.depth(1), Interval.around(1, 0))
                .activation(problem.activation(Activation.RELU), Activation.RELU)
                .unitLength()
                .noneParallel()
                .positive(gram)
                .following(gram)
                .open("largest |target|", problem.largestTarget(), "of order one")
                .width("n^6 / lambda_0^4", Math.pow(n, 6) / Math.pow(lambda, 4), TEXT)
                .measuredBy(Measurement.of("du2018/minimal-width-lies-below-the-bounds", "minimal width at most")
                        .over(MinimalWidthLiesBelowTheBounds.BOUNDS[0]))
                .step("lambda_0 / n^2", step, TEXT)
                .steps(
                        "ln(1/eps) / -ln(1 - eta lambda_0/2)",
                        Math.log(problem.relativeLoss()) / Math.log1p(-step * lambda / 2),
                        RECALLED);
    }
}
