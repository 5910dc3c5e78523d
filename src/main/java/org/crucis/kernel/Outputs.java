package org.crucis.kernel;

/** How several outputs enter an empirical kernel; for one output both are the same. */
public enum Outputs {
    /**
     * Every pair of outputs: n O x n O, output after output, so that entry (o n + i, p n + j) is the product of the gradients
     * of f_o(x_i) and f_p(x_j). It multiplies an n x O matrix of residuals written column after column.
     */
    JOINT,
    /** The trace kernel (1/O) sum_o Theta_oo: n x n, at the cost of O outputs instead of O^2 of them. */
    AVERAGED
}
