/**
 * How wide a two-layer ReLU network has to be for its Gram matrix at initialisation to be near its limit.
 *
 * <p>Song and Yang sharpen the width in the theorem of Du et al. 2018 (see {@code du2018}) by bounding the Gram matrix as a whole, with
 * a matrix Chernoff inequality, in the place of every entry by itself.
 *
 * <p>How sure: title and abstract only. The inequality with its constants is derived here from the matrix Chernoff bound (Tropp 2012):
 * H(0) = (1/m) sum_r D_r X X' D_r is a mean of m independent matrices between 0 and |X|^2, so that
 * P(lambda_min(H(0)) &lt;= (1 - s) lambda_0) &lt;= n exp(-s^2 m lambda_0 / (2 |X|^2)), and s = 1/4 gives 32.
 */
@Paper(
        title = "Quadratic Suffices for Over-parametrization via Matrix Chernoff Bound",
        authors = "Song, Yang",
        year = 2019,
        arxiv = "1906.03593",
        about = """
                The Gram matrix of a two-layer ReLU network keeps its smallest eigenvalue from a width of the order
                |X|^2 log(n) / lambda_0 on, by a matrix Chernoff bound; entry by entry the proof needs
                n^2 log(n) / lambda_0^2.""")
package song2019;

import org.crucis.junit.Paper;
