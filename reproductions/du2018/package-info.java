/**
 * Gradient descent drives the training error of a wide two-layer ReLU network to zero, whatever the labels.
 *
 * <p>Du, Zhai, Poczos and Singh train the first layer of {@code f(x) = m^(-1/2) sum_r a_r relu(w_r . x)}, w_r(0) ~ N(0, I), a_r = +-1
 * and fixed, on n inputs of length one and the loss (1/2) sum (f(x_i) - y_i)^2. The outputs obey
 * {@code u(k+1) - y = (I - eta H(k)) (u(k) - y)} up to the neurons that change sign within the step, with the Gram matrix
 *
 * <pre>
 *   H_ij(k) = (1/m) x_i.x_j sum_r 1[w_r.x_i &gt;= 0, w_r.x_j &gt;= 0]
 *   H^inf_ij = x_i.x_j (pi - arccos x_i.x_j) / (2 pi),     lambda_0 = lambda_min(H^inf).
 * </pre>
 *
 * H^inf is positive definite when no two inputs are parallel; then a wide network's weights and patterns hardly move, H(k) stays
 * near H^inf, and the error falls by a factor 1 - eta lambda_0/2 a step. The proven width is n^6/(lambda_0^4 delta^3).
 *
 * <p>How sure: theorems 3.1 to 4.1, the lemmas, their orders and the experiment section were read in a plain-text copy without
 * displayed formulas; the displayed formulas (H^inf, the rate, R') are recalled and agree with the surrounding proofs. What the
 * true exponents and constants are is derived here.
 */
@Paper(
        title = "Gradient Descent Provably Optimizes Over-parameterized Neural Networks",
        authors = "Du, Zhai, Poczos, Singh",
        year = 2018,
        arxiv = "1810.02054",
        about = """
                A two-layer ReLU network whose first layer is trained reaches zero error at a linear rate, for any labels, when
                no two inputs are parallel and the width is a high enough polynomial of their number: each weight stays near
                its initial value, few on/off patterns change, and the Gram matrix of the gradients stays positive definite.""")
package du2018;

import org.crucis.junit.Paper;
