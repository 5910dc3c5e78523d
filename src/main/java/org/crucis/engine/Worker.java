package org.crucis.engine;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A child JVM that runs one trial at a time, as seen by the process that started it. Used by one thread at a time. */
final class Worker {

    /** The socket is closed a moment before the process has ended, and long before where it writes its memory to disk. */
    private static final Duration DYING = Duration.ofSeconds(30);

    /** How long a stranger at the door may keep the worker waiting. */
    private static final int STRANGER_MILLIS = 2_000;

    private static final int TOKEN_BYTES = 64;

    /** A crash is told by the result of its trial: no file in the folder that the user happens to stand in. */
    private static final String NO_FILE = System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";

    private static final List<String> OPTIONS = List.of(
            // A worker has one core. Unlike the serial collector, this one gives up on a heap that is full but for
            // crumbs.
            "-XX:+UseParallelGC", "-XX:ParallelGCThreads=1", "-XX:ErrorFile=" + NO_FILE);

    /** In the place of a text: there will be no more. */
    private static final Optional<String> ENDED = Optional.empty();

    private final String token = UUID.randomUUID().toString();
    private final BlockingQueue<Optional<String>> received = new LinkedBlockingQueue<>();
    private final ServerSocket door;
    private final Process process;
    private final WorkerOutput output;

    /** Set before anything is received. */
    private Connection connection;

    private volatile boolean killed;

    /**
     * Starts a process, and does not wait for it: its first text will be its numeric environment.
     *
     * @throws IOException when the operating system refuses
     */
    Worker(int heapMegabytes, String classPath) throws IOException {
        door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        try {
            ProcessBuilder builder = TrialJvm.process(heapMegabytes, classPath, OPTIONS, WorkerMain.class.getName());
            builder.command().add(String.valueOf(door.getLocalPort()));
            builder.environment().put(WorkerMain.TOKEN, token);
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            door.close();
            throw e;
        }
        output = new WorkerOutput(process);
        process.onExit().thenRun(this::closeDoor);
        Thread receiving = new Thread(this::receive, "crucis-worker-results");
        receiving.setDaemon(true);
        receiving.start();
    }

    private void receive() {
        try (Connection accepted = accept()) {
            closeDoor();
            connection = accepted;
            while (true) {
                received.add(Optional.of(accepted.read()));
            }
        } catch (IOException e) {
            // The process has ended, in whatever way: its exit code will say more.
        } finally {
            received.add(ENDED);
        }
    }

    private Connection accept() throws IOException {
        while (true) {
            Socket visitor = door.accept();
            try {
                visitor.setSoTimeout(STRANGER_MILLIS);
                Connection opened = new Connection(visitor);
                if (opened.read(TOKEN_BYTES).equals(token)) {
                    visitor.setSoTimeout(0);
                    return opened;
                }
                visitor.close();
            } catch (IOException e) {
                visitor.close(); // Not ours: it knew no token.
            }
        }
    }

    private void closeDoor() {
        try {
            door.close();
        } catch (IOException e) {
            // Then it stays open, and nobody listens.
        }
    }

    /** Whether another trial may be sent to it. */
    boolean isFit() {
        return !killed && process.isAlive();
    }

    /** @throws EOFException when the worker has ended */
    void send(String text) throws EOFException {
        try {
            connection.write(text);
        } catch (IOException e) {
            throw new EOFException(e.getMessage());
        }
    }

    /**
     * The next text.
     *
     * @throws TimeoutException when there is none after so long
     * @throws EOFException when the worker has ended
     */
    String receive(Duration longest) throws InterruptedException, TimeoutException, EOFException {
        Optional<String> next = received.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new TimeoutException();
        }
        return next.orElseThrow(EOFException::new);
    }

    /** How a worker ended whose end {@link #receive} has told. */
    Death death() throws InterruptedException {
        if (!process.waitFor(DYING.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
        int exitCode = process.waitFor();
        output.join();
        return new Death(exitCode, output.report());
    }

    List<String> lastWords() {
        return output.last();
    }

    /** May be called by any thread. */
    void kill() {
        killed = true; // The process takes a moment to end.
        process.destroyForcibly();
    }
}
