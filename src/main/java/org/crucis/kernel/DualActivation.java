package org.crucis.kernel;

import org.crucis.network.Activation;

/**
 * What an activation makes of a Gaussian pair: the two expectations that the layer recursion needs.
 *
 * <p>Closed forms where there are any (ReLU, erf, linear), quadrature otherwise.
 */
interface DualActivation {

    /** E[phi(u) phi(v)]. */
    double values(GaussianPair pair);

    /** E[phi'(u) phi'(v)]. */
    double slopes(GaussianPair pair);

    static DualActivation of(Activation activation) {
        return switch (activation) {
            case RELU -> new Relu();
            case ERF -> new Erf();
            case LINEAR -> new Linear();
            case TANH, SIGMOID, SOFTPLUS, GELU -> new GaussianQuadrature(activation::value, activation::derivative);
        };
    }

    /** Arc-cosine kernels of degree 1 and 0 (Cho and Saul 2009). */
    record Relu() implements DualActivation {

        @Override
        public double values(GaussianPair pair) {
            return (pair.s() + (Math.PI - pair.angle()) * pair.c()) / (2 * Math.PI);
        }

        @Override
        public double slopes(GaussianPair pair) {
            if (pair.a() == 0 || pair.b() == 0) {
                return 0; // a pre-activation that is always 0 has slope 0, as in the networks
            }
            return (Math.PI - pair.angle()) / (2 * Math.PI);
        }
    }

    /** Williams 1997. The arc tangent keeps the digits that the usual arc sine loses near +-1. */
    record Erf() implements DualActivation {

        @Override
        public double values(GaussianPair pair) {
            return 2 / Math.PI * Math.atan2(2 * pair.c(), root(pair));
        }

        @Override
        public double slopes(GaussianPair pair) {
            return 4 / (Math.PI * root(pair));
        }

        /** sqrt((1 + 2a)(1 + 2b) - 4c^2), expanded so that nothing cancels. */
        private static double root(GaussianPair pair) {
            return Math.sqrt(1 + 2 * (pair.a() + pair.b()) + 4 * pair.s() * pair.s());
        }
    }

    /** The identity: both kernels are polynomial in the inputs, hence of rank at most d (plus one with a bias). */
    record Linear() implements DualActivation {

        @Override
        public double values(GaussianPair pair) {
            return pair.c();
        }

        @Override
        public double slopes(GaussianPair pair) {
            return 1;
        }
    }
}
