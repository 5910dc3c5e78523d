package org.crucis.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.crucis.claim.Point;
import org.crucis.engine.ThreadEngine;
import org.crucis.lab.Engine;
import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.Seeds;
import org.crucis.lab.Sweep;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.crucis.lab.TrialTask;
import org.crucis.ledger.Reuse.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is handed over, what is run, and why. Trials run on real engines; their results say from what they were drawn. */
@Timeout(60)
class RememberingEngineTest {

    private static final NumericEnvironment HERE = new NumericEnvironment(Map.of("java", "17"));

    private static final Experiment EXPERIMENT = Experiment.over(Sweep.onePoint())
            .measuring(trial -> {
                if (trial.number("width") < 0) {
                    throw new IllegalStateException("no such width");
                }
                return Measurements.of("y", trial.random("y").nextDouble());
            });

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("ledger.db");
    }

    private static TrialTask task(String experiment, double width, int block, String plan, int edition) {
        return new TrialTask(
                new TrialSpec(
                        "paper.Claim",
                        experiment,
                        Point.ORIGIN.with("width", width),
                        block,
                        new Seeds("paper/claim", plan, edition)),
                EXPERIMENT);
    }

    private static List<TrialTask> tasks(int blocks) {
        return tasks(blocks, "plan", 1);
    }

    private static List<TrialTask> tasks(int blocks, String plan, int edition) {
        return IntStream.range(0, blocks)
                .boxed()
                .flatMap(block -> Stream.of(64, 128).map(width -> task("LAZY", width, block, plan, edition)))
                .toList();
    }

    /** What one run handed over, and how it accounts for it. */
    private record Run(List<TrialResult> results, List<Engine.Origin> origins, Reuse reuse) {
        Run {
            results = List.copyOf(results);
        }

        List<TrialResult.Outcome> outcomes() {
            return results.stream().map(TrialResult::outcome).toList();
        }
    }

    private Run run(List<TrialTask> tasks, String code, NumericEnvironment environment) {
        try (RememberingEngine engine =
                new RememberingEngine(new ThreadEngine(2), Ledger.open(file()), claim -> claim + code, environment)) {
            return run(engine, tasks);
        }
    }

    private Run run(List<TrialTask> tasks) {
        return run(tasks, "code", HERE);
    }

    private static Run run(RememberingEngine engine, List<TrialTask> tasks) {
        TrialResult[] results = new TrialResult[tasks.size()];
        Engine.Origin[] origins = new Engine.Origin[tasks.size()];
        engine.run(tasks, (index, result, origin) -> {
            assertThat(results[index]).isNull();
            results[index] = result;
            origins[index] = origin;
        });
        return new Run(List.of(results), List.of(origins), engine.reuse());
    }

    private static List<TrialResult.Outcome> undisturbed(List<TrialTask> tasks) {
        return tasks.stream().map(task -> task.run().outcome()).toList();
    }

    // ---- reuse ---------------------------------------------------------------------------------------------------

    @Test
    void whatWasMeasuredIsHandedOverAndNotRunAgain() {
        List<TrialTask> tasks = tasks(10);
        Run first = run(tasks);
        assertThat(first.origins()).containsOnly(Engine.Origin.RUN);
        assertThat(first.reuse()).isEqualTo(new Reuse(0, Map.of(Reason.NEVER_RUN, 20L)));
        assertThat(first.outcomes()).isEqualTo(undisturbed(tasks));

        // Also in another order, as part of another list, and with what it cost.
        List<TrialTask> more = new ArrayList<>(tasks(15));
        Collections.reverse(more);
        Run second = run(more);
        assertThat(second.reuse()).isEqualTo(new Reuse(20, Map.of(Reason.NEVER_RUN, 10L)));
        assertThat(second.outcomes()).isEqualTo(undisturbed(more));
        for (int index = 0; index < more.size(); index++) {
            int earlier = tasks.indexOf(more.get(index));
            assertThat(second.origins().get(index)).isEqualTo(earlier < 0 ? Engine.Origin.RUN : Engine.Origin.KEPT);
            if (earlier >= 0) {
                assertThat(second.results().get(index))
                        .isEqualTo(first.results().get(earlier));
            }
        }
    }

    @Test
    void theReasonIsWhatDiffersFromTheNearestSetting() {
        run(tasks(5));

        assertThat(run(tasks(6), "changed", HERE).reuse())
                .isEqualTo(new Reuse(0, Map.of(Reason.CODE, 10L, Reason.NEVER_RUN, 2L)));
        assertThat(run(tasks(5, "other plan", 1)).reuse()).isEqualTo(new Reuse(0, Map.of(Reason.PLAN, 10L)));
        assertThat(run(tasks(5, "plan", 2)).reuse()).isEqualTo(new Reuse(0, Map.of(Reason.EDITION, 10L)));
        assertThat(run(tasks(5), "code", new NumericEnvironment(Map.of("java", "21")))
                        .reuse())
                .isEqualTo(new Reuse(0, Map.of(Reason.ENVIRONMENT, 10L)));
        // Of "other plan", edition 1, it differs by the edition alone.
        assertThat(run(tasks(5, "other plan", 2)).reuse()).isEqualTo(new Reuse(0, Map.of(Reason.EDITION, 10L)));
        // The sixth block is there with other code and another plan; of two differences the first counts.
        assertThat(run(tasks(6, "other plan", 1)).reuse()).isEqualTo(new Reuse(10, Map.of(Reason.PLAN, 2L)));
        assertThat(run(List.of(task("POSITIVE", 64, 0, "plan", 1))).reuse())
                .isEqualTo(new Reuse(0, Map.of(Reason.NEVER_RUN, 1L)));

        assertThat(run(tasks(5)).reuse()).isEqualTo(new Reuse(10, Map.of()));
    }

    @Test
    void whatFailedIsRunAgain() {
        List<TrialTask> tasks = List.of(task("LAZY", -1, 0, "plan", 1), task("LAZY", 64, 0, "plan", 1));
        run(tasks);
        Run second = run(tasks);
        assertThat(second.reuse()).isEqualTo(new Reuse(1, Map.of(Reason.NOT_MEASURED, 1L)));
        assertThat(second.origins()).containsExactly(Engine.Origin.RUN, Engine.Origin.KEPT);
        assertThat(second.results().get(0).outcome()).isInstanceOf(TrialResult.Failed.class);
    }

    @Test
    void whatIsDamagedIsRunAgainAndMended() throws Exception {
        List<TrialTask> tasks = tasks(5);
        run(tasks);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            LedgerFile.execute(
                    other,
                    "UPDATE trial SET result = replace(result, '\"y\"', '\"z\"') WHERE block = 2",
                    "UPDATE trial SET result = 'torn' WHERE block = 3");
        }
        Run second = run(tasks);
        assertThat(second.reuse()).isEqualTo(new Reuse(6, Map.of(Reason.DAMAGED, 4L)));
        assertThat(second.outcomes()).isEqualTo(undisturbed(tasks));
        assertThat(run(tasks).reuse()).isEqualTo(new Reuse(10, Map.of()));
    }

    @Test
    void manyMayRunAtOnce() {
        List<TrialTask> tasks = tasks(175);
        try (RememberingEngine engine =
                new RememberingEngine(new ThreadEngine(2), Ledger.open(file()), claim -> claim + "code", HERE)) {
            List<CompletableFuture<List<TrialResult>>> runs = IntStream.range(0, 4)
                    .mapToObj(k -> CompletableFuture.supplyAsync(() -> engine.run(tasks.subList(k * 50, 200 + k * 50))))
                    .toList();
            for (int k = 0; k < runs.size(); k++) {
                assertThat(runs.get(k).join().stream().map(TrialResult::outcome))
                        .isEqualTo(undisturbed(tasks.subList(k * 50, 200 + k * 50)));
            }
        }
        assertThat(run(tasks).reuse()).isEqualTo(new Reuse(350, Map.of()));
    }

    // ---- ends ----------------------------------------------------------------------------------------------------

    /** Runs some trials and is then stopped from outside. */
    private record Interrupted(int after) implements Engine {
        @Override
        public void run(List<TrialTask> tasks, Receiver receiver) {
            for (int index = 0; index < after; index++) {
                receiver.finished(index, tasks.get(index).run(), Origin.RUN);
            }
            throw new InterruptedRun();
        }

        @Override
        public void close() {}
    }

    @Test
    void anInterruptedRunKeepsWhatItHas() {
        List<TrialTask> tasks = tasks(10);
        try (RememberingEngine engine =
                new RememberingEngine(new Interrupted(7), Ledger.open(file()), claim -> claim + "code", HERE)) {
            assertThatThrownBy(() -> engine.run(tasks)).isInstanceOf(Engine.InterruptedRun.class);
            assertThat(engine.reuse()).isEqualTo(new Reuse(0, Map.of(Reason.NEVER_RUN, 7L)));
        }
        Run second = run(tasks);
        assertThat(second.reuse()).isEqualTo(new Reuse(7, Map.of(Reason.NEVER_RUN, 13L)));
        assertThat(second.outcomes()).isEqualTo(undisturbed(tasks));
    }

    @Test
    void aFullDiskEndsTheRunWithASentenceAndKeepsWhatIsThere() {
        List<TrialTask> tasks = tasks(2000);
        try (RememberingEngine engine = new RememberingEngine(
                new ThreadEngine(2),
                Ledger.open(new LedgerFile(file(), Duration.ofSeconds(5), 12)),
                claim -> claim + "code",
                HERE)) {
            engine.run(tasks.subList(0, 20));
            for (int times = 0; times < 2; times++) {
                assertThatThrownBy(() -> engine.run(tasks))
                        .isInstanceOf(Engine.EngineFailure.class)
                        .hasMessageContainingAll("no room is left", file().toString(), "free space");
            }
        }
        Run second = run(tasks);
        assertThat(second.reuse().kept()).isBetween(20L, 3999L);
        assertThat(second.outcomes()).isEqualTo(undisturbed(tasks));
    }

    // ---- sentences -----------------------------------------------------------------------------------------------

    @Test
    void reuseIsASentence() {
        assertThat(new Reuse(18_200, Map.of(Reason.PLAN, 300L, Reason.NEVER_RUN, 2000L, Reason.CODE, 800L)).sentence())
                .isEqualTo("18 200 trials were kept from earlier runs; 3 100 were run: 2 000 never run before,"
                        + " 300 for the plan has changed, 800 for the code has changed");
        assertThat(new Reuse(1, Map.of(Reason.DAMAGED, 1L, Reason.CODE, 0L)).sentence())
                .isEqualTo("1 trial was kept from earlier runs; 1 was run: 1 for the record was damaged");
        assertThat(new Reuse(2, Map.of()).sentence()).isEqualTo("2 trials were kept from earlier runs; none was run");
        assertThat(new Reuse(0, Map.of(Reason.NOT_MEASURED, 5L, Reason.ENVIRONMENT, 1L, Reason.EDITION, 1L)).sentence())
                .isEqualTo("no trial was kept from earlier runs; 7 were run: 1 for the edition is another one,"
                        + " 1 for the numeric environment is another one, 5 that failed or did not apply before");
    }
}
