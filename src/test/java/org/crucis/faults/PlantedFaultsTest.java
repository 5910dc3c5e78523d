package org.crucis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.crucis.claim.Verdict;
import org.crucis.junit.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks an instrument on purpose and asserts what named claims say: a suite that stays green over a broken instrument proves
 * nothing.
 */
class PlantedFaultsTest {

    @TempDir
    Path reports;

    private Rehearsal run(PlantedFault fault, String claim) throws ClassNotFoundException {
        Class<?> type = Class.forName(claim);
        return fault.during(() -> Rehearsal.of(type, reports));
    }

    private static final String KERNEL_STAYS = "lee2019.KernelStaysNearInitialization";
    private static final String RECURSION = "jacot2018.LimitingKernelFollowsTheRecursion";

    private static List<String> predictions(Rehearsal run) {
        return run.verdicts().stream().filter(verdict -> !verdict.contains("/")).toList();
    }

    @Test
    void skippedTraining() throws ClassNotFoundException {
        Rehearsal run = run(Faults.trainingSkipped(), KERNEL_STAYS);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(predictions(run))
                .containsExactly(
                        "boundIsAttained VOID",
                        "driftShrinks VOID",
                        "driftShrinksOnDigits VOID",
                        "trueRateIsOneOverWidth VOID");
        assertThat(run.entry("driftShrinks").sentence()).startsWith("invalid: relative loss is 1 at width 32");
    }

    @Test
    void frozenKernelProbe() throws ClassNotFoundException {
        Rehearsal run = run(Faults.frozenKernelProbe(), KERNEL_STAYS);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(predictions(run))
                .containsExactly(
                        "boundIsAttained VOID",
                        "driftShrinks VOID",
                        "driftShrinksOnDigits VOID",
                        "trueRateIsOneOverWidth VOID");
        assertThat(run.entry("driftShrinks").sentence()).contains("nothing moved, or the probe is stuck");
    }

    @Test
    void standardRate() throws ClassNotFoundException {
        Rehearsal run = run(Faults.standardRate(), RECURSION);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        // The closed forms know no network: only what is measured on networks can notice.
        assertThat(predictions(run))
                .containsExactly(
                        "arcCosineFunctionsOnTheSphere SUPPORTED",
                        "closedFormsSolveTheRecursion SUPPORTED",
                        "networksHaveThisKernel REFUTED",
                        "networksOnDigitsHaveThisKernel REFUTED");
    }

    @Test
    void factorOfReluDropped() throws ClassNotFoundException {
        Rehearsal run = run(Faults.factorOfReluDropped(), RECURSION);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(predictions(run))
                .containsExactly(
                        "arcCosineFunctionsOnTheSphere REFUTED",
                        "closedFormsSolveTheRecursion REFUTED",
                        "networksHaveThisKernel REFUTED",
                        "networksOnDigitsHaveThisKernel REFUTED");
    }

    @Test
    void outputDeviationWrong() throws ClassNotFoundException {
        Rehearsal run = run(Faults.outputDeviationWrong(), RECURSION);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(predictions(run))
                .containsExactly(
                        "arcCosineFunctionsOnTheSphere SUPPORTED",
                        "closedFormsSolveTheRecursion SUPPORTED",
                        "networksHaveThisKernel REFUTED",
                        "networksOnDigitsHaveThisKernel REFUTED");
    }
}
