package noy2021;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.network.Gates.INDEPENDENT;
import static org.crucis.network.Gates.INITIAL;
import static org.crucis.statistics.Criteria.mean;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Gates;

/**
 * Noy et al. 2021, the time logarithmic in n and L, asked of handwritten digits. The depth that their separation asks for, and with
 * it the width 2 n^2 L(n), is measured before any network is drawn; where it exceeds the widths that the claim may use, a hypothesis of
 * the theorem fails, and the claim does not apply. Threes and eights are too close for eight of them; see {@link TimeIsLogarithmic}
 * for inputs that are not.
 */
@Claim(
        title = "On handwritten digits, a depth of order log n makes the time independent of the number of inputs",
        source = "Time logarithmic in n and L (abstract); mechanism derived",
        basis = DERIVED,
        statement = """
                With independent gates, if $m\\ge 2n^2L$ and $L+1\\ge\\ln(2n)/\\ln(1/\\gamma_{\\max})$, gradient descent with the \
                step $1/\\lambda_{\\max}$ brings the squared error to $10^{-3}$ of its initial value within \
                $\\lceil\\ln 10^3/(2\\ln 1.5)\\rceil=9$ steps.""",
        symbols = "m = width, L = depth, n = inputs, gamma_max = largest share of gates in which two inputs agree, "
                + "lambda_max = largest eigenvalue of the kernel.")
class DigitsAtLogarithmicDepth {

    /** The largest width that this claim may use. */
    static final int WIDEST = 512;

    static final Sweep SIZES = Sweep.over("inputs", List.of(8)).blocks(12, 12);

    static final Experiment DIGITS = digits(INDEPENDENT);
    static final Experiment DIGITS_WITH_RELU_GATES = digits(INITIAL);

    @Prediction("At most 8.5 steps to a relative loss of 1e-3")
    void steps(Lab lab) {
        lab.expect(mean("steps").atMost(8.5).within(0.5)).in(DIGITS).butNotIn(DIGITS_WITH_RELU_GATES);
    }

    private static Experiment digits(Gates gates) {
        return Experiment.over(SIZES)
                .assuming(
                        "2 n^2 L(n), the width that the separation of the digits asks for",
                        trial -> LogarithmicDepth.on(sample(trial)).width(),
                        Interval.atMost(WIDEST))
                .measuring(trial -> LogarithmicDepth.on(sample(trial)).run(gates, trial::random));
    }

    private static Sample sample(Trial trial) {
        return Data.DIGITS.draw(trial.size("inputs"), trial.blockRandom("data"));
    }
}
