package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Partial;
import org.crucis.claim.Tier;
import org.crucis.claim.Verdict;
import org.crucis.engine.Engines;
import org.crucis.junit.samples.Sample;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A claim whose exponents are known by construction, with its settings changed. */
class ChallengerTest {

    /** The drift is a power of the width, without chance. */
    @Sample
    public static class Falls {

        enum Kind {
            FAST(-1),
            SLOW(-0.25),
            FLAT(0);

            private final double exponent;

            Kind(double exponent) {
                this.exponent = exponent;
            }
        }

        static final Experiment FALL = drift(Kind.FAST);
        static final Experiment STAY = drift(Kind.FLAT);

        @Prediction("The drift is of order 1/width")
        void falls(Lab lab) {
            lab.expect(exponent("drift", "width").equalTo(-1).margin(0.125))
                    .in(FALL)
                    .butNotIn(STAY);
        }

        @Prediction("The drift is below one")
        void isBounded(Lab lab) {
            lab.expect(everywhere("drift").atMost(0.5)).in(FALL).butNotIn(STAY);
        }

        private static Experiment drift(Kind kind) {
            return Experiment.over(Sweep.over("width", powersOfTwo(1, 6))
                            .and("kind", kind)
                            .and("scale", 1.0)
                            .blocks(12))
                    .measuring(trial -> Measurements.of(
                            "drift",
                            trial.number("scale")
                                    * Math.pow(trial.size("width"), trial.choice("kind", Kind.class).exponent)));
        }
    }

    private static final ClaimPlan PLAN = PlanReader.read(Falls.class, Tier.QUICK, 1);

    @TempDir
    private Path reports;

    private static Challenger challenger(String... changes) {
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(changes).forEach(change -> settings.put(change.split("=")[0], change.split("=")[1]));
        return Challenger.of(Falls.class, PLAN, settings);
    }

    private Challenger.Outcome run(Optional<Evidence> known, String... changes) {
        return challenger(changes)
                .run(
                        known,
                        Map.of(
                                Settings.REPORTS,
                                reports.toString(),
                                Settings.ENGINE,
                                Engines.THREADS,
                                Settings.LEDGER,
                                Settings.OFF,
                                Settings.THREADS,
                                "1"),
                        ProgressLog.QUIET);
    }

    private static Evidence.Entry entry(Evidence evidence, String id) {
        return evidence.predictions().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<List<String>> axis(Evidence evidence, String name) {
        return evidence.plan().experiments().stream()
                .flatMap(experiment -> experiment.axes().stream())
                .filter(axis -> axis.name().equals(name))
                .map(Evidence.AxisPlan::values)
                .toList();
    }

    @Test
    void showsBothFindingsWithTheVerdictsAsTheyWouldBe() {
        Challenger.Outcome outcome = run(Optional.empty(), "FALL.kind=slow");
        assertThat(entry(outcome.original(), "falls").verdict()).isEqualTo("SUPPORTED");
        assertThat(entry(outcome.challenged(), "falls").verdict()).isEqualTo("REFUTED");
        assertThat(entry(outcome.challenged(), "falls").estimate()).isEqualTo(-0.25, within(1e-9));
        assertThat(axis(outcome.challenged(), "kind"))
                .as("one experiment was named")
                .containsExactly(List.of("SLOW"), List.of("FLAT"));
    }

    @Test
    void nothingOfItIsCounted() throws Exception {
        Challenger.Outcome outcome = run(Optional.empty(), "width=2,4,8,16,32,64,128", "blocks=14");
        assertThat(outcome.challenged().verdict()).as("it would be").isEqualTo(Verdict.SUPPORTED);
        try (var files = Files.list(reports)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("challenges");
        }
        Evidence written =
                new EvidenceFolder(outcome.folder()).read().evidence().get(0);
        assertThat(written.verdict()).isEqualTo(Verdict.VOID);
        assertThat(written.problem()).isEqualTo("a challenge, not counted: width=2,4,8,16,32,64,128, blocks=14");
        assertThat(written.predictions().stream().filter(each -> each.kind() == Evidence.Kind.PREDICTION))
                .hasSize(2)
                .allSatisfy(each -> {
                    assertThat(each.verdict()).isEqualTo("VOID");
                    assertThat(each.sentence()).contains("a challenge, not counted", "it would be SUPPORTED");
                });
        Report report = Report.of(new EvidenceFolder(outcome.folder()));
        assertThat(report.worst()).isEqualTo(Verdict.VOID);
        assertThat(report.counts()).startsWith("1 claim (1 void)");
    }

    @Test
    void anAxisChangesWhereverItIsAndDrawsOtherSeeds() {
        Challenger.Outcome outcome = run(Optional.empty(), "width=2,4,8,16,32,64,128", "blocks=14");
        assertThat(axis(outcome.challenged(), "width"))
                .hasSize(2)
                .containsOnly(List.of("2", "4", "8", "16", "32", "64", "128"));
        assertThat(outcome.challenged().plan().experiments())
                .extracting(Evidence.ExperimentPlan::blocks)
                .containsOnly(14);
        assertThat(entry(outcome.challenged(), "falls").blocks()).isEqualTo(14);
        assertThat(outcome.challenged().plan().digest())
                .isNotEqualTo(outcome.original().plan().digest());
        assertThat(PLAN.asEvidence().digest())
                .as("the claim's own plan stays")
                .isEqualTo(outcome.original().plan().digest());
    }

    /** -1/4 lies outside -1 +- 1/8 and inside -1 +- 0.9; the control, 0, outside of both. */
    @Test
    void aMarginMovesTheRegion() {
        Challenger.Outcome outcome = run(Optional.empty(), "FALL.kind=SLOW", "falls.margin=0.9");
        assertThat(entry(outcome.challenged(), "falls").verdict()).isEqualTo("SUPPORTED");
        assertThat(entry(outcome.challenged(), "falls").criterion()).contains("margin 0.9");
        assertThat(entry(outcome.original(), "falls").criterion()).contains("margin 0.125");
    }

    @Test
    void numbersThatAreNotSizesNeedNotBeWhole() {
        Challenger.Outcome outcome = run(Optional.empty(), "scale=1.5");
        assertThat(axis(outcome.challenged(), "scale")).containsOnly(List.of("1.5"));
        assertThat(entry(outcome.challenged(), "isBounded").verdict()).isEqualTo("REFUTED");
    }

    @Test
    void theOriginalIsTakenFromEvidenceOfTheSamePlanOnly() {
        Challenger.Outcome first = run(Optional.empty(), "edition=2");
        assertThat(first.challenged().plan().edition()).isEqualTo(2);
        assertThat(first.folder().getFileName().toString()).endsWith("-edition-2");
        Challenger other = challenger("blocks=14");
        assertThat(other.isOriginal(first.original())).isTrue();
        assertThat(other.isOriginal(first.challenged())).as("another edition").isFalse();
        assertThat(other.isOriginal(Partial.of("falls", first.original())))
                .as("of a single prediction")
                .isFalse();
        Challenger.Outcome second = run(Optional.of(first.original()), "blocks=14");
        assertThat(second.original()).isSameAs(first.original());
        assertThat(other.isOriginal(second.challenged())).as("another digest").isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "depth=3 | no setting 'depth' in junit/falls: it has width, kind, scale, blocks, edition, falls.margin, FALL.width",
                "isBounded.margin=1 | no setting 'isBounded.margin'",
                "width=wide | width must be a whole number from 1 up, got 'wide'",
                "width=1.5 | width must be a whole number from 1 up, got '1.5'",
                "width=2,2 | axis 'width' repeats a value",
                "scale=far | scale must be a number, got 'far'",
                "FALL.kind=fastest | FALL.kind must be among FAST, SLOW, FLAT, got 'fastest'",
                "blocks=0 | blocks must be a whole number from 1 up, got '0'",
                "edition=-1 | edition must be a whole number from 1 up, got '-1'",
                "falls.margin=0 | falls.margin must be a positive number, got '0'",
                "blocks=12 | blocks=12 is what junit/falls plans already: change something",
            })
    void answersWhatCannotBeChangedInOneSentence(String change, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> challenger(change))
                .withMessageContaining(sentence);
    }
}
