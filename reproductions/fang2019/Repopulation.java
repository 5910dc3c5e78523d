package fang2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Sample;
import org.crucis.feature.FeatureCloud;
import org.crucis.feature.Importance;
import org.crucis.feature.RidgeRefit;
import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;

/**
 * A network's features before and after training, from which few are drawn: k neurons with replacement, each kept once, and new
 * output weights fitted to them. All features are scaled to mean square 1 on the training inputs, so that the ridge means the same
 * to each.
 */
final class Repopulation {

    /** Which features are drawn, and how. */
    enum Source {
        INITIAL("initial ones"),
        UNIFORM("learned, uniformly"),
        IMPORTANCE("learned, by importance");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static final double RIDGE = 1e-4;

    private final Scaled before;
    private final Scaled after;
    private final Importance uniform;
    private final Importance importance;
    private final RepopulationData.Split data;
    private final double relativeLoss;
    private final FeatureCloud first;
    private final FeatureCloud learned;

    private Repopulation(
            Scaled before,
            Scaled after,
            RepopulationData.Split data,
            double relativeLoss,
            FeatureCloud first,
            FeatureCloud learned) {
        this.before = before;
        this.after = after;
        this.uniform = Importance.uniform(learned.size());
        this.importance = Importance.of(after.weighted(learned.outputWeights()));
        this.data = data;
        this.relativeLoss = relativeLoss;
        this.first = first;
        this.learned = learned;
    }

    /** Draws a network, trains it and looks at its features. */
    static Repopulation of(Pretraining pretraining, RepopulationData.Split data, UniformRandomProvider random) {
        try (DenseNetwork network = pretraining.start(data.training().dimension(), random)) {
            Scaled before = Scaled.of(network, data);
            FeatureCloud first = FeatureCloud.of(network);
            double relativeLoss = pretraining.train(network, data.training()).relativeLoss();
            return new Repopulation(
                    before, Scaled.of(network, data), data, relativeLoss, first, FeatureCloud.of(network));
        }
    }

    /** Last loss of the training over its first. */
    double relativeLoss() {
        return relativeLoss;
    }

    /** The neurons before training. */
    FeatureCloud first() {
        return first;
    }

    /** The same neurons after it. */
    FeatureCloud learned() {
        return learned;
    }

    /** p_j, proportional to |u_j| times the root mean square of the activation. */
    Importance importance() {
        return importance;
    }

    /** Mean square on the test examples over that of their targets, with k features drawn once. */
    double testError(Source source, int k, UniformRandomProvider random) {
        Scaled features = source == Source.INITIAL ? before : after;
        int[] drawn = (source == Source.IMPORTANCE ? importance : uniform).drawDistinct(k, random);
        RidgeRefit refit = RidgeRefit.of(
                columns(features.onTraining, drawn), data.training().targets(), RIDGE);
        SimpleMatrix targets = data.test().targets();
        return refit.meanSquaredError(columns(features.onTest, drawn), targets)
                / targets.elementPower(2).elementSum()
                * targets.getNumRows();
    }

    /** Geometric mean of the test error over several draws. */
    double typicalTestError(Source source, int k, int draws, UniformRandomProvider random) {
        double logs = 0;
        for (int draw = 0; draw < draws; draw++) {
            logs += Math.log(testError(source, k, random));
        }
        return Math.exp(logs / draws);
    }

    private static SimpleMatrix columns(SimpleMatrix all, int[] chosen) {
        SimpleMatrix columns = new SimpleMatrix(all.getNumRows(), chosen.length);
        for (int j = 0; j < chosen.length; j++) {
            columns.insertIntoThis(0, j, all.getColumn(chosen[j]));
        }
        return columns;
    }

    /**
     * Activations of all neurons, one a column.
     *
     * @param size root mean square of each on the training inputs, before it was scaled to 1; a neuron that is off there stays 0
     */
    private record Scaled(SimpleMatrix onTraining, SimpleMatrix onTest, double[] size) {

        static Scaled of(DenseNetwork network, RepopulationData.Split data) {
            SimpleMatrix onTraining = activations(network, data.training());
            SimpleMatrix onTest = activations(network, data.test());
            double[] size = new double[onTraining.getNumCols()];
            for (int j = 0; j < size.length; j++) {
                size[j] = onTraining.getColumn(j).normF() / Math.sqrt(onTraining.getNumRows());
                double factor = size[j] > 0 ? 1 / size[j] : 1;
                scale(onTraining, j, factor);
                scale(onTest, j, factor);
            }
            return new Scaled(onTraining, onTest, size);
        }

        private static SimpleMatrix activations(DenseNetwork network, Sample sample) {
            return FeatureCloud.activations(network, sample.inputs());
        }

        private static void scale(SimpleMatrix matrix, int column, double factor) {
            for (int i = 0; i < matrix.getNumRows(); i++) {
                matrix.set(i, column, factor * matrix.get(i, column));
            }
        }

        double[] weighted(double[] outputWeights) {
            double[] weights = new double[size.length];
            for (int j = 0; j < weights.length; j++) {
                weights[j] = Math.abs(outputWeights[j]) * size[j];
            }
            return weights;
        }
    }
}
