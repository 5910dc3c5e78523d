package org.crucis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.crucis.statistics.Criteria.mean;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Point;
import org.crucis.claim.Sketch;
import org.crucis.claim.Tier;
import org.crucis.claim.Unjudgeable;
import org.crucis.claim.Verdict;
import org.crucis.engine.ThreadEngine;
import org.junit.jupiter.api.Test;

/** Trials on threads, and what is left of a run that is stopped. */
class RunningTest {

    private static final Seeds SEEDS = new Seeds("paper/claim", "d1ce", 1);

    private static TrialTask task(double width, Function<Trial, Measurements> measurement) {
        return new TrialTask(
                new TrialSpec("paper.Claim", "LAZY", Point.ORIGIN.with("width", width), 0, SEEDS),
                Experiment.over(Sweep.onePoint()).measuring(measurement));
    }

    private static Object measured(TrialResult result) {
        return ((TrialResult.Measured) result.outcome()).observations().get(0).value("y");
    }

    @Test
    void resultsComeInTheOrderOfTheTasksWhateverRanFirst() {
        List<TrialTask> tasks = IntStream.range(0, 200)
                .mapToObj(number -> task(1 + (number * 37) % 200, trial -> Measurements.of("y", number)))
                .toList();
        for (int threads = 1; threads <= 4; threads++) {
            try (ThreadEngine engine = new ThreadEngine(threads)) {
                assertThat(engine.run(tasks))
                        .extracting(RunningTest::measured)
                        .isEqualTo(IntStream.range(0, 200)
                                .mapToObj(number -> (double) number)
                                .toList());
            }
        }
    }

    @Test
    void theLargestTrialsRunFirst() {
        List<Double> ran = Collections.synchronizedList(new ArrayList<>());
        Function<Trial, Measurements> remembering = trial -> {
            ran.add(trial.number("width"));
            return Measurements.of("y", 0);
        };
        try (ThreadEngine engine = new ThreadEngine(1)) {
            engine.run(List.of(task(64, remembering), task(4096, remembering), task(512, remembering)));
        }
        assertThat(ran).containsExactly(4096.0, 512.0, 64.0);
    }

    @Test
    void aTrialThatThrowsIsAResultAndTheOthersGoOn() {
        try (ThreadEngine engine = new ThreadEngine(2)) {
            List<TrialResult> results = engine.run(List.of(
                    task(1, trial -> {
                        throw new StackOverflowError("too deep");
                    }),
                    task(2, trial -> null),
                    task(3, trial -> Measurements.of("y", 3)),
                    task(4, trial -> Measurements.along("step"))));
            assertThat(failure(results.get(0))).isEqualTo("StackOverflowError in LAZY at width 1, block 0: too deep");
            assertThat(failure(results.get(1))).startsWith("NullPointerException in LAZY at width 2, block 0: ");
            assertThat(measured(results.get(2))).isEqualTo(3.0);
            assertThat(failure(results.get(3))).isEqualTo("measured nothing in LAZY at width 4, block 0");
        }
    }

    private static String failure(TrialResult result) {
        return ((TrialResult.Failed) result.outcome()).reason();
    }

    @Test
    void anEngineHasAtLeastOneThread() {
        assertThatThrownBy(() -> new ThreadEngine(0)).hasMessage("the engine needs at least one thread, got 0");
    }

    @Test
    void anInterruptionStopsTheEngine() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        try (ThreadEngine engine = new ThreadEngine(1)) {
            Thread run = new Thread(() -> {
                try {
                    engine.run(List.of(task(1, trial -> {
                        started.countDown();
                        try {
                            Thread.sleep(60_000);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return Measurements.of("y", 0);
                    })));
                } catch (Engine.InterruptedRun e) {
                    thrown.add(e);
                }
            });
            run.start();
            started.await();
            run.interrupt();
            run.join(30_000);
        }
        assertThat(thrown).hasSize(1);
        assertThat(thrown.get(0)).hasMessage("the run was interrupted; evidence written so far is kept");
    }

    // ---- claims --------------------------------------------------------------------------------------------------

    private static final Experiment ONE = Experiment.over(Sweep.onePoint()).measuring(trial -> Measurements.of("y", 1));
    private static final Experiment FAR = Experiment.over(Sweep.onePoint()).measuring(trial -> Measurements.of("y", 9));

    private static ClaimPlan plan() {
        return ClaimPlan.of(
                new ClaimPlan.Heading("paper/claim", "paper.Claim", "paper", "A title", "Theorem 1", "$1$", ""),
                Tier.QUICK,
                1,
                Map.of("ONE", ONE, "FAR", FAR),
                List.of(
                        new ClaimPlan.Declaration(
                                "isOne",
                                Basis.TEXT,
                                "It is one",
                                lab -> lab.expect(mean("y").equalTo(1).within(0.5))
                                        .in(ONE)
                                        .butNotIn(FAR)),
                        new ClaimPlan.Declaration(
                                "isTwo",
                                Basis.TEXT,
                                "It is two",
                                lab -> lab.expect(mean("y").equalTo(2).within(0.5))
                                        .in(ONE)
                                        .butNotIn(FAR))));
    }

    /** Runs as many batches as it is told, then stops as if interrupted. */
    private static Engine stoppingAfter(int batches) {
        AtomicInteger left = new AtomicInteger(batches);
        return new Engine() {
            @Override
            public void run(List<TrialTask> tasks, Receiver receiver) {
                if (left.getAndDecrement() == 0) {
                    throw new Engine.InterruptedRun();
                }
                IntStream.range(0, tasks.size())
                        .forEach(index ->
                                receiver.finished(index, tasks.get(index).run(), Origin.RUN));
            }

            @Override
            public void close() {}
        };
    }

    private static final Evidence.Provenance NOWHERE = new Evidence.Provenance(Map.of());

    @Test
    void aPredictionThatWasStoppedIsVoidInTheEvidence() {
        // The first prediction needs one batch; the second reads the same trials, and stops in its second stage.
        ClaimRun run = new ClaimRun(plan(), stoppingAfter(1), Progress.SILENT);
        run.judge("isOne");
        assertThat(run.evidence(NOWHERE).verdict()).isEqualTo(Verdict.SUPPORTED);
        assertThatThrownBy(() -> run.judge("isTwo")).isInstanceOf(Engine.InterruptedRun.class);
        Evidence evidence = run.evidence(NOWHERE);
        assertThat(evidence.verdict()).isEqualTo(Verdict.VOID);
        assertThat(evidence.predictions())
                .filteredOn(entry -> entry.id().equals("isTwo"))
                .extracting(Evidence.Entry::verdict, Evidence.Entry::sentence)
                .containsExactly(tuple("VOID", "the run ended before this prediction was decided"));
    }

    @Test
    void aPredictionIsDecidedOnce() {
        ClaimRun run = new ClaimRun(plan(), stoppingAfter(2), Progress.SILENT);
        List<Evidence.Entry> entries = run.judge("isTwo");
        assertThat(entries.get(0).verdict()).isEqualTo("REFUTED");
        assertThat(run.judge("isTwo")).isSameAs(entries);
        assertThatThrownBy(() -> run.judge("isThree"))
                .hasMessage("paper/claim has no prediction isThree; it has [isOne, isTwo]");
    }

    @Test
    void trialsAreCountedAndNeverRunTwice() {
        AtomicInteger planned = new AtomicInteger();
        ClaimRun run = new ClaimRun(plan(), stoppingAfter(9), new Progress() {
            @Override
            public void planned(String claim, int trials) {
                planned.addAndGet(trials);
            }

            @Override
            public void finished(TrialSpec trial, TrialResult result, Engine.Origin origin) {}
        });
        run.judge("isOne");
        run.judge("isTwo");
        assertThat(planned).as("two experiments and a second stage").hasValue(36);
        assertThat(run.evidence(NOWHERE).cost().trials()).isEqualTo(36);
    }

    @Test
    void aHypothesisThatFailsInOneBlockMakesTheExperimentNotApplicable() {
        Experiment fickle = Experiment.over(Sweep.onePoint())
                .assuming("gap", trial -> trial.block() == 11 ? -1 : 1, Interval.atLeast(0))
                .measuring(trial -> Measurements.of("y", 1));
        ClaimPlan plan = ClaimPlan.of(
                new ClaimPlan.Heading("paper/claim", "paper.Claim", "paper", "A title", "Theorem 1", "$1$", ""),
                Tier.QUICK,
                1,
                Map.of("FICKLE", fickle, "FAR", FAR),
                List.of(new ClaimPlan.Declaration(
                        "isOne",
                        Basis.TEXT,
                        "It is one",
                        lab -> lab.expect(mean("y").equalTo(1).within(0.5))
                                .in(fickle)
                                .butNotIn(FAR))));
        ClaimRun run = new ClaimRun(plan, stoppingAfter(9), Progress.SILENT);
        assertThat(run.judge("isOne").get(0).verdict()).isEqualTo("NOT_APPLICABLE");
        assertThat(run.evidence(NOWHERE).hypotheses().get(0).measured()).isEqualTo(-1);
    }

    // ---- pictures ------------------------------------------------------------------------------------------------

    /** Tells how many rows it was given: "4 rows". */
    private static final Sketch COUNTING =
            observations -> new Figure.Table(observations.rows().size() + " rows", "", List.of(), List.of());

    /** "isOne" and "isAlsoOne" hold; both show the sketch of the experiment. */
    private static ClaimRun showing(Sketch sketch, Experiment seen, Progress progress) {
        Consumer<Lab> method = lab -> {
            lab.expect(mean("y").equalTo(1).within(0.5)).in(ONE).butNotIn(FAR);
            lab.show(sketch).of(seen);
            lab.show(COUNTING).of(ONE);
        };
        ClaimPlan plan = ClaimPlan.of(
                new ClaimPlan.Heading("paper/claim", "paper.Claim", "paper", "A title", "Theorem 1", "$1$", ""),
                Tier.QUICK,
                1,
                Map.of("ONE", ONE, "FAR", FAR, "SEEN", seen),
                List.of(
                        new ClaimPlan.Declaration("isOne", Basis.TEXT, "It is one", method),
                        new ClaimPlan.Declaration("isAlsoOne", Basis.TEXT, "It is one", method)));
        return new ClaimRun(plan, stoppingAfter(9), progress);
    }

    private static Experiment seen(Function<Trial, Measurements> measurement) {
        return Experiment.over(Sweep.over("width", List.of(8, 16)).blocks(2)).measuring(measurement);
    }

    private static List<String> titles(Evidence.Entry entry) {
        return entry.figures().stream().map(Figure::title).toList();
    }

    @Test
    void aPictureIsDrawnBesideTheFindingAndItsExperimentRunsOnce() {
        AtomicInteger ran = new AtomicInteger();
        List<Integer> planned = new ArrayList<>();
        ClaimRun run = showing(
                COUNTING,
                seen(trial -> {
                    ran.incrementAndGet();
                    return Measurements.of("angle", 3);
                }),
                new Progress() {
                    @Override
                    public void planned(String claim, int trials) {
                        planned.add(trials);
                    }

                    @Override
                    public void finished(TrialSpec trial, TrialResult result, Engine.Origin origin) {}
                });
        for (String id : List.of("isOne", "isAlsoOne")) {
            List<Evidence.Entry> entries = run.judge(id);
            assertThat(entries.get(0).verdict()).isEqualTo("SUPPORTED");
            assertThat(titles(entries.get(0))).endsWith("4 rows", "12 rows").hasSizeGreaterThan(2);
            assertThat(entries.subList(1, entries.size()))
                    .allSatisfy(control -> assertThat(control.figures()).isEmpty());
        }
        assertThat(ran).hasValue(4);
        assertThat(planned).as("one batch, that no core waits").containsExactly(12 + 12 + 4);
        assertThat(run.evidence(NOWHERE).cost().trials()).isEqualTo(12 + 12 + 4);
    }

    @Test
    void aPictureThatBreaksMakesItsPredictionVoid() {
        Experiment throwing = seen(trial -> {
            throw new IllegalStateException("no such network");
        });
        Experiment invalid = seen(trial -> Measurements.of("relative loss", 0.5))
                .validWhen(Requirement.measured("relative loss").atMost(1e-3));
        Experiment elsewhere = Experiment.over(Sweep.onePoint())
                .assuming("gap", trial -> -1, Interval.atLeast(0))
                .measuring(trial -> Measurements.of("angle", 1));
        Experiment sound = seen(trial -> Measurements.of("angle", 1));
        Sketch unable = observations -> {
            throw new Unjudgeable("nothing to see");
        };
        Map.of(
                        showing(COUNTING, throwing, Progress.SILENT),
                        "the picture of SEEN is missing: IllegalStateException in SEEN at width 8, block 0: no such"
                                + " network",
                        showing(COUNTING, invalid, Progress.SILENT),
                        "the picture of SEEN is missing: invalid: relative loss is 0.5 at width 8, block 0, and must be"
                                + " at most 0.001",
                        showing(COUNTING, elsewhere, Progress.SILENT),
                        "the picture of SEEN is missing, for it did not apply: gap is -1 in SEEN at the only point,"
                                + " block 0, and must be at least 0",
                        showing(unable, sound, Progress.SILENT),
                        "the picture of SEEN cannot be drawn: nothing to see",
                        showing(observations -> null, sound, Progress.SILENT),
                        "the picture of SEEN cannot be drawn: its sketch gave no figure")
                .forEach((run, reason) -> {
                    Evidence.Entry entry = run.judge("isOne").get(0);
                    assertThat(entry.verdict()).as(reason).isEqualTo("VOID");
                    assertThat(entry.sentence()).endsWith(reason);
                    assertThat(titles(entry)).as("what could be drawn").endsWith("12 rows");
                });
    }
}
