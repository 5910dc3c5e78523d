package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Evidence;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Verdict;
import org.crucis.junit.samples.Conclusions;
import org.crucis.junit.samples.Voids;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/**
 * Every way in which a claim can end: what JUnit is told, and what the evidence says. The samples measure formulas, so
 * that each number in a sentence follows from the formula and, for intervals, from Student's t:
 * {@code scipy.stats.t.ppf(1 - 0.01/6, n - 1) * sqrt(n/(n - 1)) / sqrt(n)} is the half-width over n values that alternate
 * between 1 and -1.
 */
class VerdictsTest {

    @TempDir
    Path reports;

    private Rehearsal rehearse(Class<?> claim) {
        return Rehearsal.of(claim, reports);
    }

    @Nested
    class Conclusive {

        @Test
        void supportedPasses() {
            Rehearsal run = rehearse(Conclusions.Supported.class);
            run.results()
                    .testEvents()
                    .assertStatistics(events -> events.started(1).succeeded(1));
            run.results().containerEvents().assertStatistics(events -> events.failed(0));
            assertThat(run.told("shrinks")).isEqualTo("passed");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.SUPPORTED);
            assertThat(run.verdicts())
                    .containsExactly("shrinks SUPPORTED", "shrinks/SLOW FIRED", "shrinks/planted deviation FIRED");
            assertThat(run.entry("shrinks").sentence())
                    .isEqualTo("exponent -1 (on width 512 to 2048, corrected -1, holds from width 64),"
                            + " at most -0.375 asked for: inside");
            assertThat(run.entry("shrinks/SLOW").sentence())
                    .isEqualTo("exponent -0.25 (on width 512 to 2048, corrected -0.25),"
                            + " at most -0.375 asked for: outside, as it had to be");
            // Two margins past the edge: -0.5 + 3 * 0.125.
            assertThat(run.entry("shrinks/planted deviation").estimate()).isCloseTo(-0.125, within(1e-12));
            assertThat(run.entry("shrinks").data().columns()).containsExactly("block", "width", "drift");
            assertThat(run.entry("shrinks").data().rows()).hasSize(12 * 6).contains(List.of(3, 128.0, 0.0078125));
            assertThat(run.evidence().cost().trials()).isEqualTo(2 * 12 * 6);
            assertThat(run.evidence().problem()).isEmpty();
        }

        @Test
        void refutedInBothStagesFails() {
            Rehearsal run = rehearse(Conclusions.Refuted.class);
            run.results()
                    .testEvents()
                    .assertStatistics(events -> events.started(1).failed(1));
            assertThat(run.told("shrinks"))
                    .isEqualTo("failed: REFUTED: The drift is of order 1/width. Found: exponent -0.5 (on width 512 to"
                            + " 2048, corrected -0.5), [-1.125, -0.875] asked for: outside, and again on 12 independent"
                            + " blocks");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
            assertThat(run.verdicts())
                    .containsExactly("shrinks REFUTED", "shrinks/SLOW FIRED", "shrinks/planted deviation FIRED");
            assertThat(run.evidence().cost().trials())
                    .as("two stages and a control")
                    .isEqualTo(3 * 12 * 6);
        }

        @Test
        void outsideOnTheFirstStageOnlyIsInconclusive() {
            Rehearsal run = rehearse(Conclusions.RefutedOnceOnly.class);
            assertThat(run.told("vanishes"))
                    .isEqualTo("aborted: INCONCLUSIVE: The value vanishes. Found: mean 1, [-0.5, 0.5] asked for:"
                            + " outside on the first blocks, but not again on independent ones");
            assertThat(run.looks("vanishes")).containsExactly("look 12 OUTSIDE", "confirmation 12 INSIDE");
            assertThat(run.entry("vanishes").looks())
                    .extracting(Evidence.Look::estimate)
                    .containsExactly(1.0, 0.0);
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void aRegisteredRefutationPassesAndStaysRefuted() {
            Rehearsal run = rehearse(Conclusions.RefutationThatStands.class);
            assertThat(run.told("vanishes")).isEqualTo("passed");
            assertThat(run.entry("vanishes").verdict()).isEqualTo("REFUTED");
            assertThat(run.entry("vanishes").sentence())
                    .endsWith("outside, and again on 12 independent blocks; registered on 2026-02-01: It is 1 by"
                            + " definition");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        }

        @Test
        void aRegisteredRefutationThatFellFails() {
            Rehearsal run = rehearse(Conclusions.RefutationThatFell.class);
            assertThat(run.told("vanishes"))
                    .isEqualTo("failed: the refutation registered on 2026-02-01 no longer stands. SUPPORTED: The value"
                            + " vanishes. Found: mean 0, [-0.5, 0.5] asked for: inside");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.SUPPORTED);
        }

        @Test
        void theClaimTakesTheWorstOfItsPredictions() {
            Rehearsal run = rehearse(Conclusions.WorstOfThree.class);
            run.results()
                    .testEvents()
                    .assertStatistics(events -> events.succeeded(1).aborted(1).failed(1));
            assertThat(run.entry("first").verdict()).isEqualTo("SUPPORTED");
            assertThat(run.entry("second").verdict()).isEqualTo("INCONCLUSIVE");
            assertThat(run.entry("third").verdict()).isEqualTo("REFUTED");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.REFUTED);
        }

        @Test
        void trialsAreSharedByAllThatReadThem() {
            Rehearsal run = rehearse(Conclusions.SharedTrials.class);
            run.results().testEvents().assertStatistics(events -> events.succeeded(2));
            assertThat(run.evidence().cost().trials()).isEqualTo(12);
            assertThat(run.entry("isAHalf/BOTH reading 'wrong value' as 'value'")
                            .verdict())
                    .isEqualTo("FIRED");
            assertThat(run.entry("isAHalf/BOTH reading 'wrong value' as 'value'")
                            .estimate())
                    .isEqualTo(9.5);
        }
    }

    @Nested
    class Looks {

        @Test
        void oneIsEnoughWhereNothingVaries() {
            assertThat(rehearse(Conclusions.RefutationThatFell.class)
                            .entry("vanishes")
                            .blocks())
                    .isEqualTo(12);
        }

        @Test
        void aSecondDoublesTheBlocks() {
            Rehearsal run = rehearse(Conclusions.SecondLook.class);
            assertThat(run.told("vanishes")).isEqualTo("passed");
            assertThat(run.entry("vanishes").blocks()).isEqualTo(24);
            assertThat(run.entry("vanishes").upper()).isCloseTo(0.6826466108, within(1e-10));
            assertThat(run.entry("vanishes/FAR").blocks())
                    .as("the control was decided at once")
                    .isEqualTo(12);
            assertThat(run.looks("vanishes")).containsExactly("look 12 UNDECIDED", "look 24 INSIDE");
            assertThat(run.entry("vanishes").looks().get(1).upper())
                    .isEqualTo(run.entry("vanishes").upper());
            assertThat(run.looks("vanishes/FAR")).containsExactly("look 12 OUTSIDE");
            assertThat(run.looks("vanishes/planted deviation")).containsExactly("look 12 OUTSIDE", "look 24 OUTSIDE");
            assertThat(run.evidence().cost().trials()).isEqualTo(24 + 12);
        }

        @Test
        void aThirdQuadruplesThem() {
            Rehearsal run = rehearse(Conclusions.ThirdLook.class);
            assertThat(run.told("vanishes")).isEqualTo("passed");
            assertThat(run.entry("vanishes").blocks()).isEqualTo(48);
            assertThat(run.entry("vanishes").upper()).isCloseTo(0.4511123092, within(1e-10));
            assertThat(run.entry("vanishes").falseAlarm()).isCloseTo(1e-6, within(1e-18));
            // (t.isf(1e-3 / 3, 47) + t.isf(0.025, 47)) / sqrt(47)
            assertThat(run.entry("vanishes").detectable()).isCloseTo(0.825130823134, within(1e-10));
            assertThat(run.entry("vanishes/FAR").falseAlarm()).isNull();
            assertThat(run.entry("vanishes/FAR").detectable()).isNull();
            assertThat(run.evidence().cost().trials()).isEqualTo(48 + 12);
        }

        @Test
        void thereIsNoFourth() {
            Rehearsal run = rehearse(Conclusions.Inconclusive.class);
            assertThat(run.told("vanishes"))
                    .isEqualTo("aborted: INCONCLUSIVE: The mean vanishes to a resolution that 48 blocks do not give."
                            + " Found: mean 0 [-0.4511, 0.4511], [-0.4, 0.4] asked for: neither inside nor outside after"
                            + " 48 blocks");
            assertThat(run.entry("vanishes").blocks()).isEqualTo(48);
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(run.entry("vanishes/FAR").verdict()).isEqualTo("FIRED");
        }

        @Test
        void aControlIsLookedAtAgainWithoutItsPrediction() {
            Rehearsal run = rehearse(Conclusions.ControlThatTakesLonger.class);
            assertThat(run.told("vanishes")).isEqualTo("passed");
            assertThat(run.entry("vanishes").blocks()).isEqualTo(12);
            assertThat(run.entry("vanishes/WIDE").blocks()).isEqualTo(24);
            assertThat(run.evidence().cost().trials()).isEqualTo(12 + 24);
        }

        @Test
        void anUndecidedControlLeavesItsPredictionInconclusive() {
            Rehearsal run = rehearse(Conclusions.UndecidedControl.class);
            assertThat(run.told("vanishes"))
                    .isEqualTo("aborted: INCONCLUSIVE: The mean vanishes. Found: mean 0, [-0.5, 0.5] asked for: inside,"
                            + " but the control ON_THE_EDGE stayed undecided");
            assertThat(run.entry("vanishes/ON_THE_EDGE").verdict()).isEqualTo("UNDECIDED");
            assertThat(run.entry("vanishes/ON_THE_EDGE").blocks()).isEqualTo(48);
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Nested
    class Hypotheses {

        @Test
        void oneThatFailsMakesTheClaimNotApplicableAndNothingIsMeasured() {
            Rehearsal run = rehearse(Conclusions.NotApplicable.class);
            assertThat(run.told("vanishes"))
                    .isEqualTo("aborted: NOT_APPLICABLE: The value vanishes. Found: smallest eigenvalue is -0.25 in"
                            + " DEGENERATE at the only point, block 0, and must be at least 0");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
            assertThat(run.entry("vanishes").data().rows()).isEmpty();
            assertThat(run.entry("vanishes").estimate()).isNaN();
            assertThat(run.evidence().hypotheses())
                    .as("the worst of twelve blocks: -0.25 * 12")
                    .containsExactly(
                            new Hypothesis("DEGENERATE", "smallest eigenvalue", -3, Interval.atLeast(0), false));
        }

        @Test
        void oneThatHoldsIsShownWhereItIsTightest() {
            Rehearsal run = rehearse(Conclusions.HypothesisThatHolds.class);
            assertThat(run.told("vanishes")).isEqualTo("passed");
            assertThat(run.evidence().hypotheses())
                    .containsExactly(new Hypothesis("REGULAR", "smallest eigenvalue", 0.25, Interval.atLeast(0), true));
        }

        @Test
        void oneThatIsNotANumberIsVoid() {
            Rehearsal run = rehearse(Voids.HypothesisThatIsNotANumber.class);
            assertThat(run.told("vanishes"))
                    .isEqualTo(
                            "failed: VOID: The value vanishes. Found: hypothesis 'smallest eigenvalue' is not a number"
                                    + " in LOST at the only point, block 0");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        }
    }

    @Nested
    class PilotBands {

        @Test
        void areShownButNotCounted() {
            Rehearsal run = rehearse(Conclusions.PilotBandMissed.class);
            assertThat(run.told("isOne")).isEqualTo("passed");
            assertThat(run.told("isThree"))
                    .isEqualTo("aborted: pilot band, not counted. REFUTED: The value is three, as in the pilot run."
                            + " Found: mean 1, [2.5, 3.5] asked for: outside, and again on 12 independent blocks");
            assertThat(run.entry("isThree").verdict()).isEqualTo("REFUTED");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.SUPPORTED);
        }

        @Test
        void aloneMakeNoVerdict() {
            Rehearsal run = rehearse(Conclusions.OnlyAPilotBand.class);
            assertThat(run.told("isOne")).isEqualTo("passed");
            assertThat(run.evidence().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        }
    }

    /** A sample, the prediction that fails, and what it must say. */
    private record Void(Class<?> claim, String prediction, String reason) {
        @Override
        public String toString() {
            return claim.getSimpleName();
        }
    }

    static List<Void> whileRunning() {
        String lost = "The value vanishes. Found: ";
        String zero = lost + "mean 0, [-0.5, 0.5] asked for: ";
        return List.of(
                new Void(
                        Voids.SilentControl.class,
                        "vanishes",
                        zero + "the control ALSO_ZERO was silent: the check cannot fail"),
                new Void(
                        Voids.SilentControlOfARefutedPrediction.class,
                        "vanishes",
                        lost + "mean 1, [-0.5, 0.5] asked for: the control ZERO was silent: the check cannot fail"),
                new Void(
                        Voids.ControlThatThrows.class,
                        "vanishes",
                        zero + "the control BROKEN gave nothing: IllegalStateException in BROKEN at the only point,"
                                + " block 0: no such network"),
                new Void(
                        Voids.ControlThatDoesNotApply.class,
                        "vanishes",
                        zero + "the control ELSEWHERE did not apply: separation is 0 in ELSEWHERE at the only point,"
                                + " block 0, and must be at least 1"),
                new Void(
                        Voids.NotANumber.class,
                        "vanishes",
                        lost + "'value' is not a number at the only point, block 7"),
                new Void(
                        Voids.TrialThatThrows.class,
                        "vanishes",
                        lost + "IllegalStateException in BROKEN at the only point, block 3: out of memory"),
                new Void(
                        Voids.InvalidTrial.class,
                        "vanishes",
                        lost + "invalid: relative loss is 0.5 at the only point, block 5, and must be at most 0.001"),
                new Void(
                        Voids.NothingMoved.class,
                        "shrinks",
                        "The drift shrinks. Found: 'drift' is 0 at width 64, block 0: a scaling law needs positive"
                                + " values; nothing moved, or the probe is stuck"),
                new Void(
                        Voids.AxisThatIsNone.class,
                        "shrinks",
                        "The drift shrinks with depth, which is no axis of the sweep. Found: the criterion 'exponent of"
                                + " drift in depth at most -0.5 (margin 0.1, next order depth^-0.5)' cannot be judged: no"
                                + " numeric axis 'depth' at width 64; its axes are [width]"),
                new Void(
                        Voids.SecondStageThatThrows.class,
                        "vanishes",
                        lost + "IllegalStateException in ONE at the only point, block 1000000: disk full"),
                new Void(
                        Voids.CriterionThatCannotFail.class,
                        "isAccepted",
                        "The value is accepted whatever it is. Found: value 0, at most 5 asked for: a planted deviation"
                                + " was accepted: the check cannot fail"));
    }

    @ParameterizedTest
    @MethodSource("whileRunning")
    void aRunThatProvesNothingIsVoid(Void sample) {
        Rehearsal run = rehearse(sample.claim);
        run.results().testEvents().assertStatistics(events -> events.started(1).failed(1));
        assertThat(run.told(sample.prediction)).isEqualTo("failed: VOID: " + sample.reason);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(run.entry(sample.prediction).verdict()).isEqualTo("VOID");
    }

    static List<Void> whilePlanning() {
        return List.of(
                new Void(
                        Voids.ForgottenExpectation.class,
                        "vanishes",
                        "vanishes expects nothing: call lab.expect(...).in(...)"),
                new Void(
                        Voids.TwoExpectations.class,
                        "vanishes",
                        "vanishes has 2 expectations: a prediction is one sentence with one criterion; write one method"
                                + " for each"),
                new Void(
                        Voids.NoControlAndNoReason.class,
                        "vanishes",
                        "vanishes has no control: add .butNotIn(CONTROL), or .withoutControl(\"reason\") where none can"
                                + " exist"),
                new Void(Voids.NoExperiment.class, "vanishes", "vanishes names no experiment: add .in(EXPERIMENT)"),
                new Void(
                        Voids.UnnamedExperiment.class,
                        "vanishes",
                        "vanishes reads an experiment that is no field of its claim: make it a static final field, so"
                                + " that it has a name"),
                new Void(
                        Voids.UnreadExperiment.class,
                        "vanishes",
                        "no prediction of samples/unread-experiment reads the experiment FORGOTTEN: use it or delete it"),
                new Void(
                        Voids.MeasuresNothing.class,
                        "vanishes",
                        "experiment EMPTY measures nothing: add .measuring(trial -> ...)"),
                new Void(
                        Voids.EmptySweep.class,
                        "vanishes",
                        "EmptySweep cannot be initialised: axis 'width' has no values: an empty sweep checks nothing"),
                new Void(
                        Voids.NoBlocks.class,
                        "vanishes",
                        "NoBlocks cannot be initialised: a sweep needs at least one block, got 0"),
                new Void(
                        Voids.PredictionWithoutLab.class,
                        "vanishes",
                        "prediction vanishes must take one parameter, a Lab"),
                new Void(
                        Voids.DeclarationThatThrows.class,
                        "vanishes",
                        "prediction vanishes cannot be planned: the tolerance of a mean must be positive, got -1.0"),
                new Void(
                        Voids.ControlThatIsThePredictionItself.class,
                        "vanishes",
                        "vanishes must hold and must not hold in the same experiment: name another control"),
                new Void(
                        Voids.PrivatePrediction.class,
                        "vanishes",
                        "prediction neverRun must be neither private nor static and return nothing, or JUnit does not"
                                + " run it"),
                new Void(
                        Voids.OneOfTwoCannotBePlanned.class,
                        "first",
                        "second expects nothing: call lab.expect(...).in(...)"));
    }

    @ParameterizedTest
    @MethodSource("whilePlanning")
    void aClaimThatCannotBePlannedIsVoidAndRunsNothing(Void sample) {
        Rehearsal run = rehearse(sample.claim);
        assertThat(run.told(sample.prediction)).isEqualTo("failed: VOID: " + sample.reason);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.VOID);
        assertThat(run.evidence().problem()).isEqualTo(sample.reason);
        assertThat(run.evidence().predictions()).isEmpty();
        assertThat(run.evidence().cost().trials()).isZero();
        run.results()
                .testEvents()
                .assertStatistics(events -> events.succeeded(0).aborted(0));
    }

    @Test
    void theSameSentenceIsSaidASecondTime() {
        // Java says only once why a class cannot be initialised; a run reads the plan of a claim more than once.
        String first = rehearse(Voids.EmptySweep.class).told("vanishes");
        assertThat(rehearse(Voids.EmptySweep.class).told("vanishes")).isEqualTo(first);
    }

    @Test
    void aFolderThatCannotBeWrittenFailsTheClaimInOneSentence() throws Exception {
        Path file = Files.createFile(reports.resolve("file"));
        EngineExecutionResults results = Rehearsal.run(Conclusions.Supported.class, file, Map.of());
        List<String> messages = Rehearsal.failures(results);
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0))
                .startsWith("cannot write " + file)
                .endsWith("; choose a folder that can be written")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @MethodSource("badSettings")
    void aBadSettingFailsTheClaimInOneSentence(String name, String value, String sentence) {
        EngineExecutionResults results = Rehearsal.run(Conclusions.Supported.class, reports, Map.of(name, value));
        assertThat(Rehearsal.failures(results)).containsExactly(sentence);
        results.testEvents().assertStatistics(events -> events.started(0));
    }

    static List<Arguments> badSettings() {
        return List.of(
                Arguments.of("crucis.tier", "huge", "unknown tier 'huge': expected quick or full"),
                Arguments.of("crucis.threads", "0", "crucis.threads must be a whole number from 1 up, got '0'"),
                Arguments.of(
                        "crucis.edition", "first", "crucis.edition must be a whole number from 1 up, got 'first'"));
    }
}
