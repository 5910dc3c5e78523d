package mei2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.feature.EnergyDistance;
import org.crucis.feature.SlicedWasserstein;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Parametrization;
import org.ejml.simple.SimpleMatrix;

/**
 * Mei, Montanari and Nguyen 2018, and Mei, Misiakiewicz and Montanari 2019 (recalled): at a fixed time the neurons of networks
 * of width m are draws of one law, up to an error of order m^-1/2.
 *
 * <p>Instead of rho stands a reference as wide as all networks of the largest width together, 16384 neurons (2048 in the
 * controls). A network of width m that starts with m of its neurons is coupled to it: neuron by neuron they move apart only
 * because rho_m is not rho. Squared distances are over the mean square of the reference's own motion.
 *
 * <p>Noiseless, so that the limit depends on the start: the control starts with output weights three times as large, and sits
 * at a positive distance that no width removes. Distances to the independent reference are over that between the start and
 * the end of training. The squared distance between the clouds of two networks has slope -1 for any law, trained or not: it is
 * shown, and carries no verdict. What does: the coupling, the unbiased distance to an independent reference (mean 0 only if
 * the laws agree, up to the dependence of neurons within a network, of order 1/m), and a motion that does not shrink with the
 * width. Refuted by coupled neurons that stay apart, or by a distance that is not 0.
 */
@Claim(
        title = "The law of the neurons converges as the width grows",
        source = "propagation of chaos",
        basis = RECALLED,
        statement = """
                Train $f=\\frac1m\\sum_{r=1}^m u_r\\phi(w_r\\cdot x)$ from independent neurons, at rates of order $m$, to a \
                fixed time. The law $\\rho_m$ of the neurons tends to one $\\rho$ that does not depend on the width: coupled \
                neurons obey $\\frac1m\\sum_r|\\theta_r^m-\\theta_r|^2=O(1/m)$, and the outputs' variance is $O(1/m)$.""",
        symbols = "m = width, theta = (u, w) = one neuron in mean-field coordinates, where it adds u phi(w . x / "
                + "sqrt(2)), rho_m = the law of a network's m neurons after T steps, rho = the same for m to infinity.")
class EmpiricalLawConverges {

    static final Experiment SAME_START = networks(Parametrization.meanField(), Neurons.Start.AS_REFERENCE, 64);
    static final Experiment OTHER_START = networks(Parametrization.meanField(), Neurons.Start.LARGER_OUTPUT_WEIGHTS, 8);
    static final Experiment NTK = networks(Parametrization.ntk(), Neurons.Start.AS_REFERENCE, 8);

    @Prediction("Coupled neurons stay together: their mean squared distance falls like 1/width")
    void coupledNeuronsStayTogether(Lab lab) {
        lab.expect(exponent("coupled squared distance", "width").equalTo(-1).margin(0.2))
                .in(SAME_START)
                .butNotIn(OTHER_START);
    }

    @Prediction("The unbiased squared energy distance to an independent reference is 0 up to order 1/width")
    void lawIsThatOfTheReference(Lab lab) {
        lab.expect(mean("unbiased squared distance").equalTo(0).within(0.02).plus(4, "width"))
                .in(SAME_START)
                .butNotIn(OTHER_START);
    }

    @Prediction("The neurons' motion does not depend on the width")
    void motionDoesNotShrink(Lab lab) {
        lab.expect(exponent("motion", "width").equalTo(0).margin(0.1))
                .in(SAME_START)
                .butNotIn(NTK);
    }

    @Prediction(value = "The variance of the trained outputs falls like 1/width", basis = DERIVED)
    void outputsConcentrate(Lab lab) {
        lab.expect(exponent("output variance", "width").equalTo(-1).margin(0.2))
                .in(SAME_START)
                .butNotIn(NTK);
    }

    @Prediction(value = "The squared energy distance between two networks falls like 1/width", basis = PILOT)
    void energyDistanceBetweenRuns(Lab lab) {
        lab.expect(exponent("squared distance of two networks", "width")
                        .equalTo(-1)
                        .margin(0.2))
                .in(SAME_START)
                .butNotIn(OTHER_START);
    }

    @Prediction(value = "Their sliced Wasserstein distance falls like width^(-1/2)", basis = PILOT)
    void slicedDistanceBetweenRuns(Lab lab) {
        lab.expect(exponent("sliced distance of two networks", "width")
                        .equalTo(-0.5)
                        .margin(0.1))
                .in(SAME_START)
                .butNotIn(OTHER_START);
    }

    private static Experiment networks(Parametrization scaling, Neurons.Start start, int draws) {
        return Experiment.over(Sweep.onePoint().blocks(12))
                .measuring(trial -> compared(trial, scaling, start, draws))
                .validWhen(measured("relative loss").atMost(0.75));
    }

    /** The last of the widths, all of whose networks together make the reference. */
    private static final int WIDEST = 256;

    /** Networks of each width whose clouds are compared as wholes, which takes longer than to train them. */
    private static final int PAIRS = 16;

    private static Measurements compared(Trial trial, Parametrization scaling, Neurons.Start start, int draws) {
        Neurons neurons = new Neurons(scaling, trial.blockRandom("labels"));
        Neurons.Trained reference = neurons.fresh(draws * WIDEST, trial.blockRandom("reference"));
        SimpleMatrix independent = neurons.fresh(Neurons.INDEPENDENT, trial.blockRandom("independent"))
                .now();
        double moved = EnergyDistance.unbiased(reference.start().rows(0, Neurons.INDEPENDENT), independent);
        int pairs = Math.min(draws, PAIRS);
        SlicedWasserstein sliced = SlicedWasserstein.drawn(8, 3, trial.random("directions"));
        UniformRandomProvider random = trial.random("networks");
        Measurements all = Measurements.along("width");
        for (int width : powersOfTwo(3, 8)) {
            List<Neurons.Trained> networks = IntStream.range(0, draws)
                    .mapToObj(draw -> neurons.part(reference, draw * width, width, start))
                    .toList();
            double apart = 0;
            double motion = 0;
            double relativeLoss = 0;
            double toReference = 0;
            double squared = 0;
            double slices = 0;
            for (int draw = 0; draw < draws; draw++) {
                Neurons.Trained network = networks.get(draw);
                SimpleMatrix partners = reference.now().rows(draw * width, (draw + 1) * width);
                apart += Neurons.meanSquare(network.now().minus(partners)) / draws;
                motion += Neurons.meanSquare(network.now().minus(network.start())) / draws;
                relativeLoss += network.relativeLoss() / draws;
                if (draw < pairs) {
                    toReference += EnergyDistance.unbiased(network.now(), independent) / moved / pairs;
                    SimpleMatrix other = neurons.fresh(width, random).now();
                    squared += EnergyDistance.squared(network.now(), other) / pairs;
                    slices += sliced.distance(network.now(), other) / pairs;
                }
            }
            all = all.at(
                    width,
                    Measurements.of("coupled squared distance", apart / reference.meanSquaredMotion())
                            .and("motion", Math.sqrt(motion))
                            .and("unbiased squared distance", toReference)
                            .and("squared distance of two networks", squared)
                            .and("sliced distance of two networks", slices)
                            .and("output variance", Neurons.outputVariance(networks))
                            .and("relative loss", relativeLoss));
        }
        return all;
    }
}
