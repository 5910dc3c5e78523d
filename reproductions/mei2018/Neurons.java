package mei2018;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Circle;
import org.crucis.data.Labels;
import org.crucis.feature.FeatureCloud;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/** Networks of neurons (u, w_1, w_2) that learn four labels on half a circle, and those that start with some of their neurons. */
final class Neurons {

    /** Width of the network, drawn independently of the reference, from which laws are told apart. */
    static final int INDEPENDENT = 512;

    private static final int INPUTS = 4;
    private static final int STEPS = 16;

    /** Time of the mean-field flow on half the mean squared error that a step makes. */
    private static final double TIME_STEP = 1;

    private final Parametrization scaling;
    private final SimpleMatrix inputs = Circle.half(INPUTS).scale(Math.sqrt(2));
    private final SimpleMatrix elsewhere = Circle.half(2 * INPUTS).scale(Math.sqrt(2));
    private final SimpleMatrix targets;

    Neurons(Parametrization scaling, UniformRandomProvider labels) {
        this.scaling = scaling;
        this.targets = Labels.signs(INPUTS, labels);
    }

    /** What a network that starts with the reference's neurons does to them first. */
    enum Start {
        /** Nothing. */
        AS_REFERENCE(1),
        /** Triples their output weights: another law to start from, N(0, 9) in the place of N(0, 1). */
        LARGER_OUTPUT_WEIGHTS(3);

        private final double factor;

        Start(double factor) {
            this.factor = factor;
        }
    }

    /**
     * The neurons (rows: u, w) of a network before and after training.
     *
     * @param elsewhere outputs off the data
     */
    record Trained(SimpleMatrix start, SimpleMatrix now, SimpleMatrix elsewhere, double relativeLoss) {

        /** Mean over the neurons of |theta_T - theta_0|^2. */
        double meanSquaredMotion() {
            return meanSquare(now.minus(start));
        }
    }

    /** Mean over the rows of their squared length. */
    static double meanSquare(SimpleMatrix rows) {
        return rows.elementMult(rows).elementSum() / rows.getNumRows();
    }

    /** Variance over the networks of the outputs off the data, averaged over the inputs. */
    static double outputVariance(List<Trained> networks) {
        SimpleMatrix mean = networks.stream()
                .map(Trained::elsewhere)
                .reduce(SimpleMatrix::plus)
                .orElseThrow()
                .divide(networks.size());
        return networks.stream()
                        .mapToDouble(network -> meanSquare(network.elsewhere().minus(mean)))
                        .sum()
                / (networks.size() - 1);
    }

    /** A network whose neurons are drawn, each u and w as N(0, 1). */
    Trained fresh(int width, UniformRandomProvider random) {
        try (DenseNetwork network = architecture(width).draw(random)) {
            return train(network);
        }
    }

    /** A network of {@code width} neurons that starts with the reference's, from number {@code first} on. */
    Trained part(Trained reference, int first, int width, Start start) {
        SimpleMatrix neurons = reference.start.rows(first, first + width);
        double[] outputWeights =
                neurons.getColumn(0).scale(start.factor).getDDRM().getData();
        // What is drawn here is overwritten.
        try (DenseNetwork network = architecture(width).draw(RandomSource.SPLIT_MIX_64.create(0))) {
            new FeatureCloud(neurons.cols(1, 3), outputWeights).into(network);
            return train(network);
        }
    }

    private Architecture architecture(int width) {
        return Architecture.of(2).hidden(width, 1).activation(Activation.ERF).parametrization(scaling);
    }

    private Trained train(DenseNetwork network) {
        SimpleMatrix start = FeatureCloud.of(network).neurons();
        Training training =
                GradientDescent.withStep(TIME_STEP / INPUTS).atMost(STEPS).run(network, inputs, targets);
        return new Trained(
                start, FeatureCloud.of(network).neurons(), network.outputs(elsewhere), training.relativeLoss());
    }
}
