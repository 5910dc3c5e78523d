package org.crucis.training;

import org.crucis.network.Activation;
import org.ejml.simple.SimpleMatrix;

/**
 * A parametrization written out as its paper has it, in plain loops: {@code z_l = c_l w_l a_{l-1} + s_l b_l}, own
 * coordinates w and b trained with one rate each. The oracle for the stock realisation; shares no code with it.
 */
final class ExplicitForm {

    final double[] c;
    final double[] s;
    final double[][][] w; // [layer][neuron][input]
    final double[][] b;
    final Activation phi;

    ExplicitForm(double[] c, double[] s, double[][][] w, double[][] b, Activation phi) {
        this.c = c;
        this.s = s;
        this.w = w;
        this.b = b;
        this.phi = phi;
    }

    double output(double[] x) {
        double[][][] trace = forward(x);
        return trace[0][w.length - 1][0];
    }

    /** [0][l] = z_l, [1][l] = input of layer l. */
    private double[][][] forward(double[] x) {
        int layers = w.length;
        double[][] z = new double[layers][];
        double[][] a = new double[layers][];
        double[] input = x;
        for (int l = 0; l < layers; l++) {
            a[l] = input;
            z[l] = new double[w[l].length];
            double[] next = new double[w[l].length];
            for (int r = 0; r < w[l].length; r++) {
                double sum = 0;
                for (int k = 0; k < input.length; k++) {
                    sum += w[l][r][k] * input[k];
                }
                z[l][r] = c[l] * sum + s[l] * b[l][r];
                next[r] = phi.value(z[l][r]);
            }
            input = next;
        }
        return new double[][][] {z, a};
    }

    /** One step on (1/2) sum (f - y)^2: w_l -= rate_l dLoss/dw_l, b_l -= biasRate_l dLoss/db_l. */
    void step(SimpleMatrix inputs, SimpleMatrix targets, double[] rates, double[] biasRates) {
        int layers = w.length;
        double[][][] gradient = new double[layers][][];
        double[][] biasGradient = new double[layers][];
        for (int l = 0; l < layers; l++) {
            gradient[l] = new double[w[l].length][w[l][0].length];
            biasGradient[l] = new double[w[l].length];
        }
        for (int i = 0; i < inputs.getNumRows(); i++) {
            double[][][] trace = forward(inputs.getRow(i).getDDRM().getData());
            double[] delta = {trace[0][layers - 1][0] - targets.get(i, 0)};
            for (int l = layers - 1; l >= 0; l--) {
                double[] a = trace[1][l];
                for (int r = 0; r < delta.length; r++) {
                    for (int k = 0; k < a.length; k++) {
                        gradient[l][r][k] += delta[r] * c[l] * a[k];
                    }
                    biasGradient[l][r] += delta[r] * s[l];
                }
                if (l > 0) {
                    double[] below = new double[a.length];
                    for (int k = 0; k < a.length; k++) {
                        for (int r = 0; r < delta.length; r++) {
                            below[k] += delta[r] * c[l] * w[l][r][k];
                        }
                        below[k] *= phi.derivative(trace[0][l - 1][k]);
                    }
                    delta = below;
                }
            }
        }
        for (int l = 0; l < layers; l++) {
            for (int r = 0; r < w[l].length; r++) {
                for (int k = 0; k < w[l][r].length; k++) {
                    w[l][r][k] -= rates[l] * gradient[l][r][k];
                }
                b[l][r] -= biasRates[l] * biasGradient[l][r];
            }
        }
    }
}
