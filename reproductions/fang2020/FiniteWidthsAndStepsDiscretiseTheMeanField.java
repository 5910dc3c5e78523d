package fang2020;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;

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
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2020, the section on the mean field, after Mei, Montanari and Nguyen 2018 (both recalled): on a fixed interval of time
 * a network of m neurons, trained with steps dt, is the mean-field limit up to O(m^-1/2) + O(dt).
 *
 * <p>The squared distance from the limit is a variance of order 1/m and a squared bias of order 1/m^2. The bias of the loss is O(1/m), but
 * a single loss deviates by O(m^-1/2); so a network of 4 m neurons is compared with the four of m neurons into which it
 * falls, each trained by itself: the deviations of first order in the law of the neurons cancel in their mean, and bias gap
 * = sup_t |mean_k J_k(t) - J(t)| is what is left (derived). At t = 0 it is half the variance among the four, exactly.
 *
 * <p>Controls: the factor m^-1/2, with which networks differ from each other by order one at every width; and two runs after as many
 * steps of different size, which are at different times. Refuted by slower convergence.
 */
@Claim(
        title = "Finite widths and finite steps discretise the mean field",
        source = "section on the mean field",
        basis = RECALLED,
        statement = """
                On $[0,T]$: $\\mathbb E|f_m(t)-f_\\infty(t)|^2=O(1/m)$, the expected loss differs from that of the limit by \
                $O(1/m)$, and gradient descent with step $\\Delta t$ differs from its flow by $O(\\Delta t)$.""",
        symbols = "width = m, time = eta n steps (the gradient is that of J = (1/2n) sum e^2, every rate times m), T = "
                + "10, variance = that of f(x) at time T over independent networks trained on the same data, averaged "
                + "over four further inputs; steps = T/dt.")
class FiniteWidthsAndStepsDiscretiseTheMeanField {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(2, 7))
            .inFull("width", powersOfTwo(4, 9))
            .blocks(12);
    static final Sweep STEPS = Sweep.over("steps", powersOfTwo(4, 9)).blocks(12);

    static final Experiment MEAN_FIELD = variance(Parametrization.meanField());
    static final Experiment ROOT_OF_WIDTH = variance(Parametrization.ntk());

    static final Experiment REFINED =
            Experiment.over(STEPS).measuring(FiniteWidthsAndStepsDiscretiseTheMeanField::refined);

    static final Experiment FOUR_PARTS = parts(Parametrization.meanField());
    static final Experiment FOUR_PARTS_ROOT_OF_WIDTH = parts(Parametrization.ntk());

    @Prediction("The variance of trained networks falls like 1/width")
    void variance(Lab lab) {
        lab.expect(exponent("variance", "width").equalTo(-1).margin(0.15).correctedBy(1))
                .in(MEAN_FIELD)
                .butNotIn(ROOT_OF_WIDTH);
    }

    @Prediction("At a fixed time, the gap between steps dt and dt/8 falls like dt")
    void step(Lab lab) {
        lab.expect(exponent("gap at equal time", "steps")
                        .equalTo(-1)
                        .margin(0.1)
                        .correctedBy(1))
                .in(REFINED)
                .butNotIn(REFINED.reading("gap after as many steps", "gap at equal time"));
    }

    @Prediction(
            value = "The mean loss of four networks is that of one four times as wide, up to 1/width",
            basis = DERIVED)
    void bias(Lab lab) {
        lab.expect(exponent("bias gap", "width").equalTo(-1).margin(0.3).correctedBy(1))
                .in(FOUR_PARTS)
                .butNotIn(FOUR_PARTS_ROOT_OF_WIDTH);
    }

    private static final double TIME = 10;
    private static final int STEPS_OF_WIDTHS = 20;
    private static final int NETWORKS = 48;
    private static final int QUADRUPLES = 16;
    private static final int WIDTH_OF_STEPS = 64;
    private static final int PARTS = 4;

    private static Experiment variance(Parametrization scaling) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            Sample sample = Data.SPHERE.draw(trial.blockRandom("data"));
            SimpleMatrix further = Data.SPHERE.further(trial.blockRandom("further"));
            Architecture architecture = architecture(sample, trial.size("width"), scaling);
            SimpleMatrix sum = new SimpleMatrix(further.getNumRows(), 1);
            double squares = 0;
            for (int i = 0; i < NETWORKS; i++) {
                try (DenseNetwork network = architecture.draw(trial.random("weights " + i))) {
                    train(network, sample, TIME, STEPS_OF_WIDTHS);
                    SimpleMatrix outputs = network.outputs(further);
                    sum = sum.plus(outputs);
                    squares += outputs.dot(outputs);
                }
            }
            double variance = (squares - sum.dot(sum) / NETWORKS) / (NETWORKS - 1);
            return Measurements.of("variance", variance / further.getNumRows());
        });
    }

    private static Measurements refined(Trial trial) {
        Sample sample = Data.SPHERE.draw(trial.blockRandom("data"));
        int steps = trial.size("steps");
        Architecture architecture = architecture(sample, WIDTH_OF_STEPS, Parametrization.meanField());
        try (DenseNetwork network = architecture.draw(trial.blockRandom("weights"));
                DenseNetwork finer = network.copy();
                DenseNetwork behind = network.copy()) {
            SimpleMatrix outputs = train(network, sample, TIME, steps).outputs();
            return Measurements.of("gap at equal time", gap(outputs, train(finer, sample, TIME, 8 * steps)))
                    .and("gap after as many steps", gap(outputs, train(behind, sample, TIME / 8, steps)));
        }
    }

    private static double gap(SimpleMatrix outputs, Training other) {
        return outputs.minus(other.outputs()).elementMaxAbs();
    }

    private static Experiment parts(Parametrization scaling) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            Sample sample = Data.SPHERE.draw(trial.blockRandom("data"));
            int width = trial.size("width");
            double[] difference = new double[STEPS_OF_WIDTHS + 1];
            for (int i = 0; i < QUADRUPLES; i++) {
                try (DenseNetwork whole =
                        architecture(sample, PARTS * width, scaling).draw(trial.random("weights " + i))) {
                    for (int k = 0; k < PARTS; k++) {
                        try (DenseNetwork part =
                                architecture(sample, width, scaling).draw(trial.random("overwritten"))) {
                            assignPart(part, whole, k);
                            add(difference, train(part, sample, TIME, STEPS_OF_WIDTHS), 1.0 / PARTS);
                        }
                    }
                    add(difference, train(whole, sample, TIME, STEPS_OF_WIDTHS), -1);
                }
            }
            double largest = 0;
            for (double each : difference) {
                largest = Math.max(largest, Math.abs(each));
            }
            return Measurements.of("bias gap", largest / (QUADRUPLES * sample.size()));
        });
    }

    /** The k-th of the networks into which a wide one falls: neurons k m to (k + 1) m, with a factor of their own number. */
    private static void assignPart(DenseNetwork part, DenseNetwork whole, int k) {
        double[] from = whole.parameters();
        double[] to = new double[from.length / PARTS];
        int width = part.architecture().width();
        int theta = part.architecture().inputs() * width;
        double factor = part.scale(1).multiplier() / whole.scale(1).multiplier();
        System.arraycopy(from, k * theta, to, 0, theta);
        for (int j = 0; j < width; j++) {
            to[theta + j] = factor * from[PARTS * theta + k * width + j];
        }
        part.assign(to);
    }

    private static void add(double[] sum, Training training, double weight) {
        for (int step = 0; step < sum.length; step++) {
            sum[step] += weight * training.loss(step);
        }
    }

    private static Architecture architecture(Sample sample, int width, Parametrization scaling) {
        return Architecture.of(sample.dimension())
                .hidden(width, 1)
                .activation(TANH)
                .parametrization(scaling);
    }

    private static Training train(DenseNetwork network, Sample sample, double time, int steps) {
        return GradientDescent.withStep(time / (sample.size() * steps))
                .atMost(steps)
                .run(network, sample.inputs(), sample.targets());
    }
}
