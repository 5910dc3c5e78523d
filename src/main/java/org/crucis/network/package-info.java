/**
 * Fully connected networks whose weights scale with the width as a theorem prescribes, as real DeepLearning4J networks.
 *
 * <p>Theorems about wide networks differ first of all in the power of the width that stands before each weight. Written
 * out, such a <em>parametrization</em> is {@code W = m^-a w} with entries {@code w ~ N(0, m^-2b)} that are trained at the
 * rate {@code eta m^-c} (Yang and Hu 2021, "Tensor Programs IV", arXiv 2011.14522). Under plain gradient descent the
 * factor before the weight can be moved elsewhere without changing a single output: the same training is obtained on
 * stock layers, which have no factor, by giving each layer its own initial deviation and its own rate ({@link
 * org.crucis.network.LayerScale}). So an {@link org.crucis.network.Architecture} draws a {@link
 * org.crucis.network.DenseNetwork}, which is a {@code MultiLayerNetwork} of stock dense layers in double precision, and every
 * statement about NTK, mean-field or maximal-update networks is checked on what users of DeepLearning4J really train. With
 * frozen {@link org.crucis.network.Gates} it is a {@code ComputationGraph}; any other model, residual or recurrent, becomes a
 * {@link org.crucis.network.GraphNetwork}.
 *
 * <p>DeepLearning4J's own training step costs 2 to 12 times what its products cost. {@link
 * org.crucis.network.Propagation} therefore sends inputs forward and signals backward by raw BLAS on the network's own
 * parameter memory, and {@link org.crucis.network.Steps} trains it there; both are held by tests to DeepLearning4J's own
 * gradients, which {@link org.crucis.network.ModelPropagation} gives.
 *
 * <p>What the processor can do is used without the user's help: {@link org.crucis.network.NativeLibraries} chooses OpenBLAS'
 * kernels and one thread, and element-wise loops take the Vector API where the JVM was started with it, to the same bits.
 */
package org.crucis.network;
