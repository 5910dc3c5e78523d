package org.crucis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.crucis.lab.Engine;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialTask;

/** Trials in parallel, each in a process of this machine that may be stopped or may crash: see {@link WorkerPool}. */
public final class WorkerEngine implements Engine {

    /** A result and the place of its task. */
    private record Finished(int index, TrialResult result) {}

    private final WorkerPool pool;
    private final ExecutorService slots;

    public WorkerEngine(EngineSettings settings) {
        this.pool = new WorkerPool(settings);
        this.slots = Executors.newFixedThreadPool(settings.slots(), task -> {
            Thread slot = new Thread(task, "crucis-trials");
            slot.setDaemon(true);
            return slot;
        });
    }

    /**
     * Results are handed over on the calling thread: a slow receiver holds up no trial, and one that throws ends the run, with
     * the trials that are still going.
     */
    @Override
    public void run(List<TrialTask> tasks, Receiver receiver) {
        CompletionService<Finished> finished = new ExecutorCompletionService<>(slots);
        List<Future<Finished>> all = new ArrayList<>();
        try {
            for (int index : ThreadEngine.largestFirst(tasks)) {
                all.add(finished.submit(
                        () -> new Finished(index, pool.run(tasks.get(index).spec()))));
            }
            for (int count = 0; count < tasks.size(); count++) {
                Finished next = finished.take().get();
                receiver.finished(next.index(), next.result(), Origin.RUN);
            }
        } catch (RejectedExecutionException e) {
            throw new InterruptedRun(); // The engine has been closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRun();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException reason
                    ? reason
                    : new IllegalStateException("a trial broke the engine instead of its own result", e.getCause());
        } finally {
            // Does nothing to those that have finished; kills the workers of those that run.
            all.forEach(each -> each.cancel(true));
        }
    }

    @Override
    public void close() {
        pool.close();
        // Trials that still wait for a slot fail now one by one, since the pool runs no more.
        slots.shutdown();
    }
}
