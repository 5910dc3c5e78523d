package zou2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.ejml.simple.SimpleMatrix;

/**
 * Zou and Gu 2019, the trajectory length (recalled; derived again): the path of gradient descent is summed with the decay of the
 * loss, which makes it O(m^-1/2), whatever the number of steps.
 *
 * <p>See {@link Setting} and {@link Descent}. If every step decreases S by eta' |grad S|^2 / 2 at least, then sqrt(S_t) -
 * sqrt(S_(t+1)) is at least eta' |grad S_t| sqrt(mu) / 4, and the sum telescopes: path at most 4 sqrt(S_0 / mu). With mu of
 * order m the path is of order m^-1/2; the output over sqrt(m) makes mu of order one, and is the rival arm.
 *
 * <p>The inequality has no chance in it; a step close to 2/lambda_max, with the residual along the steepest direction, breaks its
 * hypothesis on the decrease: the parameters swing to and fro and the path is many times the distance covered. Refuted by a path
 * longer than its bound, or one that falls slower than m^-1/2.
 */
@Claim(
        title = "The path of gradient descent is of order width^(-1/2), not of the root of the number of steps",
        source = "trajectory length",
        basis = RECALLED,
        statement = """
                If $\\mathcal L(W_{t+1})\\le\\mathcal L(W_t)-\\tfrac\\eta2\\|\\nabla\\mathcal L(W_t)\\|_F^2$ and \
                $\\|\\nabla\\mathcal L(W_t)\\|_F^2\\ge\\mu\\,\\mathcal L(W_t)$ along the path, then
                $$\\sum_t\\eta\\,\\|\\nabla\\mathcal L(W_t)\\|_F\\le4\\sqrt{\\mathcal L(W_0)/\\mu}=O(m^{-1/2}).$$""",
        symbols = "m = width, S = (1/2) sum e_i^2 = n times the paper's loss, eta' = its step, mu = min_t |grad S|^2 / "
                + "S, path = sum_t eta' |grad S_t|.")
class TrajectoryIsShort {

    /** Two inputs: the narrowest networks can fit them. Deep networks in the full tier. */
    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 11))
            .inFull("width", powersOfTwo(5, 10))
            .and("depth", 1)
            .inFull("depth", List.of(2))
            .and("data", (Object[]) Data.values())
            .and("inputs", 2)
            .blocks(12);

    static final Sweep RIVALS_WIDTHS = Sweep.over("width", powersOfTwo(6, 11))
            .and("depth", 1)
            .inFull("depth", List.of(2))
            .and("data", Data.SPHERE)
            .and("inputs", 2)
            .blocks(12);

    static final Sweep RUNS = Sweep.over("inputs", List.of(6))
            .inFull("inputs", List.of(6, 12))
            .and("data", (Object[]) Data.values())
            .and("depth", 2)
            .and("width", 512)
            .inFull("width", List.of(512, 1024))
            .blocks(12);

    static final Experiment PATHS = separated(paths(WIDTHS, Setting.ZOU_GU, 0.4));
    static final Experiment PATHS_OF_MORE_INPUTS = separated(paths(RUNS, Setting.ZOU_GU, 0.2))
            .validWhen(measured("least decrease").atLeast(0.5));

    /** The kernel grows while it trains: a smaller step. */
    static final Experiment PATHS_IN_MEAN_FIELD = paths(RIVALS_WIDTHS, Setting.MEAN_FIELD, 0.2);

    static final Experiment SWINGING = swinging();

    @Prediction(value = "No path is longer than 4 sqrt(S_0 / mu); near the limit of stability it is", basis = DERIVED)
    void pathIsBounded(Lab lab) {
        lab.expect(everywhere("path over its bound").atMost(1))
                .in(PATHS_OF_MORE_INPUTS)
                .butNotIn(SWINGING);
    }

    @Prediction("The path falls at least like width^(-1/2); with the output over sqrt(width) it does not")
    void pathFalls(Lab lab) {
        lab.expect(exponent("path", "width").atMost(-0.5).margin(0.1).per("data"))
                .in(PATHS)
                .butNotIn(PATHS_IN_MEAN_FIELD);
    }

    @Prediction(value = "The path's exponent is -1/2; with the output over sqrt(width) it is not", basis = DERIVED)
    void exponentOfThePath(Lab lab) {
        lab.expect(exponent("path", "width").equalTo(-0.5).margin(0.12).per("data"))
                .in(PATHS)
                .butNotIn(PATHS_IN_MEAN_FIELD);
    }

    @Prediction(value = "With the output over sqrt(width) the path does not depend on the width", basis = DERIVED)
    void pathOfTheRival(Lab lab) {
        lab.expect(exponent("path", "width").equalTo(0).margin(0.12).per("data"))
                .in(PATHS_IN_MEAN_FIELD)
                .butNotIn(PATHS);
    }

    @Prediction(
            value = "The path is at most three times the distance covered; near the limit of stability it is longer",
            basis = DERIVED)
    void pathIsNearlyStraight(Lab lab) {
        lab.expect(mean("path over distance").atMost(3).within(0.1))
                .in(PATHS_OF_MORE_INPUTS)
                .butNotIn(SWINGING);
    }

    private static Experiment separated(Experiment paths) {
        return paths.assuming(
                "separation of the inputs",
                trial -> trial.choice("data", Data.class).separation(trial, trial.size("inputs")),
                Interval.atLeast(Data.SEPARATED));
    }

    private static Experiment paths(Sweep sweep, Parametrization scaling, double fraction) {
        return Experiment.over(sweep)
                .measuring(trial -> {
                    Sample sample =
                            trial.choice("data", Data.class).draw(trial.size("inputs"), trial.blockRandom("data"));
                    try (DenseNetwork network = Setting.network(
                                    sample.dimension(), trial.size("width"), trial.size("depth"))
                            .parametrization(scaling)
                            .draw(trial.random("weights"))) {
                        Descent run = Descent.centred(network, sample, fraction, 1e-2, 3000);
                        return Measurements.of("path", run.pathOfUnitResidual())
                                .and("path over its bound", run.path() / run.bound())
                                .and("path over distance", run.path() / run.displacement())
                                .and("least decrease", run.leastDecrease())
                                .and("relative loss", run.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(1e-2));
    }

    /** A step of 1.98 / lambda_max from a small residual along the steepest direction. */
    private static Experiment swinging() {
        return Experiment.over(Sweep.over("data", List.of(Data.values())).blocks(12))
                .measuring(trial -> {
                    Sample sample = trial.choice("data", Data.class).draw(4, trial.blockRandom("data"));
                    try (DenseNetwork network =
                            Setting.network(sample.dimension(), 256, 2).draw(trial.random("weights"))) {
                        Spectrum spectrum = Spectrum.of(Setting.kernel(network, sample.inputs()));
                        SimpleMatrix steepest = spectrum.vector(3).scale(0.01);
                        Descent run = Descent.centred(network, sample.withTargets(steepest), 1.98, 1e-2, 300);
                        return Measurements.of("path over its bound", run.path() / run.bound())
                                .and("path over distance", run.path() / run.displacement());
                    }
                });
    }
}
