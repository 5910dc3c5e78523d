package fang2019;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fang2019.Pretraining.Features;
import fang2019.Repopulation.Source;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Sample;
import org.crucis.feature.FeatureCloud;
import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** What the claims on repopulated features take for granted of their data, their training and their draws. */
class RepopulationTest {

    private static UniformRandomProvider random() {
        return RandomSource.XO_SHI_RO_256_PP.create(11);
    }

    private static double[] targets(Sample sample) {
        return sample.targets().getDDRM().getData();
    }

    /** By counting: each class of five pairs gives 20 of the 200 and 40 of the 400 images. */
    @Test
    void digitsAreSplitEvenlyAndTestedOnOthers() {
        RepopulationData.Split split = RepopulationData.DIGITS.draw(random());
        assertThat(split.training().size()).isEqualTo(200);
        assertThat(split.test().size()).isEqualTo(400);
        assertThat(Arrays.stream(targets(split.training())).sum()).isZero();
        assertThat(Arrays.stream(targets(split.test())).sum()).isZero();
        Set<String> seen = new HashSet<>();
        for (Sample part : new Sample[] {split.training(), split.test()}) {
            for (double[] image : part.inputs().toArray2()) {
                assertThat(seen.add(Arrays.toString(image)))
                        .as("images appear once")
                        .isTrue();
            }
        }
    }

    @Test
    void chanceDealsOutTheSameTargets() {
        RepopulationData.Split split = RepopulationData.THREE_DIRECTIONS.draw(random());
        RepopulationData.Split dealt = split.withTargetsByChance(random());
        assertThat(dealt.training().inputs().isIdentical(split.training().inputs(), 0))
                .isTrue();
        assertThat(targets(dealt.training())).isNotEqualTo(targets(split.training()));
        assertThat(together(dealt)).containsExactlyInAnyOrder(together(split));
    }

    private static double[] together(RepopulationData.Split split) {
        return split.training()
                .targets()
                .concatRows(split.test().targets())
                .getDDRM()
                .getData();
    }

    /** Without a residual only the penalty acts: u shrinks by 1 - 2 lam1 dt a step, at any width and number of examples. */
    @Test
    void penaltyIsThatOfTheObjective() {
        Pretraining once = new Pretraining(Features.ON_THE_SPHERE, 7, 0.5, 1, 0.03);
        Sample sample = RepopulationData.THREE_DIRECTIONS.draw(random()).training();
        try (DenseNetwork network = once.start(sample.dimension(), random())) {
            FeatureCloud before = FeatureCloud.of(network);
            once.train(network, sample.withTargets(network.outputs(sample.inputs())));
            FeatureCloud after = FeatureCloud.of(network);
            for (int j = 0; j < 7; j++) {
                assertThat(after.outputWeights()[j])
                        .isCloseTo(before.outputWeights()[j] * (1 - 2 * 0.03 * 0.5), within(1e-14));
            }
            assertThat(after.features().isIdentical(before.features(), 1e-14)).isTrue();
        }
    }

    /** An untrained network has learned nothing: the same draw gives the same features before and after. */
    @Test
    void sourcesDifferByTrainingAlone() {
        Repopulation untrained = Repopulation.of(
                new Pretraining(Features.FREE, 16, 0.5, 0, 0),
                RepopulationData.THREE_DIRECTIONS.draw(random()),
                random());
        assertThat(untrained.testError(Source.UNIFORM, 8, random()))
                .isEqualTo(untrained.testError(Source.INITIAL, 8, random()))
                .isNotEqualTo(untrained.testError(Source.IMPORTANCE, 8, random()));
    }

    /** By the formula: |u_j| times the root mean square of relu(theta_j . x), normed to one. */
    @Test
    void importanceIsTheContributionToTheOutput() {
        RepopulationData.Split split = RepopulationData.THREE_DIRECTIONS.draw(random());
        Repopulation trained = Repopulation.of(new Pretraining(Features.FREE, 5, 0.5, 20, 0), split, random());
        SimpleMatrix z =
                split.training().inputs().mult(trained.learned().features().transpose());
        double[] expected = new double[5];
        for (int j = 0; j < 5; j++) {
            double squares = 0;
            for (int i = 0; i < z.getNumRows(); i++) {
                squares += Math.pow(Math.max(z.get(i, j), 0), 2);
            }
            expected[j] = Math.abs(trained.learned().outputWeights()[j]) * Math.sqrt(squares);
        }
        double sum = Arrays.stream(expected).sum();
        for (int j = 0; j < 5; j++) {
            assertThat(trained.importance().probabilities()[j]).isCloseTo(expected[j] / sum, within(1e-12));
        }
    }
}
