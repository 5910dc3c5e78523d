package nguyen2020;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.statistics.Criteria.everywhere;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.claim.Interval;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.SmallSamples;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;

/**
 * Nguyen and Mondelli 2020, Theorem 3.2 and the inequality it rests on (derived here): a first layer as wide as there are inputs and
 * layers above that never widen bound the gradient from below by the loss. That gradient descent then converges at a linear rate is not
 * tested here.
 *
 * <p>The networks are those of {@link Pyramid}. The inequality has no chance in it and is judged along every run, at
 * logarithmically spaced steps; its mirror image with the largest singular values bounds the gradient from above.
 *
 * <p>With n_1 &lt; N the N-th singular value is 0 and the inequality says nothing. Read with the smallest singular value that a narrow F_1
 * still has, it is wrong: a residual that no column of F_1 sees leaves the gradient small (the control, made so that it is). For ReLU
 * gamma = 0. Refuted by a single state whose gradient is below the bound.
 */
@Claim(
        title = "A wide first layer and a pyramid above it bound the gradient from below by the loss",
        source = "Theorem 3.2 and its gradient inequality",
        basis = DERIVED,
        statement = """
                For $\\sigma'\\in[\\gamma,1]$, $n_1\\ge N$ and $n_2\\ge\\dots\\ge n_L$
                $$\\|\\nabla_{W_2}\\Phi\\|_F\\ge\\gamma^{L-2}\\,\\sigma_{\\min}(F_1)\\prod_{p=3}^L\\sigma_{\\min}(W_p)\\,\
                \\|F_L-Y\\|_F,\\qquad\\Phi=\\tfrac12\\|F_L-Y\\|_F^2.$$""",
        symbols = "N = inputs, n_l = width of layer l, F_1 = features of the first layer (N x n_1), L = 4 layers of "
                + "weights, sigma = activation with slopes in [gamma, 1], Phi = |F_L - Y|^2 / 2, sigma_min(F_1) = N-th "
                + "singular value.")
class PyramidsHaveAGradientInequality {

    /** Inputs of squared length d. */
    private enum Data {
        SPHERE {
            @Override
            Sample draw(int n, UniformRandomProvider random) {
                Sample sample = SmallSamples.onSphere(n, 10, random);
                return sample.withTargets(Labels.signs(n, random));
            }
        },
        DIGITS {
            @Override
            Sample draw(int n, UniformRandomProvider random) {
                return SmallSamples.ofDigits(n, random);
            }
        };

        abstract Sample draw(int n, UniformRandomProvider random);
    }

    /** n_1 for N inputs; n_2 = n_3 = 10 but where told. */
    private enum Shape {
        PYRAMID {
            @Override
            int[] widths(int n) {
                return new int[] {n, Pyramid.NARROW, Pyramid.NARROW};
            }
        },
        ONE_NEURON_SHORT {
            @Override
            int[] widths(int n) {
                return new int[] {n - 1, Pyramid.NARROW, Pyramid.NARROW};
            }
        },
        HALF {
            @Override
            int[] widths(int n) {
                return new int[] {n / 2, Pyramid.NARROW, Pyramid.NARROW};
            }
        };

        abstract int[] widths(int n);
    }

    static final Sweep RUNS = Sweep.over("inputs", List.of(12))
            .inFull("inputs", List.of(12, 20, 40))
            .and("data", (Object[]) Data.values())
            .blocks(12);

    static final Experiment TRAINING = training()
            .assuming("separation of the inputs", PyramidsHaveAGradientInequality::separation, Interval.atLeast(1e-3));
    static final Experiment UNSEEN_RESIDUAL = unseenResidual();
    static final Experiment FEATURES = features(Shape.PYRAMID);
    static final Experiment FEATURES_ONE_SHORT = features(Shape.ONE_NEURON_SHORT);

    @Prediction("The gradient is nowhere below its bound; read for a first layer of N/2 neurons the bound is wrong")
    void gradientIsBoundedFromBelow(Lab lab) {
        lab.expect(everywhere("lower bound over gradient").atMost(1))
                .in(TRAINING)
                .butNotIn(UNSEEN_RESIDUAL)
                .butNotIn(TRAINING.reading("upper bound over gradient", "lower bound over gradient"));
    }

    @Prediction("Nor is it above the mirror image of the bound, with the largest singular values and slope 1")
    void gradientIsBoundedFromAbove(Lab lab) {
        lab.expect(everywhere("gradient over upper bound").atMost(1))
                .in(TRAINING)
                .butNotIn(TRAINING.reading("gradient over lower bound", "gradient over upper bound"));
    }

    @Prediction("The features of N neurons have rank N; those of one neuron less do not")
    void featuresHaveFullRank(Lab lab) {
        lab.expect(everywhere("smallest over largest singular value").atLeast(1e-10))
                .in(FEATURES)
                .butNotIn(FEATURES_ONE_SHORT);
    }

    private static Sample draw(Trial trial) {
        return trial.choice("data", Data.class).draw(trial.size("inputs"), trial.blockRandom("data"));
    }

    private static double separation(Trial trial) {
        Sample sample = draw(trial);
        return Separation.of(sample.inputs()).distance() / Math.sqrt(sample.dimension());
    }

    private static Pyramid pyramid(Sample sample, Shape shape, Trial trial) {
        return Pyramid.draw(sample.dimension(), shape.widths(sample.size()), trial.random("weights"));
    }

    /** Twenty steps of half the largest stable one: the inequality holds wherever training is. */
    private static Experiment training() {
        return Experiment.over(RUNS).measuring(trial -> {
            Sample sample = draw(trial);
            SimpleMatrix inputs = sample.inputs();
            try (Pyramid pyramid = pyramid(sample, Shape.PYRAMID, trial)) {
                double largest = Spectrum.of(EmpiricalKernel.of(pyramid.network(), inputs))
                        .largest();
                double[] overGradient = {0};
                double[] overUpper = {0};
                GradientDescent.withStep(1 / largest)
                        .atMost(20)
                        .probing(Schedule.logSpaced(5), (t, now, outputs) -> {
                            Pyramid.State state = pyramid.state(inputs, sample.targets(), sample.size());
                            overGradient[0] = Math.max(overGradient[0], state.lowerBound() / state.gradient());
                            overUpper[0] = Math.max(overUpper[0], state.gradient() / state.upperBound());
                        })
                        .run(pyramid.network(), inputs, sample.targets());
                return Measurements.of("lower bound over gradient", overGradient[0])
                        .and("gradient over upper bound", overUpper[0])
                        .and("upper bound over gradient", 1 / overUpper[0])
                        .and("gradient over lower bound", 1 / overGradient[0]);
            }
        });
    }

    /** The targets are chosen so that the residual is orthogonal to every column of F_1. */
    private static Experiment unseenResidual() {
        return Experiment.over(RUNS).measuring(trial -> {
            Sample sample = draw(trial);
            SimpleMatrix inputs = sample.inputs();
            try (Pyramid pyramid = pyramid(sample, Shape.HALF, trial)) {
                SimpleMatrix features = pyramid.features(inputs);
                SimpleMatrix unseen =
                        Spectrum.of(features.mult(features.transpose())).vector(0);
                SimpleMatrix targets = pyramid.network().outputs(inputs).minus(unseen);
                Pyramid.State state = pyramid.state(inputs, targets, sample.size() / 2);
                return Measurements.of("lower bound over gradient", state.lowerBound() / state.gradient());
            }
        });
    }

    private static Experiment features(Shape shape) {
        return Experiment.over(RUNS).measuring(trial -> {
            Sample sample = draw(trial);
            try (Pyramid pyramid = pyramid(sample, shape, trial)) {
                double[] extremes = Pyramid.extremes(pyramid.features(sample.inputs()), sample.size());
                return Measurements.of("smallest over largest singular value", extremes[0] / extremes[1]);
            }
        });
    }
}
