/**
 * How fast the tangent kernel of a finite network really moves.
 *
 * <p>Dyer and Gur-Ari count powers of the width with diagrams: a correlation function of derivative tensors of the output is
 * O(m^s), with s read off the graph that joins tensors whose derivative indices are contracted, s = (components of even
 * size) + (components of odd size)/2 - (tensors)/2. The tangent kernel is one even component of two tensors (s = 0); its
 * change along the gradient, O_3, is three tensors and one output (s = -1). Hence the kernel changes by O(1/m) over any fixed
 * training time, where the first papers had proved O(m^-1/2). They prove the rule for deep linear networks and for smooth
 * networks with one hidden layer, and conjecture it for all. Huang and Yau ("Dynamics of Deep Neural Networks and the Neural
 * Tangent Hierarchy", 1909.08156) prove a change of O(1/m), up to logarithms, from a hierarchy of differential equations.
 *
 * <p>How sure: the conjecture, the tower of operators O_s and the exponents were read in an exposition that keeps the paper's
 * numbering, and in the paper's introduction; the text itself was not at hand. What is said of ReLU and of output weights of
 * one sign is derived here: both break a hypothesis.
 */
@Paper(
        title = "Asymptotics of Wide Networks from Feynman Diagrams",
        authors = "Dyer, Gur-Ari",
        year = 2019,
        arxiv = "1909.11304",
        about = """
                Powers of the width can be counted with diagrams. For networks with independent centred weights the
                tangent kernel changes over a fixed time of training by the inverse of the width, not by the inverse of
                its square root, and its higher derivatives along the gradient fall off in pairs.""")
package dyer2019;

import org.crucis.junit.Paper;
