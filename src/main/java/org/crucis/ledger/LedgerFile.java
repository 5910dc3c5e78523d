package org.crucis.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;

/**
 * The SQLite file: opens it, says whose it is before anything is written to it, and turns SQLite's errors into sentences.
 *
 * @param patience how long to wait for another program that has locked it
 * @param mostPages how large it may grow
 */
record LedgerFile(Path path, Duration patience, long mostPages) {

    /** Longer than the slowest commit, shorter than a user's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** SQLite's own limit. */
    private static final long ALL_PAGES = 4_294_967_294L;

    /** "CRUC", by which a file is told from other programs' databases. */
    private static final int APPLICATION = 0x43525543;

    private static final int SCHEMA_VERSION = 1;

    /** Of one width, so that the order of the texts is that of the times. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** SQLite's default of 4 kB would hold two trials of 1.5 kB and waste the rest. */
    private static final int PAGE_BYTES = 16_384;

    /**
     * Trials lie in the order in which they end, found by an index over their key: a table sorted by the key itself took a
     * sixth more room and three times as long to write.
     *
     * <p>The view reads each part of a result by its path, for a part taken apart would be written out as text for every
     * number in it. NaN is NULL, which aggregates leave out.
     */
    private static final String SCHEMA = """
            CREATE TABLE setting(
              id INTEGER PRIMARY KEY,
              claim TEXT NOT NULL,
              experiment TEXT NOT NULL,
              class TEXT NOT NULL,
              plan TEXT NOT NULL,
              edition INTEGER NOT NULL,
              code TEXT NOT NULL,
              environment TEXT NOT NULL,
              UNIQUE(claim, experiment, class, plan, edition, code, environment)
            ) STRICT;

            CREATE TABLE trial(
              setting INTEGER NOT NULL REFERENCES setting(id),
              block INTEGER NOT NULL,
              point TEXT NOT NULL,
              outcome TEXT NOT NULL CHECK(outcome IN ('measured', 'not applicable', 'failed')),
              cause TEXT,
              reason TEXT,
              seconds REAL NOT NULL,
              peak_megabytes REAL,
              finished TEXT NOT NULL,
              checksum INTEGER NOT NULL,
              result TEXT NOT NULL,
              PRIMARY KEY(setting, block, point)
            ) STRICT;

            CREATE TABLE run(
              id INTEGER PRIMARY KEY,
              pid INTEGER NOT NULL,
              host TEXT NOT NULL,
              started TEXT NOT NULL,
              ended TEXT
            ) STRICT;

            CREATE VIEW observation AS
              SELECT setting.claim, setting.experiment, setting.edition, trial.setting, trial.block, trial.point,
                CASE axes.value WHEN '[]' THEN trial.point ELSE json_patch(trial.point, (
                  SELECT json_group_object(axis.value, json(line.value -> axis.key))
                  FROM json_each(axes.value) AS axis)) END AS coordinates,
                measure.value AS measure,
                CASE line.value ->> (json_array_length(axes.value) + measure.key)
                  WHEN 'NaN' THEN NULL WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999
                  ELSE line.value ->> (json_array_length(axes.value) + measure.key) END AS value
              FROM setting JOIN trial ON trial.setting = setting.id
                CROSS JOIN json_each(CASE WHEN json_valid(trial.result) THEN trial.result END, '$.tables') AS part
                CROSS JOIN json_each(json_array(trial.result -> ('$.tables[' || part.key || '].axes'))) AS axes
                CROSS JOIN json_each(trial.result, '$.tables[' || part.key || '].measures') AS measure
                CROSS JOIN json_each(trial.result, '$.tables[' || part.key || '].rows') AS line;
            """;

    static LedgerFile of(Path path) {
        return new LedgerFile(path, PATIENCE, ALL_PAGES);
    }

    static String text(Instant time) {
        return TIME.format(time);
    }

    // ---- opening -------------------------------------------------------------------------------------------------

    /** A connection that writes; makes the file when there is none. */
    Connection write() {
        refuseFolder();
        makeFolder();
        return connect(SQLiteOpenMode.READWRITE, connection -> {
            if (isEmpty(connection)) {
                create(connection);
            }
            checkIdentity(connection);
            checkPages(connection);
            execute(
                    connection,
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA max_page_count = " + mostPages);
        });
    }

    /** A connection that cannot write. */
    Connection read() {
        refuseFolder();
        if (!Files.exists(path)) {
            throw new LedgerException(
                    "there is no ledger " + path + ": run claims first, or name another file with --ledger");
        }
        return connect(SQLiteOpenMode.READONLY, connection -> {
            if (isEmpty(connection)) {
                throw new LedgerException(
                        "the ledger " + path + " is empty: run claims first, or name another file" + " with --ledger");
            }
            checkIdentity(connection);
            execute(connection, "PRAGMA query_only = ON");
            // VACUUM INTO and ATTACH would make other files.
            connection.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        });
    }

    private interface Preparation {
        void on(Connection connection) throws SQLException;
    }

    private Connection connect(SQLiteOpenMode mode, Preparation preparation) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) patience.toMillis());
        if (mode == SQLiteOpenMode.READONLY) {
            config.setReadOnly(true);
        }
        Connection connection = null;
        boolean ready = false;
        try {
            connection = config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
            preparation.on(connection);
            ready = true;
            return connection;
        } catch (SQLException e) {
            throw explained(e);
        } finally {
            if (!ready) {
                closeQuietly(connection);
            }
        }
    }

    private void refuseFolder() {
        if (Files.isDirectory(path)) {
            throw new LedgerException(path + " is a folder, but the ledger is a file: name another one with --ledger");
        }
    }

    private void makeFolder() {
        Path folder = path.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new LedgerException(
                    "cannot write the ledger " + path + ", for " + folder
                            + " is no folder: name another file with --ledger",
                    e);
        } catch (IOException e) {
            throw new LedgerException(
                    "cannot make the folder of the ledger " + path + " (" + e
                            + "): allow writing there, or name another file with --ledger",
                    e);
        }
    }

    private boolean isEmpty(Connection connection) throws SQLException {
        return number(connection, "SELECT count(*) FROM sqlite_schema") == 0
                && number(connection, "PRAGMA application_id") == 0;
    }

    /** Two processes may find the same empty file: the first makes the tables, the second finds them. */
    private void create(Connection connection) throws SQLException {
        execute(connection, "PRAGMA page_size = " + PAGE_BYTES, "PRAGMA journal_mode = WAL", "BEGIN IMMEDIATE");
        if (isEmpty(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(SCHEMA);
            }
            execute(connection, "PRAGMA application_id = " + APPLICATION, "PRAGMA user_version = " + SCHEMA_VERSION);
        }
        execute(connection, "COMMIT");
    }

    private void checkIdentity(Connection connection) throws SQLException {
        if (number(connection, "PRAGMA application_id") != APPLICATION) {
            throw new LedgerException(path + " is no ledger but another program's database, and was left as it is:"
                    + " name another file with --ledger");
        }
        long version = number(connection, "PRAGMA user_version");
        if (version != SCHEMA_VERSION) {
            throw new LedgerException("the ledger " + path + " was written by "
                    + (version > SCHEMA_VERSION ? "a newer" : "another") + " Crucis (format " + version
                    + ", this one knows format " + SCHEMA_VERSION
                    + "), and was left as it is: use that one, or name another file with --ledger");
        }
    }

    /** A tenth of a second at 100 000 trials; writing into a broken tree could break what is still whole. */
    private void checkPages(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (found.next() && !found.getString(1).equals("ok")) {
                throw damaged(found.getString(1), null);
            }
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** To the minute, in the reader's own time. */
    static String shown(Instant time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")
                .withZone(ZoneId.systemDefault())
                .format(time);
    }

    /** Size of the database, also of what has not been merged into the file yet. */
    static long bytes(Connection connection) throws SQLException {
        return number(connection, "PRAGMA page_count") * number(connection, "PRAGMA page_size");
    }

    /** For a connection that is given up because of an error, which is what the user is to read. */
    static void closeQuietly(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // The earlier error says more.
        }
    }

    // ---- sentences -----------------------------------------------------------------------------------------------

    LedgerException explained(SQLException error) {
        return switch (SQLiteErrorCode.getErrorCode(error.getErrorCode())) {
            case SQLITE_NOTADB ->
                new LedgerException(
                        path + " is no ledger, for it is no SQLite database, and was left as it is:"
                                + " move it away, or name another file with --ledger",
                        error);
            case SQLITE_CORRUPT -> damaged(error.getMessage(), error);
            case SQLITE_FULL ->
                new LedgerException(
                        "no room is left for the ledger " + path
                                + ": free space on its disk and start again; what was committed is kept",
                        error);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                new LedgerException(
                        "the ledger " + path
                                + " and the files beside it cannot be opened for writing (which SQLite needs even"
                                + " to read): allow it, or name another file with --ledger",
                        error);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new LedgerException(
                        "another program has locked the ledger " + path + " for more than "
                                + patience.toMillis() / 1000.0
                                + " s: wait until it ends, or name another file with --ledger",
                        error);
            case SQLITE_IOERR ->
                new LedgerException(
                        "the disk of the ledger " + path + " fails or is full (" + error.getMessage()
                                + "): see to it and start again; what was committed is kept",
                        error);
            default ->
                new LedgerException(
                        "the ledger " + path + " cannot be used (" + error.getMessage()
                                + "): name another file with --ledger",
                        error);
        };
    }

    private LedgerException damaged(String found, SQLException error) {
        return new LedgerException(
                "the ledger " + path + " is damaged (" + found.strip().replaceAll("\\s*\\R\\s*", " ")
                        + ") and was left as it is: move it away with the files beside it that end in -wal and -shm, or"
                        + " name another file with --ledger",
                error);
    }
}
