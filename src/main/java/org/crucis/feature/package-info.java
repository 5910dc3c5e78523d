/**
 * What a two-layer network has learned, seen as a law of its neurons.
 *
 * <p>In the mean-field scaling f(x) = (1/m) sum_j u_j h(theta_j, x) the neurons are exchangeable: only their empirical law
 * matters. A network of m neurons is a {@link org.crucis.feature.FeatureCloud}, m points (u_j, theta_j), and learning moves
 * the cloud. As m grows the cloud tends to a law on the space of neurons, the <em>feature law</em>; where the features theta
 * are thought of as a population of which u is a function, it is the law p(theta) (Fang, Dong and Zhang 2019, "Over
 * parameterized two-level neural networks can learn near optimal feature representations", arXiv 1910.11508; Mei, Montanari
 * and Nguyen 2018, arXiv 1804.06561). Three questions follow.
 *
 * <p>How far are two clouds apart? Each point stands for the same mass, and the clouds may differ in size:
 *
 * <ul>
 *   <li>{@link org.crucis.feature.EnergyDistance}: nothing to choose; zero exactly for equal laws (Szekely and Rizzo 2013).
 *   <li>{@link org.crucis.feature.KernelDiscrepancy}: the same with a Gaussian kernel; its width is the scale on which one
 *       looks (Gretton et al. 2012).
 *   <li>{@link org.crucis.feature.Wasserstein} on a line, {@link org.crucis.feature.SlicedWasserstein} in space: how far
 *       mass has to be moved, in the unit of the points.
 * </ul>
 *
 * <p>Two clouds of m points drawn from <em>one</em> law are apart too: their squared energy distance and squared discrepancy
 * are of order 1/m, their Wasserstein distance on a line of order m^-1/2. So that these shrink says that the neurons are
 * nearly independent, not that anything was learned. To compare with a law, take the unbiased forms, whose mean is 0 when
 * the laws agree.
 *
 * <p>What are the features worth? Draw a few of them by their {@link org.crucis.feature.Importance} and fit new output
 * weights by {@link org.crucis.feature.RidgeRefit}.
 *
 * <p>Which law is the best one, and how far is a network from it? In the measure that all neurons carry together the problem is
 * convex, and has a minimum to hold a network against. A {@link org.crucis.feature.FeatureGrid} holds the problem with every feature
 * that a neuron could have, a {@link org.crucis.feature.FeaturePopulation} a measure and a law on them, a {@link
 * org.crucis.feature.Regularization} what is charged beside the loss:
 *
 * <ul>
 *   <li>{@link org.crucis.feature.GridLaw}: the minimiser under an entropy, as noisy gradient descent learns it.
 *   <li>{@link org.crucis.feature.SphereLaw}: the same in closed form, for linear features on the unit sphere and a {@link
 *       org.crucis.feature.LinearTarget}.
 *   <li>{@link org.crucis.feature.SparseOptimum}: the minimum without entropy, which few features carry.
 *   <li>{@link org.crucis.feature.DualityGap}: how far a network is from that minimum at most, by its own residual alone.
 * </ul>
 *
 * <p>A cloud lives in the parametrization's own coordinates, in which initial weights are of order one at every width.
 */
package org.crucis.feature;
