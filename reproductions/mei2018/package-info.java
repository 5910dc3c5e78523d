/**
 * The law of the neurons has a limit.
 *
 * <p>Mei, Montanari and Nguyen describe gradient training of f = (1/m) sum_r u_r phi(w_r . x) by the law of its neurons
 * (u, w): as the width grows it follows a partial differential equation that does not know the width. The proof couples each
 * neuron of a network to a particle that moves in the field of the limit (propagation of chaos). Mei, Misiakiewicz and
 * Montanari 2019 (arXiv 1902.06015) bound the same distance without a factor of the dimension.
 *
 * <p>How sure: both abstracts were read; the theorems are recalled, the exponents derived.
 */
@Paper(
        title = "A Mean Field View of the Landscape of Two-Layer Neural Networks",
        authors = "Mei, Montanari, Nguyen",
        year = 2018,
        arxiv = "1804.06561",
        about = """
                The neurons of a wide two-layer network in mean-field scaling are nearly independent draws of one law, which \
                training moves along a flow that does not depend on the width; networks of width m follow it to m^-1/2.""")
package mei2018;

import org.crucis.junit.Paper;
