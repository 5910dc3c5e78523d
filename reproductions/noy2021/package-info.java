/**
 * Global convergence at a width quadratic in the number of inputs.
 *
 * <p>The paper trains, in the place of a deep ReLU network, a surrogate whose on/off patterns are frozen for every training
 * input. Its output is linear in the weights of each layer, so that no flips of neurons have to be controlled. Gradient descent
 * on it reaches a global minimum at a width quadratic in the number of inputs and linear in the depth, in a time logarithmic
 * in both; at any moment it can be turned into a ReLU network of comparable size with the same outputs on the training inputs.
 *
 * <p>How sure: the abstracts of both versions were read, the body was not at hand. The exponents and the word logarithmic are
 * the paper's; constants, the step and the law of the gates are recalled; what is said of two laws of gates, of the limiting
 * kernel, of its fluctuations and of the construction of the ReLU network is derived here, and tests a mechanism, not a quoted
 * theorem.
 *
 * <p>Symbol map of all claims of this package: n = inputs, d = input dimension, L = trained (inner) hidden layers, depth = L +
 * 1 hidden layers in all, m = width, K = tangent kernel of the inner layers, rho = cosine of two inputs, gamma = 1 - angle/pi.
 */
@Paper(
        title = "A Convergence Theory Towards Practical Over-parameterized Deep Neural Networks",
        authors = "Noy, Xu, Aflalo, Zelnik-Manor, Jin",
        year = 2021,
        arxiv = "2101.04243",
        about = """
                With the on/off patterns of a deep ReLU network frozen, gradient descent reaches a global minimum at a width
                quadratic in the number of inputs and linear in the depth, in a time logarithmic in both, and follows its
                tangent kernel closely at finite width.""")
package noy2021;

import org.crucis.junit.Paper;
