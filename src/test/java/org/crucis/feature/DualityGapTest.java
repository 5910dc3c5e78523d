package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.Draw;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DualityGapTest {

    private final FeatureGrid grid = ThreeUnits.grid(24, 60);

    /** Strong duality: the optimum certifies itself. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 0.01, 0.05})
    void theOptimumHasNoGap(double penalty) {
        SparseOptimum squared = SparseOptimum.withSquaredVariation(grid, penalty);
        SparseOptimum plain = SparseOptimum.withVariation(grid, penalty);

        DualityGap first = DualityGap.ofSquaredVariation(grid, squared.outputs(), penalty, squared.objective());
        DualityGap second = DualityGap.ofVariation(grid, plain.outputs(), penalty, plain.objective());

        assertThat(first.relative()).isCloseTo(0, within(1e-9));
        assertThat(first.steepest()).isCloseTo(2 * penalty * squared.totalVariation(), withinPercentage(1e-6));
        assertThat(second.relative()).isCloseTo(0, within(1e-9));
        assertThat(second.steepest()).isCloseTo(penalty, withinPercentage(1e-6));
    }

    /** Weak duality: dual &lt;= optimum &lt;= primal for any outputs, good or bad. */
    @Test
    void theBoundHoldsForAnyOutputs() {
        Draw.cases(12, 60, draw -> {
            double penalty = draw.of("penalty", 1e-3, 0.02, 0.1);
            double distance = draw.of("distance", 1e-3, 0.1, 1.0, 10.0);
            double share = draw.real("share", 0, 1);
            SimpleMatrix measure = SparseOptimum.withVariation(grid, penalty).measure();
            ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(
                    RandomSource.XO_RO_SHI_RO_128_PP.create(draw.integer("seed")));
            SimpleMatrix away = measure.scale(share);
            for (int g = 0; g < away.getNumElements(); g++) {
                away.set(g, away.get(g) + distance / 60 * normal.sample());
            }
            SimpleMatrix outputs = grid.features().mult(away);
            double variation = FeaturePopulation.totalVariation(away);
            double loss = grid.loss(outputs);

            DualityGap squared =
                    DualityGap.ofSquaredVariation(grid, outputs, penalty, loss + penalty * variation * variation);
            DualityGap plain = DualityGap.ofVariation(grid, outputs, penalty, loss + penalty * variation);

            double leastSquared =
                    SparseOptimum.withSquaredVariation(grid, penalty).objective();
            double least = SparseOptimum.withVariation(grid, penalty).objective();
            assertThat(squared.dual()).isLessThanOrEqualTo(leastSquared * (1 + 1e-12));
            assertThat(squared.primal()).isGreaterThanOrEqualTo(leastSquared * (1 - 1e-12));
            assertThat(plain.dual()).isLessThanOrEqualTo(least * (1 + 1e-12));
            assertThat(plain.primal()).isGreaterThanOrEqualTo(least * (1 - 1e-12));
            assertThat(squared.gap()).isGreaterThanOrEqualTo(squared.primal() - leastSquared - 1e-12);
        });
    }

    /** Oracle: by hand. f = 0 leaves v = y: with &lt;y, y&gt; = 2 and s = 1 the duals are 4 / (2 (2 + 1/(2 lam1))) and lam 2 - lam^2. */
    @Test
    void untrainedNetwork() {
        FeatureGrid one = FeatureGrid.of(
                new SimpleMatrix(new double[][] {{1}, {0}}), new SimpleMatrix(new double[][] {{2}, {0}}));
        SimpleMatrix nothing = new SimpleMatrix(2, 1);

        DualityGap squared = DualityGap.ofSquaredVariation(one, nothing, 0.25, 1);
        DualityGap plain = DualityGap.ofVariation(one, nothing, 0.25, 1);

        assertThat(squared.steepest()).isEqualTo(1);
        assertThat(squared.dual()).isCloseTo(0.5, within(1e-15));
        assertThat(plain.dual()).isCloseTo(0.25 * 2 - 0.0625, within(1e-15));
        assertThat(plain.relative()).isCloseTo(1 - 0.4375, within(1e-15));
    }

    @Test
    void aPerfectFitBoundsNothing() {
        assertThat(DualityGap.ofSquaredVariation(grid, grid.targets(), 0.1, 1).dual())
                .isZero();
        assertThat(DualityGap.ofVariation(grid, grid.targets(), 0.1, 1).dual()).isZero();
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DualityGap.ofVariation(grid, new SimpleMatrix(3, 1), 0.1, 1))
                .withMessageContaining("24 x 1, but got 3 x 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DualityGap.ofSquaredVariation(grid, grid.targets(), 0, 1))
                .withMessageContaining("positive");
    }
}
