package org.crucis.network;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * The activations phi of the theorems, each as a function, as a derivative, as a DeepLearning4J layer function and as
 * array arithmetic that computes both at once.
 *
 * <p>{@link #ERF} and {@link #GELU} are our own layer functions: DeepLearning4J has no erf, and neither of its two GELUs
 * is {@code z Phi(z)} (they are 2e-2 and 3e-2 off).
 */
public enum Activation {
    /** max(z, 0), with derivative 0 at 0 as in DeepLearning4J. */
    RELU {
        @Override
        public double value(double z) {
            return Math.max(z, 0);
        }

        @Override
        public double derivative(double z) {
            return z > 0 ? 1 : 0;
        }

        @Override
        public IActivation layerFunction() {
            return new ActivationReLU();
        }

        @Override
        void apply(double[] z, double[] slope, Scratch scratch, int length) {
            Loops.fastest().whereOn(z, 0, 1, slope, length);
            Loops.fastest().positiveParts(z, length);
        }
    },

    /** erf(z) = 2/sqrt(pi) times the integral of exp(-t^2) from 0 to z. */
    ERF {
        @Override
        public double value(double z) {
            return Erf.value(z);
        }

        @Override
        public double derivative(double z) {
            return TWO_OVER_ROOT_PI * Math.exp(-z * z);
        }

        @Override
        public IActivation layerFunction() {
            return new ErfActivation();
        }

        @Override
        void apply(double[] z, double[] slope, Scratch scratch, int length) {
            double[] e = scratch.e;
            exponentials(z, -1, e, length);
            for (int i = 0; i < length; i++) {
                slope[i] = TWO_OVER_ROOT_PI * e[i];
            }
            ArrayFunctions.complement(z, 1, e, scratch.s, scratch.p, length);
            for (int i = 0; i < length; i++) {
                z[i] = Math.copySign(1 - e[i], z[i]);
            }
        }
    },

    /** tanh(z). */
    TANH {
        @Override
        public double value(double z) {
            return Math.tanh(z);
        }

        @Override
        public double derivative(double z) {
            double e = Math.exp(-2 * Math.abs(z));
            return 4 * e / ((1 + e) * (1 + e));
        }

        @Override
        public IActivation layerFunction() {
            return new ActivationTanH();
        }

        @Override
        void apply(double[] z, double[] slope, Scratch scratch, int length) {
            double[] e = scratch.e;
            for (int i = 0; i < length; i++) {
                // The bound keeps e finite; tanh has been 1 to the last digit for long.
                e[i] = 2 * Math.min(z[i], TANH_IS_ONE);
            }
            Loops.fastest().exponentials(e, length);
            for (int i = 0; i < length; i++) {
                double r = 1 / (1 + e[i]);
                z[i] = (e[i] - 1) * r;
                slope[i] = 4 * (e[i] * r) * r;
            }
        }
    },

    /** 1 / (1 + exp(-z)), which is (1 + tanh(z / 2)) / 2. */
    SIGMOID {
        @Override
        public double value(double z) {
            double e = Math.exp(-Math.abs(z));
            return (z >= 0 ? 1 : e) / (1 + e);
        }

        @Override
        public double derivative(double z) {
            double e = Math.exp(-Math.abs(z));
            return e / ((1 + e) * (1 + e));
        }

        @Override
        public IActivation layerFunction() {
            return new ActivationSigmoid();
        }

        @Override
        void apply(double[] z, double[] slope, Scratch scratch, int length) {
            double[] e = scratch.e;
            for (int i = 0; i < length; i++) {
                e[i] = -Math.abs(z[i]);
            }
            Loops.fastest().exponentials(e, length);
            for (int i = 0; i < length; i++) {
                double r = 1 / (1 + e[i]);
                slope[i] = (e[i] * r) * r;
                z[i] = 0.5 + Math.copySign(0.5 * (1 - e[i]) * r, z[i]);
            }
        }
    },

    /** log(1 + exp(z)). */
    SOFTPLUS {
        @Override
        public double value(double z) {
            return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
        }

        @Override
        public double derivative(double z) {
            return SIGMOID.value(z);
        }

        @Override
        public IActivation layerFunction() {
            return new ActivationSoftPlus();
        }

        @Override
        void apply(double[] z, double[] slope, Scratch scratch, int length) {
            double[] e = scratch.e;
            for (int i = 0; i < length; i++) {
                e[i] = -Math.abs(z[i]);
            }
            Loops.fastest().exponentials(e, length);
            for (int i = 0; i < length; i++) {
                // 1/(1+e) for z >= 0 and e/(1+e) for z < 0 are 1/2 +- the same odd part.
                slope[i] = 0.5 + Math.copySign(0.5 * (1 - e[i]) / (1 + e[i]), z[i]);
            }
            ArrayFunctions.logOnePlus(e, scratch.s, scratch.p, length);
            for (int i = 0; i < length; i++) {
                z[i] = 0.5 * (z[i] + Math.abs(z[i])) + e[i];
            }
        }
    },

    /** z Phi(z) with the normal distribution function Phi: the exact GELU of Hendrycks and Gimpel (2016). */
    GELU {
        @Override
        public double value(double z) {
            return 0.5 * z * Erfc.value(-z * ROOT_HALF);
        }

        @Override
        public double derivative(double z) {
            return 0.5 * Erfc.value(-z * ROOT_HALF) + z * ONE_OVER_ROOT_TWO_PI * Math.exp(-0.5 * z * z);
        }

        @Override
        public IActivation layerFunction() {
            return new GeluActivation();
        }

        @Override
        void apply(double[] z, double[] slope, Scratch scratch, int length) {
            double[] e = scratch.e;
            exponentials(z, -0.5, e, length);
            System.arraycopy(e, 0, slope, 0, length);
            ArrayFunctions.complement(z, ROOT_HALF, e, scratch.s, scratch.p, length);
            for (int i = 0; i < length; i++) {
                double x = z[i];
                double phi = 0.5 + Math.copySign(0.5 - 0.5 * e[i], x);
                z[i] = x * phi;
                slope[i] = phi + x * (ONE_OVER_ROOT_TWO_PI * slope[i]);
            }
        }
    },

    /** z itself: the deep linear network. */
    LINEAR {
        @Override
        public double value(double z) {
            return z;
        }

        @Override
        public double derivative(double z) {
            return 1;
        }

        @Override
        public IActivation layerFunction() {
            return new ActivationIdentity();
        }

        @Override
        void apply(double[] z, double[] slope, Scratch scratch, int length) {
            Arrays.fill(slope, 0, length, 1);
        }
    };

    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
    private static final double ONE_OVER_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);
    private static final double TANH_IS_ONE = 300;

    /** Working arrays of {@link #apply}. */
    static final class Scratch {
        private final double[] e;
        private final double[] s;
        private final double[] p;

        Scratch(int length) {
            e = new double[length];
            s = new double[length];
            p = new double[length];
        }
    }

    /** phi(z), to the last digits at every z. */
    public abstract double value(double z);

    /** phi'(z). */
    public abstract double derivative(double z);

    /** A new DeepLearning4J layer function that computes this activation. */
    public abstract IActivation layerFunction();

    /**
     * Value and derivative of many pre-activations with one exponential each: absolute errors below 4e-15.
     *
     * @param z pre-activations, overwritten with phi(z)
     * @param slope receives phi'(z)
     * @param scratch working arrays of at least this length
     * @param length how many entries of each array to use
     */
    abstract void apply(double[] z, double[] slope, Scratch scratch, int length);

    /** e[i] = exp(factor z[i]^2). */
    private static void exponentials(double[] z, double factor, double[] e, int length) {
        for (int i = 0; i < length; i++) {
            e[i] = factor * z[i] * z[i];
        }
        Loops.fastest().exponentials(e, length);
    }
}
