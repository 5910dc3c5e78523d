/**
 * Two mathematical models of an over-parameterized network: the tangent kernel and the mean field.
 *
 * <p>Fang, Dong and Zhang survey what is known of f(x) = (alpha/m) sum_j u_j h(theta_j, x). A large output scale alpha,
 * sqrt(m) for instance, keeps every neuron within O(1/alpha) of where it started, and the network is linear in its
 * parameters, with a kernel that is that of infinite width up to O(m^-1/2). At alpha = 1 neurons move by order one at every
 * width, their law follows a limit in which the loss is convex, and wide networks find what narrow ones miss; network and
 * gradient descent are a discretisation of that limit, of error O(1/m) and O(dt). Averages over units in every layer of a
 * deeper network make the units of a layer alike.
 *
 * <p>How sure: abstract, introduction and the authors' notebooks were read. Statements of the theorems are recalled, and
 * most exponents are derived here.
 */
@Paper(
        title = "Mathematical Models of Overparameterized Neural Networks",
        authors = "Fang, Dong, Zhang",
        year = 2020,
        arxiv = "2012.13982",
        about = """
                Two models explain why over-parameterized networks train well. In the tangent-kernel view a large output \
                scale keeps the parameters near their initial values, where the network is linear in them. In the \
                mean-field view the law of the neurons moves, and the loss is convex in that law.""")
package fang2020;

import org.crucis.junit.Paper;
