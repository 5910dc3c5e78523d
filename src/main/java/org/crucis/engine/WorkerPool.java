package org.crucis.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;

/**
 * Runs trials in processes of their own, so that a trial can be stopped, and can take down no process but its own. A worker
 * is started when none is idle, and lives until the pool is closed, this JVM ends, or a trial has harmed it. No trial is run
 * twice.
 */
public final class WorkerPool implements AutoCloseable {

    /** Also on a machine that is busy with other things. */
    private static final Duration START = Duration.ofMinutes(2);

    /** How long after its workers a process may notice that all of them are being stopped. */
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final EngineSettings settings;
    private final String classPath;
    private final Supplier<NumericEnvironment> expected;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> workers = new HashSet<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Why no worker can be started; what kept one from it keeps every other. */
    private volatile Engine.EngineFailure broken;

    private final Thread atExit = new Thread(this::end, "crucis-workers-end");

    /** Workers with the class path and the numeric environment of this process. */
    public WorkerPool(EngineSettings settings) {
        this(settings, TrialJvm.classPath(), NumericEnvironment::here);
    }

    /**
     * @param classPath of the workers
     * @param expected the numeric environment that every worker must have
     */
    public WorkerPool(EngineSettings settings, String classPath, NumericEnvironment expected) {
        this(settings, classPath, () -> expected);
    }

    private WorkerPool(EngineSettings settings, String classPath, Supplier<NumericEnvironment> expected) {
        this.settings = settings;
        this.classPath = classPath;
        this.expected = expected;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Runs one trial to its end, in a worker that does nothing else meanwhile; any number of threads may call. An interruption
     * kills that worker.
     *
     * @return what the trial gave, or how it took its process down
     * @throws Engine.InterruptedRun when the thread is interrupted, or the pool closed
     * @throws Engine.EngineFailure when no worker can be started, or one computes in another numeric environment
     */
    public TrialResult run(TrialSpec spec) {
        try {
            Worker worker = borrow();
            try {
                return run(spec, worker);
            } finally {
                giveBack(worker);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Engine.InterruptedRun();
        }
    }

    /** Whatever leaves the worker unfit for another trial kills it. */
    private TrialResult run(TrialSpec spec, Worker worker) throws InterruptedException {
        long start = System.nanoTime();
        TrialResult.Failed failed;
        boolean fit = false;
        try {
            worker.send(TrialJson.write(spec));
            TrialResult result = TrialJson.readResult(worker.receive(settings.longest()), spec);
            fit = !(result.outcome() instanceof TrialResult.Failed failure
                    && failure.cause() == TrialResult.Cause.OUT_OF_MEMORY);
            return result;
        } catch (TimeoutException e) {
            failed = new TrialResult.Failed(
                    TrialResult.Cause.TOO_LONG,
                    spec + " ran longer than a trial may, which is " + seconds(settings.longest())
                            + " s: its process was killed");
        } catch (EOFException e) {
            failed = new TrialResult.Failed(
                    TrialResult.Cause.CRASHED, spec + " " + death(worker).sentence());
        } finally {
            if (!fit) {
                worker.kill();
            }
        }
        return new TrialResult(failed, List.of(), TrialResult.Cost.of(System.nanoTime() - start));
    }

    private Death death(Worker worker) throws InterruptedException {
        Death death = worker.death();
        // Ctrl-C reaches every process of a terminal; this one then takes a moment to begin its own end.
        if (isClosed() || death.isStop() && closed.await(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Engine.InterruptedRun();
        }
        return death;
    }

    private Worker borrow() throws InterruptedException {
        Worker started;
        synchronized (this) {
            while (!idle.isEmpty()) {
                Worker last = idle.pop();
                if (last.isFit()) {
                    return last;
                }
                workers.remove(last);
            }
            started = start();
        }
        try {
            greet(started);
            return started;
        } catch (Engine.EngineFailure e) {
            broken = e;
            started.kill();
            giveBack(started);
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            started.kill();
            giveBack(started);
            throw e;
        }
    }

    private synchronized void giveBack(Worker worker) {
        if (worker.isFit()) {
            idle.push(worker);
        } else {
            workers.remove(worker);
        }
    }

    private Worker start() {
        if (isClosed()) {
            throw new Engine.InterruptedRun();
        }
        if (broken != null) {
            throw broken;
        }
        try {
            Worker started = new Worker(settings.heapMegabytes(), classPath);
            workers.add(started);
            return started;
        } catch (IOException e) {
            throw new Engine.EngineFailure(
                    "cannot start a worker process: " + e.getMessage() + "; trials need a Java that can start another",
                    e);
        }
    }

    /** Waits for a new worker's first words. */
    private void greet(Worker worker) throws InterruptedException {
        NumericEnvironment environment;
        try {
            environment = new NumericEnvironment(
                    new ObjectMapper().readValue(worker.receive(START), new TypeReference<Map<String, String>>() {}));
        } catch (TimeoutException e) {
            throw new Engine.EngineFailure("a worker process was not ready " + seconds(START)
                    + " s after its start; run fewer at once" + said(worker));
        } catch (EOFException e) {
            int exitCode = death(worker).exitCode();
            throw new Engine.EngineFailure("cannot start a worker process: exit code " + exitCode + said(worker));
        } catch (JsonProcessingException e) {
            throw new Engine.EngineFailure(
                    "a worker process speaks another language; give every process the same jars", e);
        }
        String difference = environment.differenceFrom(expected.get());
        if (!difference.isEmpty()) {
            throw new Engine.EngineFailure("a worker process computes in another numeric environment (" + difference
                    + "), whose results may differ in their last bits: use the same JDK and jars everywhere, and set"
                    + " OMP_NUM_THREADS=1 and one OPENBLAS_CORETYPE in the environment of every process");
        }
    }

    private static String said(Worker worker) {
        List<String> words = worker.lastWords();
        return words.isEmpty() ? "" : "; it said: " + String.join(" / ", words);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Kills all workers; whoever waits for a result gets {@link Engine.InterruptedRun}. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending, and has done or will do the same.
        }
    }

    private synchronized void end() {
        closed.countDown();
        workers.forEach(Worker::kill);
    }
}
