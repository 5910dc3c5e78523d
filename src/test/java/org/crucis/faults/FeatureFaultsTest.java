package org.crucis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.crucis.claim.Verdict;
import org.crucis.junit.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Breaks an instrument of feature learning on purpose and asserts what the claims on learned laws say. */
class FeatureFaultsTest {

    private static final String GIBBS = "fang2019.NoisyDescentLearnsTheGibbsLaw";
    private static final String WIDTHS = "fang2019.NeuronsMoveAtEveryWidth";

    private static final String CONVEXITY = "fang2019.ObjectiveIsConvexInTheMeasure";

    @TempDir
    Path reports;

    @Test
    void temperatureDoubled() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(TrainingFaults.TemperatureDoubled.class).rehearse(GIBBS, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(run.predictions())
                .containsExactly(
                        "features REFUTED",
                        "fluctuationsFall SUPPORTED",
                        "learnedLength REFUTED",
                        "outputWeights REFUTED");
    }

    @Test
    void noiseShared() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(TrainingFaults.NoiseShared.class).rehearse(GIBBS, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(run.predictions()).contains("fluctuationsFall REFUTED", "outputWeights REFUTED");
    }

    @Test
    void firstLayerFrozen() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(TrainingFaults.FirstLayerFrozen.class).rehearse(GIBBS, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(run.predictions()).contains("features REFUTED", "fluctuationsFall VOID", "learnedLength REFUTED");
        assertThat(run.entry("fluctuationsFall").sentence()).contains("nothing moved, or the probe is stuck");
    }

    @Test
    void noiseOfOutputWeightsForgotten() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(FeatureFaults.NoiseOfOutputWeightsForgotten.class)
                .rehearse(GIBBS, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(run.predictions())
                .containsExactly(
                        "features SUPPORTED",
                        "fluctuationsFall SUPPORTED",
                        "learnedLength SUPPORTED",
                        "outputWeights REFUTED");
    }

    @Test
    void runsShareASeed() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(DataFaults.StreamsShareASeed.class).rehearse(WIDTHS, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(run.predictions())
                .containsExactly(
                        "displacement SUPPORTED",
                        "distanceFromTheStart SUPPORTED",
                        "lazyDisplacement SUPPORTED",
                        "runsAgree VOID");
    }

    @Test
    void importanceWeightsDropped() throws ClassNotFoundException {
        Rehearsal run =
                PlantedFault.of(FeatureFaults.ImportanceWeightsDropped.class).rehearse(CONVEXITY, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        // Networks of a measure are made by the same step, so that convexity and its control are nonsense together.
        assertThat(run.predictions())
                .containsExactly("convexInTheMeasure VOID", "notInTheParameters SUPPORTED", "repopulation REFUTED");
    }
}
