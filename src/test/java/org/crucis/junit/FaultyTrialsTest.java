package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crucis.statistics.Criteria.mean;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Basis;
import org.crucis.claim.Verdict;
import org.crucis.engine.Engines;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A claim in which one trial takes its process down, and one measures what is no number: on workers, with a ledger. */
@Timeout(180)
class FaultyTrialsTest {

    @Claim(title = "A title", source = "Theorem 1", basis = Basis.TEXT, statement = "$1$")
    static class TakesItsProcessDown {

        static final Experiment SOUND = number(1);
        static final Experiment FAR = number(9);
        static final Experiment DEADLY = Experiment.over(Sweep.onePoint()).measuring(trial -> {
            if (trial.block() == 5) {
                Runtime.getRuntime().halt(7);
            }
            return Measurements.of("y", 1);
        });
        static final Experiment NO_NUMBER = Experiment.over(Sweep.onePoint())
                .measuring(trial -> Measurements.of("y", trial.block() == 5 ? Double.NaN : 1));

        @Prediction("It is one")
        void sound(Lab lab) {
            lab.expect(mean("y").equalTo(1).within(0.5)).in(SOUND).butNotIn(FAR);
        }

        @Prediction("It is one where a trial takes its process down")
        void deadly(Lab lab) {
            lab.expect(mean("y").equalTo(1).within(0.5)).in(DEADLY).butNotIn(FAR);
        }

        @Prediction("It is one where a trial measures no number")
        void noNumber(Lab lab) {
            lab.expect(mean("y").equalTo(1).within(0.5)).in(NO_NUMBER).butNotIn(FAR);
        }

        private static Experiment number(double y) {
            return Experiment.over(Sweep.onePoint()).measuring(trial -> Measurements.of("y", y));
        }
    }

    @TempDir
    Path reports;

    private Rehearsal run() {
        return Rehearsal.of(
                TakesItsProcessDown.class,
                reports,
                Map.of(
                        Settings.THREADS,
                        "2",
                        Settings.ENGINE,
                        Engines.WORKERS,
                        Settings.LEDGER,
                        reports.resolve("ledger.db").toString()));
    }

    @Test
    void theClaimIsVoidForThatReasonAndAllOtherTrialsGoOn() {
        Rehearsal first = run();
        assertThat(first.predictions()).isEqualTo(List.of("deadly VOID", "noNumber VOID", "sound SUPPORTED"));
        assertThat(first.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(first.entry("deadly").sentence())
                .contains("junit/takes-its-process-down, DEADLY at the only point, block 5, edition 1")
                .contains("exit code 7");
        assertThat(first.entry("noNumber").sentence()).contains("'y' is not a number at the only point, block 5");
        assertThat(first.evidence().cost().kept()).isZero();

        // What was measured is kept; what took its process down is tried again.
        Rehearsal second = run();
        assertThat(second.evidence().cost().trials())
                .isEqualTo(first.evidence().cost().trials());
        assertThat(second.evidence().cost().kept())
                .isEqualTo(first.evidence().cost().trials() - 1);
        assertThat(second.evidence().evidenceDigest())
                .isEqualTo(first.evidence().evidenceDigest());
    }
}
