/**
 * Two-layer networks as expansions in features whose law is trained as well.
 *
 * <p>How sure: abstract and introduction were read. The bodies of the theorems were not at hand, so that statements are recalled
 * and carry no theorem number; closed forms are derived from the objective.
 */
@Paper(
        title = "Over Parameterized Two-level Neural Networks Can Learn Near Optimal Feature Representations",
        authors = "Fang, Dong, Zhang",
        year = 2019,
        arxiv = "1910.11508",
        about = """
                A wide two-layer network is an expansion in features whose law is trained. In the signed measure of output
                weights and the law of the features the regularized objective is convex; noisy gradient descent finds its
                one minimum, and the features found there represent the learned function almost as cheaply as any could.""")
package fang2019;

import org.crucis.junit.Paper;
