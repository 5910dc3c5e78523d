package org.crucis.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;

/**
 * Finished trials in one SQLite file, written while a run goes on.
 *
 * <p>One thread writes. It takes all that waits and commits it in one transaction, again and again: a trial is durable as
 * soon as the disk allows, and the faster trials end, the more of them share a commit. A process that is killed at any
 * moment leaves a whole ledger; what was not committed is run again. Several processes may write to one ledger.
 *
 * <p>All of it may be called from several threads. Every method throws {@link LedgerException} when the file cannot be used;
 * once a write has failed, every later one does.
 */
public final class Ledger implements AutoCloseable {

    private final LedgerFile file;
    private final Connection reading;
    private final Connection writing;
    private final Writer self;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Entry> waiting = new ArrayList<>();
    private long taken;
    private long committed;
    private boolean closed;
    private boolean told;
    private LedgerException failure;

    private record Entry(StoredTrial trial, TrialResult result, Instant finished) {}

    private Ledger(LedgerFile file) {
        this.file = file;
        Connection write = file.write();
        Connection read = null;
        try {
            self = Writer.enter(write);
            read = file.read();
        } catch (SQLException e) {
            LedgerFile.closeQuietly(write);
            throw file.explained(e);
        } catch (LedgerException e) {
            LedgerFile.closeQuietly(write);
            throw e;
        }
        this.writing = write;
        this.reading = read;
        // A daemon: a program that forgets to close its ledger still ends.
        this.thread = new Thread(this::write, "crucis-ledger");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens a ledger to write; makes the file, and its folder, when there is none. */
    public static Ledger open(Path file) {
        return open(LedgerFile.of(file));
    }

    static Ledger open(LedgerFile file) {
        return new Ledger(file);
    }

    public Path file() {
        return file.path();
    }

    /** A sentence for each other process of this machine that writes to this ledger now. */
    public List<String> others() {
        return reading(connection ->
                self.others(connection).stream().map(Writer::sentence).toList());
    }

    // ---- writing -------------------------------------------------------------------------------------------------

    /** Keeps a result; returns before it is on the disk. A measured result is never replaced by one that is not. */
    void put(Setting setting, TrialSpec spec, TrialResult result) {
        Entry entry = new Entry(StoredTrial.of(setting, spec, result), result, Instant.now());
        lock.lock();
        try {
            refuseAfterFailure();
            if (closed) {
                throw new IllegalStateException("the ledger " + file.path() + " is closed");
            }
            waiting.add(entry);
            taken++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all that was put before is on the disk. */
    public void flush() {
        lock.lock();
        try {
            long mine = taken;
            while (committed < mine && failure == null) {
                changed.awaitUninterruptibly();
            }
            refuseAfterFailure();
        } finally {
            lock.unlock();
        }
    }

    private void refuseAfterFailure() {
        if (failure != null) {
            told = true;
            throw new LedgerException(failure.getMessage(), failure);
        }
    }

    private void write() {
        for (List<Entry> batch = next(); !batch.isEmpty(); batch = next()) {
            LedgerException failed = commit(batch);
            lock.lock();
            try {
                failure = failed;
                if (failed == null) {
                    committed += batch.size();
                }
                changed.signalAll();
                if (failed != null) {
                    return;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** All that waits; empty when there will be no more. */
    private List<Entry> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Entry> batch = waiting;
            waiting = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** @return what went wrong; null when all is on the disk */
    private LedgerException commit(List<Entry> batch) {
        try {
            LedgerFile.execute(writing, "BEGIN IMMEDIATE");
            insert(batch);
            LedgerFile.execute(writing, "COMMIT");
            return null;
        } catch (SQLException e) {
            rollBack();
            return file.explained(e);
        } catch (RuntimeException | Error e) {
            // Whatever it is: those who wait for the disk must not wait for ever.
            rollBack();
            return new LedgerException(
                    "writing to the ledger " + file.path() + " stopped (" + e
                            + "): start again; what was committed is kept",
                    e);
        }
    }

    private void rollBack() {
        try {
            LedgerFile.execute(writing, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back already, or cannot; an open transaction ends with its connection.
        }
    }

    private void insert(List<Entry> batch) throws SQLException {
        // Not kept for the next transaction: another process may prune a setting between the two.
        Map<Setting, Long> settings = new HashMap<>();
        try (PreparedStatement upsert = writing.prepareStatement("""
                INSERT INTO trial(
                  setting, block, point, outcome, cause, reason, seconds, peak_megabytes, finished, checksum, result)
                VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET
                  outcome = excluded.outcome, cause = excluded.cause, reason = excluded.reason,
                  seconds = excluded.seconds, peak_megabytes = excluded.peak_megabytes, finished = excluded.finished,
                  checksum = excluded.checksum, result = excluded.result
                WHERE excluded.outcome = 'measured' OR trial.outcome <> 'measured'""")) {
            for (Entry entry : batch) {
                Setting setting = entry.trial().setting();
                Long id = settings.get(setting);
                if (id == null) {
                    id = idOf(setting);
                    settings.put(setting, id);
                }
                upsert.setLong(1, id);
                upsert.setInt(2, entry.trial().block());
                upsert.setString(3, entry.trial().point());
                bindOutcome(upsert, entry.result().outcome());
                upsert.setDouble(7, 1e-9 * entry.result().cost().nanoseconds());
                long peak = entry.result().cost().peakBytes();
                upsert.setObject(8, peak == 0 ? null : Double.valueOf(1e-6 * peak));
                upsert.setString(9, LedgerFile.text(entry.finished()));
                upsert.setLong(10, entry.trial().checksum());
                upsert.setString(11, entry.trial().result());
                upsert.executeUpdate();
            }
        }
    }

    private static void bindOutcome(PreparedStatement upsert, TrialResult.Outcome outcome) throws SQLException {
        if (outcome instanceof TrialResult.Failed failed) {
            upsert.setString(4, "failed");
            upsert.setString(5, failed.cause().name());
            upsert.setString(6, failed.reason());
        } else if (outcome instanceof TrialResult.NotApplicable notApplicable) {
            upsert.setString(4, "not applicable");
            upsert.setString(5, null);
            upsert.setString(6, notApplicable.reason());
        } else {
            upsert.setString(4, "measured");
            upsert.setString(5, null);
            upsert.setString(6, null);
        }
    }

    private long idOf(Setting setting) throws SQLException {
        String columns = "(claim, experiment, class, plan, edition, code, environment)";
        try (PreparedStatement insert = writing.prepareStatement(
                        "INSERT OR IGNORE INTO setting" + columns + " VALUES(?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement select = writing.prepareStatement(
                        "SELECT id FROM setting WHERE " + columns + " = (?, ?, ?, ?, ?, ?, ?)")) {
            for (PreparedStatement each : List.of(insert, select)) {
                each.setString(1, setting.claim());
                each.setString(2, setting.experiment());
                each.setString(3, setting.claimClass());
                each.setString(4, setting.plan());
                each.setInt(5, setting.edition());
                each.setString(6, setting.code());
                each.setString(7, setting.environment());
            }
            insert.executeUpdate();
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    // ---- remembering ---------------------------------------------------------------------------------------------

    /** Where a trial lies within a setting. */
    private record Place(int block, String point) {}

    /**
     * What is remembered of each trial, in the order of the trials, which all belong to one setting. What was put and not
     * yet committed is waited for.
     */
    List<Recall> recall(Setting setting, List<TrialSpec> trials) {
        if (trials.isEmpty()) {
            return List.of();
        }
        flush();
        return reading(connection -> {
            IntSummaryStatistics blocks =
                    trials.stream().mapToInt(TrialSpec::block).summaryStatistics();
            Map<Long, Setting> settings = setting.kin(connection);
            Map<Place, StoredTrial> stored = new HashMap<>();
            for (Map.Entry<Long, Setting> each : settings.entrySet()) {
                if (each.getValue().equals(setting)) {
                    stored = stored(connection, each.getKey(), setting, blocks);
                }
            }
            Map<Place, Reuse.Reason> elsewhere = null;
            List<Recall> recalled = new ArrayList<>();
            for (TrialSpec trial : trials) {
                Place place = new Place(trial.block(), TrialJson.write(trial.point()));
                StoredTrial found = stored.get(place);
                if (found != null) {
                    recalled.add(recall(found, trial));
                    continue;
                }
                if (elsewhere == null) {
                    elsewhere = elsewhere(connection, setting, settings, blocks);
                }
                recalled.add(new Recall.Missing(elsewhere.getOrDefault(place, Reuse.Reason.NEVER_RUN)));
            }
            return recalled;
        });
    }

    private static Recall recall(StoredTrial stored, TrialSpec trial) {
        Optional<TrialResult> result = stored.resultFor(trial);
        if (result.isEmpty()) {
            return new Recall.Missing(Reuse.Reason.DAMAGED);
        }
        return result.get().outcome() instanceof TrialResult.Measured
                ? new Recall.Kept(result.get())
                : new Recall.Missing(Reuse.Reason.NOT_MEASURED);
    }

    private static Map<Place, StoredTrial> stored(
            Connection connection, long id, Setting setting, IntSummaryStatistics blocks) throws SQLException {
        Map<Place, StoredTrial> stored = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT block, point, result, checksum FROM trial" + " WHERE setting = ? AND block BETWEEN ? AND ?")) {
            select.setLong(1, id);
            select.setInt(2, blocks.getMin());
            select.setInt(3, blocks.getMax());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    StoredTrial trial = new StoredTrial(
                            setting, rows.getInt(1), rows.getString(2), rows.getString(3), rows.getLong(4));
                    stored.put(new Place(trial.block(), trial.point()), trial);
                }
            }
        }
        return stored;
    }

    /** Where the same trial lies under another setting: in what the nearest of them differs. */
    private static Map<Place, Reuse.Reason> elsewhere(
            Connection connection, Setting setting, Map<Long, Setting> settings, IntSummaryStatistics blocks)
            throws SQLException {
        Map<Place, List<Reuse.Reason>> nearest = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT setting, block, point FROM trial"
                + " WHERE setting IN (SELECT id FROM setting WHERE claim = ? AND experiment = ?)"
                + " AND block BETWEEN ? AND ?")) {
            select.setString(1, setting.claim());
            select.setString(2, setting.experiment());
            select.setInt(3, blocks.getMin());
            select.setInt(4, blocks.getMax());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Setting other = settings.get(rows.getLong(1));
                    if (other != null && !other.equals(setting)) {
                        nearest.merge(
                                new Place(rows.getInt(2), rows.getString(3)),
                                setting.differencesFrom(other),
                                (one, two) -> one.size() <= two.size() ? one : two);
                    }
                }
            }
        }
        Map<Place, Reuse.Reason> reasons = new HashMap<>();
        nearest.forEach((place, differences) -> reasons.put(place, differences.get(0)));
        return reasons;
    }

    private interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    private <T> T reading(Reading<T> query) {
        synchronized (reading) {
            try {
                return query.from(reading);
            } catch (SQLException e) {
                throw file.explained(e);
            }
        }
    }

    // ---- ending --------------------------------------------------------------------------------------------------

    /** Waits until all is on the disk. Says so, once, when something could not be written. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        awaitThread();
        if (failure == null) {
            try {
                self.end(writing);
            } catch (SQLException e) {
                // The next process that opens the ledger sees that this one is gone.
            }
        }
        synchronized (reading) {
            LedgerFile.closeQuietly(reading);
        }
        LedgerFile.closeQuietly(writing);
        if (failure != null && !told) {
            throw failure;
        }
    }

    private void awaitThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The disk is a matter of seconds; what was measured is not to be lost to haste.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
