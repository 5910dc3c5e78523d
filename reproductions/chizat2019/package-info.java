/**
 * Laziness is caused by scale, not by width.
 *
 * <p>Chizat, Oyallon and Bach train alpha h(w) with the loss divided by alpha^2. When h(w_0) = 0, a large alpha makes any
 * model, at any fixed width, stay close to its linearisation: parameters need to move by O(1/alpha) only. A wide network in
 * NTK parametrization is lazy because its factor m^-1/2 is a large scale for a sum of m terms; with the mean-field factor
 * 1/m the same network learns features at every width.
 *
 * <p>How sure: abstract and introduction were read; Theorems 2.2 to 2.4 are recalled.
 */
@Paper(
        title = "On Lazy Training in Differentiable Programming",
        authors = "Chizat, Oyallon, Bach",
        year = 2019,
        arxiv = "1812.07956",
        about = """
                Lazy training, in which a model behaves like its linearisation, is not a matter of many parameters but of
                the scale of the output: any model whose output is 0 at the start becomes lazy as that scale grows, and
                wide networks are lazy because their usual scale grows with the width.""")
package chizat2019;

import org.crucis.junit.Paper;
