/**
 * Infinitely wide networks are governed by a kernel.
 *
 * <p>Jacot, Gabriel and Hongler let the widths of the hidden layers grow. At initialisation the outputs then become a
 * centred Gaussian process with covariance K, the NNGP kernel, and the tangent kernel Theta(x, x') = grad f(x) . grad f(x')
 * stops depending on the draw of the weights; both follow from the same recursion over the layers. During training Theta
 * stays what it was, so that gradient descent in function space is kernel gradient descent, which converges because Theta is
 * positive definite on the sphere. The claims here are about initialisation: the recursion, how far a network of finite
 * width is from the limit, the law of the outputs, and the positive definiteness; and one about training, the inflation of
 * the kernel that the paper saw in its experiments. What else happens in training is claimed, with a rate, by Lee et al.
 * 2019.
 *
 * <p>Conventions. The paper trains every weight and bias, has weight variance 1, bias variance beta^2, no factor 2 for ReLU,
 * and counts the output as a layer (its depth L is L - 1 hidden layers). The claims write the variances as sw^2 and sb^2 and
 * count hidden layers.
 *
 * <p>How sure: theorems 1 and 2, proposition 2 and sections 5 and 6 were read in the text; proposition 1 is recalled. The paper
 * proves limits, one layer's width after the other; constants and rates at finite width are derived here.
 */
@Paper(
        title = "Neural Tangent Kernel: Convergence and Generalization in Neural Networks",
        authors = "Jacot, Gabriel, Hongler",
        year = 2018,
        arxiv = "1806.07572",
        about = """
                As the hidden layers of a network become infinitely wide, its outputs at initialisation become a Gaussian
                process, and the kernel of the gradients of its output becomes a deterministic function of the inputs that
                an explicit recursion over the layers computes and that does not change in training. On the sphere it is
                positive definite, so that gradient descent finds the minimum of a convex loss.""")
package jacot2018;

import org.crucis.junit.Paper;
