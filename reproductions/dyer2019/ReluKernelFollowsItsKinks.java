package dyer2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.RELU;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.relativeAgreement;

import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.ejml.simple.SimpleMatrix;

/**
 * Beyond Dyer and Gur-Ari 2019: what becomes of the 1/m of their Conjecture 1 when phi' jumps (derived here; the proofs need
 * a smooth activation). The law is derived, and tested, for orthogonal inputs with labels of one size: 1 and -1, for the
 * spread a quarter of that. On other inputs an input's gradient moves the pre-activations of the others as well; the
 * exponents should stay, the constant need not.
 *
 * <p>T is that of {@link FixedTimeRun}. On orthogonal inputs of squared length d, input x_i pushes the pre-activation z_r of an
 * active neuron by a_r c_i/sqrt(m), and nothing else moves it. About sqrt(m) neurons reach the kink, and there stop: they are
 * switched off, and none is switched on.
 *
 * <ul>
 *   <li>So the kernel on a training input loses E[a^2 |a c|; a c &lt; 0] p(0) / sqrt(m) = |c| / (pi sqrt(m)), with the
 *       normal density p(0) and |c| read as highest minus lowest c_i(t): a change of order m^-1/2 that wins over the
 *       smooth one, 1/m, at large widths.
 *   <li>The crossings of different neurons are independent: over networks, at fixed data, the change of an entry has a
 *       spread of sqrt(sqrt(m))/m = m^-3/4. Small labels make it win early, since it goes as |c|^(1/2), the smooth part as
 *       |c|.
 * </ul>
 *
 * A smooth activation gives 1/m for all of it, and is the control.
 */
@Claim(
        title = "The kernel of a ReLU network moves with its kinks, slower than 1/m",
        source = "Conjecture 1 without its smoothness",
        basis = DERIVED,
        statement = """
                For one hidden layer of $m$ ReLU units, orthogonal inputs, labels $\\pm1$ and a fixed training time $T$: on \
                training inputs
                $$\\|\\hat\\Theta_T-\\hat\\Theta_0\\|_F\\sim m^{-1/2}$$
                for large $m$, while over networks, at fixed data, an entry of the change has a standard deviation
                $$\\operatorname{sd}\\bigl(\\hat\\Theta_T(x,x)-\\hat\\Theta_0(x,x)\\bigr)\\sim m^{-3/4}.$$""",
        symbols = "m = width, T = a fixed training time, c_i(t) = -eta sum_{s<t} r_i(s) with the residual r of the "
                + "linearised training.")
class ReluKernelFollowsItsKinks {

    static final Sweep LARGE_WIDTHS = Sweep.over("width", powersOfTwo(10, 15)).blocks(12);
    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 11)).blocks(12);

    static final Experiment CHANGE = change(RELU, 4);
    static final Experiment CHANGE_OF_SMOOTH_UNITS = change(TANH, 2);
    static final Experiment SPREAD = spread(RELU);
    static final Experiment SPREAD_OF_SMOOTH_UNITS = spread(TANH);

    @Prediction("At widths of 8192 to 32768 the change on training inputs falls like width^(-1/2)")
    void change(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(-0.5).margin(0.12))
                .in(CHANGE)
                .butNotIn(CHANGE_OF_SMOOTH_UNITS);
    }

    // The allowance is at least 15/sqrt(m), twice the size of the next order in a pilot run.
    @Prediction(
            value = "The kernel on training inputs falls by |c| / (pi sqrt(width)), and does not inflate",
            basis = PILOT)
    void deflation(Lab lab) {
        lab.expect(relativeAgreement("deflation", "kinks").within(0.15).plus(400, "width"))
                .in(CHANGE)
                .butNotIn(CHANGE_OF_SMOOTH_UNITS);
    }

    @Prediction("Over networks, at fixed data, a diagonal entry's change has a spread of width^(-3/4)")
    void spread(Lab lab) {
        lab.expect(exponent("spread", "width").equalTo(-0.75).margin(0.1))
                .in(SPREAD)
                .butNotIn(SPREAD_OF_SMOOTH_UNITS);
    }

    private static Experiment change(Activation activation, int networks) {
        return Experiment.over(LARGE_WIDTHS)
                .measuring(trial -> {
                    Sample sample = Data.ORTHOGONAL.draw(trial.blockRandom("data"));
                    Architecture architecture = architecture(sample, trial.size("width"), activation);
                    double squares = 0;
                    double deflation = 0;
                    double kinks = 0;
                    double relativeLoss = 0;
                    for (int draw = 0; draw < networks; draw++) {
                        try (Network network = architecture.draw(trial.random("weights " + draw))) {
                            FixedTimeRun run = FixedTimeRun.centred(network, sample);
                            squares += run.change() * run.change() / networks;
                            deflation -= run.after().minus(run.before()).trace() / networks;
                            kinks += pushes(run.before(), sample) / Math.sqrt(trial.size("width")) / Math.PI / networks;
                            relativeLoss += run.relativeLoss() / networks;
                        }
                    }
                    return Measurements.of("change", Math.sqrt(squares))
                            .and("deflation", deflation)
                            .and("kinks", kinks)
                            .and("relative loss", relativeLoss);
                })
                .validWhen(measured("relative loss").atMost(0.1));
    }

    /** sum_i of highest minus lowest c_i(t). */
    private static double pushes(SimpleMatrix kernel, Sample sample) {
        double step = FixedTimeRun.FRACTION
                / LinearizedDynamics.gradientDescent(kernel, 1).spectrum().largest();
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, step);
        SimpleMatrix push = new SimpleMatrix(sample.size(), 1);
        SimpleMatrix highest = push;
        SimpleMatrix lowest = push;
        for (int t = 0; t < FixedTimeRun.STEPS; t++) {
            push = push.minus(dynamics.residual(sample.targets().negative(), t).scale(step));
            highest = larger(highest, push);
            lowest = larger(lowest.negative(), push.negative()).negative();
        }
        return highest.minus(lowest).elementSum();
    }

    private static SimpleMatrix larger(SimpleMatrix a, SimpleMatrix b) {
        SimpleMatrix larger = a.copy();
        for (int i = 0; i < a.getNumElements(); i++) {
            larger.set(i, Math.max(a.get(i), b.get(i)));
        }
        return larger;
    }

    /** Networks from whose changes one spread is estimated. */
    private static final int CLOUD = 32;

    private static final SimpleMatrix SMALL_LABELS =
            new SimpleMatrix(new double[][] {{0.25}, {-0.25}, {0.25}, {-0.25}});

    private static Experiment spread(Activation activation) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            Sample sample = Data.ORTHOGONAL.draw(trial.blockRandom("data")).withTargets(SMALL_LABELS);
            Architecture architecture = architecture(sample, trial.size("width"), activation);
            SimpleMatrix sum = new SimpleMatrix(sample.size(), 1);
            SimpleMatrix squares = new SimpleMatrix(sample.size(), 1);
            for (int draw = 0; draw < CLOUD; draw++) {
                try (Network network = architecture.draw(trial.random("weights " + draw))) {
                    FixedTimeRun run = FixedTimeRun.centred(network, sample);
                    SimpleMatrix moved = run.after().minus(run.before()).diag();
                    sum = sum.plus(moved);
                    squares = squares.plus(moved.elementMult(moved));
                }
            }
            double variance = squares.minus(sum.elementMult(sum).divide(CLOUD)).elementSum() / (CLOUD - 1);
            return Measurements.of("spread", Math.sqrt(variance / sample.size()));
        });
    }

    private static Architecture architecture(Sample sample, int width, Activation activation) {
        return Architecture.of(sample.dimension()).hidden(width, 1).activation(activation);
    }
}
