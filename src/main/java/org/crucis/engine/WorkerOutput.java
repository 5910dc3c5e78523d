package org.crucis.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker prints: passed on line by line, so that a full pipe never stops it, and the end of it kept, in case it is the
 * last that is heard of the worker. A JVM's report of its own crash is kept and not passed on: the result of the trial says
 * what it says.
 */
final class WorkerOutput {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerOutput.class);

    private static final int LINES = 20;

    /** More lines than the report of a crash has. */
    private static final int REPORT_LINES = 50;

    private static final String REPORT = "#";

    private final Deque<String> last = new ArrayDeque<>();
    private final Deque<String> report = new ArrayDeque<>();
    private final Thread reading;

    WorkerOutput(Process process) {
        reading = new Thread(() -> read(process.inputReader()), "crucis-worker-output");
        reading.setDaemon(true);
        reading.start();
    }

    private void read(BufferedReader output) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            // The process has been killed.
        }
    }

    private void take(String line) {
        if (TrialJvm.isGreeting(line)) {
            return;
        }
        boolean reported = line.startsWith(REPORT);
        if (!reported) {
            LOG.warn(line);
        }
        synchronized (this) {
            keep(line, last, LINES);
            if (reported) {
                keep(line, report, REPORT_LINES);
            }
        }
    }

    private static void keep(String line, Deque<String> lines, int most) {
        lines.addLast(line);
        if (lines.size() > most) {
            lines.removeFirst();
        }
    }

    /** Waits until all has been read of a process that has ended; not for long, since its own children may hold the pipe. */
    void join() throws InterruptedException {
        reading.join(2_000);
    }

    synchronized List<String> last() {
        return List.copyOf(last);
    }

    synchronized List<String> report() {
        return List.copyOf(report);
    }
}
