package fang2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.pairs;
import static org.crucis.statistics.Sketches.clouds;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.claim.Figure;
import org.crucis.data.Sample;
import org.crucis.data.Teacher;
import org.crucis.feature.EnergyDistance;
import org.crucis.feature.FeatureCloud;
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
import org.crucis.network.Parametrization.Exponents;
import org.crucis.network.Parametrization.Variances;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2019, and Mei, Montanari and Nguyen 2018 (recalled): the law of the neurons at a fixed time of training has a limit
 * as the width grows, and it is not the initial one. Here the second half; that the laws of different widths are one is {@code
 * mei2018.EmpiricalLawConverges} (without noise) and {@link NoisyDescentForgetsItsStart} (with).
 *
 * <p>Rates are such that both move their outputs equally fast at first.
 *
 * <p>That the squared distance between two independent clouds falls like 1/m is true whether they were trained or not, so that
 * it is shown (with all pairs of 24 runs and delete-one-run jackknife intervals) and carries no verdict. What tells learned laws from
 * initial ones: neurons move by order one at every width, and the trained cloud stays as far from its own start. The lazy network's do not,
 * although two of its runs agree just as well. Refuted by a displacement that shrinks with the width.
 */
@Claim(
        title = "Neurons move at every width, unless the network is lazy",
        source = "limit of many neurons",
        basis = RECALLED,
        statement = """
                Train $f=\\frac1m\\sum_j u_jh(\\theta_j,x)$ for a fixed time. The displacement of the neurons \
                $(u_j,\\theta_j)$ and the distance of their law from the initial one do not depend on $m$ as $m\\to\\infty$. With \
                $m^{-1/2}$ in the place of $1/m$ neurons move by $O(m^{-1/2})$, and their law stays the initial one.""",
        symbols =
                "f(x) = s_m sum_j u_j tanh(w_j x + b_j) on 11 inputs in [-1, 1], target 0.8 sin(2.5 x); s_m = 1/m for "
                        + "features, m^-1/2 with mirrored neurons for the lazy rival; u ~ N(0, 1), w ~ N(0, 4), b ~ N(0, 1); "
                        + "displacement = root mean square over the neurons of (u, w, b) minus its start.")
class NeuronsMoveAtEveryWidth {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 11))
            .inFull("width", powersOfTwo(7, 12))
            .blocks(12);
    static final Sweep FEW_RUNS = Sweep.over("width", powersOfTwo(4, 9)).blocks(1, 1);

    static final Experiment MEAN = Experiment.over(WIDTHS)
            .measuring(trial -> trained(trial, Scaling.MEAN))
            .validWhen(measured("relative loss").atMost(0.2));
    static final Experiment LAZY = Experiment.over(WIDTHS)
            .measuring(trial -> trained(trial, Scaling.LAZY))
            .validWhen(measured("relative loss").atMost(0.2));
    static final Experiment RUNS = Experiment.over(FEW_RUNS).measuring(trial -> runs(trial, Law.SAME));
    static final Experiment RUNS_OF_TWO_LAWS =
            Experiment.over(FEW_RUNS).measuring(trial -> runs(trial, Law.ALTERNATING));

    /** For the eye. */
    static final Experiment NEURONS = Experiment.over(
                    Sweep.over("scaling", List.of(Scaling.values())).blocks(1, 1))
            .measuring(NeuronsMoveAtEveryWidth::neurons);

    @Prediction(value = "Neurons move as far at every width", basis = DERIVED)
    void displacement(Lab lab) {
        lab.expect(exponent("displacement", "width").equalTo(0).margin(0.05))
                .in(MEAN)
                .butNotIn(LAZY);
    }

    @Prediction(value = "Those of a lazy network move by width^(-1/2)", basis = DERIVED)
    void lazyDisplacement(Lab lab) {
        lab.expect(exponent("displacement", "width").equalTo(-0.5).margin(0.05))
                .in(LAZY)
                .butNotIn(MEAN);
    }

    @Prediction("The trained cloud stays as far from its own start")
    void distanceFromTheStart(Lab lab) {
        lab.expect(exponent("distance from the start", "width").atLeast(0).margin(0.15))
                .in(MEAN)
                .butNotIn(LAZY);
        lab.show(clouds("slope", "output weight")
                        .per("scaling")
                        .by("state")
                        .drawing("at the start", Figure.Role.START)
                        .titled("The neurons of a mean and of a lazy network, before and after")
                        .captioned(
                                "One point a neuron, at width 400: weight of the input, and output weight. The mean learns features,"
                                        + " the lazy network fits the same data without."))
                .of(NEURONS);
    }

    @Prediction(
            value =
                    "The squared energy distance between runs falls like 1/width; runs from two initial laws keep theirs",
            basis = PILOT)
    void runsAgree(Lab lab) {
        lab.expect(pairs("squared energy distance")
                        .between("run", "other run")
                        .exponentIn("width")
                        .equalTo(-1)
                        .margin(0.2))
                .in(RUNS)
                .butNotIn(RUNS_OF_TWO_LAWS);
    }

    private static final int INPUTS = 11;
    private static final int DRAWS = 2;
    private static final int RUNS_COMPARED = 24;
    private static final double STEP = 0.4;
    private static final int STEPS = 150;

    /** What stands before the sum over the neurons, with rates that make the outputs move equally fast. */
    private enum Scaling {
        MEAN(Parametrization.meanOfNeurons()),
        LAZY(new Parametrization(
                "sum over root of width",
                new Exponents(0, 0),
                new Exponents(0.5, 0),
                new Exponents(0.5, 0),
                0,
                Variances.IN_DEVIATION,
                1));

        private final Parametrization parametrization;

        Scaling(Parametrization parametrization) {
            this.parametrization = parametrization;
        }
    }

    /** Which law the output weights of a run begin with. */
    private enum Law {
        SAME,
        /** Every second run begins with three times the deviation. */
        ALTERNATING
    }

    private static Sample sample() {
        SimpleMatrix inputs = SimpleMatrix.filled(INPUTS, 2, 1);
        for (int i = 0; i < INPUTS; i++) {
            inputs.set(i, 0, 2.0 * i / (INPUTS - 1) - 1);
        }
        return Teacher.of(x -> 0.8 * Math.sin(2.5 * x[0])).sample(inputs, "a sine on [-1, 1]");
    }

    /** A trained network's neurons, before and after. */
    private record Run(SimpleMatrix before, SimpleMatrix after, double relativeLoss) {

        static Run of(int width, UniformRandomProvider weights, Scaling scaling, double outputDeviation) {
            Architecture architecture = Architecture.of(2)
                    .hidden(width, 1)
                    .activation(TANH)
                    .variances(1, 0)
                    .parametrization(scaling.parametrization);
            Sample sample = sample();
            try (DenseNetwork network =
                    (scaling == Scaling.LAZY ? architecture.mirrored() : architecture).draw(weights)) {
                spread(network, outputDeviation);
                SimpleMatrix before = FeatureCloud.of(network).neurons();
                Training training = GradientDescent.withStep(STEP / INPUTS)
                        .atMost(STEPS)
                        .run(network, sample.inputs(), sample.targets());
                return new Run(before, FeatureCloud.of(network).neurons(), training.relativeLoss());
            }
        }

        /** From variance 1/2 to 4 for the slopes and 1 for the thresholds; output weights from variance 1. */
        private static void spread(DenseNetwork network, double outputDeviation) {
            double[] stock = network.parameters();
            int width = network.architecture().width();
            for (int j = 0; j < width; j++) {
                stock[2 * j] *= Math.sqrt(8);
                stock[2 * j + 1] *= Math.sqrt(2);
                stock[2 * width + j] *= outputDeviation;
            }
            network.assign(stock);
        }

        double squaredDisplacement() {
            double moved = after.minus(before).normF();
            return moved * moved / before.getNumRows();
        }
    }

    private static Measurements trained(Trial trial, Scaling scaling) {
        List<Run> runs = IntStream.range(0, DRAWS)
                .mapToObj(draw -> Run.of(trial.size("width"), trial.random("weights " + draw), scaling, 1))
                .toList();
        return Measurements.of(
                        "displacement",
                        Math.sqrt(runs.stream()
                                .mapToDouble(Run::squaredDisplacement)
                                .average()
                                .orElseThrow()))
                .and(
                        "distance from the start",
                        runs.stream()
                                .mapToDouble(run -> EnergyDistance.squared(run.before, run.after))
                                .average()
                                .orElseThrow())
                .and(
                        "relative loss",
                        runs.stream().mapToDouble(Run::relativeLoss).max().orElseThrow());
    }

    private static Measurements neurons(Trial trial) {
        Run run = Run.of(400, trial.random("weights"), trial.choice("scaling", Scaling.class), 1);
        return Measurements.along("state")
                .at("at the start", points(run.before))
                .at("trained", points(run.after));
    }

    private static Measurements points(SimpleMatrix neurons) {
        Measurements points = Measurements.along("neuron");
        for (int j = 0; j < neurons.getNumRows(); j++) {
            points = points.at(
                    j, Measurements.of("output weight", neurons.get(j, 0)).and("slope", neurons.get(j, 1)));
        }
        return points;
    }

    private static Measurements runs(Trial trial, Law law) {
        List<SimpleMatrix> clouds = IntStream.range(0, RUNS_COMPARED)
                .mapToObj(run -> Run.of(
                                trial.size("width"),
                                trial.random("weights " + run),
                                Scaling.MEAN,
                                law == Law.ALTERNATING && run % 2 == 1 ? 3 : 1)
                        .after)
                .toList();
        Measurements first = Measurements.along("run");
        for (int run = 0; run < RUNS_COMPARED - 1; run++) {
            Measurements second = Measurements.along("other run");
            for (int other = run + 1; other < RUNS_COMPARED; other++) {
                second = second.at(
                        other,
                        Measurements.of(
                                "squared energy distance", EnergyDistance.squared(clouds.get(run), clouds.get(other))));
            }
            first = first.at(run, second);
        }
        return first;
    }
}
