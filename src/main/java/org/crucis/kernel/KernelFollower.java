package org.crucis.kernel;

import org.crucis.kernel.KernelSum.Block;
import org.crucis.kernel.KernelSum.Reuse;
import org.crucis.network.DenseNetwork;
import org.crucis.network.GradientFactors;
import org.ejml.simple.SimpleMatrix;

/**
 * The tangent kernel of one network on one set of inputs along a training: {@link EmpiricalKernel#of} at every moment, with
 * memory that is allocated once and without computing again what training leaves as it is. These are the inner products of
 * the inputs of the lowest trained layer (of the data, if all are trained); the activations below it; and, where phi' is
 * constant, the signals of the highest trained layer. When only the output layer is trained, it is the whole kernel.
 *
 * <p>For that, weights of layers that are not trained must stay; whoever assigns others makes another follower.
 *
 * <p>Memory: that of {@link EmpiricalKernel#of} for one single block, 24 n L m bytes for the factors of n inputs, or
 * 8 n L m (3 + O) for O outputs; 8 n^2 for each of two to four matrices of products, or up to 3 + O (O + 1) / 2 of them; and
 * 8 (n O)^2 for the kernel of the start and each that is asked for. Not thread-safe; may be used while its network is open.
 */
public final class KernelFollower implements AutoCloseable {

    private final DenseNetwork network;
    private final int side;
    private final GradientFactors factors;
    private final KernelSum sum;
    private final SimpleMatrix start;

    KernelFollower(DenseNetwork network, SimpleMatrix inputs, Outputs outputs) {
        this.network = network;
        this.side = KernelBlocks.side(network, inputs, outputs);
        KernelBlocks.requireArray(side, side); // before anything is allocated
        this.factors = GradientFactors.of(network, inputs);
        this.sum = new KernelSum(network, outputs, factors.size(), Reuse.WHAT_STAYS);
        factors.refresh();
        this.start = compute();
    }

    /** A copy of the kernel when following began. */
    public SimpleMatrix start() {
        return start.copy();
    }

    /** The kernel at the network's present weights. */
    public SimpleMatrix now() {
        if (KernelSum.moves(network.architecture())) {
            factors.refresh();
        }
        return compute();
    }

    /** |Theta - Theta_0|_F / |Theta_0|_F, of the kernel now against that of the start. */
    public double drift() {
        return now().minus(start).normF() / start.normF();
    }

    private SimpleMatrix compute() {
        double[][] targets = KernelBlocks.same(network, KernelBlocks.zeros(side, side));
        Block all = new Block(factors, 0, factors.size());
        sum.addMirrored(all, all, targets);
        return KernelBlocks.matrix(side, side, targets[0]);
    }

    /** Frees the working memory; the network stays open. */
    @Override
    public void close() {
        factors.close();
        sum.close();
    }
}
