package lee2020;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.relativeAgreement;

import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.OutputPrior;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/**
 * Lee et al. 2020 (abstract): ensembling and centring bring finite networks closer to the kernel predictor.
 *
 * <p>Derived: each centred network differs from mu_T by independent fluctuations of order m^-1/2 and a bias of order 1/m, so
 * the error falls like S^-1/2 until S is of order m; here S is at most 32, and m is 512. A network that is not centred has
 * the variance of f_0 on top, in closed form. Refuted by an error that stays (a kernel predictor that is not the networks'
 * mean, as the NNGP one in the control), or by a variance off its closed form.
 */
@Claim(
        title = "Ensembles of centred networks reach the kernel predictor",
        source = "abstract",
        basis = DERIVED,
        statement = """
                The mean of $S$ centred networks of width $m$, trained for $T$ steps, approaches the kernel predictor \
                $\\mu_T$ with an error of order $S^{-1/2}$ as long as $S\\ll m$; a network that is not centred scatters \
                about $\\mu_T$ with the variance of the closed-form dynamics.""",
        symbols = "m = width, S = networks in the ensemble, mu_T(x) = Theta(x, X) Theta^-1 (I - (I - eta Theta)^T) y "
                + "with the limiting Theta, f_T - f_0 = a centred network after T steps, error = root of the mean over "
                + "test inputs and over disjoint ensembles of the square of (ensemble mean - mu_T).")
class CentredEnsemblesReachTheKernelPredictor {

    static final Experiment ENSEMBLES =
            Experiment.over(Sweep.onePoint().blocks(12)).measuring(CentredEnsemblesReachTheKernelPredictor::ensembles);
    static final Experiment SINGLE_NETWORKS = Experiment.over(Sweep.onePoint().blocks(12))
            .measuring(CentredEnsemblesReachTheKernelPredictor::singleNetworks);

    @Prediction(value = "The error of the ensemble's mean falls like S^(-1/2)", basis = DERIVED)
    void errorFalls(Lab lab) {
        lab.expect(exponent("error", "networks").equalTo(-0.5).margin(0.15))
                .in(ENSEMBLES)
                .butNotIn(ENSEMBLES.reading("error to the NNGP predictor", "error"));
    }

    @Prediction("Networks that are not centred scatter as the closed form says; centred ones far less")
    void centringRemovesTheScatter(Lab lab) {
        lab.expect(relativeAgreement("mean square error", "closed form").within(0.2))
                .in(SINGLE_NETWORKS)
                .butNotIn(SINGLE_NETWORKS.reading("mean square error, centred", "mean square error"));
    }

    private static final int WIDTH = 512;
    private static final int STEPS = 30;
    private static final int TRAIN = 4;
    private static final int TEST = 8;
    private static final int LARGEST = 32;
    private static final int NETWORKS = 128;
    private static final int SCATTERED = 64;

    /** Data, and what infinitely wide networks make of them. */
    private record Setting(
            Sample train,
            SimpleMatrix test,
            SimpleMatrix predictor,
            SimpleMatrix nngpPredictor,
            double step,
            double variance) {

        static Setting of(Trial trial) {
            SimpleMatrix all = Spheres.ofDimension(TRAIN + TEST, TRAIN + TEST, trial.blockRandom("inputs"));
            SimpleMatrix inputs = all.rows(0, TRAIN);
            SimpleMatrix test = all.rows(TRAIN, TRAIN + TEST);
            Sample train = new Sample(inputs, Labels.gaussian(TRAIN, trial.blockRandom("labels")), "sphere");
            AnalyticKernel kernel = AnalyticKernel.of(TANH, 1, 1, 0);
            SimpleMatrix theta = kernel.at(inputs).ntk();
            double step = LinearizedDynamics.gradientDescent(theta, 1).criticalStep() / 2;
            LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(theta, step);
            var cross = kernel.between(test, inputs);
            var law = dynamics.law(cross.ntk(), OutputPrior.of(kernel, inputs, test), train.targets(), STEPS);
            LinearizedDynamics lastLayer =
                    LinearizedDynamics.gradientDescent(kernel.at(inputs).nngp(), step);
            return new Setting(
                    train,
                    test,
                    law.mean(),
                    lastLayer.gain(cross.nngp(), STEPS).mult(train.targets()),
                    step,
                    law.covariance().trace() / TEST);
        }

        Network network(Trial trial, int draw) {
            return Architecture.of(train.dimension())
                    .hidden(WIDTH, 1)
                    .activation(TANH)
                    .draw(trial.random("weights " + draw));
        }
    }

    private static Measurements ensembles(Trial trial) {
        Setting setting = Setting.of(trial);
        SimpleMatrix[] learned = new SimpleMatrix[NETWORKS];
        for (int draw = 0; draw < NETWORKS; draw++) {
            try (Network network = setting.network(trial, draw)) {
                SimpleMatrix before = network.outputs(setting.test);
                GradientDescent.withStep(setting.step)
                        .centred()
                        .atMost(STEPS)
                        .run(network, setting.train.inputs(), setting.train.targets());
                learned[draw] = network.outputs(setting.test).minus(before);
            }
        }
        Measurements measurements = Measurements.along("networks");
        for (int size = 1; size <= LARGEST; size *= 2) {
            measurements = measurements.at(
                    size,
                    Measurements.of("error", error(learned, size, setting.predictor))
                            .and("error to the NNGP predictor", error(learned, size, setting.nngpPredictor)));
        }
        return measurements;
    }

    /** Over all disjoint ensembles of a size. */
    private static double error(SimpleMatrix[] learned, int size, SimpleMatrix predictor) {
        double squares = 0;
        for (int from = 0; from < learned.length; from += size) {
            SimpleMatrix sum = learned[from];
            for (int member = from + 1; member < from + size; member++) {
                sum = sum.plus(learned[member]);
            }
            squares += Math.pow(sum.divide(size).minus(predictor).normF(), 2);
        }
        return Math.sqrt(squares * size / learned.length / TEST);
    }

    private static Measurements singleNetworks(Trial trial) {
        Setting setting = Setting.of(trial);
        double scatter = 0;
        double centred = 0;
        for (int draw = 0; draw < SCATTERED; draw++) {
            try (Network network = setting.network(trial, draw)) {
                double[] start = network.parameters();
                SimpleMatrix before = network.outputs(setting.test);
                GradientDescent descent = GradientDescent.withStep(setting.step).atMost(STEPS);
                descent.run(network, setting.train.inputs(), setting.train.targets());
                scatter += Math.pow(
                        network.outputs(setting.test).minus(setting.predictor).normF(), 2);
                network.assign(start);
                descent.centred().run(network, setting.train.inputs(), setting.train.targets());
                centred += Math.pow(
                        network.outputs(setting.test)
                                .minus(before)
                                .minus(setting.predictor)
                                .normF(),
                        2);
            }
        }
        return Measurements.of("mean square error", scatter / SCATTERED / TEST)
                .and("mean square error, centred", centred / SCATTERED / TEST)
                .and("closed form", setting.variance);
    }
}
