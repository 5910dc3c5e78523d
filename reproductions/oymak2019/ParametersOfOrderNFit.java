package oymak2019;

import static org.crucis.claim.Basis.ABSTRACT;
import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.successRate;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Network;
import org.crucis.network.Trained;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.SmallestWidth;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Oymak and Soltanolkotabi 2019 (abstract; details recalled): with sqrt(k d) above a constant times n, gradient descent on the first
 * layer of a two-layer network with a smooth activation fits any n labels and stays near its start.
 *
 * <p>The setting is {@link Setting}. The constant before n is unnamed and holds the conditioning of the inputs; here it is 1,
 * that is k d = n^2.
 *
 * <p>A training succeeds when its relative loss falls to 1e-2 within 5000 steps of 1/lambda_max(J J'): the budget is part of the
 * threshold. Fewer parameters than labels cannot fit Gaussian labels, which is the other end (signs they can: one saturated tanh neuron
 * separates n = 2 d points in half of all cases): the transition lies
 * at k d of the order of n, far below n^2. Refuted by a failure at k d = n^2, or by success below n parameters.
 */
@Claim(
        title = "Fitting n labels takes parameters of order n; n^2 of them suffice, and training stays near its start",
        source = "abstract, phase transition",
        basis = RECALLED,
        statement = """
                For $f(x)=v^\\top\\varphi(Wx)$ with $k$ neurons, smooth $\\varphi$ and $\\sqrt{kd}\\ge C\\,n$, with high \
                probability
                $$\\|f_t-y\\|\\le(1-c\\,\\eta\\,\\sigma_{\\min}^2(J))^t\\|f_0-y\\|,\\qquad \
                \\sum_t\\|W_{t+1}-W_t\\|_F\\le4\\,\\frac{\\|f_0-y\\|}{\\sigma_{\\min}(J)}.$$""",
        symbols = "k = neurons (width), d = dimension, k d = parameters that are trained, n = inputs, J = Jacobian of "
                + "the outputs at initialisation, lambda_0 = smallest eigenvalue of E J J'.")
class ParametersOfOrderNFit {

    private static final double FITTED = 1e-2;
    private static final int STEPS = 5000;

    /** How many parameters. */
    private enum Size {
        SQUARE_OF_INPUTS {
            @Override
            int neurons(int n, int d) {
                return (int) Math.ceil(n * (double) n / d);
            }
        },
        HALF_OF_INPUTS {
            @Override
            int neurons(int n, int d) {
                return n / (2 * d);
            }
        };

        abstract int neurons(int n, int d);
    }

    static final Sweep DATA = Sweep.over("data", List.of(Setting.values())).blocks(24);

    static final Sweep SIZES = Sweep.over("inputs", List.of(12))
            .and("dimension", 4, 6)
            .inFull("inputs", List.of(15, 30))
            .inFull("dimension", List.of(5, 10))
            .blocks(12);

    static final Experiment MANY = fits(Size.SQUARE_OF_INPUTS)
            .assuming("separation of the inputs", ParametersOfOrderNFit::separation, Interval.atLeast(1e-3));
    static final Experiment FEW = fits(Size.HALF_OF_INPUTS);
    static final Experiment THRESHOLD = threshold();
    static final Experiment PATHS = paths(Path.PLAIN);
    static final Experiment SWINGING = paths(Path.SWINGING);

    @Prediction(value = "With as many parameters as n^2 labels are fitted; with n/2 they are not", basis = ABSTRACT)
    void squareSuffices(Lab lab) {
        lab.expect(successRate("fitted").atLeast(0.75)).in(MANY).butNotIn(FEW);
    }

    @Prediction(value = "With n/2 parameters Gaussian labels are not fitted; with n^2 they are", basis = DERIVED)
    void halfDoesNot(Lab lab) {
        lab.expect(successRate("fitted").atMost(0.25)).in(FEW).butNotIn(MANY);
    }

    @Prediction(value = "The smallest network that fits has 0.7 to 3 parameters a label, not neurons", basis = PILOT)
    void transitionIsAtOrderN(Lab lab) {
        lab.expect(geometricMean("parameters over labels").equalTo(1.85).within(1.15))
                .in(THRESHOLD)
                .butNotIn(THRESHOLD.reading("neurons over labels", "parameters over labels"));
    }

    @Prediction(
            value =
                    "With n^2 parameters the smallest squared singular value of J is at least half its expectation's; with n/2"
                            + " it is not",
            basis = DERIVED)
    void jacobianIsWellConditioned(Lab lab) {
        lab.expect(mean("smallest eigenvalue over its limit").atLeast(0.5).within(0.05))
                .in(MANY)
                .butNotIn(FEW);
    }

    @Prediction(
            "With n^2 parameters the path is at most 4 |f_0 - y| / sigma_min(J); near the limit of stability it is longer")
    void pathIsShort(Lab lab) {
        lab.expect(mean("path over its bound").atMost(1).within(0.05)).in(PATHS).butNotIn(SWINGING);
    }

    private static int inputs(Setting data) {
        return data == Setting.WINE ? 26 : 16;
    }

    private static Sample draw(Trial trial) {
        Setting data = trial.choice("data", Setting.class);
        return data.draw(inputs(data), 4, trial.blockRandom("data"));
    }

    /** Over the inputs' length; an odd activation cannot tell x from -x either. */
    private static double separation(Trial trial) {
        Sample sample = draw(trial);
        return Separation.of(sample.inputs()).distance() / Math.sqrt(sample.dimension());
    }

    private static boolean fits(Network network, Sample sample, double largest) {
        return GradientDescent.withStep(1 / largest)
                        .untilRelativeLoss(FITTED)
                        .atMost(STEPS)
                        .run(network, sample.inputs(), sample.targets())
                        .relativeLoss()
                <= FITTED;
    }

    private static Experiment fits(Size size) {
        return Experiment.over(DATA).measuring(trial -> {
            Sample sample = draw(trial);
            int neurons = size.neurons(sample.size(), sample.dimension());
            AnalyticKernel limit = AnalyticKernel.of(Activation.TANH, 1, 1, 0).training(Trained.only(0));
            double promised = Spectrum.of(limit.at(sample.inputs()).ntk()).smallest();
            try (Network network = Setting.network(sample.dimension(), neurons).draw(trial.random("weights"))) {
                Spectrum spectrum = Spectrum.of(EmpiricalKernel.of(network, sample.inputs()));
                return Measurements.of("smallest eigenvalue over its limit", spectrum.smallest() / promised)
                        .and("fitted", fits(network, sample, spectrum.largest()) ? 1 : 0);
            }
        });
    }

    private static Experiment threshold() {
        return Experiment.over(SIZES).measuring(trial -> {
            int n = trial.size("inputs");
            int d = trial.size("dimension");
            Sample sample = Setting.SPHERE.draw(n, d, trial.blockRandom("data"));
            SmallestWidth smallest = SmallestWidth.search(SmallestWidth.grid(1, 16 * n / d, 2), neurons -> {
                try (Network network = Setting.network(d, neurons).draw(trial.random("weights " + neurons))) {
                    double largest = Spectrum.of(EmpiricalKernel.of(network, sample.inputs()))
                            .largest();
                    return fits(network, sample, largest);
                }
            });
            // Inputs almost parallel may exceed the budget of steps at every width: they count with the largest one.
            double fits = smallest.atMost() > 0 ? smallest.atMost() : smallest.above();
            double between = Math.sqrt(Math.max(1, smallest.above()) * fits);
            return Measurements.of("parameters over labels", between * d / n).and("neurons over labels", between / n);
        });
    }

    private enum Path {
        /** Half of 1/lambda_max. */
        PLAIN,
        /** 1.98/lambda_max, and a small residual along the steepest direction. */
        SWINGING
    }

    private static Experiment paths(Path kind) {
        int n = 8;
        int d = 8;
        return Experiment.over(Sweep.onePoint().blocks(12))
                .measuring(trial -> {
                    Sample drawn = Setting.SPHERE.draw(n, d, trial.blockRandom("data"));
                    SimpleMatrix inputs = drawn.inputs();
                    try (Network network = Setting.network(d, Size.SQUARE_OF_INPUTS.neurons(n, d))
                            .draw(trial.random("weights"))) {
                        Spectrum spectrum = Spectrum.of(EmpiricalKernel.of(network, inputs));
                        SimpleMatrix start = network.outputs(inputs);
                        SimpleMatrix targets = kind == Path.PLAIN
                                ? drawn.targets()
                                : start.minus(spectrum.vector(n - 1).scale(0.01));
                        double fraction = kind == Path.PLAIN ? 0.5 : 1.98;
                        double[][] before = {network.parameters()};
                        double[] path = {0};
                        Training training = GradientDescent.withStep(fraction / spectrum.largest())
                                .untilRelativeLoss(FITTED)
                                .atMost(STEPS)
                                .probing(Schedule.every(1), (t, now, outputs) -> {
                                    path[0] += now.motionFrom(before[0]).total();
                                    before[0] = now.parameters();
                                })
                                .run(network, inputs, targets);
                        double bound = 4 * start.minus(targets).normF() / Math.sqrt(spectrum.smallest());
                        return Measurements.of("path over its bound", path[0] / bound)
                                .and("relative loss", training.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(FITTED));
    }
}
