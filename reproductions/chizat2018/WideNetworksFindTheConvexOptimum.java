package chizat2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.successRate;

import java.util.List;
import org.crucis.feature.DualityGap;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Trained;

/**
 * Chizat and Bach 2018, global convergence for 2-homogeneous neurons (recalled): noiseless descent of wide ReLU networks with
 * weight decay ends at the minimum of a convex problem.
 *
 * <p>The bound is {@link DualityGap}. No solver is trusted: a gap of 0 proves the minimum, and a large one comes from a network
 * that is not there.
 *
 * <p>Finite proxy of "m to infinity, then t to infinity": 50 and 200 neurons in every direction of the plane, {@value
 * Student#STEPS} steps, and a target that three directions can make. With neurons of one sign, which the theorem
 * excludes, or with the inner layer frozen, descent ends elsewhere. A start within 0.1 radian of a single direction is excluded
 * too, and yet ends at the minimum: in the plane the neurons turn to where they are needed, so the condition is sufficient
 * and not necessary. Refuted by a single wide network that keeps a gap.
 */
@Claim(
        title = "Wide ReLU networks reach the convex optimum",
        source = "global convergence of homogeneous neurons",
        basis = RECALLED,
        statement = """
                Descent on $\\frac1{2n}|f-y|^2+\\frac{\\lambda}{2m}\\sum_j(u_j^2+|w_j|^2)$, \
                $f=\\frac1m\\sum_j u_j(w_j\\cdot x)_+$, from neurons in every direction ends at \
                $\\min_\\mu\\frac1{2n}|\\int(\\omega\\cdot x)_+d\\mu(\\omega)-y|^2+\\lambda|\\mu|$, when $m$ is large.""",
        symbols = "m = width, f = (1/m) sum_j u_j relu(w_j . x), lambda = weight decay, P = mean squared error / 2 + "
                + "(lambda/m) sum_j |u_j||w_j|, D = the largest lower bound of the convex minimum that the network's "
                + "residual gives; gap = (P - D)/P.")
class WideNetworksFindTheConvexOptimum {

    static final Sweep WIDTHS = Sweep.over("width", List.of(50, 200))
            .inFull("width", List.of(20, 50, 200, 800))
            .blocks(12);

    static final Experiment EVERY_DIRECTION = trained(WIDTHS, Student.Start.EVERY_DIRECTION, Trained.ALL);
    static final Experiment ONE_DIRECTION = trained(atWidth(50).blocks(12), Student.Start.ONE_DIRECTION, Trained.ALL);
    static final Experiment ONE_SIGN = trained(atWidth(50).blocks(12), Student.Start.ONE_SIGN, Trained.ALL);
    static final Experiment FIXED_FEATURES =
            trained(atWidth(50).blocks(12), Student.Start.EVERY_DIRECTION, Trained.OUTPUT);
    static final Experiment THREE_NEURONS = trained(atWidth(3).blocks(24), Student.Start.EVERY_DIRECTION, Trained.ALL);
    static final Experiment TWENTY_NEURONS =
            trained(atWidth(20).blocks(24), Student.Start.EVERY_DIRECTION, Trained.ALL);

    @Prediction("The duality gap closes to a thousandth of the objective in every network")
    void gapCloses(Lab lab) {
        lab.expect(everywhere("gap").atMost(1e-3))
                .in(EVERY_DIRECTION)
                .butNotIn(ONE_SIGN)
                .butNotIn(FIXED_FEATURES);
    }

    @Prediction(
            value = "No direction correlates with the residual by more than lambda, to a thousandth",
            basis = DERIVED)
    void noDirectionIsLeft(Lab lab) {
        lab.expect(everywhere("correlation over lambda").atMost(1.001))
                .in(EVERY_DIRECTION)
                .butNotIn(ONE_SIGN)
                .butNotIn(FIXED_FEATURES);
    }

    @Prediction("They end at the same objective as networks of twenty neurons, to 1e-4 of it")
    void sameObjective(Lab lab) {
        lab.expect(everywhere("difference from twenty neurons").atMost(1e-4))
                .in(EVERY_DIRECTION)
                .butNotIn(FIXED_FEATURES);
    }

    @Prediction(value = "Both layers of each neuron end with the same norm, to a hundredth", basis = DERIVED)
    void layersAreBalanced(Lab lab) {
        lab.expect(everywhere("imbalance").atMost(0.01)).in(EVERY_DIRECTION).butNotIn(FIXED_FEATURES);
    }

    @Prediction(value = "In the plane a start near one direction suffices", basis = PILOT)
    void oneDirectionSuffices(Lab lab) {
        lab.expect(everywhere("gap").atMost(1e-3)).in(ONE_DIRECTION).butNotIn(ONE_SIGN);
    }

    @Prediction(value = "Many networks of three neurons, as many as are needed, get stuck", basis = PILOT)
    void narrowNetworksGetStuck(Lab lab) {
        lab.expect(successRate("reached").atMost(0.7)).in(THREE_NEURONS).butNotIn(TWENTY_NEURONS);
    }

    private static Sweep atWidth(int width) {
        return Sweep.over("width", List.of(width));
    }

    private static Experiment trained(Sweep sweep, Student.Start start, Trained layers) {
        return Experiment.over(sweep).measuring(trial -> {
            int width = trial.size("width");
            Student one = Student.train(width, start, layers, trial.random("weights"));
            Student twenty = Student.train(20, start, layers, trial.random("twenty"));
            DualityGap certificate = one.certificate();
            return Measurements.of("gap", certificate.relative())
                    .and("correlation over lambda", certificate.steepest() / Student.DECAY)
                    .and(
                            "difference from twenty neurons",
                            Math.abs(twenty.certificate().primal() / certificate.primal() - 1))
                    .and("imbalance", one.imbalance())
                    .and("reached", certificate.relative() <= 1e-3 ? 1 : 0);
        });
    }
}
