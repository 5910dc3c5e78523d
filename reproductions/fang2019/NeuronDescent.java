package fang2019;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Sample;
import org.crucis.feature.FeatureCloud;
import org.crucis.feature.Regularization;
import org.crucis.network.DenseNetwork;
import org.crucis.network.UpdateRule;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;

/**
 * Descent of all neurons (u_j, theta_j) on the objective of the paper, with theta_j on the unit sphere, in steps dt of mean-field time:
 *
 * <pre>
 *   u_j     -= dt (g(theta_j) + 2 lam1 u_j) + sqrt(2 lam3 dt) xi_j
 *   theta_j -= dt u_j grad g(theta_j)       + sqrt(2 lam3 dt) xi'_j,    back to length one,     g = E[(f - y) h(theta_j, .)]
 * </pre>
 *
 * with independent noise for every neuron and step. On the network it is a step eta = dt/n on half the sum of squares, a penalty of
 * strength 2 n lam1/m on the output weights and a temperature lam3 n/m: rates are m times eta in these coordinates.
 *
 * @param regularization lam1 and lam3; no noise where lam3 is 0
 * @param step dt
 * @param time how long
 */
record NeuronDescent(Regularization regularization, double step, double time) {

    /** Gets to see a network now and then. */
    @FunctionalInterface
    interface Look {
        /**
         * @param time mean-field time since the start
         * @param outputs on the training inputs, n x 1
         */
        void at(double time, FeatureCloud neurons, SimpleMatrix outputs);
    }

    /**
     * Trains a network of the paper's form ({@link Start#network}).
     *
     * @param noise source of the noise
     * @param every how many steps lie between two looks
     */
    void run(DenseNetwork network, Sample sample, UniformRandomProvider noise, int every, Look look) {
        int n = sample.size();
        double m = network.architecture().width();
        UpdateRule moved = regularization.entropy() > 0
                ? new UpdateRule.Langevin(regularization.entropy() * n / m, noise)
                : new UpdateRule.Plain();
        double penalty = 2 * n * regularization.outputWeights() / m;
        GradientDescent.withStep(step / n)
                .atMost((int) Math.round(time / step))
                .moving(new UpdateRule.UnitNeurons(new UpdateRule.Penalized(List.of(0.0, penalty), moved)))
                .probing(Schedule.every(every), (at, trained, outputs) -> {
                    if (at % every == 0) {
                        look.at(at * step, FeatureCloud.of((DenseNetwork) trained), outputs);
                    }
                })
                .run(network, sample.inputs(), sample.targets());
    }
}
