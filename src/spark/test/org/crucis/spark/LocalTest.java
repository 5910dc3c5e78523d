package org.crucis.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.crucis.claim.Point;
import org.crucis.engine.EngineSettings;
import org.crucis.engine.Engines;
import org.crucis.engine.ThreadEngine;
import org.crucis.lab.Engine;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark in this process, its trials in worker processes. */
@Timeout(60)
class LocalTest {

    private static final EngineSettings SETTINGS = new EngineSettings(2, Duration.ofMinutes(1), 512);

    private static Engine spark;

    @BeforeAll
    static void start() {
        spark = Engines.open("spark:local[2]", SETTINGS);
    }

    @AfterAll
    static void close() {
        spark.close();
    }

    @Test
    void aClaimHasTheSameEvidenceToTheBit(@TempDir Path folder) {
        String claim = "jacot2018/limiting-kernel-is-positive-definite";
        try (Engine threads = new ThreadEngine(2)) {
            assertThat(ClaimEvidence.digest(claim, spark, folder.resolve("spark")))
                    .isEqualTo(ClaimEvidence.digest(claim, threads, folder.resolve("threads")));
        }
    }

    @Test
    void aTrialThatTakesItsProcessDownIsAResultLikeAnyOther() {
        List<TrialResult> results = new ArrayList<>(spark.run(Trials.of("DEADLY", Point.ORIGIN, 4)));
        assertThat(results.get(1).outcome())
                .isInstanceOfSatisfying(
                        TrialResult.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(TrialResult.Cause.CRASHED));
        results.remove(1);
        assertThat(results).allSatisfy(other -> assertThat(other.outcome()).isInstanceOf(TrialResult.Measured.class));
    }

    @Test
    void anInterruptionKillsTheTrialsThatRun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread sweep = new Thread(() -> begin(begun, end));
        sweep.start();
        begun.await();
        sweep.interrupt();
        sweep.join();
        assertThat(end.get()).isInstanceOf(Engine.InterruptedRun.class);
        while (ProcessHandle.current().children().count() > 1) {
            Thread.sleep(50);
        }
    }

    /** The second trial says that both run. */
    private static void begin(CountDownLatch begun, AtomicReference<Throwable> end) {
        List<TrialTask> tasks = new ArrayList<>(Trials.slow(600_000, 1));
        tasks.addAll(Trials.slow(1, 1));
        try {
            spark.run(tasks, (index, result, origin) -> begun.countDown());
        } catch (Engine.InterruptedRun e) {
            end.set(e);
        }
    }

    @Test
    void aReceiverThatThrowsEndsTheSweep() {
        Engine.EngineFailure full = new Engine.EngineFailure("the disk is full");
        assertThatThrownBy(() -> spark.run(Trials.slow(200, 2_000), (index, result, origin) -> {
                    throw full;
                }))
                .isSameAs(full);
        assertThat(spark.run(Trials.of("DRAW", Point.ORIGIN, 4))).hasSize(4);
    }

    @Test
    void nothingToDoIsDone() {
        assertThat(spark.run(List.of())).isEmpty();
    }
}
