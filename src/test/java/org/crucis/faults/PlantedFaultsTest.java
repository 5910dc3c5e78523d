package org.crucis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    private static final String[] ALL_VOID = {
        "boundIsAttained VOID",
        "boundIsAttained/LAZY UNDECIDED",
        "driftShrinks VOID",
        "driftShrinks/MEAN_FIELD UNDECIDED",
        "driftShrinksOnDigits VOID",
        "driftShrinksOnDigits/MEAN_FIELD UNDECIDED",
        "trueRateIsOneOverWidth VOID",
        "trueRateIsOneOverWidth/POSITIVE_OUTPUT_WEIGHTS UNDECIDED"
    };

    @Test
    void skippedTraining() throws ClassNotFoundException {
        Rehearsal run = run(Faults.trainingSkipped(), KERNEL_STAYS);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(run.verdicts()).containsExactly(ALL_VOID);
        assertThat(run.entry("driftShrinks").sentence()).startsWith("invalid: relative loss is 1 at width 64");
    }

    @Test
    void frozenKernelProbe() throws ClassNotFoundException {
        Rehearsal run = run(Faults.frozenKernelProbe(), KERNEL_STAYS);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(run.verdicts()).containsExactly(ALL_VOID);
        assertThat(run.entry("driftShrinks").sentence()).contains("nothing moved, or the probe is stuck");
    }
}
