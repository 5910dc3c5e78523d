package dyer2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.SOFTPLUS;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;

import java.util.List;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.OutputWeights;
import org.crucis.network.Steps;
import org.ejml.simple.SimpleMatrix;

/**
 * Dyer and Gur-Ari 2019, section 3 (read in an exposition): the tower O_1 = f, O_{s+1} = grad O_s . grad f, of which O_2 is
 * the tangent kernel, falls off in pairs: O_3, O_4 ~ 1/m and O_5, O_6 ~ 1/m^2 (of these O_6 is not tested: the fourth
 * difference of a kernel is a small one of large numbers). Huang and Yau bound the r-th one by m^-(r/2 - 1), half a power a
 * step, which is half a power worse for odd r.
 *
 * <p>D^k Theta is the k-th difference of Theta along steps of size {@value #TIME}/lambda_max of gradient descent with that
 * fixed residual: exactly h^k D^k Theta up to a factor 1 + O(h) that knows no width. Root mean square over networks, Frobenius
 * norm over training inputs, relative to |Theta_0| and at |r| as drawn.
 *
 * <p>Would be refuted by O_3 ~ m^-1/2, the order of its bound, which is what output weights of one sign give it; O_4 is of
 * order 1/m in both arms.
 */
@Claim(
        title = "The kernel's derivatives along the gradient fall off in pairs",
        source = "Conjecture 1, section 3",
        basis = RECALLED,
        statement = """
                For $O_1=f$ and $O_{s+1}=\\nabla O_s\\cdot\\nabla f$ at initialisation, contracted with the residual $-y$ \
                of $f-f_0$,
                $$O_2=O(1),\\quad O_3,\\,O_4=O(m^{-1}),\\quad O_5=O(m^{-2}).$$""",
        symbols = "m = width (n in the paper), r = -y the residual of f - f_0, which is trained (f_0, of order sqrt(m) "
                + "for output weights of one sign, is no part of the statement), D = derivative along r . grad f with r "
                + "held fixed, so that D^k Theta = O_{2+k} contracted k times with r.")
class DerivativesFallInPairs {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(5, 10)).blocks(12);
    static final Sweep SMOOTH = WIDTHS.and("activation", SOFTPLUS, TANH).inFull("width", powersOfTwo(5, 12));
    static final Sweep NOT_ODD = WIDTHS.and("activation", SOFTPLUS).inFull("width", powersOfTwo(5, 12));

    static final Experiment CENTRED = tower(SMOOTH, OutputWeights.CENTRED);
    static final Experiment ONE_SIGN = tower(NOT_ODD, OutputWeights.POSITIVE);

    @Prediction("O_3, the first derivative of the kernel along the gradient, is of order 1/width")
    void third(Lab lab) {
        lab.expect(exponent("O_3", "width").equalTo(-1).margin(0.15).per("activation"))
                .in(CENTRED)
                .butNotIn(ONE_SIGN);
    }

    @Prediction("O_4 is of order 1/width as well")
    void fourth(Lab lab) {
        lab.expect(exponent("O_4", "width").equalTo(-1).margin(0.15).per("activation"))
                .in(CENTRED)
                .butNotIn(CENTRED.reading("O_5", "O_4"));
    }

    @Prediction("O_5 is of order 1/width^2")
    void fifth(Lab lab) {
        lab.expect(exponent("O_5", "width").equalTo(-2).margin(0.3).per("activation"))
                .in(CENTRED)
                .butNotIn(CENTRED.reading("O_4", "O_5"));
    }

    @Prediction(
            value = "Output weights of one sign, and an activation that is not odd, give O_3 the order width^(-1/2)",
            basis = DERIVED)
    void thirdForOneSign(Lab lab) {
        lab.expect(exponent("O_3", "width").equalTo(-0.5).margin(0.12).per("activation"))
                .in(ONE_SIGN)
                .butNotIn(CENTRED);
    }

    /** Small against 1, so that differences are derivatives; its cube times 1/m^2 is far above rounding. */
    private static final double TIME = 0.02;

    /** Networks to a trial: a single one may by chance hardly move, and its logarithm would rule the mean. */
    private static final int DRAWS = 16;

    private static Experiment tower(Sweep sweep, OutputWeights outputWeights) {
        return Experiment.over(sweep).measuring(trial -> {
            Sample sample = Data.SPHERE.draw(trial.blockRandom("data"));
            Architecture architecture = Architecture.of(sample.dimension())
                    .hidden(trial.size("width"), 1)
                    .activation(trial.choice("activation", Activation.class))
                    .outputWeights(outputWeights);
            double[] squares = new double[4];
            for (int draw = 0; draw < DRAWS; draw++) {
                try (Network network = architecture.draw(trial.random("weights " + draw))) {
                    List<SimpleMatrix> kernels = alongTheGradient(network, sample);
                    for (int order = 1; order < squares.length; order++) {
                        double size = difference(kernels, order).normF()
                                / kernels.get(0).normF();
                        squares[order] += size * size / (DRAWS * Math.pow(TIME, 2 * order));
                    }
                }
            }
            return Measurements.of("O_3", Math.sqrt(squares[1]))
                    .and("O_4", Math.sqrt(squares[2]))
                    .and("O_5", Math.sqrt(squares[3]));
        });
    }

    /** Theta after 0, 1, 2, 3 small steps against the gradient with the residual of the start. */
    private static List<SimpleMatrix> alongTheGradient(Network network, Sample sample) {
        SimpleMatrix inputs = sample.inputs();
        // Centred: f_0 of order sqrt(m) for output weights of one sign is no part of the statement.
        double[] residual = sample.targets().negative().getDDRM().getData();
        try (KernelFollower kernel = EmpiricalKernel.following(network, inputs);
                Steps steps = Steps.of(network, inputs)) {
            double step = TIME / Spectrum.of(kernel.start()).largest();
            steps.step(residual, step);
            SimpleMatrix one = kernel.now();
            steps.step(residual, step);
            SimpleMatrix two = kernel.now();
            steps.step(residual, step);
            return List.of(kernel.start(), one, two, kernel.now());
        }
    }

    /** Forward difference of an order from 1 to 3. */
    private static SimpleMatrix difference(List<SimpleMatrix> values, int order) {
        if (order == 0) {
            return values.get(0);
        }
        return difference(values.subList(1, values.size()), order - 1).minus(difference(values, order - 1));
    }
}
