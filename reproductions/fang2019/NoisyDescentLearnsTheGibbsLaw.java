package fang2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.LINEAR;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.List;
import java.util.stream.Stream;
import org.crucis.data.Circle;
import org.crucis.data.Sample;
import org.crucis.data.Teacher;
import org.crucis.feature.FeatureCloud;
import org.crucis.feature.LinearTarget;
import org.crucis.feature.Regularization;
import org.crucis.feature.SphereLaw;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Trained;
import org.crucis.network.TrainedLayers;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2019 (recalled; the Gibbs form is Mei, Montanari and Nguyen 2018): the neurons of noisy gradient descent have one
 * limiting law. With linear features on the circle it has a closed form ({@link SphereLaw}, derived).
 *
 * <p>Four inputs have the second moments of the whole circle.
 *
 * <p>All neurons begin near one angle. After a quarter of the time the neurons' moments are averaged over time at width 400; what is left
 * of finite width and finite step is below one per cent (pilot), and the law is to be met within 3 %. A learned law that is off is the
 * refutation. The controls freeze the features, or take a wrong law: kappa without the factor 1/(4 lam1), and E u^2 without the noise
 * lam3/(2 lam1) that the output weights carry.
 */
@Claim(
        title = "Noisy descent learns the Gibbs law of features",
        source = "convergence of noisy gradient descent",
        basis = RECALLED,
        statement = """
                As $m\\to\\infty$, then $t\\to\\infty$, the neurons of noisy gradient descent have the law \
                $q^*(u,\\theta)\\propto\\exp(-(u\\,g^*(\\theta)+\\lambda_1u^2)/\\lambda_3)$, from any start. For \
                $h=\\cos(\\theta-\\varphi)$ and the target $B\\cos\\varphi$ on the circle, $p^*(\\theta)\\propto e^{\\kappa\\cos2\\theta}$, \
                $\\kappa=r^2/(32\\lambda_1\\lambda_3)$, $B=r\\,(1+(1+A(\\kappa))/(8\\lambda_1))$ and \
                $E u^2=r^2(1+A)/(32\\lambda_1^2)+\\lambda_3/(2\\lambda_1)$, $A=I_1/I_0$.""",
        symbols = "theta = angle of a feature to the target, u = its output weight, B = length of the linear target, r "
                + "= length of what stays unlearned, lam1 = penalty on the output weights, lam3 = temperature, dt = "
                + "step in mean-field time, kappa = concentration of p(theta) ~ exp(kappa cos 2 theta), A = I1/I0.")
class NoisyDescentLearnsTheGibbsLaw {

    /** Length of the target, penalty and temperature. */
    enum Setting {
        CONCENTRATED(3, 0.05, 0.05),
        SPREAD(2, 0.05, 0.1),
        PENALIZED(2, 0.1, 0.05);

        final double length;
        final Regularization regularization;

        Setting(double length, double penalty, double temperature) {
            this.length = length;
            this.regularization = Regularization.onOutputWeights(penalty).andEntropy(temperature);
        }
    }

    static final Sweep SETTINGS =
            Sweep.over("setting", List.of(Setting.values())).blocks(12);
    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(5, 10))
            .inFull("width", powersOfTwo(5, 11))
            .blocks(12);

    static final Experiment NOISY = Experiment.over(SETTINGS).measuring(trial -> learned(trial, Trained.ALL));
    static final Experiment FROZEN_FEATURES =
            Experiment.over(SETTINGS).measuring(trial -> learned(trial, Trained.OUTPUT));
    static final Experiment FLUCTUATIONS =
            Experiment.over(WIDTHS).measuring(NoisyDescentLearnsTheGibbsLaw::fluctuations);

    @Prediction(value = "The features have the concentration of the closed form", basis = DERIVED)
    void features(Lab lab) {
        lab.expect(relativeAgreement("E cos 2 theta", "A").within(0.03).per("setting"))
                .in(NOISY)
                .butNotIn(FROZEN_FEATURES)
                .butNotIn(NOISY.reading("A without 1/(4 lam1)", "A"));
    }

    @Prediction(value = "The output weights have its second moment, noise included", basis = DERIVED)
    void outputWeights(Lab lab) {
        lab.expect(relativeAgreement("E u^2", "E u^2 of the law").within(0.03).per("setting"))
                .in(NOISY)
                .butNotIn(NOISY.reading("E u^2 without noise", "E u^2 of the law"));
    }

    @Prediction(value = "The network has learned as much of the target", basis = DERIVED)
    void learnedLength(Lab lab) {
        lab.expect(relativeAgreement("learned length", "B - r").within(0.03).per("setting"))
                .in(NOISY)
                .butNotIn(FROZEN_FEATURES);
    }

    @Prediction(
            value = "The second Fourier moment of the features fluctuates in time like width^(-1/2)",
            basis = DERIVED)
    void fluctuationsFall(Lab lab) {
        lab.expect(exponent("fluctuation", "width").equalTo(-0.5).margin(0.15))
                .in(FLUCTUATIONS)
                .butNotIn(FLUCTUATIONS.reading("fluctuation of one neuron", "fluctuation"));
    }

    private static final int WIDTH = 400;
    private static final int EVERY = 10;
    private static final double STEP = 0.05;

    private static Sample sample(double length) {
        return Teacher.linear(length, 0).sample(Circle.whole(4), "four points of the circle, linear target");
    }

    private static Measurements learned(Trial trial, TrainedLayers trained) {
        Setting setting = trial.choice("setting", Setting.class);
        Moments moments = Moments.of(trial, setting, trained, WIDTH, 160);
        SphereLaw law = LinearTarget.onCircle(setting.length).featureLaw(setting.regularization);
        return Measurements.of("E cos 2 theta", moments.cosine.mean())
                .and("E u^2", moments.squaredWeight.mean())
                .and("learned length", moments.length.mean())
                .and("A", law.meanCosineOfTwiceTheAngle())
                .and("A without 1/(4 lam1)", withoutFactor(setting))
                .and("E u^2 of the law", law.secondMomentOfOutputWeights())
                .and("E u^2 without noise", law.secondMomentOfMeanOutputWeights())
                .and("B - r", law.learnedLength());
    }

    /** The law with exp(s^2/lam3) in the place of exp(s^2/(4 lam1 lam3)): that of the temperature lam3/(4 lam1). */
    private static double withoutFactor(Setting setting) {
        Regularization given = setting.regularization;
        return LinearTarget.onCircle(setting.length)
                .featureLaw(given.andEntropy(given.entropy() / (4 * given.outputWeights())))
                .meanCosineOfTwiceTheAngle();
    }

    private static Measurements fluctuations(Trial trial) {
        Moments moments = Moments.of(trial, Setting.SPREAD, Trained.ALL, trial.size("width"), 100);
        return Measurements.of("fluctuation", moments.fluctuation())
                .and("fluctuation of one neuron", moments.fluctuationOfOne());
    }

    /** Sums over the looks at a trained network, the first quarter of the time left out. */
    private static final class Moments {

        /** Neurons that are also watched one by one. */
        private static final int WATCHED = 16;

        private final Series cosine = new Series();
        private final Series sine = new Series();
        private final Series[] cosines = series();
        private final Series[] sines = series();
        private final Series squaredWeight = new Series();
        private final Series length = new Series();

        static Moments of(Trial trial, Setting setting, TrainedLayers trained, int width, double time) {
            NeuronDescent descent = new NeuronDescent(setting.regularization, STEP, time);
            Moments moments = new Moments();
            try (DenseNetwork network = Start.NEAR_LAST.network(width, LINEAR, trained, trial.random("weights"))) {
                descent.run(network, sample(setting.length), trial.random("noise"), EVERY, (at, neurons, outputs) -> {
                    if (at > time / 4) {
                        moments.add(neurons);
                    }
                });
            }
            return moments;
        }

        private static Series[] series() {
            return Stream.generate(Series::new).limit(WATCHED).toArray(Series[]::new);
        }

        private void add(FeatureCloud neurons) {
            double[] u = neurons.outputWeights();
            SimpleMatrix theta = neurons.features();
            double m = u.length;
            double ofCosine = 0;
            double ofSine = 0;
            double ofSquare = 0;
            double ofLength = 0;
            for (int j = 0; j < u.length; j++) {
                double x = theta.get(j, 0);
                double cosineOfTwice = 2 * x * x - 1;
                double sineOfTwice = 2 * x * theta.get(j, 1);
                ofCosine += cosineOfTwice / m;
                ofSine += sineOfTwice / m;
                ofSquare += u[j] * u[j] / m;
                ofLength += u[j] * x / m;
                if (j < WATCHED) {
                    cosines[j].add(cosineOfTwice);
                    sines[j].add(sineOfTwice);
                }
            }
            cosine.add(ofCosine);
            sine.add(ofSine);
            squaredWeight.add(ofSquare);
            length.add(ofLength);
        }

        double fluctuation() {
            return Math.sqrt(cosine.variance() + sine.variance());
        }

        double fluctuationOfOne() {
            double sum = 0;
            for (int j = 0; j < WATCHED; j++) {
                sum += cosines[j].variance() + sines[j].variance();
            }
            return Math.sqrt(sum / WATCHED);
        }
    }

    /** Numbers in time. */
    private static final class Series {
        private double count;
        private double sum;
        private double sumOfSquares;

        void add(double value) {
            count++;
            sum += value;
            sumOfSquares += value * value;
        }

        double mean() {
            return sum / count;
        }

        double variance() {
            return Math.max(0, sumOfSquares / count - mean() * mean()); // 0, and not a rounding error below
        }
    }
}
