/**
 * Two layers need a number of parameters that is a power of the number of labels, and a small one.
 *
 * <p>Oymak and Soltanolkotabi count parameters, not neurons: for smooth activations gradient descent on the first layer fits any
 * n labels at a geometric rate, and ends near where it started, once the square root of the number of parameters k d exceeds a
 * constant times n. Their experiments put the transition at k d of the order of n.
 *
 * <p>How sure: the abstract was read, and a summary of the paper with its phase transition; constants (kappa(X), the rate, the
 * factor of the path) are recalled.
 */
@Paper(
        title =
                "Towards Moderate Overparameterization: Global Convergence Guarantees for Training Shallow Neural Networks",
        authors = "Oymak, Soltanolkotabi",
        year = 2019,
        arxiv = "1902.04674",
        about = """
                If the square root of the number of parameters of a two-layer network exceeds a constant times the number of
                labels, gradient descent fits any labels at a geometric rate and stays near its initialisation.""")
package oymak2019;

import org.crucis.junit.Paper;
