package org.crucis.network;

import org.apache.commons.numbers.gamma.Erf;

/** Activation functions. (A stand-in until the network room's own type takes its place.) */
public enum Activation {
    RELU,
    ERF,
    TANH,
    SOFTPLUS,
    GELU,
    LINEAR;

    public double value(double z) {
        return switch (this) {
            case RELU -> Math.max(z, 0);
            case ERF -> Erf.value(z);
            case TANH -> Math.tanh(z);
            case SOFTPLUS -> Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
            case GELU -> z * 0.5 * (1 + Erf.value(z / Math.sqrt(2)));
            case LINEAR -> z;
        };
    }

    public double derivative(double z) {
        return switch (this) {
            case RELU -> z > 0 ? 1 : 0;
            case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-z * z);
            case TANH -> 1 - Math.tanh(z) * Math.tanh(z);
            case SOFTPLUS -> 1 / (1 + Math.exp(-z));
            case GELU -> 0.5 * (1 + Erf.value(z / Math.sqrt(2))) + z * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            case LINEAR -> 1;
        };
    }
}
