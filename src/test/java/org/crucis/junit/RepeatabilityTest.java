package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.crucis.claim.Evidence;
import org.crucis.junit.samples.Conclusions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a digest of the evidence depends on, and what not: the oracle is the same claim run again. */
class RepeatabilityTest {

    @TempDir
    Path reports;

    private int runs;

    private Evidence run(Class<?> claim, String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int index = 0; index < settings.length; index += 2) {
            all.put(settings[index], settings[index + 1]);
        }
        return Rehearsal.of(claim, reports.resolve("run" + ++runs), all).evidence();
    }

    @Test
    void theSameSeedsGiveTheSameDigestTwice() {
        Evidence one = run(Conclusions.Noisy.class);
        Evidence other = run(Conclusions.Noisy.class);
        assertThat(one.evidenceDigest()).matches("[0-9a-f]{64}").isEqualTo(other.evidenceDigest());
        assertThat(one.predictions()).isEqualTo(other.predictions());
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        String alone = run(Conclusions.Noisy.class, Settings.THREADS, "1").evidenceDigest();
        assertThat(run(Conclusions.Noisy.class, Settings.THREADS, "2").evidenceDigest())
                .isEqualTo(alone);
        assertThat(run(Conclusions.Noisy.class, Settings.THREADS, "7").evidenceDigest())
                .isEqualTo(alone);
    }

    @Test
    void theOrderOfPredictionsChangesNothing() {
        String key = "junit.jupiter.testmethod.order.default";
        String forth = run(
                        Conclusions.WorstOfThree.class,
                        key,
                        "org.junit.jupiter.api.MethodOrderer$Random",
                        "junit.jupiter.execution.order.random.seed",
                        "1")
                .evidenceDigest();
        for (String seed : new String[] {"2", "3", "4", "5"}) {
            assertThat(run(
                                    Conclusions.WorstOfThree.class,
                                    key,
                                    "org.junit.jupiter.api.MethodOrderer$Random",
                                    "junit.jupiter.execution.order.random.seed",
                                    seed)
                            .evidenceDigest())
                    .isEqualTo(forth);
        }
    }

    @Test
    void anotherEditionDrawsOtherNumbersUnderTheSamePlan() {
        Evidence first = run(Conclusions.Noisy.class);
        Evidence second = run(Conclusions.Noisy.class, Settings.EDITION, "2");
        assertThat(second.evidenceDigest()).isNotEqualTo(first.evidenceDigest());
        assertThat(second.plan().digest()).isEqualTo(first.plan().digest());
        assertThat(second.plan().edition()).isEqualTo(2);
        assertThat(estimate(second)).isNotEqualTo(estimate(first));
    }

    @Test
    void aMarginChangedByAMillionthMakesAnotherPlan() {
        Evidence one = run(Conclusions.Noisy.class);
        Evidence other = run(Conclusions.NoisyWithAnotherMargin.class);
        assertThat(other.plan().criteria())
                .as("too little to be shown")
                .isEqualTo(one.plan().criteria());
        assertThat(other.plan().digest()).isNotEqualTo(one.plan().digest());
    }

    @Test
    void anotherTierMakesAnotherPlan() {
        Evidence quick = run(Conclusions.Noisy.class);
        Evidence full = run(Conclusions.Noisy.class, Settings.TIER, "full");
        assertThat(full.plan().digest()).isNotEqualTo(quick.plan().digest());
        assertThat(full.predictions().get(0).blocks()).isEqualTo(20);
    }

    private static double estimate(Evidence evidence) {
        return evidence.predictions().get(0).estimate();
    }
}
