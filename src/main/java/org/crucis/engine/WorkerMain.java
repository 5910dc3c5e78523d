package org.crucis.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.crucis.lab.TrialTask;

/**
 * A worker: is sent one trial at a time, runs it, sends its result back. It lives no longer than the process that started
 * it, even in the middle of a trial.
 */
final class WorkerMain {

    /** In the environment, which other users cannot see: by it the worker is known. */
    static final String TOKEN = "CRUCIS_WORKER";

    private WorkerMain() {}

    /** @param arguments the port of the process that started it */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Connection pool = new Connection(new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])));
        pool.write(System.getenv(TOKEN));
        BlockingQueue<String> specs = new LinkedBlockingQueue<>();
        Thread watch = new Thread(() -> watch(pool, specs), "crucis-watch");
        watch.setDaemon(true);
        watch.start();
        pool.write(
                new ObjectMapper().writeValueAsString(NumericEnvironment.here().facts()));
        try {
            while (true) {
                pool.write(answer(TrialJson.readSpec(specs.take())));
            }
        } finally {
            // Whoever waits for an answer must see that none will come.
            Runtime.getRuntime().halt(1);
        }
    }

    /** Receives trials, so that it notices at once when nobody is left to send any. */
    private static void watch(Connection pool, BlockingQueue<String> specs) {
        try {
            while (true) {
                specs.add(pool.read());
            }
        } catch (IOException e) {
            // The other side is gone.
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    private static String answer(TrialSpec spec) {
        long start = System.nanoTime();
        PeakMemory.reset();
        TrialResult.Failed failed;
        try {
            return json(TrialTask.of(spec).run(), spec);
        } catch (OutOfMemoryError e) {
            failed = new TrialResult.Failed(
                    TrialResult.Cause.OUT_OF_MEMORY, "the result of " + spec + " does not fit into memory");
        } catch (IllegalArgumentException e) {
            failed = new TrialResult.Failed(TrialResult.Cause.THREW, e.getMessage());
        } catch (Throwable e) {
            // A trial makes results of all that it is known to throw; this process must answer whatever it was.
            failed = new TrialResult.Failed(TrialResult.Cause.THREW, spec + " threw " + e);
        }
        return json(new TrialResult(failed, List.of(), TrialResult.Cost.of(System.nanoTime() - start)), spec);
    }

    private static String json(TrialResult result, TrialSpec spec) {
        return TrialJson.write(result.withPeak(PeakMemory.bytes()), spec.point());
    }
}
