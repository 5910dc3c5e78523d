/**
 * The fluctuations of mean-field networks, and what training does to them.
 *
 * <p>With f = (1/m) sum_r a_r phi(w_r . x) and independent neurons the output differs from its mean-field limit by O(m^-1/2),
 * at the start and at every fixed time (law of large numbers and central limit theorem for the law of the neurons; Sirignano
 * and Spiliopoulos 2018, arXiv 1805.01053, prove the same for stochastic gradient descent). Where the loss is driven to its
 * minimum the fluctuation is driven out too: on the training inputs it becomes o(m^-1/2) at late times.
 *
 * <p>How sure: both abstracts were read; the theorems are recalled, the numbers derived.
 */
@Paper(
        title = "Trainability and Accuracy of Neural Networks: An Interacting Particle System Approach",
        authors = "Rotskoff, Vanden-Eijnden",
        year = 2018,
        arxiv = "1805.00915",
        about = """
                The neurons of a wide two-layer network in mean-field scaling follow a law that does not depend on the width; \
                the output of a network of width m is off its limit by a fluctuation of variance 1/m, which training removes \
                where it fits the data and leaves where it does not.""")
package rotskoff2018;

import org.crucis.junit.Paper;
