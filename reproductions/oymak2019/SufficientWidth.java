package oymak2019;

import static org.crucis.claim.Basis.ABSTRACT;
import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.network.Activation.ERF;
import static org.crucis.network.Activation.GELU;
import static org.crucis.network.Activation.SIGMOID;
import static org.crucis.network.Activation.SOFTPLUS;
import static org.crucis.network.Activation.TANH;

import java.util.Locale;
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

/**
 * The abstract's k d = (C n)^2 with C = 1; the conditioning of the inputs is in C. The rate is recalled, the step derived. Where no
 * activation is chosen it is erf, whose limit is a closed form.
 */
final class SufficientWidth implements Theorem {

    @Override
    public String title() {
        return "Oymak, Soltanolkotabi 2019, main theorem";
    }

    @Override
    public String setting() {
        return "two layers, smooth activation, first layer trained";
    }

    @Override
    public Terms on(Problem problem) {
        double n = problem.n();
        Activation activation = problem.activation(ERF);
        Kernel jacobian = problem.kernel(
                "E J J', " + activation.name().toLowerCase(Locale.ROOT),
                inputs -> AnalyticKernel.of(activation, 1, 1, 0)
                        .withFirstLayer(FirstLayer.UNSCALED)
                        .training(Trained.only(0))
                        .at(inputs)
                        .ntk());
        return Terms.on(problem)
                .hiddenLayers(problem.depth(1), Interval.around(1, 0))
                .activation(activation, ERF, TANH, SIGMOID, SOFTPLUS, GELU)
                .unitLength()
                .positive(jacobian)
                .following(jacobian)
                .width("n^2 / d", n * n / problem.d(), ABSTRACT)
                .measuredBy(Measurement.of("oymak2019/parameters-of-order-n-fit", "parameters over labels")
                        .stillOver("inputs"))
                .step("1 / lambda_max", 1 / jacobian.largest(), DERIVED)
                .steps(
                        "ln(1/eps) / -2 ln(1 - eta lambda_min)",
                        Math.log(problem.relativeLoss()) / (2 * Math.log1p(-1 / jacobian.condition())),
                        RECALLED);
    }
}
