package jacot2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.TEXT;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.identity;

import java.util.List;
import java.util.stream.IntStream;
import org.crucis.data.Circle;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.FirstLayer;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.ejml.simple.SimpleMatrix;

/**
 * Jacot et al. 2018, Proposition 1 (recalled) and Theorem 1 (read): the limiting covariance K and tangent kernel Theta follow
 * from one Gaussian expectation of phi and one of phi' a layer. ReLU and erf have closed forms (Cho and Saul 2009, Williams 1997).
 *
 * <p>Tested in two steps. The closed forms must solve the recursion to twelve digits: against integrals done panel by panel
 * ({@link Recursion}) and, on the unit sphere with sw^2 = 2, against the two functions of the angle that convergence theorems use. And
 * the mean tangent kernel of networks of width 64 must be the closed form, within 2 % of the diagonal and 2/m for the bias of
 * order 1/m that two and more hidden layers have. Each is refuted by a kernel of another recursion: a factor 2 forgotten, a
 * bias not counted, or the angle of the inputs in place of the layer's.
 */
@Claim(
        title = "The limiting tangent kernel is given by a recursion over the layers",
        source = "Proposition 1 and Theorem 1",
        basis = TEXT,
        statement = """
                With $K_0=\\Theta_0=\\sigma_w^2\\,x\\cdot x'/d+\\sigma_b^2$ and $(u,v)\\sim\\mathcal N(0,K_l)$, \
                $$K_{l+1}=\\sigma_w^2\\,\\mathbb E[\\phi(u)\\phi(v)]+\\sigma_b^2,\\qquad \
                \\Theta_{l+1}=K_{l+1}+\\sigma_w^2\\,\\mathbb E[\\phi'(u)\\phi'(v)]\\,\\Theta_l,$$ \
                and the tangent kernel of a network of $L$ hidden layers tends to $\\Theta_L$ as they widen.""",
        symbols = "K_l, Theta_l = kernels behind l hidden layers, (u, v) = Gaussian pair with covariance K_l, sw^2 and "
                + "sb^2 = variances of weights and biases, m = width, n = 3 inputs.")
class LimitingKernelFollowsTheRecursion {

    private static final double WEIGHT_VARIANCE = 1.5;
    private static final double BIAS_VARIANCE = 0.25;
    private static final int NETWORKS = 96;

    static final Sweep LAYERS = Sweep.over("activation", List.of(Activation.RELU, Activation.ERF))
            .and("depth", 1, 2, 3, 4)
            .withoutChance();
    static final Sweep WIDE = Sweep.over("activation", List.of(Activation.RELU, Activation.ERF))
            .and("depth", 1, 3)
            .and("width", 64)
            .inFull("depth", List.of(1, 2, 3, 4))
            .inFull("width", List.of(256))
            .blocks(12);

    static final Experiment CLOSED_FORM = Experiment.over(LAYERS).measuring(trial -> {
        SimpleMatrix x = Inputs.CIRCLE.draw(trial.blockRandom("data"));
        Activation activation = trial.choice("activation", Activation.class);
        int depth = trial.size("depth");
        SimpleMatrix closed = AnalyticKernel.of(activation, depth, WEIGHT_VARIANCE, BIAS_VARIANCE)
                .at(x)
                .ntk();
        Recursion recursion = Recursion.of(activation, depth, WEIGHT_VARIANCE, BIAS_VARIANCE);
        PanelQuadrature fine = PanelQuadrature.fine();
        return Measurements.of("error", error(closed, recursion.ntk(x, fine)))
                .and(
                        "error, factor 2 dropped",
                        error(closed, mistaken(recursion, x, Recursion.Mistake.FACTOR_TWO_DROPPED)))
                .and("error, bias dropped", error(closed, mistaken(recursion, x, Recursion.Mistake.BIAS_DROPPED)))
                .and(
                        "error, angle of the inputs",
                        error(closed, mistaken(recursion, x, Recursion.Mistake.ANGLE_OF_THE_INPUTS)));
    });

    static final Experiment ON_THE_SPHERE = Experiment.over(
                    Sweep.over("depth", List.of(1, 2, 3, 4)).withoutChance())
            .measuring(trial -> {
                int depth = trial.size("depth");
                double[] angles = IntStream.rangeClosed(0, 12)
                        .mapToDouble(k -> k * Math.PI / 12)
                        .toArray();
                SimpleMatrix points = Circle.at(angles);
                SimpleMatrix closed = AnalyticKernel.of(Activation.RELU, depth, 2, 0)
                        .withFirstLayer(FirstLayer.UNSCALED)
                        .between(points.rows(0, 1), points)
                        .ntk();
                SimpleMatrix sphere = new SimpleMatrix(1, angles.length);
                SimpleMatrix ofInputs = new SimpleMatrix(1, angles.length);
                for (int k = 0; k < angles.length; k++) {
                    sphere.set(0, k, ArcCosineSphere.ntk(angles[k], depth, ArcCosineSphere.Angle.OF_THE_LAYER));
                    ofInputs.set(0, k, ArcCosineSphere.ntk(angles[k], depth, ArcCosineSphere.Angle.OF_THE_INPUTS));
                }
                return Measurements.of("error", error(closed, sphere))
                        .and("error, angle of the inputs", error(closed, ofInputs));
            });

    static final Experiment NETWORKS_ON_THE_CIRCLE = networks(Inputs.CIRCLE);
    static final Experiment NETWORKS_ON_DIGITS = networks(Inputs.DIGITS);

    @Prediction(value = "The closed forms of ReLU and erf solve the recursion, to twelve digits", basis = DERIVED)
    void closedFormsSolveTheRecursion(Lab lab) {
        lab.expect(identity("error").toDigits(12))
                .in(CLOSED_FORM)
                .butNotIn(CLOSED_FORM.reading("error, factor 2 dropped", "error"))
                .butNotIn(CLOSED_FORM.reading("error, bias dropped", "error"))
                .butNotIn(CLOSED_FORM.reading("error, angle of the inputs", "error"));
    }

    @Prediction(
            value = "On the unit sphere the kernel of ReLU is that of the arc-cosine functions, to twelve digits",
            basis = DERIVED)
    void arcCosineFunctionsOnTheSphere(Lab lab) {
        lab.expect(identity("error").toDigits(12))
                .in(ON_THE_SPHERE)
                .butNotIn(ON_THE_SPHERE.reading("error, angle of the inputs", "error"));
    }

    @Prediction("The mean tangent kernel of wide networks is the kernel of the recursion")
    void networksHaveThisKernel(Lab lab) {
        lab.expect(agreement("mean kernel", "recursion").within(0.02).plus(2, "width"))
                .in(NETWORKS_ON_THE_CIRCLE)
                .butNotIn(NETWORKS_ON_THE_CIRCLE.reading("factor 2 dropped", "recursion"))
                .butNotIn(NETWORKS_ON_THE_CIRCLE.reading("bias dropped", "recursion"))
                .butNotIn(NETWORKS_ON_THE_CIRCLE.reading("angle of the inputs", "recursion"));
    }

    @Prediction("The same on handwritten digits")
    void networksOnDigitsHaveThisKernel(Lab lab) {
        lab.expect(agreement("mean kernel", "recursion").within(0.02).plus(2, "width"))
                .in(NETWORKS_ON_DIGITS)
                .butNotIn(NETWORKS_ON_DIGITS.reading("factor 2 dropped", "recursion"))
                .butNotIn(NETWORKS_ON_DIGITS.reading("bias dropped", "recursion"))
                .butNotIn(NETWORKS_ON_DIGITS.reading("angle of the inputs", "recursion"));
    }

    private static SimpleMatrix mistaken(Recursion recursion, SimpleMatrix x, Recursion.Mistake mistake) {
        return recursion.with(mistake).ntk(x, PanelQuadrature.coarse());
    }

    /** Largest difference over the largest entry. */
    private static double error(SimpleMatrix one, SimpleMatrix other) {
        return one.minus(other).elementMaxAbs() / one.elementMaxAbs();
    }

    /** Every entry of the mean kernel, in units of the limit's diagonal. */
    private static Experiment networks(Inputs inputs) {
        return Experiment.over(WIDE).measuring(trial -> {
            SimpleMatrix x = inputs.draw(trial.blockRandom("data"));
            Activation activation = trial.choice("activation", Activation.class);
            int depth = trial.size("depth");
            Architecture architecture = Architecture.of(x.getNumCols())
                    .hidden(trial.size("width"), depth)
                    .activation(activation)
                    .variances(WEIGHT_VARIANCE, BIAS_VARIANCE);
            SimpleMatrix limit = AnalyticKernel.of(activation, depth, WEIGHT_VARIANCE, BIAS_VARIANCE)
                    .at(x)
                    .ntk();
            Recursion recursion = Recursion.of(activation, depth, WEIGHT_VARIANCE, BIAS_VARIANCE);
            SimpleMatrix withoutFactor = mistaken(recursion, x, Recursion.Mistake.FACTOR_TWO_DROPPED);
            SimpleMatrix withoutBias = mistaken(recursion, x, Recursion.Mistake.BIAS_DROPPED);
            SimpleMatrix atInputs = mistaken(recursion, x, Recursion.Mistake.ANGLE_OF_THE_INPUTS);
            SimpleMatrix[] sum = {new SimpleMatrix(Inputs.COUNT, Inputs.COUNT)};
            new Ensemble(architecture, NETWORKS)
                    .draw(trial.random("weights"), network -> sum[0] = sum[0].plus(EmpiricalKernel.of(network, x)));
            Measurements entries = Measurements.along("entry");
            for (int i = 0; i < Inputs.COUNT; i++) {
                for (int j = 0; j <= i; j++) {
                    double unit = Math.sqrt(limit.get(i, i) * limit.get(j, j));
                    entries = entries.at(
                            (i + 1) + "," + (j + 1),
                            Measurements.of("mean kernel", sum[0].get(i, j) / NETWORKS / unit)
                                    .and("recursion", limit.get(i, j) / unit)
                                    .and("factor 2 dropped", withoutFactor.get(i, j) / unit)
                                    .and("bias dropped", withoutBias.get(i, j) / unit)
                                    .and("angle of the inputs", atInputs.get(i, j) / unit));
                }
            }
            return entries;
        });
    }
}
