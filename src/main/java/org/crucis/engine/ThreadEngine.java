package org.crucis.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.crucis.lab.Engine;
import org.crucis.lab.TrialTask;

/**
 * Trials in parallel on threads of this process that live as long as the engine: DL4J's workspaces belong to threads, and a
 * new thread for each trial would leak them. Each trial uses one BLAS thread. For tests and debuggers: a trial that takes its
 * process down takes the run with it, and none can be stopped.
 */
public final class ThreadEngine implements Engine {

    private final ExecutorService workers;

    /** @throws IllegalArgumentException for less than one thread */
    public ThreadEngine(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("the engine needs at least one thread, got " + threads);
        }
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread worker = new Thread(task, "crucis-trials");
            worker.setDaemon(true);
            return worker;
        });
    }

    @Override
    public void run(List<TrialTask> tasks, Receiver receiver) {
        List<Future<?>> running = new ArrayList<>();
        for (int index : largestFirst(tasks)) {
            running.add(workers.submit(
                    () -> receiver.finished(index, tasks.get(index).run(), Origin.RUN)));
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
            if (e.getCause() instanceof EngineFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("a trial broke the engine instead of its own result", e.getCause());
        } finally {
            // Does nothing to those that have finished; a run that was given up starts no more.
            running.forEach(each -> each.cancel(false));
        }
    }

    /** Indices of the tasks, the dearest first: no core is to wait at the end for one large trial. */
    public static List<Integer> largestFirst(List<TrialTask> tasks) {
        return IntStream.range(0, tasks.size())
                .boxed()
                .sorted(Comparator.comparingDouble(index -> -tasks.get(index).expectedCost()))
                .toList();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
