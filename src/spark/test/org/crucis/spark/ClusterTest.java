package org.crucis.spark;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.crucis.engine.EngineSettings;
import org.crucis.engine.ThreadEngine;
import org.crucis.lab.Engine;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Spark on a master and two workers that are processes of their own, with one executor each. */
@Timeout(120)
class ClusterTest {

    @TempDir
    static Path folder;

    private static final ListAppender<ILoggingEvent> WARNINGS = new ListAppender<>();

    private static Cluster cluster;
    private static Engine spark;

    /** Workers come late: a sweep that is there before them waits, and says so. */
    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster(folder.resolve("cluster"));
        spark = SparkEngine.start(
                cluster.conf()
                        .set("spark.speculation", "true")
                        .set("spark.speculation.quantile", "0.1")
                        .set("spark.speculation.minTaskRuntime", "100ms"),
                new EngineSettings(2, Duration.ofMinutes(1), 512),
                Duration.ofMillis(200));
        Logger log = (Logger) LoggerFactory.getLogger(SparkEngine.class);
        WARNINGS.start();
        log.addAppender(WARNINGS);
        CompletableFuture<List<TrialResult>> early = CompletableFuture.supplyAsync(() -> spark.run(Trials.slow(1, 2)));
        while (WARNINGS.list.isEmpty()) {
            Thread.sleep(50);
        }
        cluster.addWorker();
        cluster.addWorker();
        assertThat(early.get()).hasSize(2);
        log.detachAppender(WARNINGS);
    }

    @AfterAll
    static void close() {
        spark.close();
        cluster.close();
    }

    @Test
    void aSweepWithoutExecutorsSaysHowManyTrialsWait() {
        assertThat(WARNINGS.list.get(0).getFormattedMessage()).contains("has no executor for 2 trials");
    }

    @Test
    void aClaimHasTheSameEvidenceToTheBit() {
        String claim = "lee2019/ntk-parametrization-is-a-choice-of-rates";
        try (Engine threads = new ThreadEngine(1)) {
            assertThat(ClaimEvidence.digest(claim, spark, folder.resolve("spark")))
                    .isEqualTo(ClaimEvidence.digest(claim, threads, folder.resolve("threads")));
        }
    }

    @Test
    void aKilledExecutorCostsNoTrial() {
        List<TrialTask> tasks = Trials.slow(300, 20);
        List<ProcessHandle> killed = new ArrayList<>();
        List<TrialResult> results = eachOnce(tasks, finished -> {
            if (finished == 5) {
                ProcessHandle executor = cluster.executors().get(0);
                assertThat(executor.destroyForcibly()).isTrue();
                killed.add(executor);
            }
        });
        assertThat(cluster.executors()).doesNotContainAnyElementsOf(killed);
        try (Engine threads = new ThreadEngine(2)) {
            assertThat(Trials.bits(tasks, results)).isEqualTo(Trials.bits(tasks, threads.run(tasks)));
        }
    }

    @Test
    void aTrialThatRunsTwiceHasOneResult() {
        AtomicInteger twice = new AtomicInteger();
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart start) {
                if (start.taskInfo().speculative()) {
                    twice.incrementAndGet();
                }
            }
        };
        SparkContext context = SparkContext.getOrCreate();
        context.addSparkListener(listener);
        List<TrialTask> tasks = new ArrayList<>(Trials.slow(100, 5));
        tasks.addAll(Trials.slow(3_000, 1));
        eachOnce(tasks, finished -> {});
        context.removeSparkListener(listener);
        assertThat(twice).hasValue(1);
    }

    private interface Watcher {
        void have(int finished);
    }

    private static List<TrialResult> eachOnce(List<TrialTask> tasks, Watcher watcher) {
        List<TrialResult> results = new ArrayList<>(Collections.nCopies(tasks.size(), null));
        AtomicInteger finished = new AtomicInteger();
        spark.run(tasks, (index, result, origin) -> {
            assertThat(results.set(index, result)).isNull();
            watcher.have(finished.incrementAndGet());
        });
        assertThat(results).doesNotContainNull();
        return results;
    }
}
