package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridLawTest {

    /** Oracle: computed outside of this project with a quasi-Newton method on the same dual. */
    @Test
    void threeUnits() {
        int points = 720;
        GridLaw law = GridLaw.of(
                ThreeUnits.grid(64, points),
                Regularization.onOutputWeights(0.02).andEntropy(0.025));
        double[] angles = FeatureGrid.angles(points);
        FeaturePopulation population = law.population();

        assertThat(law.primal()).isCloseTo(0.08465686, within(5e-9));
        assertThat(law.dual()).isCloseTo(0.08465686, within(5e-9));
        assertThat(mass(population, angles, -0.6, 1.55)).isCloseTo(0.4544, within(1e-3));
        assertThat(mass(population, angles, 1.55, 3.5)).isCloseTo(0.2940, within(1e-3));
        assertThat(mass(population, angles, 3.5, 5.68)).isCloseTo(0.2506, within(1e-3));
        assertThat(population.mean(g -> Math.cos(angles[g]))).isCloseTo(0.1633, within(5e-5));
        assertThat(population.mean(g -> Math.sin(angles[g]))).isCloseTo(0.0841, within(5e-5));
        assertThat(population.mean(g -> Math.cos(2 * angles[g]))).isCloseTo(0.1673, within(5e-5));
        assertThat(population.mean(g -> Math.sin(2 * angles[g]))).isCloseTo(-0.0149, within(5e-5));
        assertThat(population.secondMomentOfOutputWeights()).isCloseTo(2.184, within(5e-4));
        assertThat(law.secondMomentOfOutputWeights()).isCloseTo(2.184 + 0.625, within(5e-4));
    }

    /** Oracle: the closed form of linear features, to which sums over even angles are exact. */
    @ParameterizedTest
    @CsvSource({"3, 0.05, 0.05", "1, 0.02, 0.1", "2, 0.2, 0.003", "0.3, 0.01, 0.0004", "5, 0.7, 2", "4, 1e-3, 1e-3"})
    void onTheCircleItIsTheClosedForm(double length, double lam1, double lam3) {
        int points = 400;
        double[] angles = FeatureGrid.angles(points);
        FeatureGrid grid = FeatureGrid.over(
                FeatureGrid.angles(12),
                angles,
                (angle, input) -> Math.cos(angle - input),
                input -> length * Math.cos(input));
        Regularization regularization = Regularization.onOutputWeights(lam1).andEntropy(lam3);

        GridLaw law = GridLaw.of(grid, regularization);
        SphereLaw exact = LinearTarget.onCircle(length).featureLaw(regularization);

        assertThat(law.population().mean(g -> Math.cos(2 * angles[g])))
                .isCloseTo(exact.meanCosineOfTwiceTheAngle(), within(1e-10));
        assertThat(law.population().mean(g -> Math.sin(angles[g]))).isCloseTo(0, within(1e-10));
        assertThat(law.secondMomentOfOutputWeights())
                .isCloseTo(exact.secondMomentOfOutputWeights(), withinPercentage(1e-8));
        assertThat(law.outputs().get(0)).isCloseTo(exact.learnedLength(), withinPercentage(1e-8));
        assertThat(law.primal()).isCloseTo(exact.objective(), withinPercentage(1e-8));
        assertThat(law.population().law().get(37) * points)
                .isCloseTo(exact.density(angles[37]), withinPercentage(1e-6));
        assertThat(law.gap()).isBetween(-1e-13, 1e-9 * law.primal());
    }

    /** Oracle: damped iteration of the Gibbs law's own equation f = E_p[u h], knowing no dual and no Newton. */
    @ParameterizedTest
    @CsvSource({"0.05, 0.03, 0", "0.1, 0.01, 0", "0.04, 0.08, 0.05"})
    void itIsTheFixedPointOfTheGibbsLaw(double lam1, double lam3, double lam2) {
        int inputs = 12;
        int points = 60;
        double[] x = FeatureGrid.angles(inputs);
        double[] theta = FeatureGrid.angles(points);
        double[] f = new double[inputs];
        double[] p = new double[points];
        double[] u = new double[points];
        for (int iteration = 0; iteration < 2000; iteration++) {
            double sum = 0;
            for (int g = 0; g < points; g++) {
                double variation = 0;
                for (int i = 0; i < inputs; i++) {
                    variation += (f[i] - ThreeUnits.target(x[i])) * ThreeUnits.relu(theta[g], x[i]) / inputs;
                }
                u[g] = -variation / (2 * lam1);
                p[g] = Math.exp(variation * variation / (4 * lam1 * lam3) - lam2 * Math.sin(theta[g]) / lam3);
                sum += p[g];
            }
            for (int i = 0; i < inputs; i++) {
                double next = 0;
                for (int g = 0; g < points; g++) {
                    next += p[g] / sum * u[g] * ThreeUnits.relu(theta[g], x[i]);
                }
                f[i] += 0.05 * (next - f[i]);
            }
            for (int g = 0; g < points; g++) {
                p[g] /= sum;
            }
        }
        SimpleMatrix penalty = new SimpleMatrix(points, 1);
        for (int g = 0; g < points; g++) {
            penalty.set(g, Math.sin(theta[g]));
        }

        GridLaw law =
                GridLaw.of(ThreeUnits.grid(inputs, points).penalizing(penalty), new Regularization(lam1, lam2, lam3));

        for (int i = 0; i < inputs; i++) {
            assertThat(law.outputs().get(i)).isCloseTo(f[i], within(1e-10));
        }
        for (int g = 0; g < points; g++) {
            assertThat(law.population().law().get(g)).isCloseTo(p[g], within(1e-10));
            assertThat(law.population().outputWeights().get(g)).isCloseTo(u[g], within(1e-8));
        }
    }

    /** Oracle: draws from the joint Gibbs law by Metropolis' rule, which knows the potential u g + lam1 u^2 alone. */
    @Test
    void secondMomentOfTheJointLawIsThatOfItsDraws() {
        int points = 40;
        double lam1 = 0.1;
        double lam3 = 0.2;
        FeatureGrid grid = ThreeUnits.grid(16, points);
        GridLaw law = GridLaw.of(grid, Regularization.onOutputWeights(lam1).andEntropy(lam3));
        SimpleMatrix variation = grid.correlations(law.outputs().minus(grid.targets()));
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int draws = 1_000_000;
        double u = 0;
        int place = 0;
        double square = 0;
        for (int draw = 0; draw < draws; draw++) {
            double v = u + 1.5 * normal.sample();
            int next = random.nextInt(points);
            double rise = v * variation.get(next) + lam1 * v * v - u * variation.get(place) - lam1 * u * u;
            if (random.nextDouble() < Math.exp(-rise / lam3)) {
                u = v;
                place = next;
            }
            square += u * u / draws;
        }

        assertThat(law.secondMomentOfOutputWeights()).isCloseTo(square, withinPercentage(2));
        assertThat(law.population().secondMomentOfOutputWeights())
                .as("without the noise of the weights it would miss")
                .isLessThan(0.8 * square);
    }

    /** The primal objective rises to second order in every direction of (mu, p) that keeps the mass. */
    @Test
    void nothingNearbyIsBetter() {
        FeatureGrid grid = ThreeUnits.grid(24, 60);
        Regularization regularization = Regularization.onOutputWeights(0.03).andEntropy(0.02);
        GridLaw law = GridLaw.of(grid, regularization);
        ZigguratSampler.NormalizedGaussian normal =
                ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_RO_SHI_RO_128_PP.create(4));
        for (int direction = 0; direction < 30; direction++) {
            SimpleMatrix measure = new SimpleMatrix(60, 1);
            SimpleMatrix mass = new SimpleMatrix(60, 1);
            for (int g = 0; g < 60; g++) {
                measure.set(g, normal.sample());
                mass.set(g, law.population().law().get(g) * normal.sample());
            }
            mass = mass.minus(law.population().law().scale(mass.elementSum()));
            double up = objective(law, grid, measure, mass, 1e-4);
            double down = objective(law, grid, measure, mass, -1e-4);
            double rise = (up + down) / 2 - law.primal();

            assertThat(rise).isPositive();
            assertThat(Math.abs(up - down)).isLessThan(1e-2 * rise + 1e-14);
        }
    }

    /** Oracle: the dual written out for the test, at v = y - f its value and top. */
    @Test
    void dualIsAtItsTop() {
        FeatureGrid grid = ThreeUnits.grid(24, 60);
        GridLaw law = GridLaw.of(grid, Regularization.onOutputWeights(0.03).andEntropy(0.02));
        SimpleMatrix top = grid.targets().minus(law.outputs());
        double value = dual(grid, top, 0.03, 0.02);

        assertThat(law.dual()).isCloseTo(value, within(1e-13));
        for (int i = 0; i < 24; i++) {
            SimpleMatrix unit = new SimpleMatrix(24, 1);
            unit.set(i, 1e-4);
            double up = dual(grid, top.plus(unit), 0.03, 0.02);
            double down = dual(grid, top.minus(unit), 0.03, 0.02);
            assertThat(up).isLessThan(value);
            assertThat(down).isLessThan(value);
            assertThat(Math.abs(up - down)).isLessThan(1e-3 * (2 * value - up - down) + 1e-15);
        }
    }

    /** Q_sparse &lt;= Q(lam3) &lt;= Q_sparse + lam3 KL(sparse law | even law): the second is Q(lam3) at the sparse population. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 1e-3, 1e-4, 1e-5, 1e-6})
    void withoutEntropyItTendsToTheSparseOptimum(double entropy) {
        FeatureGrid grid = ThreeUnits.grid(32, 120);
        SparseOptimum sparse = SparseOptimum.withSquaredVariation(grid, 0.01);
        double allowance = entropy * sparse.population().divergenceFromBase();

        GridLaw law = GridLaw.of(grid, Regularization.onOutputWeights(0.01).andEntropy(entropy));

        assertThat(law.primal()).isBetween(sparse.objective(), sparse.objective() + allowance + 1e-14);
        assertThat(law.gap()).isBetween(-1e-14, 1e-9 * law.primal());
    }

    /** Oracle: the ridge optimum of the even law, which much entropy enforces. */
    @Test
    void withMuchEntropyItTendsToRandomFeatures() {
        FeatureGrid grid = ThreeUnits.grid(32, 120);

        GridLaw law = GridLaw.of(grid, Regularization.onOutputWeights(0.01).andEntropy(1e6));

        FeaturePopulation random = FeaturePopulation.withBestWeights(grid, grid.baseLaw(), 0.01);
        assertThat(law.primal())
                .isCloseTo(random.objective(grid, Regularization.onOutputWeights(0.01)), withinPercentage(1e-4));
        assertThat(law.outputs().minus(random.outputs(grid)).elementMaxAbs()).isLessThan(1e-5);
    }

    /** Oracle: with nothing to learn the law is that of the penalty alone. */
    @Test
    void aZeroTargetLeavesThePenalty() {
        FeatureGrid grid = FeatureGrid.of(ThreeUnits.grid(8, 3).features(), new SimpleMatrix(8, 1))
                .penalizing(new SimpleMatrix(new double[][] {{0}, {1}, {2}}));

        GridLaw law = GridLaw.of(grid, new Regularization(1, 0.5, 0.25));

        double sum = 1 + Math.exp(-2) + Math.exp(-4);
        assertThat(law.population().law().get(2)).isCloseTo(Math.exp(-4) / sum, within(1e-15));
        assertThat(law.primal()).isCloseTo(-0.25 * Math.log(sum / 3), within(1e-15));
        assertThat(law.population().totalVariation()).isZero();
    }

    @Test
    void badArgumentsAreNamed() {
        FeatureGrid grid = ThreeUnits.grid(8, 16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GridLaw.of(grid, Regularization.onOutputWeights(0.1)))
                .withMessageContaining("entropy weight above 0");
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        GridLaw.of(grid, Regularization.onOutputWeights(1e-3).andEntropy(1e-17)))
                .withMessageContaining("raise the entropy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureGrid.of(grid.features(), new SimpleMatrix(7, 1)))
                .withMessageContaining("8 x 1, but got 7 x 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grid.penalizing(SimpleMatrix.filled(16, 1, Double.NaN)))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureGrid.of(new SimpleMatrix(0, 3), new SimpleMatrix(0, 1)))
                .withMessageContaining("0 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureGrid.angles(0))
                .withMessageContaining("at least 1");
    }

    private static double objective(
            GridLaw law, FeatureGrid grid, SimpleMatrix measure, SimpleMatrix mass, double step) {
        return new FeaturePopulation(
                        law.population().measure().plus(step, measure),
                        law.population().law().plus(step, mass))
                .objective(grid, law.regularization());
    }

    private static double dual(FeatureGrid grid, SimpleMatrix v, double lam1, double lam3) {
        double partition = 0;
        for (int g = 0; g < grid.points(); g++) {
            double s = grid.features().getColumn(g).dot(v) / grid.inputs();
            partition += Math.exp(s * s / (4 * lam1 * lam3)) / grid.points();
        }
        return (v.dot(grid.targets()) - v.dot(v) / 2) / grid.inputs() - lam3 * Math.log(partition);
    }

    private static double mass(FeaturePopulation population, double[] angles, double from, double to) {
        return population.mean(g -> {
            double turned = angles[g] > 5.68 ? angles[g] - 2 * Math.PI : angles[g];
            return turned >= from && turned < to ? 1 : 0;
        });
    }
}
