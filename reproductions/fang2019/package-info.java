/**
 * Two-layer networks learn a distribution of features, and nearly the best one.
 *
 * <p>Fang, Dong and Zhang read a wide two-layer network f(x) = (1/m) sum_j u_j h(theta_j, x) as a sum over random features whose law p is
 * itself trained. Only the signed measure u p matters for f: features can be repopulated, that is drawn from another law and weighed
 * anew. In (u p, p) the regularised objective is convex, though in (u, theta) it is not. Noisy gradient descent on an infinitely wide
 * network converges to its one minimiser, from any start; and with the penalty on the output weights dominating, the learned law is
 * nearly the one that represents the learned function at the least output weights.
 *
 * <p>How sure: title, abstract and introduction were read, the theorems are recalled. Every closed form here is derived from the
 * objective, and checked by a second route.
 */
@Paper(
        title = "Over Parameterized Two-level Neural Networks Can Learn Near Optimal Feature Representations",
        authors = "Fang, Dong, Zhang",
        year = 2019,
        arxiv = "1910.11508",
        about = """
                A wide two-layer network trained with noise learns a well-defined distribution of features, whatever its start: \
                the minimiser of an objective that is convex in the measure of features and output weights. That distribution is \
                nearly the best one for the function that was learned.""")
package fang2019;

import org.crucis.junit.Paper;
