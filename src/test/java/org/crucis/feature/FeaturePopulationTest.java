package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturePopulationTest {

    private final UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(8);
    private final ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);

    /** Oracle: Q by hand on two inputs and two features. */
    @Test
    void objectiveByHand() {
        FeatureGrid grid = FeatureGrid.of(
                        new SimpleMatrix(new double[][] {{1, 2}, {0, 1}}), new SimpleMatrix(new double[][] {{1}, {1}}))
                .penalizing(new SimpleMatrix(new double[][] {{4}, {0}}));
        FeaturePopulation population = FeaturePopulation.ofWeights(
                new SimpleMatrix(new double[][] {{4}, {-2}}), new SimpleMatrix(new double[][] {{0.25}, {0.75}}));

        // mu = (1, -1.5), f = (-2, -1.5), f - y = (-3, -2.5)
        double loss = (9 + 6.25) / 4;
        double square = 16 * 0.25 + 4 * 0.75;
        double divergence = 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5);

        assertThat(population.outputs(grid).get(0)).isCloseTo(-2, within(1e-15));
        assertThat(population.secondMomentOfOutputWeights()).isCloseTo(square, within(1e-14));
        assertThat(population.totalVariation()).isCloseTo(2.5, within(1e-15));
        assertThat(population.divergenceFromBase()).isCloseTo(divergence, within(1e-15));
        assertThat(population.objective(grid, new Regularization(0.1, 0.2, 0.3)))
                .isCloseTo(loss + 0.1 * square + 0.2 * 1 + 0.3 * divergence, within(1e-14));
        // E h^2 = (1/2, 5/2); sum mu^2 / p E h^2 = 4 / 2 + 3 * 5 / 2; E f^2 = (4 + 2.25) / 2
        assertThat(population.samplingVariance(grid)).isCloseTo(2 + 7.5 - 3.125, within(1e-14));
        assertThat(population.mass(1, 2)).isEqualTo(0.75);
        assertThat(population.mean(g -> g * g)).isEqualTo(0.75);
    }

    /** The perspective function mu^2 / p makes Q convex; with mu^2 p in its place the same pairs break the inequality. */
    @Test
    void objectiveIsConvexInMeasureAndLaw() {
        FeatureGrid grid = ThreeUnits.grid(16, 30);
        Regularization regularization = Regularization.onOutputWeights(0.1).andEntropy(0.02);
        int broken = 0;
        for (int pair = 0; pair < 2000; pair++) {
            FeaturePopulation a = randomPopulation(30);
            FeaturePopulation b = randomPopulation(30);
            double t = random.nextDouble();
            FeaturePopulation mixed = a.mixed(b, t);
            double chord = (1 - t) * a.objective(grid, regularization) + t * b.objective(grid, regularization);

            assertThat(mixed.objective(grid, regularization)).isLessThanOrEqualTo(chord * (1 + 1e-12));
            broken += wrong(mixed) > (1 - t) * wrong(a) + t * wrong(b) + 1e-12 ? 1 : 0;
        }
        assertThat(broken).isPositive();
    }

    /** min over p of E u^2 is TV^2, at p = |mu| / TV, where |u| is constant; it has the least variance too if E h^2 is. */
    @Test
    void leastNormLaw() {
        FeatureGrid grid = ThreeUnits.grid(16, 24); // one norm for all: an input and its antipode add up to cos^2
        FeaturePopulation any = randomPopulation(24);
        FeaturePopulation best = FeaturePopulation.leastNorm(any.measure());
        double least = best.totalVariation() * best.totalVariation();

        assertThat(best.secondMomentOfOutputWeights()).isCloseTo(least, withinPercentage(1e-12));
        assertThat(grid.squaredNorms().minus(grid.squaredNorms().get(0)).elementMaxAbs())
                .isLessThan(1e-15);
        for (int g = 0; g < 24; g++) {
            assertThat(Math.abs(best.outputWeights().get(g))).isCloseTo(best.totalVariation(), within(1e-12));
        }
        for (int other = 0; other < 200; other++) {
            FeaturePopulation repopulated = any.repopulated(randomPopulation(24).law());
            assertThat(repopulated.secondMomentOfOutputWeights()).isGreaterThan(least);
            assertThat(repopulated.samplingVariance(grid)).isGreaterThan(best.samplingVariance(grid));
            assertThat(repopulated.outputs(grid).minus(best.outputs(grid)).elementMaxAbs())
                    .isLessThan(1e-15);
        }
    }

    /** Oracle: scipy.optimize.nnls 1.17.1 and numpy.linalg.solve 2.4.6 on the same grid, and sums in NumPy. */
    @Test
    void samplingVarianceOfThreeUnits() {
        FeatureGrid grid = ThreeUnits.grid(128, 360);
        SparseOptimum optimum = SparseOptimum.withSquaredVariation(grid, 0.002);
        FeaturePopulation even = FeaturePopulation.withBestWeights(grid, grid.baseLaw(), 0.002);

        assertThat(optimum.population().samplingVariance(grid)).isCloseTo(0.8691484973558807, within(1e-9));
        assertThat(even.samplingVariance(grid)).isCloseTo(1.7721495535896716, within(1e-11));
        assertThat(optimum.population().repopulated(grid.baseLaw()).samplingVariance(grid))
                .isCloseTo(102.52644753728859, within(1e-6));
        assertThat(even.objective(grid, Regularization.onOutputWeights(0.002)))
                .isCloseTo(0.020896556994403084, within(1e-14));
    }

    /** Oracle: networks of m neurons drawn from the law. */
    @ParameterizedTest
    @CsvSource({"1, 20000", "7, 6000"})
    void samplingVarianceIsThatOfDrawnNetworks(int width, int networks) {
        FeatureGrid grid = ThreeUnits.grid(16, 24);
        FeaturePopulation population = randomPopulation(24);
        SimpleMatrix outputs = population.outputs(grid);
        SimpleMatrix weights = population.outputWeights();
        double sum = 0;
        double squares = 0;
        for (int network = 0; network < networks; network++) {
            SimpleMatrix drawn = new SimpleMatrix(24, 1);
            for (int g : population.draw(width, random)) {
                drawn.set(g, drawn.get(g) + weights.get(g) / width);
            }
            SimpleMatrix error = grid.features().mult(drawn).minus(outputs);
            double scaled = width * grid.inner(error, error);
            sum += scaled;
            squares += scaled * scaled;
        }
        double mean = sum / networks;
        double deviation = Math.sqrt((squares / networks - mean * mean) / networks);

        assertThat(population.samplingVariance(grid)).isCloseTo(mean, within(5 * deviation));
        assertThat(deviation).isLessThan(0.05 * mean);
    }

    /** Oracle: no other weights do better, and the normal equations hold in every feature. */
    @Test
    void bestWeightsForFixedFeatures() {
        FeatureGrid grid = ThreeUnits.grid(12, 20);
        SimpleMatrix law = randomPopulation(20).law();
        FeaturePopulation best = FeaturePopulation.withBestWeights(grid, law, 0.03);
        SimpleMatrix slope = grid.correlations(best.outputs(grid).minus(grid.targets()))
                .plus(best.outputWeights().scale(2 * 0.03));

        assertThat(slope.elementMaxAbs()).isLessThan(1e-14);
    }

    @Test
    void massWithoutLawIsInfinitelyDear() {
        FeaturePopulation population = new FeaturePopulation(
                new SimpleMatrix(new double[][] {{1}, {1}, {0}}), new SimpleMatrix(new double[][] {{1}, {0}, {0}}));

        assertThat(population.secondMomentOfOutputWeights()).isInfinite();
        assertThat(population.outputWeights().get(2)).isZero();
        assertThat(population.divergenceFromBase()).isCloseTo(Math.log(3), within(1e-15));
    }

    @Test
    void badArgumentsAreNamed() {
        SimpleMatrix law = SimpleMatrix.filled(4, 1, 0.25);
        FeaturePopulation population = FeaturePopulation.ofWeights(law, law);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeaturePopulation.ofWeights(law, law.scale(2)))
                .withMessageContaining("sum 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeaturePopulation(new SimpleMatrix(3, 1), law))
                .withMessageContaining("4 x 1, but got 3 x 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeaturePopulation.leastNorm(new SimpleMatrix(4, 1)))
                .withMessageContaining("0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> population.mixed(population, 1.5))
                .withMessageContaining("1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> population.mass(2, 5))
                .withMessageContaining("0 to 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> population.outputs(ThreeUnits.grid(3, 5)))
                .withMessageContaining("5 x 1, but got 4 x 1");
    }

    private FeaturePopulation randomPopulation(int points) {
        SimpleMatrix weights = new SimpleMatrix(points, 1);
        SimpleMatrix law = new SimpleMatrix(points, 1);
        for (int g = 0; g < points; g++) {
            weights.set(g, 3 * normal.sample());
            law.set(g, Math.exp(1.5 * normal.sample()));
        }
        return FeaturePopulation.ofWeights(weights, law.divide(law.elementSum()));
    }

    private static double wrong(FeaturePopulation population) {
        return population.measure().elementMult(population.measure()).dot(population.law());
    }
}
