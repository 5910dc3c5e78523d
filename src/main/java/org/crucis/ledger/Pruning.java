package org.crucis.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which trials of a ledger are no longer wanted.
 *
 * @param present settings whose trials a run would reuse; trials of all others go
 * @param unmeasured whether trials that failed or did not apply go too, which no run reuses
 * @param before only trials that finished earlier go
 */
public record Pruning(Predicate<Setting> present, Unmeasured unmeasured, Instant before) {

    /** What becomes of trials that failed or did not apply. */
    public enum Unmeasured {
        STAY,
        GO
    }

    /**
     * @param settings how many settings lost trials
     * @param bytes how much smaller the ledger became; in a rehearsal, how much text would go
     */
    public record Pruned(long trials, long settings, long bytes) {}

    private static final String UNWANTED = " WHERE finished < ? AND (setting IN (SELECT value FROM json_each(?))"
            + " OR (? AND outcome <> 'measured'))";

    /** What would go. Changes nothing. */
    public Pruned rehearsed(Path path) {
        LedgerFile file = LedgerFile.of(path);
        try (Connection connection = file.read()) {
            return unwanted(connection, stale(connection));
        } catch (SQLException e) {
            throw file.explained(e);
        }
    }

    /**
     * Removes them and gives their room back to the disk.
     *
     * @throws LedgerException also while another process writes to the ledger, which may still want them
     */
    public Pruned done(Path path) {
        LedgerFile file = LedgerFile.of(path);
        // Opening to write would make a ledger where there is none.
        LedgerFile.closeQuietly(file.read());
        try (Connection connection = file.write()) {
            Writer self = Writer.enter(connection);
            List<Writer> others = self.others(connection);
            if (!others.isEmpty()) {
                self.end(connection);
                throw new LedgerException("the ledger " + path + " is in use, for "
                        + others.get(0).sentence() + ": prune it when no run is on");
            }
            Pruned pruned = prune(connection);
            self.end(connection);
            return pruned;
        } catch (SQLException e) {
            throw file.explained(e);
        }
    }

    private Pruned prune(Connection connection) throws SQLException {
        long before = LedgerFile.bytes(connection);
        LedgerFile.execute(connection, "BEGIN IMMEDIATE");
        String stale = stale(connection);
        Pruned unwanted = unwanted(connection, stale);
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM trial" + UNWANTED)) {
            bind(delete, stale);
            delete.executeUpdate();
        }
        LedgerFile.execute(
                connection,
                "DELETE FROM setting WHERE id NOT IN (SELECT setting FROM trial)",
                "COMMIT",
                "VACUUM",
                "PRAGMA wal_checkpoint(TRUNCATE)");
        return new Pruned(unwanted.trials(), unwanted.settings(), before - LedgerFile.bytes(connection));
    }

    /** Numbers of the settings that no run would look up, as a JSON array. */
    private String stale(Connection connection) throws SQLException {
        return Setting.all(connection).entrySet().stream()
                .filter(each -> !present.test(each.getValue()))
                .map(each -> String.valueOf(each.getKey()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Pruned unwanted(Connection connection, String stale) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT count(*), count(DISTINCT setting), coalesce(sum(octet_length(result)), 0) FROM trial"
                        + UNWANTED)) {
            bind(select, stale);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Pruned(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }

    private void bind(PreparedStatement statement, String stale) throws SQLException {
        statement.setString(1, LedgerFile.text(before));
        statement.setString(2, stale);
        statement.setBoolean(3, unmeasured == Unmeasured.GO);
    }
}
