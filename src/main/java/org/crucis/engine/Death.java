package org.crucis.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a worker ended. Two processes that die of the same cause die the same death: no address, no process number.
 *
 * @param exitCode as Java gives it: 128 and the signal's number for a process that a signal ended
 * @param report what the JVM printed about its own crash; empty when it did not
 */
record Death(int exitCode, List<String> report) {

    private static final int SIGNALLED = 128;

    /** POSIX; the numbers are the same on Linux and macOS, but for SIGBUS. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            15, "SIGTERM");

    /** What a terminal or a scheduler sends to a whole group of processes to stop it. */
    private static final List<String> STOPS = List.of("SIGHUP", "SIGINT", "SIGTERM");

    private static final String KILL = "SIGKILL";

    /** On Windows exceptions, elsewhere signals: "#  SIGSEGV (0xb) at pc=0x..., pid=..., tid=...". */
    private static final Pattern FATAL = Pattern.compile("#\\s+((?:SIG|EXCEPTION_)\\w+) \\(0x.*");

    /** "# C  [libopenblas.so.0+0x...]  dgemm+0x..." */
    private static final Pattern LIBRARY = Pattern.compile("# \\w\\s+\\[([^]+]+).*");

    /** "# J 217 c2 paper.Claim.method()V (8 bytes) @ 0x...": what of it is compiled or inlined differs from run to run. */
    private static final Pattern JAVA = Pattern.compile("# [Jjv]\\s.*");

    private static final Pattern INTERNAL = Pattern.compile("#\\s+(Internal Error|Out of Memory Error) \\(.*");
    private static final Pattern NO_MEMORY = Pattern.compile("# There is insufficient memory for .*");

    /** Whether somebody stopped it, as Ctrl-C does, together with others. */
    boolean isStop() {
        return report.isEmpty() && STOPS.contains(signal().orElse(""));
    }

    /** What happened, to be read after the name of a trial. */
    String sentence() {
        return what() + "; exit code " + exitCode;
    }

    private String what() {
        if (find(NO_MEMORY).isPresent()) {
            return "took its process down: the JVM found no more memory";
        }
        Optional<String> fatal = find(FATAL).or(() -> find(INTERNAL).map(internal -> "internal error of the JVM"));
        if (fatal.isPresent()) {
            return "took its process down: " + fatal.get() + where();
        }
        String signal = signal().orElse("");
        if (signal.equals(KILL)) {
            return "had its process killed from outside (SIGKILL), perhaps for lack of memory";
        }
        if (STOPS.contains(signal)) {
            return "had its process stopped from outside (" + signal + ")";
        }
        return signal.isEmpty() ? "ended its process" : "took its process down: " + signal;
    }

    private String where() {
        return find(LIBRARY)
                .map(library -> " in " + library)
                .or(() -> find(JAVA).map(frame -> " in Java code"))
                .orElse("");
    }

    private Optional<String> signal() {
        return Optional.ofNullable(SIGNALS.get(exitCode - SIGNALLED));
    }

    /** The first group of the first line that matches; the line where there is no group. */
    private Optional<String> find(Pattern pattern) {
        return report.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(Math.min(1, matcher.groupCount())))
                .findFirst();
    }
}
