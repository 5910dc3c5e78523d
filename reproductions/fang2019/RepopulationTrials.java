package fang2019;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.crucis.feature.FeatureCloud;
import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.ejml.simple.SimpleMatrix;

/** The experiments of the claims about repopulated features: a network is trained, features are drawn from it, errors compared. */
enum RepopulationTrials {
    /** Targets as the data have them. */
    LEARNABLE,
    /** The same targets, dealt out among the inputs by chance. */
    BY_CHANCE;

    /** Measures of {@link #compared}. */
    static final String WIN = "win over initial features";

    static final String GAIN = "error of initial over important features";
    static final String GAIN_OVER_UNIFORM = "error of uniform over important features";
    static final String LOSS = "relative loss";

    static final List<Integer> NUMBERS = List.of(10, 20, 40);

    private static final List<Integer> MORE_NUMBERS = List.of(5, 7, 10, 14, 20, 28, 40);
    private static final int DRAWS = 10;
    private static final int IMAGES = 8;

    /** Errors of k features from the three sources, k along the axis "features". */
    Experiment compared(Sweep sweep, RepopulationData data, Pretraining pretraining) {
        return Experiment.over(sweep).measuring(trial -> {
            Repopulation features = features(trial, data, pretraining);
            Measurements measured = Measurements.along("features");
            for (int k : NUMBERS) {
                measured = measured.at(k, errors(trial, features, k));
            }
            return measured;
        });
    }

    private static Measurements errors(Trial trial, Repopulation features, int k) {
        double important = typical(trial, features, Repopulation.Source.IMPORTANCE, k);
        var once = trial.random("one draw of " + k);
        boolean win = features.testError(Repopulation.Source.IMPORTANCE, k, once)
                < features.testError(Repopulation.Source.INITIAL, k, once);
        return Measurements.of(WIN, win ? 1 : 0)
                .and(GAIN, typical(trial, features, Repopulation.Source.INITIAL, k) / important)
                .and(GAIN_OVER_UNIFORM, typical(trial, features, Repopulation.Source.UNIFORM, k) / important)
                .and(LOSS, features.relativeLoss());
    }

    /** For the eye: the errors themselves, along "features" and "drawn". */
    Experiment curves(Sweep sweep, RepopulationData data, Pretraining pretraining) {
        return Experiment.over(sweep).measuring(trial -> {
            Repopulation features = features(trial, data, pretraining);
            Measurements measured = Measurements.along("features");
            for (int k : MORE_NUMBERS) {
                Measurements there = Measurements.along("drawn");
                for (Repopulation.Source source : Repopulation.Source.values()) {
                    there = there.at(
                            source.toString(), Measurements.of("test error", typical(trial, features, source, k)));
                }
                measured = measured.at(k, there);
            }
            return measured;
        });
    }

    /** For the eye: the incoming weights of the most important neurons as images, and what they were before training. */
    Experiment images(RepopulationData data, Pretraining pretraining) {
        return Experiment.over(Sweep.onePoint().blocks(1, 1)).measuring(trial -> {
            Repopulation features = features(trial, data, pretraining);
            double[] importance = features.importance().probabilities();
            List<Integer> neurons = IntStream.range(0, importance.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(neuron -> -importance[neuron]))
                    .limit(IMAGES)
                    .toList();
            return Measurements.along("state")
                    .at("before training", images(features.first(), neurons))
                    .at("after training", images(features.learned(), neurons));
        });
    }

    private static Measurements images(FeatureCloud cloud, List<Integer> neurons) {
        SimpleMatrix features = cloud.features();
        double[] outputWeights = cloud.outputWeights();
        int side = (int) Math.round(Math.sqrt(features.getNumCols()));
        Measurements images = Measurements.along("neuron");
        for (int rank = 0; rank < neurons.size(); rank++) {
            int neuron = neurons.get(rank);
            Measurements rows = Measurements.along("row");
            for (int row = 0; row < side; row++) {
                Measurements pixels = Measurements.along("column");
                for (int column = 0; column < side; column++) {
                    pixels = pixels.at(
                            column,
                            Measurements.of("weight", features.get(neuron, row * side + column))
                                    .and("output weight", outputWeights[neuron]));
                }
                rows = rows.at(row, pixels);
            }
            images = images.at(rank + 1, rows);
        }
        return images;
    }

    private static double typical(Trial trial, Repopulation features, Repopulation.Source source, int k) {
        return features.typicalTestError(source, k, DRAWS, trial.random(source + " " + k));
    }

    private Repopulation features(Trial trial, RepopulationData data, Pretraining pretraining) {
        RepopulationData.Split split = data.draw(trial.blockRandom("data"));
        return Repopulation.of(
                pretraining,
                this == BY_CHANCE ? split.withTargetsByChance(trial.blockRandom("targets")) : split,
                trial.blockRandom("network"));
    }
}
