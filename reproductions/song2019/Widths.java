package song2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;

import org.crucis.claim.Interval;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.FirstLayer;
import org.crucis.network.Activation;
import org.crucis.network.Trained;
import org.crucis.theorem.Kernel;
import org.crucis.theorem.Measurement;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Terms;
import org.crucis.theorem.Theorem;
import org.ejml.simple.SimpleMatrix;

/** The width for training, recalled in its general form, and that for the Gram matrix at the start, derived here. */
enum Widths implements Theorem {
    TRAINING("Song, Yang 2019, general width", "two layers, ReLU, first layer trained") {
        @Override
        public Terms on(Problem problem) {
            double n = problem.n();
            Kernel gram = gram(problem);
            double lambda = gram.smallest();
            return onTwoLayers(problem)
                    .unitLength()
                    .noneParallel()
                    .positive(gram)
                    .following(gram)
                    .width("n^4 / lambda_0^4", Math.pow(n, 4) / Math.pow(lambda, 4), RECALLED)
                    .measuredBy(Measurement.of("du2018/minimal-width-lies-below-the-bounds", "minimal width at most")
                            .over("n^4 / lambda_0^4 (Song, Yang)"))
                    .step("lambda_0 / n^2", lambda / (n * n), RECALLED)
                    .steps(
                            "n^2 ln(1/eps) / lambda_0^2",
                            -n * n * Math.log(problem.relativeLoss()) / (lambda * lambda),
                            RECALLED);
        }
    },
    GRAM_MATRIX(
            "Song, Yang 2019, matrix Chernoff",
            "two layers, ReLU; lambda_min(H(0)) at least 3/4 lambda_0 in nine networks of ten, nothing trained") {
        @Override
        public Terms on(Problem problem) {
            Kernel gram = gram(problem);
            return onTwoLayers(problem)
                    .positive(gram)
                    .width(
                            "32 |X|^2 ln(10 n) / lambda_0",
                            32 * problem.squaredNorm() * Math.log(10.0 * problem.n()) / gram.smallest(),
                            DERIVED)
                    .measuredBy(Measurement.of("song2019/gram-matrix-concentrates", "needed width over the bound"));
        }
    };

    private final String title;
    private final String setting;

    Widths(String title, String setting) {
        this.title = title;
        this.setting = setting;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String setting() {
        return setting;
    }

    private static Terms onTwoLayers(Problem problem) {
        return Terms.on(problem)
                .hiddenLayers(problem.depth(1), Interval.around(1, 0))
                .activation(problem.activation(Activation.RELU), Activation.RELU);
    }

    private static Kernel gram(Problem problem) {
        return problem.kernel("H^inf", Widths::limit);
    }

    private static SimpleMatrix limit(SimpleMatrix inputs) {
        return AnalyticKernel.of(Activation.RELU, 1, 1, 0)
                .withFirstLayer(FirstLayer.UNSCALED)
                .training(Trained.HIDDEN)
                .at(inputs)
                .ntk();
    }
}
