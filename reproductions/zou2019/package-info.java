/**
 * Deep ReLU networks, all hidden layers trained: a larger gradient and a shorter path.
 *
 * <p>Zou and Gu sharpen two steps of the convergence proofs of 2018. The gradient of the last hidden layer is bounded from
 * below by the loss times m phi / n^2 (the earlier proofs lose another factor n), and the length of the trajectory is summed
 * with the loss's own geometric decay in place of (number of steps) times (largest step). The sufficient width falls from
 * n^24 L^12 to n^8 L^12; in a two-layer network it is n^8 / phi^4.
 *
 * <p>How sure: abstract and introduction were read, and the two widths in the comparison table of a later paper; gradient
 * bound, step size, number of steps and the two-layer corollary are recalled. That the bounds on width are far from what is
 * needed is no finding: they are sufficient, and no experiment at these sizes can tell n^8 from n^24.
 */
@Paper(
        title = "An Improved Analysis of Training Over-parameterized Deep Neural Networks",
        authors = "Zou, Gu",
        year = 2019,
        arxiv = "1906.04688",
        about = """
                Gradient descent on the hidden layers of a deep ReLU network finds a global minimum at a smaller width than
                was known, because the gradient is larger and the trajectory shorter than earlier proofs made them.""")
package zou2019;

import org.crucis.junit.Paper;
