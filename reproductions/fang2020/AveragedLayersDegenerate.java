package fang2020;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.RELU;
import static org.crucis.statistics.Criteria.exponent;

import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.OutputWeights;
import org.crucis.network.Parametrization;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2020, the section on deep networks (recalled): with independent weights and a factor 1/m before the
 * sum in every layer, a unit of the second hidden layer is an average over the first, and all units of the layer become
 * alike. This is why the mean field of a deep network is one of features and not of weights.
 *
 * <p>The w are absolute values of standard normal ones, so that the common value is not 0: E|w| E h = 1/pi for ReLU, theta
 * standard normal and theta . x / sqrt(d) with |x| = sqrt(d). Spread = standard deviation over the units, distance = root mean
 * square over the units of z_j - 1/pi, both also over four inputs.
 *
 * <p>Control: the factor m^-1/2, with which units stay apart. Initial networks only. Refuted by units that stay apart.
 */
@Claim(
        title = "Averages in every layer make the units of a deep layer alike",
        source = "section on deep networks",
        basis = RECALLED,
        statement = """
                If $z_j=\\frac1m\\sum_{i=1}^m w_{ji}h(\\theta_i,x)$ with independent weights, then for every unit $j$ of the \
                second hidden layer $z_j\\to\\mathbb E[w]\\,\\mathbb E[h(\\theta,x)]$, at distance $O(m^{-1/2})$.""",
        symbols = "width = m in both layers; z_j = (1/m) sum_i w_ji h(theta_i, x), the pre-activation of unit j of the "
                + "second hidden layer, is output j of a mean-field network with m outputs, and so it is computed.")
class AveragedLayersDegenerate {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(3, 8))
            .inFull("width", powersOfTwo(4, 10))
            .blocks(12);

    static final Experiment AVERAGES = secondLayer(Parametrization.meanField());
    static final Experiment ROOT_OF_WIDTH = secondLayer(Parametrization.ntk());

    @Prediction("The spread over the units of the second hidden layer falls like width^(-1/2)")
    void unitsBecomeAlike(Lab lab) {
        lab.expect(exponent("spread", "width").equalTo(-0.5).margin(0.05))
                .in(AVERAGES)
                .butNotIn(ROOT_OF_WIDTH);
    }

    @Prediction(value = "Their distance from the common limit falls like width^(-1/2)", basis = DERIVED)
    void commonLimit(Lab lab) {
        lab.expect(exponent("distance", "width").equalTo(-0.5).margin(0.1))
                .in(AVERAGES)
                .butNotIn(ROOT_OF_WIDTH);
    }

    private static final int DIMENSION = 8;
    private static final int INPUTS = 4;
    private static final int DRAWS = 16;

    private static Experiment secondLayer(Parametrization scaling) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            int width = trial.size("width");
            Architecture twoLayers = Architecture.of(DIMENSION)
                    .hidden(width, 1)
                    .outputs(width)
                    .activation(RELU)
                    .outputWeights(OutputWeights.POSITIVE)
                    .parametrization(scaling);
            SimpleMatrix inputs = Spheres.ofDimension(INPUTS, DIMENSION, trial.blockRandom("data"));
            double variance = 0;
            double squaredDistance = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                try (DenseNetwork network = twoLayers.draw(trial.random("weights " + draw))) {
                    SimpleMatrix units = network.outputs(inputs);
                    for (int i = 0; i < INPUTS; i++) {
                        double mean = units.getRow(i).elementSum() / width;
                        for (int unit = 0; unit < width; unit++) {
                            double z = units.get(i, unit);
                            variance += (z - mean) * (z - mean) / (width - 1);
                            squaredDistance += (z - 1 / Math.PI) * (z - 1 / Math.PI) / width;
                        }
                    }
                }
            }
            return Measurements.of("spread", Math.sqrt(variance / (INPUTS * DRAWS)))
                    .and("distance", Math.sqrt(squaredDistance / (INPUTS * DRAWS)));
        });
    }
}
