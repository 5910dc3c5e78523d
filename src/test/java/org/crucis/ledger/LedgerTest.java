package org.crucis.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.crucis.ledger.Samples.SETTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.crucis.claim.Observation;
import org.crucis.claim.Point;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes in comes out again, in which order things replace each other, and how it is written. */
@Timeout(60)
class LedgerTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("ledger.db");
    }

    private static List<Recall> recall(Path file, List<TrialSpec> trials) {
        try (Ledger ledger = Ledger.open(file)) {
            return ledger.recall(SETTING, trials);
        }
    }

    private Recall recall(TrialSpec trial) {
        return recall(file(), List.of(trial)).get(0);
    }

    private static Recall missing(Reuse.Reason reason) {
        return new Recall.Missing(reason);
    }

    // ---- what it keeps -------------------------------------------------------------------------------------------

    /** Equality of records compares doubles by their bits; the text tells the order of measures and axes. */
    @Test
    void anyResultComesBackToTheLastBit() {
        SplittableRandom random = new SplittableRandom(8);
        List<TrialSpec> specs = new ArrayList<>();
        List<TrialResult> results = new ArrayList<>();
        try (Ledger ledger = Ledger.open(file())) {
            for (int block = 0; block < 1000; block++) {
                TrialSpec spec = Samples.spec(SETTING, Samples.anyPoint(random), block);
                TrialResult result = Samples.anyResult(spec, random);
                specs.add(spec);
                results.add(result);
                ledger.put(SETTING, spec, result);
            }
        }

        List<TrialResult> exported = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(file())) {
            assertThat(reader.trials(List.of(), trial -> {
                        assertThat(trial.spec())
                                .isEqualTo(specs.get(trial.spec().block()));
                        exported.add(trial.result());
                    }))
                    .isZero();
        }
        assertThat(exported).isEqualTo(results);
        assertThat(exported).hasToString(results.toString());

        List<Recall> recalled = recall(file(), specs);
        for (int block = 0; block < results.size(); block++) {
            TrialResult result = results.get(block);
            assertThat(recalled.get(block))
                    .isEqualTo(
                            result.outcome() instanceof TrialResult.Measured
                                    ? new Recall.Kept(result)
                                    : missing(Reuse.Reason.NOT_MEASURED));
        }
    }

    @Test
    void pointsThatDifferByABitAreDifferentTrials() {
        List<TrialSpec> specs = IntStream.range(0, 3)
                .mapToObj(k -> Samples.spec(SETTING, Point.ORIGIN.with("rate", new double[] {0.0, -0.0, 5e-324}[k]), 0))
                .toList();
        try (Ledger ledger = Ledger.open(file())) {
            for (int k = 0; k < 3; k++) {
                ledger.put(SETTING, specs.get(k), Samples.measured(specs.get(k), k));
            }
        }
        assertThat(recall(file(), specs))
                .containsExactly(
                        new Recall.Kept(Samples.measured(specs.get(0), 0)),
                        new Recall.Kept(Samples.measured(specs.get(1), 1)),
                        new Recall.Kept(Samples.measured(specs.get(2), 2)));
    }

    @Test
    void whatIsPutIsRememberedAtOnce() {
        TrialSpec spec = Samples.spec(1);
        try (Ledger ledger = Ledger.open(file())) {
            for (int times = 0; times < 100; times++) {
                TrialResult result = Samples.measured(spec, times);
                ledger.put(SETTING, spec, result);
                assertThat(ledger.recall(SETTING, List.of(spec))).containsExactly(new Recall.Kept(result));
            }
        }
    }

    // ---- what replaces what --------------------------------------------------------------------------------------

    @Test
    void aMeasuredResultReplacesAFailedOneAndNotTheOtherWayRound() {
        TrialSpec spec = Samples.spec(1);
        TrialResult good = Samples.measured(spec, 0.5);
        try (Ledger ledger = Ledger.open(file())) {
            ledger.put(SETTING, spec, Samples.failed("first"));
            ledger.flush();
            ledger.put(SETTING, spec, Samples.result(new TrialResult.NotApplicable("second")));
        }
        assertThat(recall(spec)).isEqualTo(missing(Reuse.Reason.NOT_MEASURED));
        assertThat(outcomes()).containsExactly("not applicable second");

        try (Ledger ledger = Ledger.open(file())) {
            ledger.put(SETTING, spec, good);
            ledger.put(SETTING, spec, Samples.failed("third"));
            ledger.flush();
            ledger.put(SETTING, spec, Samples.failed("fourth"));
        }
        assertThat(recall(spec)).isEqualTo(new Recall.Kept(good));
        assertThat(outcomes()).containsExactly("measured null");
    }

    private List<String> outcomes() {
        List<String> outcomes = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(file())) {
            reader.query("SELECT outcome, reason FROM trial", new LedgerReader.Rows() {
                @Override
                public void columns(List<String> names) {
                    assertThat(names).containsExactly("outcome", "reason");
                }

                @Override
                public void row(List<Object> cells) {
                    outcomes.add(cells.get(0) + " " + cells.get(1));
                }
            });
        }
        return outcomes;
    }

    // ---- how it writes -------------------------------------------------------------------------------------------

    /** While the disk is busy trials gather, and share the next commit. Commits are counted in the write-ahead log. */
    @Test
    void trialsThatWaitAreCommittedTogether() throws Exception {
        int many = 500;
        try (Ledger ledger = Ledger.open(file())) {
            long before = commits();
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
                LedgerFile.execute(other, "BEGIN IMMEDIATE");
                for (int block = 0; block < many; block++) {
                    ledger.put(SETTING, Samples.spec(block), Samples.typical(Samples.spec(block)));
                }
                LedgerFile.execute(other, "ROLLBACK");
            }
            ledger.flush();
            assertThat(commits() - before).isBetween(1L, 2L);
            assertThat(count()).isEqualTo(many);
        }
    }

    /** Frames of the log that end a transaction, by the format of the file. */
    private long commits() throws IOException {
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(Path.of(file() + "-wal")));
        int page = log.getInt(8);
        return IntStream.iterate(32, at -> at + 24 + page <= log.limit(), at -> at + 24 + page)
                .filter(at -> log.getInt(at + 4) != 0)
                .count();
    }

    private long count() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            return LedgerFile.number(other, "SELECT count(*) FROM trial");
        }
    }

    @Test
    void flushMeansOnTheDisk() throws SQLException {
        try (Ledger ledger = Ledger.open(file())) {
            for (int block = 0; block < 50; block++) {
                ledger.put(SETTING, Samples.spec(block), Samples.typical(Samples.spec(block)));
                ledger.flush();
                assertThat(count()).isEqualTo(block + 1);
            }
        }
    }

    @Test
    void manyThreadsWriteAndRemember() {
        List<TrialSpec> specs = IntStream.range(0, 2000).mapToObj(Samples::spec).toList();
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(specs.parallelStream()
                            .filter(spec -> {
                                ledger.put(SETTING, spec, Samples.typical(spec));
                                return spec.block() % 50 > 0
                                        || ledger.recall(SETTING, List.of(spec))
                                                .equals(List.of(new Recall.Kept(Samples.typical(spec))));
                            })
                            .count())
                    .isEqualTo(specs.size());
        }
        assertThat(recall(file(), specs))
                .isEqualTo(specs.stream()
                        .map(spec -> new Recall.Kept(Samples.typical(spec)))
                        .toList());
    }

    @Test
    void aClosedLedgerTakesNothing() {
        Ledger ledger = Ledger.open(file());
        ledger.close();
        ledger.close();
        TrialSpec spec = Samples.spec(1);
        TrialResult result = Samples.measured(spec, 1);
        assertThatThrownBy(() -> ledger.put(SETTING, spec, result))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void twoThatAreOpenAtOnceKnowEachOther() {
        try (Ledger one = Ledger.open(file())) {
            assertThat(one.others()).isEmpty();
            try (Ledger two = Ledger.open(file())) {
                String sentence = "process " + ProcessHandle.current().pid() + " has been writing to it since 20";
                assertThat(one.others()).singleElement().asString().startsWith(sentence);
                assertThat(two.others()).singleElement().asString().startsWith(sentence);
            }
            assertThat(one.others()).isEmpty();
        }
    }

    // ---- SQL -----------------------------------------------------------------------------------------------------

    @Test
    void theViewHasARowForEachNumber() {
        Point point = Point.ORIGIN
                .with("width", 64)
                .with("limit", Double.POSITIVE_INFINITY)
                .with("phi", "RELU");
        TrialSpec spec = Samples.spec(SETTING, point, 3);
        try (Ledger ledger = Ledger.open(file())) {
            ledger.put(
                    SETTING,
                    spec,
                    Samples.result(new TrialResult.Measured(List.of(
                            new Observation(point.with("step", 10), 3, Map.of("loss", 0.1)),
                            new Observation(point.with("step", 20), 3, Map.of("loss", Double.NaN)),
                            new Observation(point, 3, Map.of("rate", Double.NEGATIVE_INFINITY))))));
            ledger.put(SETTING, Samples.spec(4), Samples.failed("not measured"));
        }
        List<List<Object>> rows = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(file())) {
            reader.query(
                    "SELECT claim, experiment, edition, block, point, coordinates, measure, value FROM observation",
                    new LedgerReader.Rows() {
                        @Override
                        public void columns(List<String> names) {}

                        @Override
                        public void row(List<Object> cells) {
                            rows.add(cells);
                        }
                    });
        }
        String outer = "{\"width\":64.0,\"limit\":[\"Infinity\"],\"phi\":\"RELU\"";
        assertThat(rows)
                .containsExactly(
                        row(outer + "}", outer + ",\"step\":10.0}", "loss", 0.1),
                        row(outer + "}", outer + ",\"step\":20.0}", "loss", null),
                        row(outer + "}", outer + "}", "rate", Double.NEGATIVE_INFINITY));
    }

    private static List<Object> row(String point, String coordinates, String measure, Double value) {
        List<Object> row = new ArrayList<>(List.of("paper/claim", "LAZY", 1, 3, point, coordinates, measure));
        row.add(value);
        return row;
    }
}
