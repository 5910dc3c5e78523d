/**
 * One wide layer is enough, if the layers above it shrink.
 *
 * <p>Nguyen and Mondelli prove a linear rate for deep networks whose first layer is at least as wide as there are inputs, the
 * others being of any width that does not grow: the features of the wide layer have full rank, a pyramid lets no signal die on its way
 * down, and together they bound the gradient from below by the loss. With a special initialisation a first layer of width N
 * suffices; with the usual one N^2.
 *
 * <p>How sure: abstract and introduction were read; the inequality is derived here, as the paper's theorem needs it.
 */
@Paper(
        title = "Global Convergence of Deep Networks with One Wide Layer Followed by Pyramidal Topology",
        authors = "Nguyen, Mondelli",
        year = 2020,
        arxiv = "2002.07867",
        about = """
                A single layer as wide as the number of inputs, followed by layers that never widen, makes gradient descent
                converge to a global minimum at a linear rate: along its way the gradient is bounded from below by the
                loss.""")
package nguyen2020;

import org.crucis.junit.Paper;
