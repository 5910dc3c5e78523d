/**
 * Two-layer ReLU networks have no bad limits when they are wide and start everywhere.
 *
 * <p>A neuron (u, w) with output u relu(w . x) is 2-homogeneous: only its direction and the product |u||w| count. Penalising
 * |u|^2 + |w|^2 then is penalising the total mass of a signed measure on the sphere of directions, a convex problem. Chizat and
 * Bach show that gradient flow of infinitely many neurons which start in every direction can only converge to its minimum.
 *
 * <p>How sure: the abstract was read; the theorem for homogeneous neurons is recalled, with its assumption that the flow
 * converges. That the problem is convex in the measure, and its dual bound, are derived.
 */
@Paper(
        title = "On the Global Convergence of Gradient Descent for Over-parameterized Models using Optimal Transport",
        authors = "Chizat, Bach",
        year = 2018,
        arxiv = "1805.09545",
        about = """
                Training a wide two-layer network is a gradient flow on the law of its neurons. For homogeneous neurons that \
                start in every direction its limits are global minima of a convex problem, although the problem in the \
                weights is not convex and narrow networks get stuck.""")
package chizat2018;

import org.crucis.junit.Paper;
