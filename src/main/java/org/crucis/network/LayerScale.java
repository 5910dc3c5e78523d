package org.crucis.network;

/**
 * How one layer of a parametrization is realised on a stock layer.
 *
 * <p>The parametrization writes a weight as {@code W = multiplier * w}; the stock layer holds W. A gradient step of rate
 * {@code eta r} in w moves W by {@code -eta r multiplier^2 dLoss/dW}, so the two trainings agree when W starts with
 * {@code weightDeviation = multiplier * deviation of w} and is trained at {@code weightRate = r multiplier^2} times eta.
 *
 * @param multiplier factor between the parameter in the parametrization's own coordinates and the stock weight
 * @param weightDeviation initial standard deviation of the stock weights (for output weights: of the Gaussian behind them)
 * @param weightRate the stock weights' rate, as a multiple of eta; 0 when the layer is frozen
 * @param biasMultiplier the same factor for the biases; 0 when there are none
 * @param biasDeviation initial standard deviation of the stock biases; 0 when there are none
 * @param biasRate the stock biases' rate, as a multiple of eta; 0 when frozen or absent
 */
public record LayerScale(
        double multiplier,
        double weightDeviation,
        double weightRate,
        double biasMultiplier,
        double biasDeviation,
        double biasRate) {

    LayerScale frozen() {
        return new LayerScale(multiplier, weightDeviation, 0, biasMultiplier, biasDeviation, 0);
    }
}
