package fang2020;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;

/**
 * Fang, Dong and Zhang 2020, the section on the tangent kernel, whose figures vary alpha and m; the exponents are derived
 * here. With equal rates for u and theta the kernel of f is alpha^2 K_m in the time of the mean field, so that a residual of
 * order one is fitted by moving every neuron by O(1/alpha). The second-order term (alpha/m) sum_j O(alpha^-2) is what f differs from its
 * linearisation by: 1/alpha. Mirrored neurons cancel it, which leaves 1/alpha^2; independent neurons nearly do,
 * since it is a sum with random signs, of order m^-1/2, and rises above the term of third order only for alpha above
 * 4 sqrt(m): hence 32 neurons and scales from 32 on. The displacement of mirrored neurons has its next order at alpha^-2.
 *
 * <p>Displacement and gap are those of {@link LazyRun}. Displacements are compared at an equal relative loss, 0.01. Output
 * weights and theta are standard normal, units tanh without biases.
 *
 * <p>Controls: each arm is another's; where alpha is swept, also networks whose initial output of order alpha/sqrt(m) is not
 * taken away, so that the residual grows as fast as the network's reach. Refuted by displacements that fall more slowly than the reach
 * grows, or by parameters that stay in the mean-field scaling, alpha = 1.
 */
@Claim(
        title = "Neurons stay where they started as the output scale grows",
        source = "section on the tangent kernel, figures on alpha and m",
        basis = DERIVED,
        statement = """
                Train $f=\\frac{\\alpha}{m}\\sum_{j=1}^m u_jh(\\theta_j,x)$ from $f_0=0$ to a fixed relative loss, at equal \
                rates of $u$ and $\\theta$. Then $|\\delta u_j|,|\\delta\\theta_j|\\propto\\alpha^{-1}$ and \
                $\\sup_{t,x}|f-f_{\\mathrm{lin}}|\\propto\\alpha^{-1}$, or $\\alpha^{-2}$ for mirrored neurons; at \
                $\\alpha=\\sqrt m$ displacements fall like $m^{-1/2}$, at $\\alpha=1$ they do not depend on $m$.""",
        symbols = "m = width, alpha = scale of the output, theta_j = incoming weights of neuron j, u_j = its output "
                + "weight, displacement = how far a neuron moves, gap = distance from the linearised training.")
class DistanceFallsWithOutputScale {

    static final Sweep SCALES = scales(3, 8);
    static final Sweep LARGE_SCALES = scales(5, 10);
    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(5, 10))
            .and("data", Data.SPHERE, Data.DIGITS)
            .blocks(12);

    static final Experiment MIRRORED = scaled(SCALES, Start.MIRRORED);
    static final Experiment NOT_ZERO_AT_START = scaled(SCALES, Start.AS_DRAWN);
    static final Experiment MIRRORED_FAR_OUT = scaled(LARGE_SCALES, Start.MIRRORED);
    static final Experiment INDEPENDENT_FAR_OUT = scaled(LARGE_SCALES, Start.CENTRED);

    static final Experiment SCALE_OF_ROOT_WIDTH = ofWidth(WIDTHS, Math::sqrt);
    static final Experiment MEAN_FIELD = ofWidth(WIDTHS, width -> 1);

    static final Experiment SMALL_SCALE = scaled(oneScale(0.25), Start.MIRRORED);
    static final Experiment LARGE_SCALE = scaled(oneScale(32), Start.MIRRORED);

    @Prediction("At a fixed width, the neurons' displacement falls like 1/alpha")
    void displacement(Lab lab) {
        lab.expect(exponent("displacement", "alpha")
                        .equalTo(-1)
                        .margin(0.05)
                        .correctedBy(2)
                        .per("data"))
                .in(MIRRORED)
                .butNotIn(NOT_ZERO_AT_START);
    }

    @Prediction("Independent neurons: the gap from the linearised network falls like 1/alpha")
    void gapOfIndependent(Lab lab) {
        lab.expect(exponent("gap", "alpha").equalTo(-1).margin(0.15).per("data"))
                .in(INDEPENDENT_FAR_OUT)
                .butNotIn(MIRRORED_FAR_OUT);
    }

    @Prediction("Mirrored neurons: it falls like 1/alpha^2")
    void gapOfMirrored(Lab lab) {
        lab.expect(exponent("gap", "alpha").equalTo(-2).margin(0.15).per("data"))
                .in(MIRRORED_FAR_OUT)
                .butNotIn(INDEPENDENT_FAR_OUT);
    }

    @Prediction("With alpha = width^(1/2) the displacement falls like width^(-1/2)")
    void displacementAtRootWidth(Lab lab) {
        lab.expect(exponent("displacement", "width").equalTo(-0.5).margin(0.05).per("data"))
                .in(SCALE_OF_ROOT_WIDTH)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("With alpha = 1 it does not fall")
    void displacementInMeanField(Lab lab) {
        lab.expect(exponent("displacement", "width").equalTo(0).margin(0.05).per("data"))
                .in(MEAN_FIELD)
                .butNotIn(SCALE_OF_ROOT_WIDTH);
    }

    @Prediction(
            value = "At alpha = 1/4 the linearised network is off by more than a tenth of what is learned",
            basis = PILOT)
    void smallScaleIsNotLinear(Lab lab) {
        lab.expect(geometricMean("gap over range").atLeast(0.1).within(0.02))
                .in(SMALL_SCALE)
                .butNotIn(LARGE_SCALE);
    }

    private static final int WIDTH = 32;

    private static Sweep scales(int from, int to) {
        return Sweep.over("alpha", powersOfTwo(from, to))
                .and("data", Data.SPHERE, Data.DIGITS)
                .blocks(12);
    }

    private static Sweep oneScale(double alpha) {
        return Sweep.over("alpha", List.of(alpha))
                .and("data", Data.SPHERE, Data.DIGITS)
                .blocks(12);
    }

    private static Experiment scaled(Sweep scales, Start start) {
        return separated(scaledOn(scales, start));
    }

    /** Of the data that the sweep names, before anything is asked of them. */
    static Experiment scaledOn(Sweep scales, Start start) {
        return experiment(scales, start, trial -> WIDTH, trial -> trial.number("alpha"));
    }

    private static Experiment ofWidth(Sweep widths, ToDoubleFunction<Double> alpha) {
        return separated(ofWidthOn(widths, alpha));
    }

    /**
     * Of the data that the sweep names, before anything is asked of them.
     *
     * @param alpha of the width
     */
    static Experiment ofWidthOn(Sweep widths, ToDoubleFunction<Double> alpha) {
        return experiment(
                widths,
                Start.MIRRORED,
                trial -> trial.size("width"),
                trial -> alpha.applyAsDouble(trial.number("width")));
    }

    static Experiment separated(Experiment experiment) {
        return experiment.assuming(
                "separation of the inputs", Data::separationOfTheNamed, Interval.atLeast(Data.SEPARATED));
    }

    private static Experiment experiment(
            Sweep sweep, Start start, ToDoubleFunction<Trial> width, ToDoubleFunction<Trial> alpha) {
        return Experiment.over(sweep)
                .measuring(trial -> {
                    Data data = trial.choice("data", Data.class);
                    Sample sample = data.draw(trial.blockRandom("data"));
                    Architecture architecture = start.apply(Architecture.of(sample.dimension())
                            .hidden((int) width.applyAsDouble(trial), 1)
                            .activation(TANH)
                            .parametrization(Parametrization.meanField().scaledBy(alpha.applyAsDouble(trial))));
                    // The block's neurons at every scale; a wider network begins with those of the narrower one.
                    try (DenseNetwork network = architecture.draw(trial.blockRandom("weights"))) {
                        LazyRun run = LazyRun.train(network, sample, data.further(trial.blockRandom("further")), start);
                        return Measurements.of("displacement", run.displacement())
                                .and("gap", run.gap())
                                .and("gap over range", run.gap() / run.range())
                                .and("relative loss", run.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(LazyRun.LOSS));
    }
}
