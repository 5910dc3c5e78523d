package fang2019;

import org.crucis.data.Circle;
import org.crucis.feature.FeatureCloud;
import org.crucis.feature.FeatureGrid;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Parametrization;
import org.ejml.simple.SimpleMatrix;

/**
 * The problem that these claims share: inputs around the unit circle, features relu(theta . x) with theta on it as well, and as
 * target three such features with weights 1, -0.8 and 0.6. All features have the norm E h^2 = 1/4, since inputs come in
 * antipodal pairs.
 */
final class ReluCircle {

    static final int INPUTS = 24;

    private static final int FEATURES = 360;

    /** The problem over all features, one a degree. */
    static final FeatureGrid GRID = FeatureGrid.over(
            FeatureGrid.angles(INPUTS), FeatureGrid.angles(FEATURES), ReluCircle::feature, ReluCircle::target);

    /** The parameters theta of the grid's features, one a row. */
    static final SimpleMatrix DIRECTIONS = Circle.whole(FEATURES);

    private ReluCircle() {}

    /** The inputs, {@value #INPUTS} x 2. */
    static SimpleMatrix inputs() {
        return Circle.whole(INPUTS);
    }

    /** Networks of this width on the circle, with {@code f = (1/m) sum_j u_j relu(theta_j . x)}. */
    static Architecture neurons(int width) {
        return Architecture.of(2)
                .hidden(width, 1)
                .activation(Activation.RELU)
                .parametrization(Parametrization.meanOfNeurons());
    }

    /**
     * Neurons whose features are on the grid.
     *
     * @param places of the neurons' features on the grid
     * @param weights the output weight of a neuron with each of the grid's features
     */
    static FeatureCloud cloud(int[] places, SimpleMatrix weights) {
        SimpleMatrix features = new SimpleMatrix(places.length, 2);
        double[] outputWeights = new double[places.length];
        for (int j = 0; j < places.length; j++) {
            features.insertIntoThis(j, 0, DIRECTIONS.getRow(places[j]));
            outputWeights[j] = weights.get(places[j]);
        }
        return new FeatureCloud(features, outputWeights);
    }

    /** relu(theta . x), by the angles of both. */
    static double feature(double theta, double phi) {
        return Math.max(Math.cos(theta - phi), 0);
    }

    /** At the angle of an input. */
    static double target(double phi) {
        return feature(0.5, phi) - 0.8 * feature(2.6, phi) + 0.6 * feature(4.4, phi);
    }
}
