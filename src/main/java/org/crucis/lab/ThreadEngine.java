package org.crucis.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Trials in parallel on threads that live as long as the engine: DL4J's workspaces belong to threads, and a new thread for
 * each trial would leak them. Each trial uses one BLAS thread.
 */
public final class ThreadEngine implements Engine, AutoCloseable {

    private final ExecutorService workers;
    private final Progress progress;

    /** @throws IllegalArgumentException for less than one thread */
    public ThreadEngine(int threads, Progress progress) {
        if (threads < 1) {
            throw new IllegalArgumentException("the engine needs at least one thread, got " + threads);
        }
        this.progress = progress;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread worker = new Thread(task, "crucis-trials");
            worker.setDaemon(true);
            return worker;
        });
    }

    @Override
    public List<TrialTask.Result> run(List<TrialTask> tasks) {
        List<TrialTask.Result> results = new ArrayList<>(Collections.nCopies(tasks.size(), null));
        List<Integer> order = IntStream.range(0, tasks.size())
                .boxed()
                .sorted(Comparator.comparingDouble(index -> -tasks.get(index).expectedCost()))
                .toList();
        List<Future<?>> running = new ArrayList<>();
        for (int index : order) {
            running.add(workers.submit(() -> {
                results.set(index, tasks.get(index).run());
                progress.trialDone();
            }));
        }
        try {
            for (Future<?> each : running) {
                each.get();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
            throw new InterruptedRun();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a trial broke the engine instead of its own result", e.getCause());
        }
        return results;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
