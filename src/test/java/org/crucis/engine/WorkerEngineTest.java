package org.crucis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.crucis.engine.Trials.spec;
import static org.crucis.engine.Trials.task;
import static org.crucis.engine.Trials.value;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.crucis.claim.Point;
import org.crucis.claim.Verdict;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.Seeds;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.crucis.lab.TrialTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Trials in processes of their own: the same bits as on threads, and every way to die, which the others survive. */
@Timeout(120)
class WorkerEngineTest {

    private static final EngineSettings TWO = new EngineSettings(2, Duration.ofSeconds(40), 128);
    private static final EngineSettings ONE = new EngineSettings(1, Duration.ofSeconds(40), 128);

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(WorkerOutput.class);
    private static final ListAppender<ILoggingEvent> SAID = new ListAppender<>();

    private static Engine engine;

    @BeforeAll
    static void open() {
        LOG.setAdditive(false);
        SAID.start();
        LOG.addAppender(SAID);
        engine = Engines.open(Engines.WORKERS, TWO);
    }

    @AfterAll
    static void close() {
        engine.close();
        LOG.detachAppender(SAID);
        LOG.setAdditive(true);
    }

    private static TrialResult.Failed failure(TrialResult result) {
        return (TrialResult.Failed) result.outcome();
    }

    private static double process(Engine engine) {
        return value(engine.run(List.of(task("WELL"))).get(0), "process");
    }

    // ---- results -------------------------------------------------------------------------------------------------

    @Test
    void resultsHaveTheSameBitsAsOnThreads() {
        List<TrialTask> tasks = IntStream.range(0, 4)
                .mapToObj(block -> TrialTask.of(new TrialSpec(
                        "dyer2019.KernelDriftIsOneOverWidth",
                        "CENTRED",
                        Point.ORIGIN.with("width", 32 << block).with("activation", "TANH"),
                        block,
                        new Seeds("dyer2019/kernel-drift-is-one-over-width", "d1ce", 1))))
                .toList();
        List<TrialResult> inWorkers = engine.run(tasks);
        try (Engine threads = new ThreadEngine(2)) {
            assertThat(inWorkers)
                    .allMatch(result -> result.outcome() instanceof TrialResult.Measured)
                    .extracting(WorkerEngineTest::withoutCost)
                    .isEqualTo(threads.run(tasks).stream()
                            .map(WorkerEngineTest::withoutCost)
                            .toList());
        }
    }

    private static String withoutCost(TrialResult result) {
        return TrialJson.write(
                new TrialResult(result.outcome(), result.hypotheses(), TrialResult.Cost.of(0)), Point.ORIGIN);
    }

    @Test
    void aWorkerIsUsedUntilSomethingHarmsIt() throws Exception {
        SAID.list.clear();
        Engine alone = new WorkerEngine(ONE);
        double first = process(alone);
        alone.run(List.of(task("THROWS")));
        assertThat(process(alone)).isEqualTo(first);
        assertThat(SAID.list).as("printed by a healthy worker").isEmpty();

        alone.run(List.of(task("FILLS_THE_HEAP")));
        ProcessHandle second = worker(alone);
        assertThat((double) second.pid()).isNotEqualTo(first);

        second.destroyForcibly();
        second.onExit().get();
        ProcessHandle third = worker(alone);
        assertThat(third.pid()).isNotEqualTo(second.pid());

        alone.close();
        third.onExit().get();
        assertThatThrownBy(() -> process(alone)).isInstanceOf(Engine.InterruptedRun.class);
    }

    @Test
    void runsShareTheSlots() throws Exception {
        CompletableFuture<List<TrialResult>> other = CompletableFuture.supplyAsync(() -> engine.run(blocks(100, 140)));
        assertThat(engine.run(blocks(0, 40))).hasSize(40).allSatisfy(result -> value(result, "y"));
        assertThat(other.get()).hasSize(40).allSatisfy(result -> value(result, "y"));
    }

    private static List<TrialTask> blocks(int from, int to) {
        return IntStream.range(from, to).mapToObj(block -> task("WELL", block)).toList();
    }

    @Test
    void aTrialThatPrintsALotIsNotHeldUp() {
        SAID.list.clear();
        assertThat(value(engine.run(List.of(task("TALKS"))).get(0), "y")).isEqualTo(1);
        assertThat(SAID.list.get(0)).hasToString("[WARN] what every trial of this kind has to say 0");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aResultSaysHowMuchMemoryItTookInAProcessFromAFolderWithSpaces(@TempDir Path folder) throws IOException {
        Path classes = Path.of(Verdict.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Path spaced = Files.createSymbolicLink(folder.resolve("the classes"), classes);
        String classPath = System.getProperty("java.class.path").replace(classes.toString(), spaced.toString());
        assertThat(classPath.split(File.pathSeparator)).contains(spaced.toString());
        try (WorkerPool pool = new WorkerPool(ONE, classPath, NumericEnvironment.here())) {
            assertThat(pool.run(spec("WELL")).cost().peakBytes()).isBetween(30_000_000L, 2_000_000_000L);
        } finally {
            Files.delete(spaced);
        }
    }

    // ---- trials that fail ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    THROWS                      | THREW         | IllegalStateException in THROWS at width 64, block 0: too steep
                    THROWS_WHAT_NO_TRIAL_THROWS | THREW         | % threw java.lang.InternalError: odd
                    HYPOTHESIS_NOT_A_NUMBER     | INVALID       | hypothesis 'gap' is not a number in HYPOTHESIS_NOT_A_NUMBER at width 64, block 0
                    FILLS_THE_HEAP              | OUT_OF_MEMORY | OutOfMemoryError in FILLS_THE_HEAP at width 64, block 0
                    EXITS                       | CRASHED       | % ended its process; exit code 3
                    """)
    void aTrialThatFailsSaysWhyAndTheOthersGoOn(String experiment, TrialResult.Cause cause, String reason) {
        List<TrialResult> results = engine.run(List.of(task("WELL", 1), task(experiment), task("WELL", 2)));
        assertThat(results.get(1).outcome())
                .isEqualTo(new TrialResult.Failed(
                        cause, reason.replace("%", spec(experiment).toString())));
        assertThat(value(results.get(0), "y")).isNotEqualTo(value(results.get(2), "y"));
    }

    @Test
    void aNumberThatIsNoneIsWhatWasMeasured() {
        TrialResult result = engine.run(List.of(task("NOT_A_NUMBER"))).get(0);
        assertThat(((TrialResult.Measured) result.outcome())
                        .observations()
                        .get(0)
                        .values())
                .containsExactly(Map.entry("y", Double.NaN));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNativeCrashIsToldInTheSameWordsEachTime() {
        List<TrialResult> results = engine.run(List.of(task("CRASHES"), task("WELL"), task("CRASHES")));
        assertThat(failure(results.get(0)))
                .isEqualTo(failure(results.get(2)))
                .isEqualTo(new TrialResult.Failed(
                        TrialResult.Cause.CRASHED,
                        spec("CRASHES") + " took its process down: SIGSEGV in libjvm.so; exit code 134"));
        assertThat(value(results.get(1), "y")).isBetween(0.0, 1.0);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProcessThatIsKilledFromOutsideIsATrialThatCrashed() {
        List<TrialResult> results = engine.run(List.of(task("KILLED"), task("WELL")));
        assertThat(failure(results.get(0)))
                .isEqualTo(
                        new TrialResult.Failed(
                                TrialResult.Cause.CRASHED,
                                spec("KILLED")
                                        + " had its process killed from outside (SIGKILL), perhaps for lack of memory; exit code 137"));
        assertThat(value(results.get(1), "y")).isBetween(0.0, 1.0);
    }

    @Test
    void aTrialThatRunsTooLongIsStopped() throws Exception {
        EngineSettings brief = new EngineSettings(1, Duration.ofMillis(1500), 128);
        try (Engine alone = new WorkerEngine(brief)) {
            ProcessHandle worker = worker(alone);
            TrialResult result = alone.run(List.of(task("NEVER_ENDS"))).get(0);
            assertThat(result.outcome())
                    .isEqualTo(new TrialResult.Failed(
                            TrialResult.Cause.TOO_LONG,
                            spec("NEVER_ENDS")
                                    + " ran longer than a trial may, which is 1.5 s: its process was killed"));
            assertThat(result.cost().nanoseconds()).isBetween(1_500_000_000L, 10_000_000_000L);
            worker.onExit().get();
        }
    }

    @Test
    void aTrialThatTheWorkerCannotFindFails() {
        TrialSpec unknown = new TrialSpec("no.such.Claim", "LAZY", Point.ORIGIN, 0, new Seeds("no/claim", "d1ce", 1));
        TrialTask known = task("WELL");
        assertThat(failure(engine.run(List.of(new TrialTask(unknown, known.experiment())))
                                .get(0))
                        .reason())
                .isEqualTo("cannot find no/claim, LAZY at the only point, block 0, edition 1 on this class path:"
                        + " java.lang.ClassNotFoundException: no.such.Claim; give every process the same jars");
    }

    // ---- runs that stop ------------------------------------------------------------------------------------------

    @Test
    void aReceiverThatThrowsEndsItsRunAlone() {
        List<TrialTask> tasks = new ArrayList<>(List.of(task("WELL")));
        IntStream.range(0, 8).forEach(block -> tasks.add(task("NEVER_ENDS", block)));
        List<Integer> received = new ArrayList<>();
        Engine.EngineFailure full = new Engine.EngineFailure("the disk is full");
        assertThatThrownBy(() -> engine.run(tasks, (index, result, origin) -> {
                    received.add(index);
                    throw full;
                }))
                .isSameAs(full);
        assertThat(received).containsExactly(0);
        assertThat(process(engine)).isPositive();
    }

    @Test
    void anInterruptionStopsTheRunAndItsWorkers() throws Exception {
        try (Engine alone = new WorkerEngine(ONE)) {
            ProcessHandle worker = worker(alone);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread run = new Thread(() -> {
                try {
                    alone.run(List.of(task("SAYS_SO_AND_NEVER_ENDS"), task("WELL")));
                } catch (Engine.InterruptedRun e) {
                    thrown.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost"));
                }
            });
            run.start();
            Trials.awaitSign(worker);
            run.interrupt();
            assertThat(thrown.get()).isInstanceOf(Engine.InterruptedRun.class);
            worker.onExit().get();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void ctrlCIsNoCrash() throws Exception {
        Engine alone = new WorkerEngine(ONE);
        ProcessHandle worker = worker(alone);
        CompletableFuture<Void> run =
                CompletableFuture.runAsync(() -> alone.run(List.of(task("INTERRUPTED"), task("WELL"))));
        worker.onExit().get();
        alone.close();
        assertThatThrownBy(run::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Engine.InterruptedRun.class);
    }

    @Test
    void aWorkerDoesNotOutliveAParentThatIsKilled() throws Exception {
        Process parent = TrialJvm.process(128, TrialJvm.classPath(), List.of(), Trials.Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProcessHandle worker = ProcessHandle.of(
                        Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();
        Trials.awaitSign(worker);
        parent.destroyForcibly();
        parent.waitFor();
        while (worker.isAlive()) {
            Thread.sleep(20);
        }
    }

    /** The one worker of an engine. */
    private static ProcessHandle worker(Engine alone) {
        return ProcessHandle.of((long) process(alone)).orElseThrow();
    }

    // ---- workers that cannot be used -----------------------------------------------------------------------------

    @Test
    void aWorkerThatCannotStartSaysWhy() {
        try (WorkerPool pool = new WorkerPool(ONE, "nowhere", NumericEnvironment.here())) {
            assertThatThrownBy(() -> pool.run(spec("WELL")))
                    .isInstanceOf(Engine.EngineFailure.class)
                    .hasMessageStartingWith("cannot start a worker process: exit code 1; it said: ")
                    .hasMessageContaining("Could not find or load main class org.crucis.engine.WorkerMain");
        }
    }

    @Test
    void aWorkerInAnotherNumericEnvironmentIsRefused() {
        Map<String, String> facts = new HashMap<>(NumericEnvironment.here().facts());
        String type = facts.put("blas core type", "Abacus");
        try (WorkerPool pool =
                new WorkerPool(ONE, System.getProperty("java.class.path"), new NumericEnvironment(facts))) {
            assertThatThrownBy(() -> pool.run(spec("WELL")))
                    .isInstanceOf(Engine.EngineFailure.class)
                    .hasMessageStartingWith("a worker process computes in another numeric environment (blas core type: "
                            + type + ", not Abacus)")
                    .hasMessageContaining("OPENBLAS_CORETYPE");
        }
    }
}
