/**
 * Full-batch gradient descent on half the sum of squares, as the theorems have it.
 *
 * <p>The loss is {@code (1/2) sum_i (f(x_i) - y_i)^2} and a step is {@code theta <- theta - eta grad}, with eta in the
 * parametrization's own time: one step multiplies the residual of the linearised network by {@code I - eta Theta}, with
 * Theta the tangent kernel of the parametrization. A run ends in one of three ways, all of them observations ({@link
 * org.crucis.training.Ending}), and {@link org.crucis.training.Probe}s look at the network on the way.
 */
package org.crucis.training;
