package org.crucis.theorem;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.crucis.data.Separation;
import org.crucis.kernel.Spectrum;
import org.crucis.network.Activation;
import org.ejml.simple.SimpleMatrix;

/** The data that a network is to fit, and the network as far as it was chosen. Whatever is measured is measured once. */
public final class Problem {

    /** What else a user may fix; each theorem takes its own where nothing is said. */
    public record Network(OptionalInt depth, Optional<Activation> activation) {
        public static final Network ANY = new Network(OptionalInt.empty(), Optional.empty());
    }

    private final SimpleMatrix inputs;
    private final SimpleMatrix targets;
    private final Network network;
    private final double relativeLoss;
    private final double[] lengths;
    private final Separation separation;
    private final Map<String, Kernel> kernels = new LinkedHashMap<>();

    /**
     * @param inputs n x d, n at least 2
     * @param targets n x k, not all 0
     * @param relativeLoss in (0, 1), at which training has converged
     * @throws IllegalArgumentException in one sentence
     */
    public Problem(SimpleMatrix inputs, SimpleMatrix targets, Network network, double relativeLoss) {
        if (inputs.getNumRows() < 2) {
            throw new IllegalArgumentException(
                    "theorems speak of at least two inputs, but there is one: give more rows");
        }
        if (targets.getNumRows() != inputs.getNumRows()) {
            throw new IllegalArgumentException("there are " + inputs.getNumRows() + " inputs, but "
                    + targets.getNumRows() + " rows of targets: give one row an input");
        }
        if (!(targets.normF() > 0)) {
            throw new IllegalArgumentException(
                    "all targets are 0, so that there is nothing to learn: name other targets");
        }
        if (!(relativeLoss > 0 && relativeLoss < 1)) {
            throw new IllegalArgumentException(
                    "the relative loss to reach must lie between 0 and 1, got " + relativeLoss + ": for instance 1e-3");
        }
        network.depth().ifPresent(depth -> {
            if (depth < 1) {
                throw new IllegalArgumentException(
                        "the depth counts hidden layers and must be at least 1, got " + depth);
            }
        });
        this.inputs = inputs.copy();
        this.targets = targets.copy();
        this.network = network;
        this.relativeLoss = relativeLoss;
        this.lengths = IntStream.range(0, inputs.getNumRows())
                .mapToDouble(row -> inputs.getRow(row).normF())
                .sorted()
                .toArray();
        this.separation = Separation.of(inputs);
    }

    /** Number of inputs. */
    public int n() {
        return inputs.getNumRows();
    }

    /** Coordinates of an input. */
    public int d() {
        return inputs.getNumCols();
    }

    /** n x d. */
    public SimpleMatrix inputs() {
        return inputs.copy();
    }

    /** Length of the shortest input. */
    public double shortest() {
        return lengths[0];
    }

    /** Length of the longest input. */
    public double longest() {
        return lengths[lengths.length - 1];
    }

    /** The closest pair, an input and its negative counting as the same. */
    public Separation separation() {
        return separation;
    }

    /** Distance of the two closest inputs, where x and -x are two. */
    public double closest() {
        double closest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n(); i++) {
            for (int j = 0; j < i; j++) {
                double square = 0;
                for (int k = 0; k < d(); k++) {
                    double difference = inputs.get(i, k) - inputs.get(j, k);
                    square += difference * difference;
                }
                closest = Math.min(closest, Math.sqrt(square));
            }
        }
        return closest;
    }

    /** |X|^2, the squared spectral norm of the inputs. */
    public double squaredNorm() {
        // Of the two Gram matrices the smaller one.
        SimpleMatrix gram = d() < n() ? inputs.transpose().mult(inputs) : inputs.mult(inputs.transpose());
        return Spectrum.of(gram).largest();
    }

    public double largestTarget() {
        return targets.elementMaxAbs();
    }

    /** Number of hidden layers, as chosen or as the theorem has it. */
    public int depth(int theirs) {
        return network.depth().orElse(theirs);
    }

    /** The activation, as chosen or as the theorem has it. */
    public Activation activation(Activation theirs) {
        return network.activation().orElse(theirs);
    }

    /** The activation, where one was chosen. */
    public Optional<Activation> chosenActivation() {
        return network.activation();
    }

    /** eps, the relative loss at which training has converged. */
    public double relativeLoss() {
        return relativeLoss;
    }

    /**
     * A limiting kernel on the inputs; theorems that use the same name share it.
     *
     * @param limit from inputs (n x d) to the kernel (n x n)
     */
    public Kernel kernel(String name, UnaryOperator<SimpleMatrix> limit) {
        return kernels.computeIfAbsent(name, key -> new Kernel(key, limit.apply(inputs())));
    }

    /** Every kernel that a theorem has asked for so far. */
    public Collection<Kernel> kernels() {
        return Collections.unmodifiableCollection(kernels.values());
    }

    SimpleMatrix targets() {
        return targets;
    }
}
