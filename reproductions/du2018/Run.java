package du2018;

import org.crucis.data.Sample;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Motion;
import org.crucis.network.Patterns;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * One training, and how far weights and patterns got.
 *
 * @param farthest max_r |w_r(k) - w_r(0)|, the largest over logarithmically spaced k and the end
 * @param motion of all weights, at the end
 * @param flips fraction of the m n patterns 1[w_r.x_i &gt; 0] that differ at the end
 * @param push mean over r and i of |(w_r(T) - w_r(0)).x_i|
 * @param training losses and ending
 */
record Run(double farthest, Motion motion, double flips, double push, Training training) {

    private static final Schedule TIMES = Schedule.logSpaced(4);

    /** Trains the network in place. */
    static Run train(DenseNetwork network, Sample sample, GradientDescent descent) {
        SimpleMatrix inputs = sample.inputs();
        int width = network.architecture().width();
        double[] start = network.parameters();
        Patterns before = Patterns.of(network, inputs);
        double unit = network.architecture().scale(0).multiplier();
        double[] farthest = {0};
        Training training = descent.probing(TIMES, (k, now, outputs) -> {
                    SimpleMatrix moved = moved(start, now.parameters(), width, sample.dimension(), unit);
                    for (int r = 0; r < width; r++) {
                        farthest[0] = Math.max(farthest[0], moved.getRow(r).normF());
                    }
                })
                .run(network, inputs, sample.targets());
        SimpleMatrix moved = moved(start, network.parameters(), width, sample.dimension(), unit);
        double push =
                moved.mult(inputs.transpose()).elementPower(2).elementPower(0.5).elementSum();
        return new Run(
                farthest[0],
                network.motionFrom(start),
                Patterns.of(network, inputs).flippedSince(before, 0),
                push / width / sample.size(),
                training);
    }

    /** w(now) - w(0), one neuron a row: the stock weights of a neuron lie side by side, in units of the multiplier. */
    private static SimpleMatrix moved(double[] start, double[] now, int width, int dimension, double unit) {
        SimpleMatrix moved = new SimpleMatrix(width, dimension);
        for (int i = 0; i < width * dimension; i++) {
            moved.set(i, (now[i] - start[i]) / unit);
        }
        return moved;
    }
}
