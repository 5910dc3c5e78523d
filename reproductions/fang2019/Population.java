package fang2019;

import org.crucis.feature.FeaturePopulation;
import org.crucis.feature.GridLaw;
import org.crucis.feature.Regularization;
import org.ejml.simple.SimpleMatrix;

/** Infinitely wide networks for the problem of {@link ReluCircle}, at one penalty on the output weights. */
enum Population {
    /** Law and output weights that noisy gradient descent learns: the minimum of the objective with entropy. */
    LEARNED {
        @Override
        FeaturePopulation population() {
            return Solved.LEARNED;
        }
    },
    /** The learned function from features spread evenly. */
    SPREAD_EVENLY {
        @Override
        FeaturePopulation population() {
            return Solved.LEARNED.repopulated(ReluCircle.GRID.baseLaw());
        }
    },
    /** Random features, spread evenly, with the output weights that are best for them. */
    RANDOM {
        @Override
        FeaturePopulation population() {
            return Solved.RANDOM;
        }
    };

    private static final double OUTPUT_WEIGHTS = 0.004;

    /** The learned density is then 300 times as high at its peaks as in its valleys. */
    private static final double ENTROPY = 0.004;

    /** Solved when a trial first asks, not when a plan is read. */
    private static final class Solved {
        static final FeaturePopulation LEARNED = GridLaw.of(
                        ReluCircle.GRID,
                        Regularization.onOutputWeights(OUTPUT_WEIGHTS).andEntropy(ENTROPY))
                .population();
        static final FeaturePopulation RANDOM =
                FeaturePopulation.withBestWeights(ReluCircle.GRID, ReluCircle.GRID.baseLaw(), OUTPUT_WEIGHTS);
    }

    /** mu and p on the features of the circle. */
    abstract FeaturePopulation population();

    /** The learned law where features are spread evenly, the even one where they are not. */
    SimpleMatrix otherLaw() {
        return (this == LEARNED ? RANDOM : LEARNED).population().law();
    }
}
