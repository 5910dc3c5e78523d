package lee2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.exponent;

import java.util.Arrays;
import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.Kernels;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Network;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;

/**
 * Lee et al. 2019, section 2 (recalled, derived again), after Jacot et al. 2018, sections 5 and 6.3 (read): at infinite width
 * training is a linear recursion with the analytic kernel, and each of its eigenvectors decays on its own.
 *
 * <p>Networks start at f_0 = 0 (mirrored neurons), so that r_0 = -y is ours to choose: the sum of all eigenvectors, of which
 * each coordinate is followed; or one of them, or two.
 *
 * <p>Tested at finite width, as a mean over networks: tolerance 0.02 + 10/m, since E (1 - eta l_m)^t deviates from the limit
 * by O(1/m) (convexity: at most 0.27 times the relative variance of l_m, which is some 6/m; and the drift of the kernel).
 *
 * <p>What would refute it: the factors of another kernel or of another clock. A residual along one eigenvector of the limit
 * leaves its line only because Theta at width m is m^-1/2 away from the limit (derived here); a path along two bends.
 */
@Claim(
        title = "Every eigenmode of the residual decays by its own factor",
        source = "Section 2",
        basis = RECALLED,
        statement = """
                As the width grows, $v_k\\cdot(f_t-y)\\to(1-\\eta\\lambda_k)^t\\;v_k\\cdot(f_0-y)$ for every eigenvalue \
                $\\lambda_k$ and eigenvector $v_k$ of $\\Theta(X,X)$. If $f_0-y$ is an eigenvector, $f_t$ moves on a straight \
                line.""",
        symbols = "Theta = limiting tangent kernel on the training inputs, l_k and v_k = its eigenvalues, largest "
                + "first, and eigenvectors, eta = step, r_t = f_t - y, m = width.")
class TrainingCurvesHaveAClosedForm {

    private static final String SMALLEST = "smallest eigenvalue of the limiting kernel";
    private static final Interval POSITIVE = Interval.atLeast(1e-3);

    static final Sweep TWO_WIDTHS = Sweep.over("width", List.of(256, 1024)).blocks(12);
    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(4, 10))
            .inFull("width", powersOfTwo(5, 12))
            .blocks(12);

    static final Experiment MODES = modes(Data.SPHERE);
    static final Experiment MODES_ON_DIGITS = modes(Data.DIGITS);
    static final Experiment ONE_EIGENVECTOR = path(2);
    static final Experiment TWO_EIGENVECTORS = path(2, Data.SIZE);

    @Prediction("Each eigenmode decays by its own factor; not by that of the NNGP kernel or of twice the step")
    void everyMode(Lab lab) {
        lab.expect(agreement("residual", "predicted residual").within(0.02).plus(10, "width"))
                .in(MODES)
                .butNotIn(MODES.reading("residual by the NNGP kernel", "predicted residual"))
                .butNotIn(MODES.reading("residual at twice the step", "predicted residual"));
    }

    @Prediction("The same on handwritten digits")
    void everyModeOnDigits(Lab lab) {
        lab.expect(agreement("residual", "predicted residual").within(0.02).plus(10, "width"))
                .in(MODES_ON_DIGITS)
                .butNotIn(MODES_ON_DIGITS.reading("residual by the NNGP kernel", "predicted residual"))
                .butNotIn(MODES_ON_DIGITS.reading("residual at twice the step", "predicted residual"));
    }

    @Prediction(
            value = "A residual along one eigenvector stays on its line up to width^(-1/2); along two it bends",
            basis = DERIVED)
    void straightLine(Lab lab) {
        lab.expect(exponent("distance from the line", "width").equalTo(-0.5).margin(0.12))
                .in(ONE_EIGENVECTOR)
                .butNotIn(TWO_EIGENVECTORS);
    }

    /** Networks to a trial. */
    private static final int DRAWS = 4;

    /** Half of 1/lambda_max: at 1/lambda_max itself the first mode would be gone after one step. */
    private static final double FRACTION = 0.5;

    private static final int[] STEPS = {1, 2, 4, 8, 16, 32};

    private static Experiment modes(Data data) {
        return Experiment.over(TWO_WIDTHS)
                .assuming(SMALLEST, trial -> smallestEigenvalue(trial, data), POSITIVE)
                .measuring(trial -> {
                    Sample sample = data.draw(trial.blockRandom("data"));
                    Kernels kernels = ErfLimit.KERNEL.at(sample.inputs());
                    Spectrum spectrum = Spectrum.of(kernels.ntk());
                    double step = FRACTION / spectrum.largest();
                    SimpleMatrix targets = spectrum.vectors().mult(SimpleMatrix.filled(sample.size(), 1, 1));
                    SimpleMatrix[] residuals = residuals(trial, sample.withTargets(targets), step);
                    LinearizedDynamics theory = LinearizedDynamics.gradientDescent(kernels.ntk(), step);
                    LinearizedDynamics byNngp = LinearizedDynamics.gradientDescent(kernels.nngp(), step);
                    LinearizedDynamics twice = LinearizedDynamics.gradientDescent(kernels.ntk(), 2 * step);
                    SimpleMatrix initial = targets.negative();
                    Measurements curves = Measurements.along("step");
                    for (int t : STEPS) {
                        SimpleMatrix measured = spectrum.coordinates(residuals[t]);
                        Measurements modes = Measurements.along("mode");
                        for (int k = 0; k < sample.size(); k++) {
                            modes = modes.at(
                                    sample.size() - k,
                                    Measurements.of("residual", measured.get(k))
                                            .and(
                                                    "predicted residual",
                                                    theory.modes(initial, t).get(k))
                                            .and(
                                                    "residual by the NNGP kernel",
                                                    spectrum.coordinates(byNngp.residual(initial, t))
                                                            .get(k))
                                            .and(
                                                    "residual at twice the step",
                                                    twice.modes(initial, t).get(k)));
                        }
                        curves = curves.at(t, modes);
                    }
                    return curves;
                });
    }

    /** r_t by t, the mean over networks. */
    private static SimpleMatrix[] residuals(Trial trial, Sample sample, double step) {
        SimpleMatrix[] mean = new SimpleMatrix[STEPS[STEPS.length - 1] + 1];
        Arrays.setAll(mean, t -> new SimpleMatrix(sample.size(), 1));
        for (int draw = 0; draw < DRAWS; draw++) {
            try (Network network = ErfLimit.network(sample.dimension(), trial.size("width"))
                    .mirrored()
                    .draw(trial.random("weights " + draw))) {
                GradientDescent.withStep(step)
                        .atMost(mean.length - 1)
                        .probing(
                                Schedule.at(STEPS),
                                (t, now, outputs) ->
                                        mean[t] = mean[t].plus(1.0 / DRAWS, outputs.minus(sample.targets())))
                        .run(network, sample.inputs(), sample.targets());
            }
        }
        return mean;
    }

    /** Targets are the sum of the eigenvectors with these numbers, counted from 1 for the largest eigenvalue. */
    private static Experiment path(int... numbers) {
        return Experiment.over(WIDTHS)
                .assuming(SMALLEST, trial -> smallestEigenvalue(trial, Data.SPHERE), POSITIVE)
                .measuring(trial -> {
                    Sample sample = Data.SPHERE.draw(trial.blockRandom("data"));
                    Spectrum spectrum =
                            Spectrum.of(ErfLimit.KERNEL.at(sample.inputs()).ntk());
                    SimpleMatrix targets = new SimpleMatrix(sample.size(), 1);
                    for (int number : numbers) {
                        targets = targets.plus(spectrum.vector(sample.size() - number));
                    }
                    SimpleMatrix direction = targets.divide(targets.normF());
                    double squares = 0;
                    for (int draw = 0; draw < DRAWS; draw++) {
                        squares += Math.pow(farthestFrom(direction, trial, sample, spectrum, draw), 2);
                    }
                    return Measurements.of("distance from the line", Math.sqrt(squares / DRAWS));
                });
    }

    /** sup_t of the part of r_t across the line, over |r_0|, until the mode of the line has decayed by e^-4. */
    private static double farthestFrom(
            SimpleMatrix direction, Trial trial, Sample sample, Spectrum spectrum, int draw) {
        double[] farthest = {0};
        double step = FRACTION / spectrum.largest();
        int steps = (int) Math.ceil(4 / (step * spectrum.smallest()));
        try (Network network = ErfLimit.network(sample.dimension(), trial.size("width"))
                .mirrored()
                .draw(trial.random("weights " + draw))) {
            GradientDescent.withStep(step)
                    .atMost(steps)
                    .probing(Schedule.logSpaced(8), (t, now, outputs) -> {
                        SimpleMatrix residual = outputs.minus(direction);
                        SimpleMatrix across = residual.minus(direction.scale(direction.dot(residual)));
                        farthest[0] = Math.max(farthest[0], across.normF());
                    })
                    .run(network, sample.inputs(), direction);
        }
        return farthest[0];
    }

    private static double smallestEigenvalue(Trial trial, Data data) {
        SimpleMatrix inputs = data.draw(trial.blockRandom("data")).inputs();
        return Spectrum.of(ErfLimit.KERNEL.at(inputs).ntk()).smallest();
    }
}
