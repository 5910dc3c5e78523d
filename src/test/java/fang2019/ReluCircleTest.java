package fang2019;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.simple.RandomSource;
import org.crucis.feature.FeatureCloud;
import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class ReluCircleTest {

    @Test
    void featuresHaveOneNorm() {
        // relu(cos)^2 over antipodal pairs: half the mean of cos^2.
        SimpleMatrix features = ReluCircle.GRID.features();
        for (int g = 0; g < features.getNumCols(); g++) {
            SimpleMatrix feature = features.getColumn(g);
            assertThat(feature.dot(feature) / ReluCircle.INPUTS).isCloseTo(0.25, within(1e-14));
        }
    }

    @Test
    void networkOfPlacedNeuronsIsTheirMean() {
        int[] places = {3, 359, 180, 3};
        SimpleMatrix weights = new SimpleMatrix(ReluCircle.GRID.points(), 1);
        weights.set(3, 1.5);
        weights.set(359, -2);
        weights.set(180, 0.25);
        FeatureCloud neurons = ReluCircle.cloud(places, weights);
        try (DenseNetwork network = ReluCircle.neurons(places.length).draw(RandomSource.XO_SHI_RO_256_PP.create(1))) {
            neurons.into(network);
            SimpleMatrix features = ReluCircle.GRID.features();
            SimpleMatrix expected = features.getColumn(3)
                    .scale(3)
                    .plus(-2, features.getColumn(359))
                    .plus(0.25, features.getColumn(180))
                    .divide(4);
            assertThat(network.outputs(ReluCircle.inputs()).minus(expected).elementMaxAbs())
                    .isLessThan(1e-15);
        }
    }

    @Test
    void populationsHaveTheVariancesOfAnotherSolver() {
        // SciPy 1.17.1, L-BFGS-B on the dual with 24 unknowns, numpy.linalg.solve for random features.
        assertThat(Population.LEARNED.population().samplingVariance(ReluCircle.GRID))
                .isCloseTo(0.8463782881, within(1e-6));
        assertThat(Population.SPREAD_EVENLY.population().samplingVariance(ReluCircle.GRID))
                .isCloseTo(3.2042669906, within(1e-5));
        assertThat(Population.RANDOM.population().samplingVariance(ReluCircle.GRID))
                .isCloseTo(1.3334292303, within(1e-9));
    }
}
