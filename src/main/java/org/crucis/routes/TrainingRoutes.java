package org.crucis.routes;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.LayerScale;
import org.crucis.network.UpdateRule;
import org.crucis.routes.Comparison.Both;
import org.crucis.training.GradientDescent;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.dataset.DataSet;

/** Second routes to what training does. Compared is how far the parameters move: they themselves hardly change. */
final class TrainingRoutes {

    private static final int STEPS = 10;
    private static final String FAST = "raw products";
    private static final String FIT = "DeepLearning4J's fit";

    private TrainingRoutes() {}

    static List<Comparison> all() {
        return List.of(
                plain(Problem.shallow()),
                plain(Problem.deep()),
                plain(Problem.gated()),
                noisyWithoutNoise(),
                noise(),
                penalized(),
                heavyBall(),
                loss(),
                gradient(),
                halfSteps());
    }

    private static Comparison plain(Problem problem) {
        return Comparison.of("training", "ten steps of gradient descent")
                .by(FAST)
                .and(FIT)
                .on(
                        problem.setting(),
                        () -> againstCorrectedFit(
                                problem, network -> new UpdateRule.Plain(), reference -> (before, move) -> move))
                .toDigits(12);
    }

    private static Comparison noisyWithoutNoise() {
        Problem problem = Problem.shallow();
        return Comparison.of("training", "ten steps of noisy descent at temperature 1e-300")
                .by(FAST)
                .and(FIT)
                .on(
                        problem.setting(),
                        () -> againstCorrectedFit(
                                problem, network -> langevin(1e-300), reference -> (before, move) -> move))
                .toDigits(12);
    }

    /** One step at a loss of 0, where nothing but the noise moves the network. */
    private static Comparison noise() {
        double temperature = 1e-3;
        Architecture architecture = Architecture.of(5).hidden(16_384, 1);
        return Comparison.of("training", "variance of a noisy step over 2 eta rate temperature")
                .by(FAST)
                .and("1, by definition")
                .on("RELU, width 16384, depth 1, 8 inputs, at a loss of 0", () -> {
                    try (DenseNetwork network = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(5))) {
                        double[] start = network.parameters();
                        double[] rates = network.rates();
                        SimpleMatrix inputs = Problem.shallow().inputs();
                        GradientDescent.withStep(1)
                                .atMost(1)
                                .atLeast(1)
                                .moving(langevin(temperature))
                                .run(network, inputs, network.outputs(inputs));
                        SimpleMatrix noise = parameters(network).minus(new SimpleMatrix(start));
                        for (int p = 0; p < start.length; p++) {
                            noise.set(p, noise.get(p) / Math.sqrt(2 * rates[p] * temperature));
                        }
                        double mean = noise.elementSum() / start.length;
                        return Both.of(noise.dot(noise) / start.length - mean * mean, 1);
                    }
                })
                .toDigits(1.6, "five standard errors of the variance of 98 304 normal numbers are 2.3 %");
    }

    private static UpdateRule langevin(double temperature) {
        return new UpdateRule.Langevin(temperature, RandomSource.XO_SHI_RO_256_PP.create(6));
    }

    private static Comparison penalized() {
        Problem problem = Problem.shallow();
        double strength = 0.03;
        return Comparison.of("training", "ten steps of penalized descent")
                .by(FAST)
                .and(FIT + ", and the decay of the weights by hand")
                .on(
                        problem.setting(),
                        () -> againstCorrectedFit(
                                problem,
                                network -> new UpdateRule.Penalized(
                                        Collections.nCopies(network.layers(), strength), new UpdateRule.Plain()),
                                reference -> {
                                    SimpleMatrix decay = decayRates(reference).scale(strength);
                                    return (before, move) -> move.minus(before.elementMult(decay));
                                }))
                .toDigits(12);
    }

    private static Comparison heavyBall() {
        Problem problem = Problem.shallow();
        double momentum = 0.6;
        return Comparison.of("training", "ten steps of the heavy ball")
                .by(FAST)
                .and(FIT + ", and the velocity by hand")
                .on(
                        problem.setting(),
                        () -> againstCorrectedFit(problem, network -> new UpdateRule.HeavyBall(momentum), reference -> {
                            SimpleMatrix[] velocity = {parameters(reference).scale(0)};
                            return (before, move) -> {
                                velocity[0] = velocity[0].scale(momentum).plus(move);
                                return velocity[0];
                            };
                        }))
                .toDigits(12);
    }

    /** How far a step goes, from where it starts and how far {@code fit} goes from there. */
    private interface Correction {
        SimpleMatrix of(SimpleMatrix before, SimpleMatrix move);
    }

    private static Both againstCorrectedFit(
            Problem problem, Function<DenseNetwork, UpdateRule> rule, Function<DenseNetwork, Correction> correctionOf) {
        try (DenseNetwork network = problem.draw();
                DenseNetwork reference = problem.draw()) {
            SimpleMatrix start = parameters(network);
            GradientDescent.withStep(1)
                    .atMost(STEPS)
                    .moving(rule.apply(network))
                    .run(network, problem.inputs(), problem.targets());
            Correction correction = correctionOf.apply(reference);
            for (int step = 0; step < STEPS; step++) {
                SimpleMatrix before = parameters(reference);
                problem.fit(reference, 1);
                SimpleMatrix move = correction.of(before, parameters(reference).minus(before));
                reference.assign(before.plus(move).getDDRM().getData());
            }
            return Both.of(
                    parameters(network).minus(start), parameters(reference).minus(start));
        }
    }

    /** Rate over squared multiplier of every parameter: how fast (1/2) |theta|^2 in own coordinates pulls the stock ones to 0. */
    private static SimpleMatrix decayRates(DenseNetwork network) {
        double[] rates = network.rates();
        int at = 0;
        for (int layer = 0; layer < network.layers(); layer++) {
            LayerScale scale = network.scale(layer);
            int weights = at + network.weights(layer).getNumElements();
            int biases = weights + network.biases(layer).length;
            for (; at < weights; at++) {
                rates[at] /= scale.multiplier() * scale.multiplier();
            }
            for (; at < biases; at++) {
                rates[at] /= scale.biasMultiplier() * scale.biasMultiplier();
            }
        }
        return new SimpleMatrix(rates);
    }

    private static Comparison loss() {
        Problem problem = Problem.deep();
        return Comparison.of("training", "loss after ten steps")
                .by("half the sum of squared residuals")
                .and("half of DeepLearning4J's score")
                .on(problem.setting(), () -> {
                    try (DenseNetwork network = problem.draw()) {
                        double loss = GradientDescent.withStep(1)
                                .atMost(STEPS)
                                .run(network, problem.inputs(), problem.targets())
                                .loss(STEPS);
                        double score = network.model(MultiLayerNetwork.class)
                                .score(new DataSet(Problem.array(problem.inputs()), Problem.array(problem.targets())));
                        return Both.of(loss, score / 2);
                    }
                })
                .toDigits(12);
    }

    private static Comparison gradient() {
        Problem problem = Problem.smooth();
        double h = 1e-5;
        return Comparison.of("training", "gradient of the loss")
                .by("one step of descent over its rates")
                .and("central differences of the loss")
                .on(problem.setting(), () -> {
                    try (DenseNetwork network = problem.draw()) {
                        double[] start = network.parameters();
                        double[] rates = network.rates();
                        double[] differences = new double[start.length];
                        for (int p = 0; p < start.length; p++) {
                            differences[p] =
                                    (lossAt(problem, network, start, p, h) - lossAt(problem, network, start, p, -h))
                                            / (2 * h);
                        }
                        network.assign(start);
                        GradientDescent.withStep(1).atMost(1).run(network, problem.inputs(), problem.targets());
                        double[] gradient = network.parameters();
                        for (int p = 0; p < start.length; p++) {
                            gradient[p] = (start[p] - gradient[p]) / rates[p];
                        }
                        return new Both(gradient, differences);
                    }
                })
                .toDigits(8, "a difference over 1e-5 is off by its square, 1e-10, and by rounding over it, 1e-11");
    }

    private static double lossAt(Problem problem, DenseNetwork network, double[] start, int p, double h) {
        double[] moved = start.clone();
        moved[p] += h;
        network.assign(moved);
        SimpleMatrix residual = network.outputs(problem.inputs()).minus(problem.targets());
        return residual.elementMult(residual).elementSum() / 2;
    }

    private static Comparison halfSteps() {
        Problem problem = Problem.smooth();
        double eta = 1e-3;
        return Comparison.of("training", "order in eta of what halving a step changes")
                .by("one step against two of half its size")
                .and("2, since a step follows the flow to first order")
                .on(
                        problem.setting() + ", eta = 0.001",
                        () -> Both.of(
                                Math.log(changeByHalving(problem, eta) / changeByHalving(problem, eta / 2))
                                        / Math.log(2),
                                2))
                .toDigits(2, "the next order is eta times a curvature of order one, some 1e-3");
    }

    private static double changeByHalving(Problem problem, double eta) {
        try (DenseNetwork once = problem.draw();
                DenseNetwork twice = problem.draw()) {
            GradientDescent.withStep(eta).atMost(1).run(once, problem.inputs(), problem.targets());
            GradientDescent.withStep(eta / 2).atMost(2).run(twice, problem.inputs(), problem.targets());
            return parameters(once).minus(parameters(twice)).normF();
        }
    }

    private static SimpleMatrix parameters(DenseNetwork network) {
        return new SimpleMatrix(network.parameters());
    }
}
