package org.crucis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.crucis.claim.Verdict;
import org.crucis.junit.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks an instrument on purpose and asserts what named claims say, to the last verdict. {@link KillMatrixTest} runs the whole
 * catalogue, when it is asked to.
 */
class PlantedFaultsTest {

    @TempDir
    Path reports;

    private static final String KERNEL_STAYS = "lee2019.KernelStaysNearInitialization";
    private static final String RECURSION = "jacot2018.LimitingKernelFollowsTheRecursion";
    private static final String CONVERGENCE = "noy2021.GatedNetworksConverge";
    private static final String MOTION = "lee2019.ParametersHardlyMove";
    private static final String CONDITION = "noy2021.TimeIsLogarithmic";

    @Test
    void skippedTraining() throws ClassNotFoundException {
        Rehearsal run =
                PlantedFault.of(TrainingFaults.TrainingDoesNothing.class).rehearse(KERNEL_STAYS, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(run.predictions())
                .containsExactly(
                        "boundIsAttained VOID",
                        "driftShrinks VOID",
                        "driftShrinksOnDigits VOID",
                        "trueRateIsOneOverWidth VOID");
        assertThat(run.entry("driftShrinks").sentence()).startsWith("invalid: relative loss is 1 at width 32");
    }

    @Test
    void frozenKernelProbe() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(KernelFaults.KernelProbeFrozen.class).rehearse(KERNEL_STAYS, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(run.predictions())
                .containsExactly(
                        "boundIsAttained VOID",
                        "driftShrinks VOID",
                        "driftShrinksOnDigits VOID",
                        "trueRateIsOneOverWidth VOID");
        assertThat(run.entry("driftShrinks").sentence()).contains("nothing moved, or the probe is stuck");
    }

    @Test
    void factorOfReluDropped() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(KernelFaults.FactorOfReluDropped.class).rehearse(RECURSION, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(run.predictions())
                .containsExactly(
                        "arcCosineFunctionsOnTheSphere REFUTED",
                        "closedFormsSolveTheRecursion REFUTED",
                        "networksHaveThisKernel REFUTED",
                        "networksOnDigitsHaveThisKernel REFUTED");
    }

    /** An exponent does not change by a constant factor: what notices is the prediction that goes back to the width found. */
    @Test
    void smallestWidthDoubled() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(TrainingFaults.SmallestWidthDoubled.class)
                .rehearse("noy2021.MinimalWidthGrowsAtMostQuadratically", reports);
        assertThat(run.predictions())
                .contains("inTheInputs SUPPORTED", "inTheDepth SUPPORTED", "theWidthFoundIsABorder REFUTED");
    }

    @Test
    void gatesRedrawn() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(NetworkFaults.GatesRedrawn.class).rehearse(CONVERGENCE, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        // The network without gates is not touched, and no redrawing tells one input's two labels apart. The smallest
        // eigenvalue, of kernels that have little to do with each other, wanders about half of the first one.
        assertThat(run.predictions("staysDefinite"))
                .containsExactly(
                        "contracts REFUTED",
                        "digits REFUTED",
                        "floorOfContradictions SUPPORTED",
                        "followsTheLinearDynamics REFUTED",
                        "randomLabels REFUTED",
                        "reluConverges SUPPORTED",
                        "successDoesNotDecay REFUTED");
    }

    @Test
    void duplicatesWithDifferentLabels() throws ClassNotFoundException {
        Rehearsal run =
                PlantedFault.of(DataFaults.DuplicatesWithDifferentLabels.class).rehearse(CONVERGENCE, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        // Digits come from a table; the floor's own data have such a pair anyway.
        assertThat(run.predictions())
                .containsExactly(
                        "contracts NOT_APPLICABLE",
                        "digits SUPPORTED",
                        "floorOfContradictions SUPPORTED",
                        "followsTheLinearDynamics NOT_APPLICABLE",
                        "randomLabels SUPPORTED",
                        "reluConverges NOT_APPLICABLE",
                        "staysDefinite NOT_APPLICABLE",
                        "successDoesNotDecay NOT_APPLICABLE");
        assertThat(run.entry("successDoesNotDecay").sentence())
                .startsWith("smallest over largest eigenvalue of the limiting kernel is");
    }

    @Test
    void layerNotTrained() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(TrainingFaults.LayerNotTrained.class).rehearse(MOTION, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        // The others look at networks with one hidden layer, or at the layers that still move.
        assertThat(run.predictions())
                .containsExactly(
                        "firstLayer SUPPORTED",
                        "hiddenLayer VOID",
                        "lastLayer SUPPORTED",
                        "motionIsConstant SUPPORTED",
                        "motionIsConstantOnDigits SUPPORTED",
                        "nearestFit SUPPORTED");
        assertThat(run.entry("hiddenLayer").sentence()).contains("nothing moved, or the probe is stuck");
    }

    @Test
    void lossOneStepLate() throws ClassNotFoundException {
        Rehearsal run = PlantedFault.of(TrainingFaults.LossOneStepLate.class).rehearse(CONVERGENCE, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        // Success is judged while training runs, not by its record: one prediction alone reads the loss after every
        // step.
        assertThat(run.predictions())
                .containsExactly(
                        "contracts REFUTED",
                        "digits SUPPORTED",
                        "floorOfContradictions SUPPORTED",
                        "followsTheLinearDynamics SUPPORTED",
                        "randomLabels SUPPORTED",
                        "reluConverges SUPPORTED",
                        "staysDefinite SUPPORTED",
                        "successDoesNotDecay SUPPORTED");
    }

    @Test
    void wrongEndOfTheSpectrum() throws ClassNotFoundException {
        Rehearsal run =
                PlantedFault.of(KernelFaults.WrongEndOfTheSpectrum.class).rehearse(CONDITION, reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        // Every condition number is 1: too good for one prediction, good enough for the other, whose controls are as
        // good.
        assertThat(run.predictions())
                .containsExactly(
                        "depthHasItsPrice REFUTED",
                        "diagonal SUPPORTED",
                        "entries SUPPORTED",
                        "entriesOnDigits SUPPORTED",
                        "fluctuations SUPPORTED",
                        "linearInTheDigits SUPPORTED",
                        "steps SUPPORTED",
                        "wellConditioned VOID");
        assertThat(run.entry("wellConditioned").sentence()).contains("was silent: the check cannot fail");
    }
}
