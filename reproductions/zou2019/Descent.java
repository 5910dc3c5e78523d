package zou2019;

import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.Spectrum;
import org.crucis.network.DenseNetwork;
import org.crucis.training.Schedule;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * One training whose every step is measured. What is trained is f - f_0: the theorem with the residual -y at every initialisation, which
 * makes networks comparable. The length of a step is eta' |grad S| with |grad S|^2 = e' K e, so that the path
 * needs no parameters to be copied.
 *
 * @param path sum over steps of eta' |grad S|, in the paper's coordinates
 * @param displacement distance of the last parameters from the first ones, in the paper's coordinates
 * @param initialLoss S at the start
 * @param leastQuotient mu = min_t |grad S|^2 / S
 * @param leastDecrease min_t (S_t - S_(t+1)) / (eta' |grad S_t|^2): the derivation of the path's bound needs one half
 * @param relativeLoss at the end
 * @param steps made
 */
record Descent(
        double path,
        double displacement,
        double initialLoss,
        double leastQuotient,
        double leastDecrease,
        double relativeLoss,
        int steps) {

    /** What is followed along a training. */
    private static final class Sums {
        double path;
        double leastQuotient = Double.POSITIVE_INFINITY;
        double leastDecrease = Double.POSITIVE_INFINITY;
        double loss = Double.NaN;
        double promised;
    }

    /**
     * @param fraction eta' times lambda_max(K) at the start
     * @param until relative loss at which to stop
     * @param steps after which to stop
     */
    static Descent centred(DenseNetwork network, Sample sample, double fraction, double until, int steps) {
        SimpleMatrix inputs = sample.inputs();
        SimpleMatrix zero = network.outputs(inputs).plus(sample.targets());
        double[] start = network.parameters();
        Sums sums = new Sums();
        try (KernelFollower kernel = EmpiricalKernel.following(network, inputs)) {
            double step = fraction / Spectrum.of(kernel.start().scale(0.5)).largest();
            Training training = Setting.descent(step)
                    .centred()
                    .untilRelativeLoss(until)
                    .atMost(steps)
                    .probing(Schedule.every(1), (t, now, outputs) -> {
                        SimpleMatrix e = outputs.minus(zero);
                        double loss = e.dot(e) / 2;
                        if (t > 0) {
                            // The step from the state before: the last state makes none.
                            sums.path += Math.sqrt(step * sums.promised);
                            sums.leastDecrease = Math.min(sums.leastDecrease, (sums.loss - loss) / sums.promised);
                        }
                        double square = Math.max(0, Setting.form(kernel.now(), e) / 2);
                        sums.leastQuotient = Math.min(sums.leastQuotient, square / loss);
                        sums.promised = step * square;
                        sums.loss = loss;
                    })
                    .run(network, inputs, sample.targets());
            return new Descent(
                    sums.path,
                    Math.sqrt(2) * network.motionFrom(start).total(),
                    training.loss(0),
                    sums.leastQuotient,
                    sums.leastDecrease,
                    training.relativeLoss(),
                    training.steps());
        }
    }

    /** 4 sqrt(S_0 / mu). */
    double bound() {
        return 4 * Math.sqrt(initialLoss / leastQuotient);
    }

    /** The path for an initial residual of length one. */
    double pathOfUnitResidual() {
        return path / Math.sqrt(2 * initialLoss);
    }
}
