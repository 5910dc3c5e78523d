package org.crucis.network;

import java.util.Objects;

/**
 * Where the powers of the width m stand: abc form of Yang and Hu 2021 (Tensor Programs IV, arXiv 2011.14522).
 *
 * <p>A weight is {@code W = m^-a w}, an entry of w starts as N(0, m^-2b), and w is trained at the rate {@code eta m^-c}.
 * Beside the powers of m each weight carries sw (and in the first layer 1/sqrt(inputs)), each bias carries sb; they stand
 * before the parameter or in its initial deviation as {@link Variances} says. Exponents of the named forms:
 *
 * <table>
 * <caption>(a, b) of each layer and c</caption>
 * <tr><th>form</th><th>first layer, all hidden biases</th><th>hidden</th><th>output</th><th>output bias</th><th>c</th></tr>
 * <tr><td>{@link #ntk}</td><td>0, 0</td><td>1/2, 0</td><td>1/2, 0</td><td>0, 0</td><td>0</td></tr>
 * <tr><td>{@link #standard}</td><td>0, 0</td><td>0, 1/2</td><td>0, 1/2</td><td>0, 0</td><td>0</td></tr>
 * <tr><td>{@link #meanField}, {@link #meanOfNeurons}</td><td>0, 0</td><td>-</td><td>1, 0</td><td>1/2, -1/2</td><td>-1</td></tr>
 * <tr><td>{@link #muP}</td><td>-1/2, 1/2</td><td>0, 1/2</td><td>1/2, 1/2</td><td>0, 0</td><td>0</td></tr>
 * </table>
 *
 * <p>A hidden bias is a weight from a constant input and scales like the first layer. The output bias is one parameter,
 * not one of m: its exponents (-c/2, c/2) make its deviation and its share of the kernel independent of the width.
 * Shifting (a, b, c) to (a + t, b - t, c - 2t) changes nothing under gradient descent, so that mean-field with one hidden
 * layer and muP are the same training (Yang and Hu say so; a test checks it).
 *
 * @param name how the report calls it
 * @param input exponents of the first layer's weights and of all hidden biases
 * @param hidden exponents of the weights between hidden layers
 * @param output exponents of the output weights
 * @param rate the exponent c
 * @param variances where sw, sb and 1/sqrt(inputs) stand
 * @param outputScale an additional factor alpha before the output (Chizat, Oyallon and Bach 2019); 1 for none
 */
public record Parametrization(
        String name,
        Exponents input,
        Exponents hidden,
        Exponents output,
        double rate,
        Variances variances,
        double outputScale) {

    /**
     * The two exponents of one kind of weight.
     *
     * @param multiplier a: the factor before the parameter is m^-a
     * @param deviation b: the parameter starts with standard deviation m^-b
     */
    public record Exponents(double multiplier, double deviation) {}

    /** Where the standard deviations sw and sb (and 1/sqrt(inputs)) stand. */
    public enum Variances {
        /** Before the parameter, which then starts with unit variance apart from powers of m. */
        IN_MULTIPLIER,
        /** In the initial deviation; nothing stands before the parameter. */
        IN_DEVIATION
    }

    /** Checks the exponents. */
    public Parametrization {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(variances, "variances");
        for (Exponents e : new Exponents[] {input, hidden, output}) {
            if (!Double.isFinite(e.multiplier) || !Double.isFinite(e.deviation)) {
                throw new IllegalArgumentException("The exponents of " + name + " are not finite (" + e
                        + "); give each weight a finite power of the width.");
            }
        }
        if (!Double.isFinite(rate)) {
            throw new IllegalArgumentException(
                    "The rate exponent of " + name + " is " + rate + "; give a finite power of the width.");
        }
        if (!(outputScale > 0) || Double.isInfinite(outputScale)) {
            throw new IllegalArgumentException(
                    "The output scale of " + name + " is " + outputScale + "; it must be positive and finite.");
        }
    }

    /** Neural tangent parametrization: {@code W = sw/sqrt(fan-in) w}, {@code b = sb beta}, w and beta standard normal. */
    public static Parametrization ntk() {
        return new Parametrization(
                "NTK",
                new Exponents(0, 0),
                new Exponents(0.5, 0),
                new Exponents(0.5, 0),
                0,
                Variances.IN_MULTIPLIER,
                1);
    }

    /** Standard parametrization: no factors, {@code W ~ N(0, sw^2/fan-in)}, {@code b ~ N(0, sb^2)}, one common rate. */
    public static Parametrization standard() {
        return new Parametrization(
                "standard",
                new Exponents(0, 0),
                new Exponents(0, 0.5),
                new Exponents(0, 0.5),
                0,
                Variances.IN_DEVIATION,
                1);
    }

    /**
     * Mean-field parametrization of one hidden layer: {@code f = (sw/m) sum_r a_r phi(z_r)}, every rate times m, so that
     * eta lambda_max stays of order one.
     */
    public static Parametrization meanField() {
        return new Parametrization(
                "mean-field",
                new Exponents(0, 0),
                // Never used: Architecture refuses a second hidden layer, whose signals would vanish with the width.
                new Exponents(1, 0),
                new Exponents(1, 0),
                -1,
                Variances.IN_MULTIPLIER,
                1);
    }

    /**
     * Mean-field with nothing before the parameters but the mean over neurons: {@code f = (1/m) sum_r u_r phi(w_r . x + b_r)},
     * every rate times m. Initial deviations are sw/sqrt(inputs) of w, sb of b and sw of u; what follows the law of the neurons
     * (u, w, b) is written in these coordinates.
     */
    public static Parametrization meanOfNeurons() {
        Parametrization form = meanField();
        return new Parametrization(
                "mean of neurons", form.input, form.hidden, form.output, form.rate, Variances.IN_DEVIATION, 1);
    }

    /** Maximal-update parametrization, for any depth: hidden features move by order one at every width. */
    public static Parametrization muP() {
        return new Parametrization(
                "muP",
                new Exponents(-0.5, 0.5),
                new Exponents(0, 0.5),
                new Exponents(0.5, 0.5),
                0,
                Variances.IN_MULTIPLIER,
                1);
    }

    /**
     * The same with the output multiplied by alpha (output weights and output bias alike). The kernel grows by alpha^2:
     * divide eta by alpha^2 to keep eta lambda_max.
     */
    public Parametrization scaledBy(double alpha) {
        return new Parametrization(name + " x " + alpha, input, hidden, output, rate, variances, outputScale * alpha);
    }

    /** Whether more than one hidden layer makes sense: a signal through a layer with a + b > 1/2 dies out with m. */
    boolean admitsDepth() {
        return hidden.multiplier + hidden.deviation <= 0.5;
    }

    /** What a layer is connected to, which decides its exponents. */
    enum Place {
        INPUT,
        HIDDEN,
        OUTPUT
    }

    LayerScale scale(Place place, int inputs, int width, double weightVariance, double biasVariance) {
        Exponents weight = switch (place) {
            case INPUT -> input;
            case HIDDEN -> hidden;
            case OUTPUT -> output;
        };
        Exponents bias = place == Place.OUTPUT ? new Exponents(-rate / 2, rate / 2) : input;
        double sw = Math.sqrt(place == Place.INPUT ? weightVariance / inputs : weightVariance);
        double sb = Math.sqrt(biasVariance);
        double before = place == Place.OUTPUT ? outputScale : 1;
        double multiplier = before * Math.pow(width, -weight.multiplier) * (inMultiplier() ? sw : 1);
        double deviation = Math.pow(width, -weight.deviation) * (inMultiplier() ? 1 : sw);
        double factor = Math.pow(width, -rate);
        if (biasVariance == 0) {
            return new LayerScale(multiplier, multiplier * deviation, factor * multiplier * multiplier, 0, 0, 0);
        }
        double biasMultiplier = before * Math.pow(width, -bias.multiplier) * (inMultiplier() ? sb : 1);
        double biasDeviation = Math.pow(width, -bias.deviation) * (inMultiplier() ? 1 : sb);
        return new LayerScale(
                multiplier,
                multiplier * deviation,
                factor * multiplier * multiplier,
                biasMultiplier,
                biasMultiplier * biasDeviation,
                factor * biasMultiplier * biasMultiplier);
    }

    private boolean inMultiplier() {
        return variances == Variances.IN_MULTIPLIER;
    }
}
