package lee2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.RELU;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Motion;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.ejml.simple.SimpleMatrix;

/**
 * Lee et al. 2019, Theorem 2.1 and Figure 1 (recalled; there with ReLU): the parameters of a wide network move by O(1) in all, over all of
 * training, while their norm grows with the width. Relative to its norm a layer of m d or m weights moves by m^-1/2, one of
 * m x m weights by 1/m.
 *
 * <p>The run, to T, is {@link LazyRun}: relative loss 1e-3 and eta lambda_min T of at least 4.
 *
 * <p>Where it ends up is derived here: gradient descent on the linear model ends at the parameters nearest to the initial ones
 * that fit, at the squared distance r_0^T Theta^-1 r_0. It would be refuted by another kernel's quadratic form.
 *
 * <p>What would refute the rates: motions of another order, as where features are learned. In mean-field scaling (one hidden
 * layer) the motion of all parameters grows with the width, and each layer moves by a constant share of its size; in
 * maximal-update scaling a layer between hidden layers moves by m^-1/2 of its size in the place of 1/m.
 */
@Claim(
        title = "The parameters move by a constant, ever less of their size",
        source = "Theorem 2.1, Figure 1",
        basis = RECALLED,
        statement = """
                In NTK parametrization $\\sup_t\\|\\theta_t-\\theta_0\\|_2=O(1)$ in the width $m$, so that \
                $\\|\\Delta W\\|_F/\\|W\\|_F$ is $O(m^{-1/2})$ in the first and the last layer and $O(m^{-1})$ between \
                hidden layers; and $\\|\\theta_\\infty-\\theta_0\\|^2\\to(y-f_0)^T\\Theta^{-1}(y-f_0)$.""",
        symbols = "m = width, theta = parameters in NTK coordinates (unit variance), Theta = tangent kernel, r_0 = "
                + "initial residual.")
class ParametersHardlyMove {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 11)).blocks(12);
    static final Sweep ONE_HIDDEN = WIDTHS.and("activation", TANH, RELU).inFull("width", powersOfTwo(6, 13));
    static final Sweep SMOOTH = WIDTHS.and("activation", TANH);
    static final Sweep TWO_HIDDEN = Sweep.over("width", powersOfTwo(4, 9))
            .inFull("width", powersOfTwo(5, 11))
            .and("activation", TANH);
    static final Sweep MOVING = Sweep.over("width", powersOfTwo(4, 9)).and("activation", TANH);
    static final Sweep MOVING_AND_DEEPER =
            Sweep.over("width", powersOfTwo(3, 8)).and("activation", TANH);

    static final Experiment LAZY = motion(ONE_HIDDEN, Data.SPHERE, 1, Parametrization.ntk(), 1);
    static final Experiment LAZY_ON_DIGITS = motion(SMOOTH, Data.DIGITS, 1, Parametrization.ntk(), 1);
    static final Experiment LAZY_AND_DEEPER = motion(TWO_HIDDEN, Data.SPHERE, 2, Parametrization.ntk(), 1);
    // Smaller steps: these kernels grow severalfold while they train, and 1/lambda_max at the start would be unstable.
    static final Experiment MEAN_FIELD = motion(MOVING, Data.SPHERE, 1, Parametrization.meanField(), 0.2);
    static final Experiment MEAN_FIELD_ON_DIGITS = motion(MOVING, Data.DIGITS, 1, Parametrization.meanField(), 0.2);
    static final Experiment MU_P = motion(MOVING_AND_DEEPER, Data.SPHERE, 2, Parametrization.muP(), 0.2);

    @Prediction("The distance that all parameters move does not depend on the width; in mean-field scaling it grows")
    void motionIsConstant(Lab lab) {
        lab.expect(exponent("motion", "width").equalTo(0).margin(0.1).per("activation"))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("The same on handwritten digits")
    void motionIsConstantOnDigits(Lab lab) {
        lab.expect(exponent("motion", "width").equalTo(0).margin(0.1).per("activation"))
                .in(LAZY_ON_DIGITS)
                .butNotIn(MEAN_FIELD_ON_DIGITS);
    }

    @Prediction(
            "Relative to its size the first layer moves by width^(-1/2); in mean-field scaling it moves by a constant")
    void firstLayer(Lab lab) {
        lab.expect(exponent("first layer", "width").equalTo(-0.5).margin(0.12).per("activation"))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(
            "Relative to its size the last layer moves by width^(-1/2); in mean-field scaling it moves by a constant")
    void lastLayer(Lab lab) {
        lab.expect(exponent("last layer", "width").equalTo(-0.5).margin(0.12).per("activation"))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("Relative to its size a layer between hidden layers moves by 1/width, a first layer does not")
    void hiddenLayer(Lab lab) {
        lab.expect(exponent("hidden layer", "width").equalTo(-1).margin(0.15))
                .in(LAZY_AND_DEEPER)
                .butNotIn(LAZY_AND_DEEPER.reading("first layer", "hidden layer"))
                .butNotIn(MU_P);
    }

    @Prediction(
            value =
                    "Training ends as far away as the linear model does: at the nearest parameters that fit the targets",
            basis = DERIVED)
    void nearestFit(Lab lab) {
        lab.expect(relativeAgreement("squared motion", "squared motion of the linear model")
                        .within(0.02)
                        .plus(5, "width"))
                .in(LAZY)
                .butNotIn(LAZY.reading("the same by the last layer's kernel", "squared motion of the linear model"));
    }

    private static Experiment motion(Sweep sweep, Data data, int depth, Parametrization scaling, double fraction) {
        return Experiment.over(sweep)
                .assuming("separation of the inputs", data::separation, Interval.atLeast(Data.SEPARATED))
                .measuring(trial -> {
                    Sample sample = data.draw(trial.blockRandom("data"));
                    Architecture architecture = Architecture.of(sample.dimension())
                            .hidden(trial.size("width"), depth)
                            .activation(trial.choice("activation", Activation.class))
                            .parametrization(scaling);
                    try (Network network = architecture.draw(trial.random("weights"))) {
                        double byLastLayer = displacementByLastLayer(network, sample);
                        LazyRun run = LazyRun.train(network, sample, fraction);
                        Motion motion = run.motion();
                        return Measurements.of("motion", motion.total())
                                .and("squared motion", motion.total() * motion.total())
                                .and("squared motion of the linear model", run.displacement())
                                .and("the same by the last layer's kernel", byLastLayer)
                                .and("first layer", motion.layers().get(0).relative())
                                .and(
                                        "hidden layer",
                                        motion.layers().get(depth / 2).relative())
                                .and("last layer", motion.layers().get(depth).relative())
                                .and("relative loss", run.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(1e-3));
    }

    /** The wrong theory: as if the last layer alone were trained. */
    private static double displacementByLastLayer(Network network, Sample sample) {
        List<SimpleMatrix> shares = EmpiricalKernel.layerShares(network, sample.inputs());
        return LinearizedDynamics.gradientDescent(shares.get(shares.size() - 1), 1)
                .minimumNormDisplacement(sample.targets());
    }
}
