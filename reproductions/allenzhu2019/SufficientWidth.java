package allenzhu2019;

import static org.crucis.claim.Basis.RECALLED;

import org.crucis.claim.Interval;
import org.crucis.network.Activation;
import org.crucis.network.Gates;
import org.crucis.theorem.Measurement;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Terms;
import org.crucis.theorem.Theorem;

/**
 * Allen-Zhu, Li and Song, arXiv 1811.03962: the width from the table of a later paper, the number of steps recalled. L counts the
 * trained layers, which lie between a fixed first and a fixed last one; phi is the separation.
 */
final class SufficientWidth implements Theorem {

    @Override
    public String title() {
        return "Allen-Zhu et al. 2019, main theorem";
    }

    @Override
    public String setting() {
        return "L trained layers between a fixed first and last one, ReLU";
    }

    @Override
    public Terms on(Problem problem) {
        double n = problem.n();
        int depth = problem.depth(2);
        int trained = depth - 1;
        double phi = problem.separation().distance();
        return Terms.on(problem)
                .hiddenLayers(depth, Interval.atLeast(2))
                .activation(problem.activation(Activation.RELU), Activation.RELU)
                .unitLength()
                .noneParallel()
                .width("n^24 L^12 / phi^8", Math.pow(n, 24) * Math.pow(trained, 12) / Math.pow(phi, 8), RECALLED)
                .measuredBy(Measurement.of("noy2021/minimal-width-grows-at-most-quadratically", "minimal width at most")
                        .over("n^24 L^12 / phi^8 (Allen-Zhu et al.)")
                        .where("gates", Gates.NONE))
                .steps(
                        "n^6 L^2 ln(1/eps) / phi^2",
                        -Math.pow(n, 6) * trained * trained * Math.log(problem.relativeLoss()) / (phi * phi),
                        RECALLED);
    }
}
