package org.crucis.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.crucis.lab.Seeds;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialSpec;
import org.sqlite.SQLiteErrorCode;

/** Looks into a ledger and changes nothing, also while a run writes to it. Rows are handed over one by one. */
public final class LedgerReader implements AutoCloseable {

    private final LedgerFile file;
    private final Connection connection;

    private LedgerReader(LedgerFile file) {
        this.file = file;
        this.connection = file.read();
    }

    /** @throws LedgerException when there is no ledger, or it cannot be read */
    public static LedgerReader open(Path file) {
        return new LedgerReader(LedgerFile.of(file));
    }

    // ---- status --------------------------------------------------------------------------------------------------

    public Status status() {
        try {
            Map<String, Long> trials = new LinkedHashMap<>();
            for (String outcome : List.of("measured", "not applicable", "failed")) {
                trials.put(outcome, 0L);
            }
            each(
                    "SELECT outcome, count(*) FROM trial GROUP BY outcome",
                    row -> trials.put(row.getString(1), row.getLong(2)));
            List<Status.ClaimTrials> claims = new ArrayList<>();
            each(
                    "SELECT claim, count(*), sum(seconds), sum(outcome = 'failed')"
                            + " FROM trial JOIN setting ON setting.id = trial.setting GROUP BY claim ORDER BY claim",
                    row -> claims.add(new Status.ClaimTrials(
                            row.getString(1), row.getLong(2), row.getDouble(3), row.getLong(4))));
            List<Status.FailedTrial> failed = new ArrayList<>();
            each(
                    "SELECT claim, experiment, point, block, edition, cause, reason, finished"
                            + " FROM trial JOIN setting ON setting.id = trial.setting WHERE outcome = 'failed'"
                            + " ORDER BY finished DESC",
                    row -> failed.add(new Status.FailedTrial(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getInt(4),
                            row.getInt(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8))));
            return new Status(
                    file.path().toString(),
                    LedgerFile.bytes(connection),
                    LedgerFile.number(connection, "SELECT count(DISTINCT setting) FROM trial"),
                    trials,
                    damaged(),
                    Writer.onThisMachine(connection).stream()
                            .filter(Writer::lives)
                            .map(Writer::sentence)
                            .toList(),
                    claims,
                    failed);
        } catch (SQLException e) {
            throw file.explained(e);
        }
    }

    private long damaged() throws SQLException {
        long[] damaged = {0};
        each(STORED, row -> damaged[0] += stored(row).isWhole() ? 0 : 1);
        return damaged[0];
    }

    // ---- trials --------------------------------------------------------------------------------------------------

    private static final String STORED = "SELECT setting.*, block, point, result, checksum, finished"
            + " FROM setting JOIN trial ON trial.setting = setting.id";

    /** Ids of the claims that the ledger has trials of. */
    public List<String> claims() {
        try {
            List<String> claims = new ArrayList<>();
            each("SELECT DISTINCT claim FROM setting ORDER BY claim", row -> claims.add(row.getString(1)));
            return claims;
        } catch (SQLException e) {
            throw file.explained(e);
        }
    }

    /**
     * Hands over the trials of some claims one by one, in an order that stays the same.
     *
     * @param claims ids; all claims when empty
     * @return how many were left out, for they are not what was written
     */
    public long trials(Collection<String> claims, Consumer<KeptTrial> consumer) {
        try {
            long[] damaged = {0};
            String order = " ORDER BY setting.id, block, point";
            for (String claim : claims.isEmpty() ? claims() : claims) {
                try (PreparedStatement select = connection.prepareStatement(STORED + " WHERE claim = ?" + order)) {
                    select.setString(1, claim);
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            StoredTrial stored = stored(rows);
                            if (stored.isWhole()) {
                                consumer.accept(kept(rows.getLong("id"), stored, rows.getString("finished")));
                            } else {
                                damaged[0]++;
                            }
                        }
                    }
                }
            }
            return damaged[0];
        } catch (SQLException e) {
            throw file.explained(e);
        }
    }

    private static StoredTrial stored(ResultSet row) throws SQLException {
        return new StoredTrial(
                Setting.read(row),
                row.getInt("block"),
                row.getString("point"),
                row.getString("result"),
                row.getLong("checksum"));
    }

    private static KeptTrial kept(long number, StoredTrial stored, String finished) {
        Setting setting = stored.setting();
        TrialSpec spec = new TrialSpec(
                setting.claimClass(),
                setting.experiment(),
                TrialJson.readPoint(stored.point()),
                stored.block(),
                new Seeds(setting.claim(), setting.plan(), setting.edition()));
        return new KeptTrial(number, setting, spec, TrialJson.readResult(stored.result(), spec), finished);
    }

    // ---- queries -------------------------------------------------------------------------------------------------

    /** Takes the answer to a query. */
    public interface Rows {

        void columns(List<String> names);

        /** @param cells texts, numbers, bytes or null, as SQLite has them */
        void row(List<Object> cells);
    }

    /**
     * Asks SQLite. The tables are {@code setting}, {@code trial} and {@code run}; the view {@code observation} has a row for
     * each number that was measured.
     *
     * @throws LedgerException when it is no query, would write, or SQLite does not understand it
     */
    public void query(String sql, Rows rows) {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                throw new LedgerException("this statement gives no rows; a ledger answers SELECT: " + sql.strip());
            }
            try (ResultSet answer = statement.getResultSet()) {
                ResultSetMetaData columns = answer.getMetaData();
                int count = columns.getColumnCount();
                List<String> names = new ArrayList<>();
                for (int column = 1; column <= count; column++) {
                    names.add(columns.getColumnLabel(column));
                }
                rows.columns(names);
                while (answer.next()) {
                    List<Object> cells = new ArrayList<>(count);
                    for (int column = 1; column <= count; column++) {
                        cells.add(answer.getObject(column));
                    }
                    rows.row(cells);
                }
            }
        } catch (SQLException e) {
            throw switch (SQLiteErrorCode.getErrorCode(e.getErrorCode())) {
                // The driver's own errors have no code; its only one here is that there was nothing to prepare.
                case SQLITE_OK -> new LedgerException("there is no statement in the query: ask with SELECT", e);
                case SQLITE_READONLY ->
                    new LedgerException(
                            "this statement would change the ledger, and a query only reads: ask with SELECT", e);
                case SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_TOOBIG ->
                    new LedgerException("SQLite refuses the query: " + bare(e.getMessage()), e);
                default -> file.explained(e);
            };
        }
    }

    /** SQLite's own words, without what the driver puts around them. */
    private static String bare(String message) {
        return message.replaceFirst("(?s)^\\[\\w+][^(]*\\((.*)\\)$", "$1");
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String query, Row take) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                take.take(rows);
            }
        }
    }

    @Override
    public void close() {
        LedgerFile.closeQuietly(connection);
    }
}
