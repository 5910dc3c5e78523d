package noy2021;

import org.ejml.simple.SimpleMatrix;

/** Comparisons of tangent kernels entry by entry. */
final class Kernels {

    private Kernels() {}

    /** The mean square over pairs of K_ij / sqrt(K_ii K_jj) minus the limit's entry. */
    static double squaredDeviation(SimpleMatrix kernel, SimpleMatrix normalizedLimit) {
        int n = kernel.getNumRows();
        double squares = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double entry = kernel.get(i, j) / Math.sqrt(kernel.get(i, i) * kernel.get(j, j));
                squares += Math.pow(entry - normalizedLimit.get(i, j), 2);
            }
        }
        return squares / (n * (n - 1) / 2);
    }
}
