package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.Draw;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparseOptimumTest {

    private static final int POINTS = 720;

    private final FeatureGrid grid = ThreeUnits.grid(128, POINTS);

    /** Oracle: scipy.optimize.nnls 1.17.1 on the same grid, written in NumPy. */
    @Test
    void threeUnitsWithSquaredVariation() {
        SparseOptimum optimum = SparseOptimum.withSquaredVariation(grid, 0.002);
        List<Double> clusters = clusters(optimum);

        assertThat(optimum.objective()).isCloseTo(0.010701833672873777, within(1e-14));
        assertThat(optimum.totalVariation()).isCloseTo(2.2328782596555885, within(1e-11));
        assertThat(clusters).hasSize(3);
        assertThat(clusters.get(0)).isCloseTo(0.50, within(0.01));
        assertThat(clusters.get(1)).isCloseTo(2.56, within(0.01));
        assertThat(clusters.get(2)).isCloseTo(4.48, within(0.01));
        assertThat(optimum.population().objective(grid, Regularization.onOutputWeights(0.002)))
                .isCloseTo(optimum.objective(), withinPercentage(1e-10));
    }

    /** Oracle: computed outside of this project; noiseless training of homogeneous units ended there too. */
    @Test
    void threeUnitsWithVariation() {
        SparseOptimum optimum = SparseOptimum.withVariation(grid, 0.01);

        assertThat(optimum.objective()).isCloseTo(0.023049, within(5e-7));
        assertThat(clusters(optimum)).hasSize(3);
    }

    /** Oracle: the optimality conditions |g| &lt;= 2 lam1 TV, with equality and the right sign where there is mass. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 0.002, 0.1, 10})
    void squaredVariationMeetsTheOptimalityConditions(double lam1) {
        SparseOptimum optimum = SparseOptimum.withSquaredVariation(grid, lam1);

        requireOptimal(optimum, 2 * lam1 * optimum.totalVariation());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 0.002, 0.01, 0.1})
    void variationMeetsTheOptimalityConditions(double lam) {
        requireOptimal(SparseOptimum.withVariation(grid, lam), lam);
    }

    /** The two problems have one optimum when lam = 2 lam1 TV. */
    @Test
    void oneProblemIsTheOtherWithItsOwnPenalty() {
        SparseOptimum squared = SparseOptimum.withSquaredVariation(grid, 0.003);
        double variation = squared.totalVariation();
        SparseOptimum plain = SparseOptimum.withVariation(grid, 2 * 0.003 * variation);

        assertThat(plain.totalVariation()).isCloseTo(variation, withinPercentage(1e-8));
        assertThat(plain.outputs().minus(squared.outputs()).elementMaxAbs()).isLessThan(1e-9);
        assertThat(plain.objective()).isCloseTo(squared.objective() + 0.003 * variation * variation, within(1e-12));
    }

    /** Oracle: lam1 B^2 / (1 + 4 lam1) with linear features, of which those along the target or against it carry mass. */
    @ParameterizedTest
    @CsvSource({"3, 0.05", "1, 0.2", "2, 0.001"})
    void linearFeaturesHaveTheClosedForm(double length, double lam1) {
        FeatureGrid linear = FeatureGrid.over(
                FeatureGrid.angles(10),
                FeatureGrid.angles(60),
                (angle, input) -> Math.cos(angle - input),
                input -> length * Math.cos(input));

        SparseOptimum optimum = SparseOptimum.withSquaredVariation(linear, lam1);

        assertThat(optimum.objective())
                .isCloseTo(LinearTarget.onCircle(length).leastObjective(lam1), withinPercentage(1e-10));
        assertThat(optimum.totalVariation()).isCloseTo(length / (1 + 4 * lam1), withinPercentage(1e-10));
        assertThat(optimum.support()).isNotEmpty();
        for (int g : optimum.support()) {
            assertThat(g).isIn(0, 30);
        }
        assertThat(FeaturePopulation.withBestWeights(linear, linear.baseLaw(), lam1)
                        .objective(linear, Regularization.onOutputWeights(lam1)))
                .isCloseTo(LinearTarget.onCircle(length).randomFeatureObjective(lam1), withinPercentage(1e-10));
    }

    /** Oracle: with a penalty of at least max |&lt;h, y&gt;| the lasso is 0. */
    @Test
    void aLargePenaltyLeavesNothing() {
        double largest = grid.correlations(grid.targets()).elementMaxAbs();

        assertThat(SparseOptimum.withVariation(grid, 1.0001 * largest).support())
                .isEmpty();
        assertThat(SparseOptimum.withVariation(grid, 0.9999 * largest).support())
                .isNotEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseOptimum.withVariation(grid, 2 * largest).population())
                .withMessageContaining("total variation is 0.0");
    }

    /** On random problems, some with fewer features than inputs, columns repeated: the optimality conditions again. */
    @Test
    void nonNegativeLeastSquaresOnRandomProblems() {
        Draw.cases(11, 60, draw -> {
            int rows = draw.integer("rows", 1, 12);
            int columns = draw.integer("columns", 1, 30);
            double linear = draw.of("linear", 0.0, 0.3);
            long seed = draw.integer("seed");
            ZigguratSampler.NormalizedGaussian normal =
                    ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_RO_SHI_RO_128_PP.create(seed));
            SimpleMatrix matrix = new SimpleMatrix(rows, columns);
            SimpleMatrix right = new SimpleMatrix(rows, 1);
            for (int i = 0; i < rows; i++) {
                right.set(i, normal.sample());
                for (int j = 0; j < columns; j++) {
                    matrix.set(i, j, j % 7 == 6 ? matrix.get(i, j - 3) : normal.sample());
                }
            }

            SimpleMatrix z = NonNegativeLeastSquares.solve(matrix, right, linear);

            SimpleMatrix slope =
                    matrix.transpose().mult(matrix.mult(z).minus(right)).plus(linear);
            assertThat(z.elementMin()).isGreaterThanOrEqualTo(0);
            assertThat(slope.elementMin()).isGreaterThan(-1e-9);
            assertThat(slope.elementMult(z).elementMaxAbs()).isLessThan(1e-9);
        });
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseOptimum.withVariation(grid, 0))
                .withMessageContaining("positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseOptimum.withSquaredVariation(grid, -1))
                .withMessageContaining("-1.0");
    }

    private void requireOptimal(SparseOptimum optimum, double level) {
        SimpleMatrix slope = grid.correlations(grid.targets().minus(optimum.outputs()));

        assertThat(slope.elementMaxAbs()).isCloseTo(level, withinPercentage(1e-6));
        assertThat(optimum.support()).isNotEmpty();
        for (int g : optimum.support()) {
            assertThat(slope.get(g) * Math.signum(optimum.measure().get(g))).isCloseTo(level, withinPercentage(1e-6));
        }
    }

    /** Angles at the centres of mass of neighbouring points of the support. */
    private static List<Double> clusters(SparseOptimum optimum) {
        List<Double> centres = new ArrayList<>();
        double mass = 0;
        double moment = 0;
        int last = -2;
        for (int g : optimum.support()) {
            if (g != last + 1) {
                mass = 0;
                moment = 0;
                centres.add(0.0);
            }
            mass += Math.abs(optimum.measure().get(g));
            moment += Math.abs(optimum.measure().get(g)) * FeatureGrid.angles(POINTS)[g];
            centres.set(centres.size() - 1, moment / mass);
            last = g;
        }
        return centres;
    }
}
