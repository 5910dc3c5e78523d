package org.crucis.network;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A fully connected network before its weights are drawn: {@code depth} hidden layers of equal width between {@code
 * inputs} inputs and a linear output. An immutable value; each method returns a changed copy:
 *
 * <pre>{@code
 * Architecture.of(3).hidden(1024, 1).activation(ERF).variances(1, 0.01).parametrization(Parametrization.ntk())
 * }</pre>
 *
 * <p>Layers are counted from 0; layer {@code depth} is the output layer. Unless told otherwise: ReLU, sw^2 = 1, sb^2 = 0,
 * NTK parametrization, centred output weights, independent neurons, no frozen gates, all layers trained.
 *
 * @param inputs dimension d of an input
 * @param outputs number of outputs
 * @param width neurons m of each hidden layer; 0 until chosen
 * @param depth number of hidden layers L; 0 until chosen
 * @param activation phi of every hidden neuron
 * @param weightVariance sw^2, multiplies every layer
 * @param biasVariance sb^2; 0 means that there are no biases at all
 * @param parametrization powers of the width
 * @param outputWeights law of the output weights
 * @param neurons how hidden neurons are drawn relative to each other
 * @param gates whether on/off patterns are frozen
 * @param trained which layers move
 */
public record Architecture(
        int inputs,
        int outputs,
        int width,
        int depth,
        Activation activation,
        double weightVariance,
        double biasVariance,
        Parametrization parametrization,
        OutputWeights outputWeights,
        Neurons neurons,
        Gates gates,
        TrainedLayers trained) {

    /**
     * Checks each number by itself; what must fit together is checked by {@link #draw}.
     *
     * @throws IllegalArgumentException if a size is negative or a variance is not a usable number
     */
    public Architecture {
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(parametrization, "parametrization");
        Objects.requireNonNull(outputWeights, "outputWeights");
        Objects.requireNonNull(neurons, "neurons");
        Objects.requireNonNull(gates, "gates");
        Objects.requireNonNull(trained, "trained");
        requireAtLeast(1, inputs, "number of inputs");
        requireAtLeast(1, outputs, "number of outputs");
        requireAtLeast(0, width, "width");
        requireAtLeast(0, depth, "depth");
        if (!(weightVariance > 0) || Double.isInfinite(weightVariance)) {
            throw new IllegalArgumentException(
                    "The weight variance is " + weightVariance + "; give sw^2 as a positive finite number.");
        }
        if (!(biasVariance >= 0) || Double.isInfinite(biasVariance)) {
            throw new IllegalArgumentException("The bias variance is " + biasVariance
                    + "; give sb^2 as a finite number, positive or 0 for a network without biases.");
        }
    }

    /** A ReLU network in NTK parametrization whose hidden layers are still to be chosen. */
    public static Architecture of(int inputs) {
        return new Architecture(
                inputs,
                1,
                0,
                0,
                Activation.RELU,
                1,
                0,
                Parametrization.ntk(),
                OutputWeights.CENTRED,
                Neurons.INDEPENDENT,
                Gates.NONE,
                Trained.ALL);
    }

    /** {@code depth} hidden layers of {@code width} neurons each. */
    public Architecture hidden(int width, int depth) {
        requireAtLeast(1, width, "width");
        requireAtLeast(1, depth, "depth");
        return with(parts -> {
            parts.width = width;
            parts.depth = depth;
        });
    }

    /** The same with this number of outputs. */
    public Architecture outputs(int number) {
        return with(parts -> parts.outputs = number);
    }

    /** The same with this activation. */
    public Architecture activation(Activation phi) {
        return with(parts -> parts.activation = phi);
    }

    /** The same with these sw^2 and sb^2; sb^2 = 0 means no biases. */
    public Architecture variances(double weight, double bias) {
        return with(parts -> {
            parts.weightVariance = weight;
            parts.biasVariance = bias;
        });
    }

    /** The same in this parametrization. */
    public Architecture parametrization(Parametrization form) {
        return with(parts -> parts.parametrization = form);
    }

    /** The same with output weights of this law. */
    public Architecture outputWeights(OutputWeights law) {
        return with(parts -> parts.outputWeights = law);
    }

    /** The same with neurons drawn this way. */
    public Architecture neurons(Neurons drawn) {
        return with(parts -> parts.neurons = drawn);
    }

    /** The same with {@link Neurons#MIRRORED} neurons: the initial output is 0. */
    public Architecture mirrored() {
        return neurons(Neurons.MIRRORED);
    }

    /** The same with ReLU's on/off patterns frozen by this law; a draw from the same random state has the same weights. */
    public Architecture gates(Gates law) {
        return with(parts -> parts.gates = law);
    }

    /** The same with these layers trained. */
    public Architecture trained(TrainedLayers layers) {
        return with(parts -> parts.trained = layers);
    }

    private Architecture with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.assemble();
    }

    /** The components, open to change: a copy need not name all those that stay. */
    private static final class Parts {
        private final int inputs;
        private int outputs;
        private int width;
        private int depth;
        private Activation activation;
        private double weightVariance;
        private double biasVariance;
        private Parametrization parametrization;
        private OutputWeights outputWeights;
        private Neurons neurons;
        private Gates gates;
        private TrainedLayers trained;

        Parts(Architecture whole) {
            inputs = whole.inputs;
            outputs = whole.outputs;
            width = whole.width;
            depth = whole.depth;
            activation = whole.activation;
            weightVariance = whole.weightVariance;
            biasVariance = whole.biasVariance;
            parametrization = whole.parametrization;
            outputWeights = whole.outputWeights;
            neurons = whole.neurons;
            gates = whole.gates;
            trained = whole.trained;
        }

        Architecture assemble() {
            return new Architecture(
                    inputs,
                    outputs,
                    width,
                    depth,
                    activation,
                    weightVariance,
                    biasVariance,
                    parametrization,
                    outputWeights,
                    neurons,
                    gates,
                    trained);
        }
    }

    /** Number of layers with weights: the hidden ones and the output layer. */
    public int layers() {
        return depth + 1;
    }

    /** Number of inputs of each neuron in a layer. */
    public int fanIn(int layer) {
        return layer == 0 ? inputs : width;
    }

    /** Number of neurons in a layer. */
    public int fanOut(int layer) {
        return layer == depth ? outputs : width;
    }

    /** Whether there are one hidden layer and one output: then training needs a single pass over the neurons. */
    boolean isShallow() {
        return depth == 1 && outputs == 1;
    }

    /** Whether there are biases (sb^2 > 0). */
    public boolean hasBiases() {
        return biasVariance > 0;
    }

    /** Whether gradient descent moves this layer. */
    public boolean trains(int layer) {
        return trained.include(layer, depth);
    }

    /** Whether on/off patterns are frozen. */
    public boolean isGated() {
        return gates != Gates.NONE;
    }

    /** Number of parameters P. */
    public int parameters() {
        long count = 0;
        for (int layer = 0; layer < layers(); layer++) {
            count += (long) fanIn(layer) * fanOut(layer) + (hasBiases() ? fanOut(layer) : 0);
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("A network of width " + width + " and depth " + depth + " has " + count
                    + " parameters; choose sizes with at most 2^31 of them.");
        }
        return (int) count;
    }

    /** Number of inputs of each gate of a hidden layer. */
    int gateFanIn(int layer) {
        return gates == Gates.INDEPENDENT ? inputs : fanIn(layer);
    }

    /** Number of parameters of the frozen gates. */
    int gateParameters() {
        return switch (gates) {
            case NONE -> 0;
            case INITIAL -> parameters() - fanOut(depth) * (width + (hasBiases() ? 1 : 0));
            case INDEPENDENT -> Math.multiplyExact(depth, Math.multiplyExact(inputs, width));
        };
    }

    /**
     * How a layer of the parametrization is realised on a stock layer; rates are 0 for layers that are not trained.
     *
     * @throws IllegalArgumentException if the parts of this architecture do not fit together, or there is no such layer
     */
    public LayerScale scale(int layer) {
        check();
        if (layer < 0 || layer > depth) {
            throw new IllegalArgumentException("There is no layer " + layer
                    + "; layers are counted from 0 to the depth (" + depth + "), which is the output layer.");
        }
        Parametrization.Place place = layer == 0
                ? Parametrization.Place.INPUT
                : layer == depth ? Parametrization.Place.OUTPUT : Parametrization.Place.HIDDEN;
        LayerScale scale = parametrization.scale(place, inputs, width, weightVariance, biasVariance);
        return trains(layer) ? scale : scale.frozen();
    }

    /**
     * Draws every weight and bias and puts them into a DeepLearning4J network. Each layer's weights and biases have their
     * own stream, seeded from {@code random} in a fixed order, neuron after neuron: the same random state gives the same
     * bits, and with one hidden layer a wider network starts with the neurons of the narrower one.
     *
     * @param random source of the streams' seeds; advanced by two longs a layer, and by one a hidden layer for independent gates
     * @throws IllegalArgumentException if the parts of this architecture do not fit together
     * @throws IllegalStateException if the native products are wrong on this machine
     */
    public DenseNetwork draw(UniformRandomProvider random) {
        check();
        double[] parameters = new double[parameters()];
        int at = 0;
        for (int layer = 0; layer < layers(); layer++) {
            SharedStateContinuousSampler weights = normal(random.nextLong());
            SharedStateContinuousSampler biases = normal(random.nextLong());
            int weightCount = fanIn(layer) * fanOut(layer);
            LayerScale scale = scale(layer);
            if (layer == depth) {
                fillOutput(parameters, at, weightCount, weights, scale.weightDeviation());
            } else {
                fillHidden(parameters, at, fanIn(layer), weights, scale.weightDeviation());
            }
            at += weightCount;
            if (hasBiases()) {
                if (layer < depth) {
                    fillHidden(parameters, at, 1, biases, scale.biasDeviation());
                } else if (neurons != Neurons.MIRRORED) {
                    fill(parameters, at, fanOut(layer), biases, scale.biasDeviation());
                }
                at += fanOut(layer);
            }
        }
        double[] gateParameters = switch (gates) {
            case NONE -> new double[0];
            // Parameters are laid out layer by layer: the hidden layers are all but the last.
            case INITIAL -> Arrays.copyOf(parameters, gateParameters());
            case INDEPENDENT -> independentGates(random);
        };
        return DenseNetwork.of(this, parameters, gateParameters);
    }

    private double[] independentGates(UniformRandomProvider random) {
        double[] parameters = new double[gateParameters()];
        for (int layer = 0; layer < depth; layer++) {
            fillHidden(parameters, layer * inputs * width, inputs, normal(random.nextLong()), 1);
        }
        return parameters;
    }

    /** Incoming numbers of all neurons of a hidden layer, {@code each} of them a neuron, one neuron after the other. */
    private void fillHidden(
            double[] parameters, int at, int each, SharedStateContinuousSampler sampler, double deviation) {
        int drawn = switch (neurons) {
            case INDEPENDENT -> width;
            case MIRRORED -> width / 2;
            case SHARED -> 1;
        };
        fill(parameters, at, drawn * each, sampler, deviation);
        for (int copied = drawn; copied < width; copied += drawn) {
            System.arraycopy(parameters, at, parameters, at + copied * each, drawn * each);
        }
    }

    private void fillOutput(
            double[] parameters, int at, int count, SharedStateContinuousSampler sampler, double deviation) {
        fill(parameters, at, count, sampler, 1);
        for (int i = at; i < at + count; i++) {
            parameters[i] = deviation
                    * switch (outputWeights) {
                        case CENTRED -> parameters[i];
                        case POSITIVE -> Math.abs(parameters[i]);
                        case SIGNS -> Math.copySign(1, parameters[i]);
                    };
        }
        if (neurons == Neurons.MIRRORED) {
            int half = width / 2;
            for (int start = at; start < at + count; start += width) {
                for (int r = 0; r < half; r++) {
                    parameters[start + half + r] = -parameters[start + r];
                }
            }
        }
    }

    private static void fill(
            double[] parameters, int at, int count, SharedStateContinuousSampler sampler, double deviation) {
        for (int i = at; i < at + count; i++) {
            parameters[i] = deviation * sampler.sample();
        }
    }

    private static SharedStateContinuousSampler normal(long seed) {
        return ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
    }

    private void check() {
        if (width == 0 || depth == 0) {
            throw new IllegalArgumentException(
                    "This architecture has no hidden layer; choose width and depth by hidden(width, depth).");
        }
        if (depth > 1 && !parametrization.admitsDepth()) {
            throw new IllegalArgumentException("The " + parametrization.name() + " parametrization is defined for one"
                    + " hidden layer, not for " + depth + "; use muP, which is its extension to any depth.");
        }
        if (isGated() && activation != Activation.RELU) {
            throw new IllegalArgumentException("Frozen gates are those of ReLU neurons, not of " + activation
                    + "; choose activation(RELU), or Gates.NONE.");
        }
        trained.lowest(depth);
        if (neurons == Neurons.MIRRORED) {
            if (depth != 1 || width % 2 != 0) {
                throw new IllegalArgumentException("A mirrored network needs one hidden layer of even width, not "
                        + depth + " of width " + width + "; change hidden(width, depth).");
            }
            if (outputWeights == OutputWeights.POSITIVE) {
                throw new IllegalArgumentException(
                        "A mirrored network has output weights of both signs, so they cannot be"
                                + " POSITIVE; centre the output instead (GradientDescent.centred).");
            }
        }
    }

    private static void requireAtLeast(int least, int number, String what) {
        if (number < least) {
            throw new IllegalArgumentException(
                    "The " + what + " is " + number + "; it must be at least " + least + ".");
        }
    }
}
