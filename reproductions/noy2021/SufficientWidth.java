package noy2021;

import static org.crucis.claim.Basis.ABSTRACT;
import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;

import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.network.Activation;
import org.crucis.network.Gates;
import org.crucis.theorem.Kernel;
import org.crucis.theorem.Measurement;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Terms;
import org.crucis.theorem.Theorem;
import org.ejml.simple.SimpleMatrix;

/**
 * The main theorem with independent gates: the width is the abstract's, the power of n inside the logarithm recalled, the step that of
 * the claims. The depth at which the kernel's condition number is at most 3 is {@link LogarithmicDepth}.
 */
final class SufficientWidth implements Theorem {

    @Override
    public String title() {
        return "Noy et al. 2021, main theorem";
    }

    @Override
    public String setting() {
        return "L trained layers between a fixed first and last one, frozen gates";
    }

    @Override
    public Terms on(Problem problem) {
        double n = problem.n();
        int depth = problem.depth(2);
        int trained = depth - 1;
        Terms terms = Terms.on(problem)
                .hiddenLayers(depth, Interval.atLeast(2))
                .activation(problem.activation(Activation.RELU), Activation.RELU)
                .unitLength()
                .noneParallel()
                .width("n^2 L", n * n * trained, ABSTRACT)
                .measuredBy(Measurement.of("noy2021/minimal-width-grows-at-most-quadratically", "minimal width at most")
                        .over(MinimalWidthGrowsAtMostQuadratically.BOUNDS[0])
                        .where("gates", Gates.INITIAL, Gates.INDEPENDENT));
        if (!terms.apply()) {
            // The limiting kernel is a formula in the angles of inputs of length one.
            return terms;
        }
        Kernel limit = problem.kernel(
                "K/m, independent gates, L = " + trained, inputs -> Setting.limit(Gates.INDEPENDENT, inputs, trained));
        int logarithmic = LogarithmicDepth.on(new Sample(problem.inputs(), new SimpleMatrix(problem.n(), 1), "given"))
                .layers();
        return terms.open(
                        "trained layers L",
                        trained,
                        "of order log n; " + logarithmic + " make the condition number at most 3 (derived)")
                .positive(limit)
                .following(limit)
                .step("1 / (2 lambda_max), over m", 0.5 / limit.largest(), DERIVED)
                .steps(
                        "ln(n^3 L / (d eps))",
                        Math.log(Math.pow(n, 3) * trained / (problem.d() * problem.relativeLoss())),
                        RECALLED);
    }
}
