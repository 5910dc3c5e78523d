package org.crucis.data;

import org.ejml.simple.SimpleMatrix;

/**
 * The closest pair of a set of inputs, where an input also counts with its negative: min over i &lt; j of min(|x_i - x_j|, |x_i +
 * x_j|). Convergence theorems ask for it to be positive (no two inputs parallel, when all lengths are equal) and pay for its
 * smallness with width.
 *
 * @param distance Euclidean, at least 0; infinite for a single input
 * @param first row of one input of the pair; -1 when there is no pair
 * @param second row of the other one
 */
public record Separation(double distance, int first, int second) {

    /**
     * Looks at all pairs, O(n^2 d).
     *
     * @param inputs n x d
     */
    public static Separation of(SimpleMatrix inputs) {
        Matrices.requireFinite(inputs, "inputs");
        Separation closest = new Separation(Double.POSITIVE_INFINITY, -1, -1);
        for (int i = 0; i < inputs.getNumRows(); i++) {
            for (int j = i + 1; j < inputs.getNumRows(); j++) {
                double difference = 0;
                double sum = 0;
                for (int k = 0; k < inputs.getNumCols(); k++) {
                    double x = inputs.get(i, k);
                    double y = inputs.get(j, k);
                    difference += (x - y) * (x - y);
                    sum += (x + y) * (x + y);
                }
                double distance = Math.sqrt(Math.min(difference, sum));
                if (distance < closest.distance) {
                    closest = new Separation(distance, i, j);
                }
            }
        }
        return closest;
    }
}
