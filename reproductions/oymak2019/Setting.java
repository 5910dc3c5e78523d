package oymak2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.data.Tables;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.OutputWeights;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;

/**
 * The paper's network: f(x) = v.phi(W x) with k neurons of a smooth activation, W with entries N(0, 1), v fixed with entries 1/sqrt(k)
 * of either sign, inputs of length one, gradient descent on W for half the sum of squares.
 *
 * <p>It is the NTK parametrization with the first layer trained alone, on inputs of length sqrt(d): own coordinates are the entries
 * of W, and the tangent kernel is J J'.
 */
enum Setting {
    /** Random directions. */
    SPHERE {
        @Override
        SimpleMatrix inputs(int n, int d, UniformRandomProvider random) {
            return Spheres.ofDimension(n, d, random);
        }
    },
    /** Chemical measurements of wines, standardised; d = 13. */
    WINE {
        @Override
        SimpleMatrix inputs(int n, int d, UniformRandomProvider random) {
            return Tables.wine()
                    .draw(n, random)
                    .standardized()
                    .onSphereOfDimension()
                    .inputs();
        }
    };

    abstract SimpleMatrix inputs(int n, int d, UniformRandomProvider random);

    /** Inputs with Gaussian labels of deviation 1/2: within the reach of a few bounded neurons, and not, as signs are, of a saturated one. */
    Sample draw(int n, int d, UniformRandomProvider random) {
        SimpleMatrix inputs = inputs(n, d, random);
        return new Sample(inputs, Labels.gaussian(n, random).scale(0.5), this + ", Gaussian labels");
    }

    /** The paper's network of k neurons. */
    static Architecture network(int d, int k) {
        return Architecture.of(d)
                .hidden(k, 1)
                .activation(Activation.TANH)
                .outputWeights(OutputWeights.SIGNS)
                .trained(Trained.only(0));
    }
}
