/**
 * Wide networks evolve as linear models.
 *
 * <p>Lee, Xiao, Schoenholz, Bahri, Novak, Sohl-Dickstein and Pennington give Jacot's limit a rate: below a critical step
 * size, the tangent kernel, the parameters and the outputs of a network of width m stay within O(m^-1/2) of those of its
 * linearisation for all of training. The exponent is an upper bound. Which rate is the true one, and what it depends on, is
 * the subject of later papers; the claims here test both.
 *
 * <p>How sure: abstract and introduction were read; Theorem 2.1 is recalled.
 */
@Paper(
        title = "Wide Neural Networks of Any Depth Evolve as Linear Models Under Gradient Descent",
        authors = "Lee, Xiao, Schoenholz, Bahri, Novak, Sohl-Dickstein, Pennington",
        year = 2019,
        arxiv = "1902.06720",
        about = """
                Below a critical step size, gradient descent on a wide network stays close to gradient descent on its
                first-order Taylor expansion, for all of training: the tangent kernel, the parameters (relative to their
                size) and the outputs move away from it by at most a constant over the square root of the width.""")
package lee2019;

import org.crucis.junit.Paper;
