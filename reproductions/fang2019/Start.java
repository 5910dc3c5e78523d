package fang2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.crucis.network.TrainedLayers;

/** Where the neurons of a network on the circle begin: angle of the feature and output weight, independent for every neuron. */
enum Start {
    /** All features near the angle 0.5. */
    NEAR_FIRST(0.5),
    /** All features near the angle 4.4. */
    NEAR_LAST(4.4);

    private static final double ANGLE_DEVIATION = 0.1;
    private static final double WEIGHT_DEVIATION = 0.5;

    private final double angle;

    Start(double angle) {
        this.angle = angle;
    }

    /**
     * f(x) = (1/m) sum_j u_j h(theta_j . x) for x in the plane, theta_j of length one.
     *
     * @param activation h
     * @param trained which of u and theta move
     */
    DenseNetwork network(int width, Activation activation, TrainedLayers trained, UniformRandomProvider random) {
        DenseNetwork network = Architecture.of(2)
                .hidden(width, 1)
                .activation(activation)
                .parametrization(Parametrization.meanOfNeurons())
                .trained(trained)
                .draw(random);
        SharedStateContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] stock = new double[3 * width];
        for (int j = 0; j < width; j++) {
            double place = angle + ANGLE_DEVIATION * normal.sample();
            stock[2 * j] = Math.cos(place);
            stock[2 * j + 1] = Math.sin(place);
            stock[2 * width + j] = WEIGHT_DEVIATION * normal.sample() / width;
        }
        network.assign(stock);
        return network;
    }
}
