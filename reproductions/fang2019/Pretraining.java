package fang2019;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Sample;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.crucis.network.UpdateRule;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;

/**
 * How the network is trained that features are drawn from: f = (1/m) sum_j u_j relu(theta_j . x) on (1/2n) sum (f - y)^2 + lam1
 * mean_j u_j^2.
 *
 * @param features where theta_j may go
 * @param width m
 * @param timeStep dt: a step of dt in the time of the limiting equation, that is of m dt in the stock parameters
 * @param steps how many
 * @param penalty lam1
 */
record Pretraining(Features features, int width, double timeStep, int steps, double penalty) {

    /** Where a feature may go. */
    enum Features {
        /** The unit sphere, uniform at the start. */
        ON_THE_SPHERE("on the unit sphere"),
        /** Anywhere, Gaussian with variance 1/d of each coordinate at the start. */
        FREE("free");

        private final String words;

        Features(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    Pretraining withWidth(int neurons) {
        return new Pretraining(features, neurons, timeStep, steps, penalty);
    }

    DenseNetwork start(int dimension, UniformRandomProvider random) {
        DenseNetwork network = Architecture.of(dimension)
                .hidden(width, 1)
                .activation(Activation.RELU)
                .parametrization(Parametrization.meanOfNeurons())
                .draw(random);
        return features == Features.ON_THE_SPHERE ? network.onUnitSpheres() : network;
    }

    Training train(DenseNetwork network, Sample sample) {
        int n = sample.size();
        UpdateRule penalized = new UpdateRule.Penalized(List.of(0.0, 2 * n * penalty / width), new UpdateRule.Plain());
        return GradientDescent.withStep(timeStep / n)
                .atMost(steps)
                .moving(features == Features.ON_THE_SPHERE ? new UpdateRule.UnitNeurons(penalized) : penalized)
                .run(network, sample.inputs(), sample.targets());
    }
}
