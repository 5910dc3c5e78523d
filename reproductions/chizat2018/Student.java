package chizat2018;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Circle;
import org.crucis.feature.DualityGap;
import org.crucis.feature.FeatureCloud;
import org.crucis.feature.FeatureGrid;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.OutputWeights;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.crucis.network.UpdateRule;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/**
 * A network trained on points around the circle, whose target three neurons make: relu(cos(phi - 0.5)) - 0.8 relu(cos(phi -
 * 2.6)) + 0.6 relu(cos(phi - 4.4)). Output weights start as +-2, incoming weights as unit vectors: a neuron's output weight cannot
 * change its sign, since u^2 - |w|^2 only shrinks to 0.
 *
 * @param certificate how far it is from the convex minimum
 * @param imbalance sum of |u^2 - |w|^2| over the sum of u^2 + |w|^2
 */
record Student(DualityGap certificate, double imbalance) {

    /** lambda. */
    static final double DECAY = 0.01;

    /** Number of steps, each of length 1/2 in the time of the mean-field flow. */
    static final int STEPS = 2000;

    private static final double TIME_STEP = 0.5;
    private static final int INPUTS = 64;

    /** Directions at which a residual is correlated with a neuron; between them it is larger by 1e-6 of itself at most. */
    private static final int DIRECTIONS = 2000;

    /** Every neuron that there could be. */
    static final FeatureGrid GRID = FeatureGrid.over(
            FeatureGrid.angles(INPUTS),
            FeatureGrid.angles(DIRECTIONS),
            Student::neuron,
            angle -> neuron(0.5, angle) - 0.8 * neuron(2.6, angle) + 0.6 * neuron(4.4, angle));

    /** Where the incoming weights point before training. */
    enum Start {
        /** Uniform on the circle, as the theorem asks for. */
        EVERY_DIRECTION,
        /** Within 0.1 radian of the first of the three directions that are needed. */
        ONE_DIRECTION,
        /** Uniform on the circle, and all output weights positive: half of the neurons (omega, sign) are missing. */
        ONE_SIGN
    }

    static Student train(int width, Start start, Trained layers, UniformRandomProvider random) {
        SimpleMatrix inputs = Circle.whole(INPUTS);
        Architecture architecture = Architecture.of(2)
                .hidden(width, 1)
                .parametrization(Parametrization.meanOfNeurons())
                .variances(4, 0)
                .outputWeights(OutputWeights.SIGNS)
                .trained(layers);
        // (lambda / 2m) sum |theta|^2 beside the mean square is (n lambda / 2m) beside the sum of squares.
        double strength = INPUTS * DECAY / width;
        try (DenseNetwork network = architecture.draw(random).onUnitSpheres()) {
            begin(FeatureCloud.of(network), start, random).into(network);
            GradientDescent.withStep(TIME_STEP / INPUTS)
                    .atMost(STEPS)
                    .moving(new UpdateRule.Penalized(List.of(strength, strength), new UpdateRule.Plain()))
                    .run(network, inputs, GRID.targets());
            return of(FeatureCloud.of(network), network.outputs(inputs));
        }
    }

    private static Student of(FeatureCloud cloud, SimpleMatrix outputs) {
        SimpleMatrix incoming = cloud.features();
        double mass = 0;
        double difference = 0;
        double sum = 0;
        for (int j = 0; j < cloud.size(); j++) {
            double u = Math.abs(cloud.outputWeights()[j]);
            double w = incoming.getRow(j).normF();
            mass += u * w / cloud.size();
            difference += Math.abs(u * u - w * w);
            sum += u * u + w * w;
        }
        return new Student(
                DualityGap.ofVariation(GRID, outputs, DECAY, GRID.loss(outputs) + DECAY * mass), difference / sum);
    }

    private static FeatureCloud begin(FeatureCloud drawn, Start start, UniformRandomProvider random) {
        SimpleMatrix incoming = drawn.features();
        double[] outputWeights = drawn.outputWeights();
        for (int j = 0; j < drawn.size(); j++) {
            if (start == Start.ONE_DIRECTION) {
                double angle = 0.5 + 0.1 * (2 * random.nextDouble() - 1);
                incoming.setRow(j, 0, Math.cos(angle), Math.sin(angle));
            } else if (start == Start.ONE_SIGN) {
                outputWeights[j] = Math.abs(outputWeights[j]);
            }
        }
        return new FeatureCloud(incoming, outputWeights);
    }

    private static double neuron(double direction, double angle) {
        return Math.max(0, Math.cos(angle - direction));
    }
}
