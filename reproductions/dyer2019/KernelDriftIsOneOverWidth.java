package dyer2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.ERF;
import static org.crucis.network.Activation.GELU;
import static org.crucis.network.Activation.SOFTPLUS;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;

import java.util.List;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.OutputWeights;

/**
 * Dyer and Gur-Ari 2019, Conjecture 1 with Lemma 1 and section 3 (read in an exposition): dTheta/dt = -sum_b O_3(., ., x_b)
 * (f_b - y_b) is O(1/m), so the kernel changes by O(1/m) over a fixed training time.
 *
 * <p>T is that of {@link FixedTimeRun}.
 *
 * <p>The rate rests on E a^3 = 0. With output weights of one sign and an activation that is not odd, the leading term
 * (1/m) sum_r a_r^2 delta(phi' phi'), linear in a_r through delta, no longer averages out, and the change is of order
 * m^-1/2. The two arms exclude each other's exponent; the conjecture would be refuted by a slope of the centred arm off -1.
 */
@Claim(
        title = "The tangent kernel moves by one over the width",
        source = "Conjecture 1, Lemma 1, section 3",
        basis = RECALLED,
        statement = """
                For a network of width $m$ with independent centred Gaussian weights, in NTK parametrization, and a fixed \
                training time $t$,
                $$\\hat\\Theta_t-\\hat\\Theta_0=O(m^{-1}),$$
                one half power faster than the bound $O(m^{-1/2})$.""",
        symbols = "m = width (n in the paper), L = hidden layers, a = output weights, change = |Theta_T - Theta_0|_F / "
                + "|Theta_0|_F with eta lambda_max T fixed, as root of the mean square over networks.")
class KernelDriftIsOneOverWidth {

    static final Sweep SHALLOW = Sweep.over("width", powersOfTwo(5, 11))
            .and("activation", SOFTPLUS, TANH)
            .inFull("activation", List.of(SOFTPLUS, TANH, GELU, ERF))
            .inFull("width", powersOfTwo(6, 13))
            .blocks(12);
    static final Sweep NOT_ODD = Sweep.over("width", powersOfTwo(5, 11))
            .and("activation", SOFTPLUS)
            .inFull("activation", List.of(SOFTPLUS, GELU))
            .inFull("width", powersOfTwo(6, 13))
            .blocks(12);
    /** Six widths, as few as an exponent can be fitted to. */
    static final Sweep NOT_ODD_FEW_WIDTHS =
            Sweep.over("width", powersOfTwo(5, 10)).and("activation", SOFTPLUS).blocks(12);

    static final Sweep DEEP = Sweep.over("width", powersOfTwo(4, 9))
            .and("activation", SOFTPLUS)
            .inFull("activation", List.of(SOFTPLUS, TANH))
            .blocks(12);
    static final Sweep DEEP_NOT_ODD =
            Sweep.over("width", powersOfTwo(4, 9)).and("activation", SOFTPLUS).blocks(12);

    static final Experiment CENTRED = change(SHALLOW, 1, Data.SPHERE, OutputWeights.CENTRED);
    static final Experiment CENTRED_ON_DIGITS = change(SHALLOW, 1, Data.DIGITS, OutputWeights.CENTRED);
    static final Experiment ONE_SIGN = change(NOT_ODD, 1, Data.SPHERE, OutputWeights.POSITIVE);
    static final Experiment ONE_SIGN_ON_DIGITS = change(NOT_ODD_FEW_WIDTHS, 1, Data.DIGITS, OutputWeights.POSITIVE);
    static final Experiment TWO_HIDDEN_LAYERS = change(DEEP, 2, Data.SPHERE, OutputWeights.CENTRED);
    static final Experiment TWO_HIDDEN_LAYERS_ONE_SIGN = change(DEEP_NOT_ODD, 2, Data.SPHERE, OutputWeights.POSITIVE);

    @Prediction("With centred output weights the kernel changes like 1/width")
    void oneOverWidth(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(-1).margin(0.2).per("activation"))
                .in(CENTRED)
                .butNotIn(ONE_SIGN);
    }

    @Prediction("The same on handwritten digits")
    void oneOverWidthOnDigits(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(-1).margin(0.2).per("activation"))
                .in(CENTRED_ON_DIGITS)
                .butNotIn(ONE_SIGN_ON_DIGITS);
    }

    @Prediction("The same with two hidden layers, where it is a conjecture")
    void oneOverWidthInDeeperNetworks(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(-1).margin(0.2).per("activation"))
                .in(TWO_HIDDEN_LAYERS)
                .butNotIn(TWO_HIDDEN_LAYERS_ONE_SIGN);
    }

    @Prediction(
            value = "With output weights of one sign, and an activation that is not odd, it changes like width^(-1/2)",
            basis = DERIVED)
    void halfPowerForOneSign(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(-0.5).margin(0.12).per("activation"))
                .in(ONE_SIGN)
                .butNotIn(CENTRED);
    }

    /** Networks to a trial: a single one may by chance hardly move, and its logarithm would rule the mean. */
    private static final int DRAWS = 4;

    private static Experiment change(Sweep sweep, int depth, Data data, OutputWeights outputWeights) {
        return Experiment.over(sweep)
                .measuring(trial -> {
                    Sample sample = data.draw(trial.blockRandom("data"));
                    Architecture architecture = Architecture.of(sample.dimension())
                            .hidden(trial.size("width"), depth)
                            .activation(trial.choice("activation", Activation.class))
                            .outputWeights(outputWeights);
                    double squares = 0;
                    double relativeLoss = 0;
                    for (int draw = 0; draw < DRAWS; draw++) {
                        try (Network network = architecture.draw(trial.random("weights " + draw))) {
                            FixedTimeRun run = FixedTimeRun.centred(network, sample);
                            squares += run.change() * run.change();
                            relativeLoss += run.relativeLoss() / DRAWS;
                        }
                    }
                    return Measurements.of("change", Math.sqrt(squares / DRAWS)).and("relative loss", relativeLoss);
                })
                .validWhen(measured("relative loss").atMost(0.9));
    }
}
