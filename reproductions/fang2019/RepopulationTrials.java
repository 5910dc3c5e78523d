package fang2019;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.crucis.claim.Figure;
import org.crucis.feature.FeatureCloud;
import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.statistics.CloudSketch;
import org.crucis.statistics.CurveSketch;
import org.crucis.statistics.Sketches;
import org.crucis.statistics.TileSketch;
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

    static final List<Integer> FEW = List.of(10, 20, 40);

    /** So many that a direction of the target is hardly ever missed, which would be chance in either way of drawing. */
    static final List<Integer> NOT_SO_FEW = List.of(20, 40);

    private static final String COSINE = "cosine with the nearest direction of the target";
    private static final String STRENGTH = "|output weight| times length of incoming weights";
    private static final String BEFORE = "before training";
    private static final String AFTER = "after training";

    private static final List<Integer> MORE_NUMBERS = List.of(5, 7, 10, 14, 20, 28, 40);
    private static final int DRAWS = 5;
    private static final int IMAGES = 8;

    /** Errors of k features from the three sources, k along the axis "features". */
    Experiment compared(Sweep sweep, RepopulationData data, Pretraining pretraining, List<Integer> numbers) {
        return Experiment.over(sweep).measuring(trial -> {
            Repopulation features = features(trial, data, pretraining);
            Measurements measured = Measurements.along("features");
            for (int k : numbers) {
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

    /** For the eye: how near each neuron is to a direction of the target, and how strong, along "features" and "state". */
    Experiment alignment(List<Pretraining> pretrainings) {
        return Experiment.over(Sweep.onePoint().blocks(1, 1)).measuring(trial -> {
            Measurements measured = Measurements.along("features");
            for (Pretraining pretraining : pretrainings) {
                Repopulation features = features(trial, RepopulationData.THREE_DIRECTIONS, pretraining);
                measured = measured.at(
                        pretraining.features().toString(),
                        Measurements.along("state")
                                .at(BEFORE, alignment(features.first()))
                                .at(AFTER, alignment(features.learned())));
            }
            return measured;
        });
    }

    private static Measurements alignment(FeatureCloud cloud) {
        SimpleMatrix features = cloud.features();
        double[] outputWeights = cloud.outputWeights();
        Measurements neurons = Measurements.along("neuron");
        for (int neuron = 0; neuron < outputWeights.length; neuron++) {
            SimpleMatrix feature = features.getRow(neuron);
            double nearest = Math.max(feature.get(0), Math.max(feature.get(1), feature.get(2)));
            neurons = neurons.at(
                    neuron,
                    Measurements.of(COSINE, nearest / feature.normF())
                            .and(STRENGTH, Math.abs(outputWeights[neuron]) * feature.normF()));
        }
        return neurons;
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
                    .at(BEFORE, images(features.first(), neurons))
                    .at(AFTER, images(features.learned(), neurons));
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

    /** Draws what {@link #curves} measures. */
    static CurveSketch errors() {
        return Sketches.curves("test error")
                .over("features")
                .by("drawn")
                .drawing(Repopulation.Source.INITIAL.toString(), Figure.Role.START)
                .logarithmic()
                .captioned("Relative to the mean square of the targets; each block's value is typical of " + DRAWS
                        + " draws. Output weights are fitted anew to the features drawn.");
    }

    /** Draws what {@link #alignment} measures. */
    static CloudSketch strengths() {
        return Sketches.clouds(COSINE, STRENGTH)
                .per("features")
                .by("state")
                .drawing(BEFORE, Figure.Role.START)
                .titled("How strong neurons are, and how right")
                .captioned(
                        "A point a neuron of one network. On the sphere, with a penalty on the output weights, nearly all"
                                + " neurons turn to a direction of the target and end about equally strong; free and without a penalty,"
                                + " the weak ones stay where they were.");
    }

    /** Draws what {@link #images} measures. */
    static TileSketch weights() {
        return Sketches.tiles("weight")
                .on("row", "column")
                .each("neuron")
                .per("state")
                .labelled("output weight")
                .titled("First-layer weights of the most important neurons")
                .captioned(
                        "The " + IMAGES + " neurons of one network that are most likely to be drawn, with their output"
                                + " weights, and what they were before training. The middle of the scale is 0, dark is negative.");
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
