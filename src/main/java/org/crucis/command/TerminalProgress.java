package org.crucis.command;

import java.io.PrintWriter;
import org.crucis.junit.ProgressView;

/** A line that is written over on a terminal, lines of their own elsewhere. */
final class TerminalProgress implements ProgressView {

    private static final int COLUMNS = 120;
    private static final long NANOSECONDS_BETWEEN_LINES = 3_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal = System.console() != null;
    private long last;

    TerminalProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void passing(String line) {
        long now = System.nanoTime();
        if (terminal) {
            // A longer line would wrap, and the next one could not write over it.
            err.print("\r\033[K" + (line.length() < COLUMNS ? line : line.substring(0, COLUMNS - 1)));
            err.flush();
        } else if (now - last > NANOSECONDS_BETWEEN_LINES) {
            last = now;
            err.println(line);
        }
    }

    @Override
    public void lasting(String line) {
        err.println((terminal ? "\r\033[K" : "") + line);
    }
}
