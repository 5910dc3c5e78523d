package jacot2018;

/**
 * The relative variance of Theta_m(x, x) for ReLU networks of any depth, exactly, at every width (derived for this project).
 *
 * <p>Weight variance 2, no biases, L hidden layers of width m, Gaussian weights, all layers trained. At a single input the signs of
 * the pre-activations are fair coins that are independent of their sizes and of everything else (Hanin and Nica 2019), so the
 * network behaves like a linear one with random masks. Up to a constant, Theta_m(x, x) = sum_(l = 0..L) A_l B_l, with A_l the mean square of layer l's
 * activations and B_l the squared signal that reaches layer l + 1: independent of A_l, both with mean 1. Passing a layer multiplies the
 * second moment of either by E rho^2 = 1 + 5/m, where rho = (2/m) sum over active neurons of g^2, g standard normal. For l &lt; k,
 *
 * <pre>E[A_l B_l A_k B_k] = (1 + 5/m)^(l + L - k) G_(k-l),
 * G_1 = 1 + 1/m,  G_j = (1 - 1/m) G_(j-1) + (2/m) (1 + 5/m)^(j-1),</pre>
 *
 * where G_j is the mean product of what j masked layers do to a signal from the left and to one from the right: the factor 1 - 1/m stands for
 * the part of a weight matrix that the forward signal does not see, the other term for the direction that both see.
 * To leading order in 1/m this is the C_L of {@link org.crucis.kernel.ReluFluctuation#relativeOnDiagonal}.
 */
final class DiagonalFluctuation {

    private DiagonalFluctuation() {}

    /** Var Theta_m(x, x) / Theta(x, x)^2. */
    static double relativeVariance(int depth, int width) {
        double m = width;
        double passing = 1 + 5 / m;
        double square = (depth + 1) * Math.pow(passing, depth);
        double both = 1 + 1 / m;
        for (int apart = 1; apart <= depth; apart++) {
            if (apart > 1) {
                both = (1 - 1 / m) * both + 2 / m * Math.pow(passing, apart - 1);
            }
            square += 2 * (depth + 1 - apart) * Math.pow(passing, depth - apart) * both;
        }
        return square / ((depth + 1.0) * (depth + 1)) - 1;
    }
}
