package chizat2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.SmallSamples;
import org.crucis.data.Spheres;
import org.crucis.data.Teacher;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.crucis.network.TrainedLayers;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * What a student of 50 ReLU neurons learns from, and how it is trained.
 *
 * @param train inputs of length sqrt(d), which the network's 1/sqrt(d) makes unit vectors
 * @param test fresh inputs with the true labels
 * @param learnt bound on the largest eigenvalue of the tangent kernel, in the coordinates (a, w), of a student that has learnt
 *     the labels; small scales need it for their step, since their kernel starts near 0 and grows
 */
record StudentTeacher(Sample train, Sample test, double learnt) {

    /** Training stops at this fraction of the initial loss. */
    static final double LOSS = 3e-3;

    private static final int WIDTH = 50;
    private static final int DIMENSION = 10;
    private static final int TRAIN = 100;
    private static final int TEST = 300;

    /** About the standard deviation of the teacher's labels. */
    private static final double SPREAD = 0.3;

    /** Where the labels come from. */
    enum Labelled {
        /** Three ReLU neurons with unit weights. */
        BY_TEACHER,
        /** Independent Gaussian numbers: nothing to learn, and the test loss can only be spoilt. */
        BY_CHANCE
    }

    /**
     * A trained student.
     *
     * @param testLoss mean squared error on the test inputs
     * @param linearised that of the linearised training with the same step at the same relative training loss
     * @param distance |(a, w)_T - (a, w)_0|
     * @param relativeLoss training loss over the initial one
     */
    record Student(double testLoss, double linearised, double distance, double relativeLoss) {}

    static StudentTeacher draw(Labelled labelled, UniformRandomProvider random) {
        SimpleMatrix inputs = Spheres.ofDimension(TRAIN + TEST, DIMENSION, random);
        Sample all = switch (labelled) {
            case BY_TEACHER -> threeNeurons(random).sample(inputs, "three ReLU neurons");
            case BY_CHANCE ->
                new Sample(inputs, Labels.gaussian(TRAIN + TEST, random).scale(SPREAD), "Gaussian labels");
        };
        // Three neurons of unit weights, each on for half of the inputs, stay below n/2 by far.
        return new StudentTeacher(all.first(TRAIN), all.after(TRAIN), TRAIN / 2.0);
    }

    /** Four inputs, all of them for training: to see how far parameters travel, not what they learn. */
    static StudentTeacher ofFewInputs(UniformRandomProvider random) {
        Sample sample = SmallSamples.onSphere(Data.SIZE, 2 * Data.SIZE, random);
        double labels = sample.targets().elementMaxAbs();
        return new StudentTeacher(sample, sample, 4 * labels);
    }

    /**
     * Trains a student whose layers both start at scale tau: f = tau^2 sum a' relu(w' . x) with a' = a / tau, w' = w / tau the
     * parametrization's own coordinates.
     *
     * @param mostSteps when to give up on the wanted loss
     */
    Student train(double tau, TrainedLayers layers, int mostSteps, UniformRandomProvider random) {
        Architecture architecture = Architecture.of(train.dimension())
                .hidden(WIDTH, 1)
                .parametrization(Parametrization.ntk().scaledBy(tau * tau * Math.sqrt(WIDTH)))
                .mirrored()
                .trained(layers);
        try (DenseNetwork network = architecture.draw(random)) {
            SimpleMatrix kernel = EmpiricalKernel.of(network, train.inputs());
            SimpleMatrix cross = EmpiricalKernel.between(network, test.inputs(), train.inputs());
            double largest =
                    LinearizedDynamics.gradientDescent(kernel, 1).spectrum().largest();
            // The kernel of a trained hidden layer grows from near 0; that of fixed features stays.
            double step = 1 / (layers == Trained.OUTPUT ? largest : Math.max(largest, learnt * tau * tau));
            double[] start = network.parameters();
            Training training = GradientDescent.withStep(step)
                    .untilRelativeLoss(LOSS)
                    .atMost(mostSteps)
                    .run(network, train.inputs(), train.targets());
            LinearizedDynamics linear = LinearizedDynamics.gradientDescent(kernel, step);
            double steps = linear.stepsToRelativeLoss(train.targets(), training.relativeLoss())
                    .orElse(mostSteps);
            return new Student(
                    meanSquare(network.outputs(test.inputs())),
                    meanSquare(linear.gain(cross, steps).mult(train.targets())),
                    tau * network.motionFrom(start).total(),
                    training.relativeLoss());
        }
    }

    private double meanSquare(SimpleMatrix outputs) {
        SimpleMatrix errors = outputs.minus(test.targets());
        return errors.dot(errors) / test.size();
    }

    private static Teacher threeNeurons(UniformRandomProvider random) {
        SimpleMatrix weights = Spheres.uniform(3, DIMENSION, random);
        SimpleMatrix signs = Labels.signs(3, random);
        return Teacher.of(input -> {
            SimpleMatrix x = new SimpleMatrix(DIMENSION, 1, true, input);
            SimpleMatrix pre = weights.mult(x).scale(1 / Math.sqrt(DIMENSION));
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                sum += signs.get(k) * Math.max(0, pre.get(k));
            }
            return sum;
        });
    }
}
