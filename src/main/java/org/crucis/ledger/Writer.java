package org.crucis.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A process that opened the ledger to write and has not said that it ended. */
record Writer(long run, long pid, Instant started) {

    /** Systems know the start of a process to a second, and set their clocks now and then. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(5);

    private static final String HERE = host();

    /** Only of this machine: what processes another one has cannot be seen from here. */
    static List<Writer> onThisMachine(Connection connection) throws SQLException {
        List<Writer> writers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id, pid, started FROM run WHERE host = ? AND ended IS NULL ORDER BY started")) {
            select.setString(1, HERE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    writers.add(new Writer(rows.getLong(1), rows.getLong(2), Instant.parse(rows.getString(3))));
                }
            }
        }
        return writers;
    }

    /** Enters this process; ends those that died without a word. */
    static Writer enter(Connection connection) throws SQLException {
        LedgerFile.execute(connection, "BEGIN IMMEDIATE");
        for (Writer earlier : onThisMachine(connection)) {
            if (!earlier.lives()) {
                earlier.end(connection);
            }
        }
        Instant now = Instant.now();
        long pid = ProcessHandle.current().pid();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO run(pid, host, started) VALUES(?, ?, ?)")) {
            insert.setLong(1, pid);
            insert.setString(2, HERE);
            insert.setString(3, LedgerFile.text(now));
            insert.executeUpdate();
        }
        long run = LedgerFile.number(connection, "SELECT last_insert_rowid()");
        LedgerFile.execute(connection, "COMMIT");
        return new Writer(run, pid, now);
    }

    void end(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE run SET ended = ? WHERE id = ?")) {
            update.setString(1, LedgerFile.text(Instant.now()));
            update.setLong(2, run);
            update.executeUpdate();
        }
    }

    /** A process that started later than this run has only taken over the number of one that died. */
    boolean lives() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info()
                        .startInstant()
                        .map(start -> !start.isAfter(started.plus(CLOCK_ERROR)))
                        .orElse(true))
                .orElse(false);
    }

    /** All but this one that write now. */
    List<Writer> others(Connection connection) throws SQLException {
        return onThisMachine(connection).stream()
                .filter(writer -> writer.run != run && writer.lives())
                .toList();
    }

    String sentence() {
        return "process " + pid + " has been writing to it since " + LedgerFile.shown(started);
    }

    /** Asking the network for it can take seconds where names are not resolved. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (IOException unknown) {
                return "unknown";
            }
        }
    }
}
