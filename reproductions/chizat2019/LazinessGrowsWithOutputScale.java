package chizat2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.SOFTPLUS;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;

import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;

/**
 * Chizat, Oyallon and Bach 2019, Theorems 2.2 to 2.4 (recalled): with the objective R(alpha h(w))/alpha^2 and h(w_0) = 0,
 * training becomes lazy as alpha grows, at a fixed width.
 *
 * <p>"Uniform in time", which asks for a positive definite kernel, is a run to the end ({@link ScaledRun}).
 *
 * <p>h(w_0) = 0 is had in two ways. Training f - f_0 leaves the first-order term of the kernel's change in place: the bounds
 * are attained. Mirrored neurons (a, w), (-a, w) cancel it, since the kernel is even in a: one power of alpha faster
 * (derived). Independent neurons without either have alpha h(w_0) of order alpha, a residual that grows with alpha, and are
 * the control: nothing becomes lazy. Refuted by exponents above the claimed ones.
 */
@Claim(
        title = "Any network becomes lazy as its output is scaled up",
        source = "Theorems 2.2 to 2.4",
        basis = RECALLED,
        statement = """
                If $h(w_0)=0$, training $\\alpha h$ on $R(\\alpha h(w))/\\alpha^2$ obeys, as $\\alpha\\to\\infty$,
                $$\\sup_t\\|w_t-w_0\\|=O(\\alpha^{-1}),\\quad \\sup_t\\|w_t-\\bar w_t\\|=O(\\alpha^{-2}),\\quad \
                \\sup_t\\|\\alpha h(w_t)-\\alpha\\bar h(\\bar w_t)\\|=O(\\alpha^{-1}),$$
                with $\\bar w_t$ the linearised training; uniformly in time when the tangent kernel is positive definite.""",
        symbols = "alpha = scale of the output, h = the network, w = its parameters in NTK coordinates, w_lin = those "
                + "of the linearisation at w_0 under the same steps, motion = sup_t |w_t - w_0|, distance = sup_t |w_t "
                + "- w_lin,t|, gap = sup_t |alpha h(w_t) - alpha h_lin,t|, change = relative change of the kernel; the "
                + "step is 1/(lambda_max) of alpha h, hence 1/alpha^2 of that of h.")
class LazinessGrowsWithOutputScale {

    static final Sweep SCALES = Sweep.over("alpha", powersOfTwo(1, 7))
            .and("activation", SOFTPLUS, TANH)
            .blocks(12);

    /** Six scales, as few as an exponent can be fitted to. */
    static final Sweep FEW_SCALES =
            Sweep.over("alpha", powersOfTwo(1, 6)).and("activation", TANH).blocks(12);

    static final Experiment CENTRED = scaled(SCALES, Data.SPHERE, Start.CENTRED);
    static final Experiment CENTRED_ON_DIGITS = scaled(SCALES, Data.DIGITS, Start.CENTRED);
    static final Experiment MIRRORED = scaled(SCALES, Data.SPHERE, Start.MIRRORED);
    static final Experiment NOT_ZERO_AT_START = scaled(SCALES, Data.SPHERE, Start.AS_DRAWN);
    static final Experiment NOT_ZERO_AT_START_ON_DIGITS = scaled(FEW_SCALES, Data.DIGITS, Start.AS_DRAWN);

    @Prediction("The parameters' motion falls like 1/alpha")
    void motion(Lab lab) {
        lab.expect(exponent("motion", "alpha").equalTo(-1).margin(0.05).per("activation"))
                .in(CENTRED)
                .butNotIn(NOT_ZERO_AT_START);
    }

    @Prediction("The same on handwritten digits")
    void motionOnDigits(Lab lab) {
        lab.expect(exponent("motion", "alpha").equalTo(-1).margin(0.05).per("activation"))
                .in(CENTRED_ON_DIGITS)
                .butNotIn(NOT_ZERO_AT_START_ON_DIGITS);
    }

    @Prediction("The parameters' distance from the linearised training falls at least like 1/alpha^2")
    void distance(Lab lab) {
        lab.expect(exponent("distance", "alpha").atMost(-2).margin(0.1).per("activation"))
                .in(CENTRED)
                .butNotIn(NOT_ZERO_AT_START);
    }

    @Prediction("The outputs' gap from the linearised training falls at least like 1/alpha")
    void gap(Lab lab) {
        lab.expect(exponent("gap", "alpha").atMost(-1).margin(0.1).per("activation"))
                .in(CENTRED)
                .butNotIn(NOT_ZERO_AT_START);
    }

    @Prediction(value = "The kernel's change falls like 1/alpha for a centred network", basis = DERIVED)
    void kernelOfCentred(Lab lab) {
        lab.expect(exponent("change", "alpha").equalTo(-1).margin(0.15).per("activation"))
                .in(CENTRED)
                .butNotIn(MIRRORED);
    }

    @Prediction(value = "It falls like 1/alpha^2 for mirrored neurons, which cancel the first order", basis = DERIVED)
    void kernelOfMirrored(Lab lab) {
        lab.expect(exponent("change", "alpha").equalTo(-2).margin(0.15).per("activation"))
                .in(MIRRORED)
                .butNotIn(CENTRED);
    }

    private static final int WIDTH = 200;

    private static Experiment scaled(Sweep scales, Data data, Start start) {
        return Experiment.over(scales)
                .assuming(
                        "lambda_min / lambda_max of the tangent kernel",
                        trial -> {
                            Sample sample = data.draw(trial.blockRandom("data"));
                            try (DenseNetwork network = draw(trial, sample, start)) {
                                Spectrum spectrum = Spectrum.of(EmpiricalKernel.of(network, sample.inputs()));
                                return spectrum.smallest() / spectrum.largest();
                            }
                        },
                        Interval.atLeast(1e-3))
                .measuring(trial -> {
                    Sample sample = data.draw(trial.blockRandom("data"));
                    try (DenseNetwork network = draw(trial, sample, start)) {
                        ScaledRun run = ScaledRun.train(network, sample, start);
                        return Measurements.of("motion", run.motion())
                                .and("distance", run.distance())
                                .and("gap", run.gap())
                                .and("change", run.change())
                                .and("relative loss", run.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(1e-3));
    }

    /** As in the theorem, w_0 is the same for every alpha: the block's, not the trial's. */
    private static DenseNetwork draw(Trial trial, Sample sample, Start start) {
        Architecture architecture = Architecture.of(sample.dimension())
                .hidden(WIDTH, 1)
                .activation(trial.choice("activation", Activation.class))
                .parametrization(Parametrization.ntk().scaledBy(trial.number("alpha")));
        return start.apply(architecture).draw(trial.blockRandom("weights"));
    }
}
