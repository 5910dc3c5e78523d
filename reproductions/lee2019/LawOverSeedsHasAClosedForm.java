package lee2019;

import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Circle;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.OutputLaw;
import org.crucis.kernel.OutputPrior;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.Trained;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/**
 * Lee et al. 2019, section 2 (recalled, derived again): over random initialisations the outputs of an infinitely wide network
 * are Gaussian at every time of training, with a mean and a covariance that need no training to know.
 *
 * <p>If the last layer alone is trained, Theta = K and the law ends as the posterior of the Gaussian process; if all are, it
 * ends as no posterior. Each is the other's control.
 *
 * <p>Tested at finite width on points of the circle away from the training inputs, where at least 5 % of the initial variance is
 * left: on the training inputs it is exponentially small, and what is seen there is finite width. Tolerances are a
 * resolution plus C/m, since Theta at width m fluctuates by m^-1/2, which shifts means and variances by O(1/m).
 *
 * <p>What would refute it: the other kernel's law, or a variance that training leaves alone.
 */
@Claim(
        title = "Mean and variance over seeds are known at every time of training",
        source = "Section 2",
        basis = RECALLED,
        statement = """
                As the width grows, over initialisations $f_t(x)$ becomes Gaussian with mean $A_t(x)\\,y$ and covariance
                $$K(x,x')+A_t(x)K(X,X)A_t(x')^T-A_t(x)K(X,x')-K(x,X)A_t(x')^T,$$ \
                $A_t(x)=\\Theta(x,X)\\Theta^{-1}\\bigl(I-(I-\\eta\\Theta)^t\\bigr)$; training only the last layer replaces \
                $\\Theta$ by $K$.""",
        symbols =
                "Theta = limiting tangent kernel of the trained layers, K = covariance of the initial outputs (NNGP), "
                        + "A_t(x) = Theta(x, X) Theta^-1 (I - (I - eta Theta)^t), X = training inputs, m = width.")
class LawOverSeedsHasAClosedForm {

    static final Sweep WIDTHS = Sweep.over("width", List.of(512))
            .inFull("width", List.of(256, 1024))
            .and("trained", Trained.ALL, Trained.OUTPUT)
            .blocks(24);

    static final Experiment LAW = Experiment.over(WIDTHS)
            .assuming(
                    "lambda_min / lambda_max of the limiting tangent kernel",
                    LawOverSeedsHasAClosedForm::definiteness,
                    Interval.atLeast(ErfLimit.POSITIVE_DEFINITE))
            .measuring(LawOverSeedsHasAClosedForm::measure);

    @Prediction("The mean over seeds follows the kernel of the layers that are trained, not that of the others")
    void mean(Lab lab) {
        lab.expect(agreement("mean", "predicted mean").within(0.02).plus(5, "width"))
                .in(LAW)
                .butNotIn(LAW.reading("mean by the other kernel", "predicted mean"));
    }

    @Prediction("The variance over seeds follows the kernel of the layers that are trained, not that of the others")
    void variance(Lab lab) {
        lab.expect(relativeAgreement("variance", "predicted variance")
                        .within(0.1)
                        .plus(20, "width"))
                .in(LAW)
                .butNotIn(LAW.reading("variance by the other kernel", "predicted variance"))
                .butNotIn(LAW.reading("variance before training", "predicted variance"));
    }

    private static final Sample TRAINING = new Sample(
            Circle.at(0.2, 0.7, 1.4), new SimpleMatrix(3, 1, true, 1, 0.5, -1), "three points on the circle");
    private static final SimpleMatrix ELSEWHERE = Circle.at(1.9, 2.5);
    private static final int[] STEPS = {2, 5, 40};

    private static final int NETWORKS = 32;

    /** Outputs of one network are independent in the limit, and cost next to nothing. */
    private static final int OUTPUTS = 4;

    private static final SimpleMatrix TARGETS = TRAINING.targets().mult(SimpleMatrix.filled(1, OUTPUTS, 1));

    /** One network: outputs (a row an input) before training, and elsewhere after each of the steps. */
    private record Run(SimpleMatrix initial, SimpleMatrix initialElsewhere, List<SimpleMatrix> later) {}

    private static double definiteness(Trial trial) {
        return ErfLimit.definiteness(
                ErfLimit.KERNEL.training(trial.choice("trained", Trained.class)), TRAINING.inputs());
    }

    private static Measurements measure(Trial trial) {
        Trained trained = trial.choice("trained", Trained.class);
        Trained others = trained == Trained.ALL ? Trained.OUTPUT : Trained.ALL;
        double step =
                1 / Spectrum.of(ErfLimit.KERNEL.at(TRAINING.inputs()).ntk()).largest();
        List<Run> runs = new ArrayList<>();
        Architecture architecture =
                ErfLimit.network(2, trial.size("width")).outputs(OUTPUTS).trained(trained);
        for (int draw = 0; draw < NETWORKS; draw++) {
            try (Network network = architecture.draw(trial.random("weights " + draw))) {
                runs.add(train(network, step));
            }
        }
        Measurements steps = Measurements.along("step");
        for (int i = 0; i < STEPS.length; i++) {
            OutputLaw law = law(trained, step, STEPS[i]);
            OutputLaw wrong = law(others, step, STEPS[i]);
            OutputLaw before = law(trained, step, 0);
            SimpleMatrix gain = dynamics(trained, step).gain(cross(trained), STEPS[i]);
            Measurements places = Measurements.along("place");
            for (int place = 0; place < ELSEWHERE.getNumRows(); place++) {
                double[] seeds = new double[NETWORKS * OUTPUTS];
                int seed = 0;
                double mean = 0;
                for (Run run : runs) {
                    // What the initial outputs contribute in the limit: of mean 0 at every width, but of most of the
                    // noise.
                    SimpleMatrix inherited = run.initialElsewhere.minus(gain.mult(run.initial));
                    for (int output = 0; output < OUTPUTS; output++) {
                        double value = run.later.get(i).get(place, output);
                        seeds[seed++] = value;
                        mean += (value - inherited.get(place, output)) / seeds.length;
                    }
                }
                places = places.at(
                        place + 1,
                        Measurements.of("mean", mean)
                                .and("predicted mean", law.mean().get(place))
                                .and("mean by the other kernel", wrong.mean().get(place))
                                .and("variance", variance(seeds))
                                .and("predicted variance", law.covariance().get(place, place))
                                .and(
                                        "variance by the other kernel",
                                        wrong.covariance().get(place, place))
                                .and(
                                        "variance before training",
                                        before.covariance().get(place, place)));
            }
            steps = steps.at(STEPS[i], places);
        }
        return steps;
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    private static Run train(Network network, double step) {
        SimpleMatrix initial = network.outputs(TRAINING.inputs());
        SimpleMatrix initialElsewhere = network.outputs(ELSEWHERE);
        List<SimpleMatrix> later = new ArrayList<>();
        GradientDescent descent = GradientDescent.withStep(step);
        int done = 0;
        for (int t : STEPS) {
            descent.atMost(t - done).run(network, TRAINING.inputs(), TARGETS);
            later.add(network.outputs(ELSEWHERE));
            done = t;
        }
        return new Run(initial, initialElsewhere, later);
    }

    private static LinearizedDynamics dynamics(Trained trained, double step) {
        SimpleMatrix kernel =
                ErfLimit.KERNEL.training(trained).at(TRAINING.inputs()).ntk();
        return LinearizedDynamics.gradientDescent(kernel, step);
    }

    private static SimpleMatrix cross(Trained trained) {
        return ErfLimit.KERNEL
                .training(trained)
                .between(ELSEWHERE, TRAINING.inputs())
                .ntk();
    }

    private static OutputLaw law(Trained trained, double step, int t) {
        OutputPrior prior = OutputPrior.of(ErfLimit.KERNEL, TRAINING.inputs(), ELSEWHERE);
        return dynamics(trained, step).law(cross(trained), prior, TRAINING.targets(), t);
    }
}
