package org.crucis.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crucis.ledger.Samples.SETTING;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.crucis.lab.TrialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write, and processes that write at once. */
@Timeout(120)
class LedgerProcessesTest {

    private static final int ENDLESS = 1_000_000;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("ledger.db");
    }

    private static List<TrialSpec> specs(int first, int last) {
        return IntStream.range(first, last).mapToObj(Samples::spec).toList();
    }

    private static void hasAll(Ledger ledger, int first, int last) {
        assertThat(ledger.recall(SETTING, specs(first, last)))
                .isEqualTo(specs(first, last).stream()
                        .map(spec -> new Recall.Kept(Samples.typical(spec)))
                        .toList());
    }

    /** Killed again and again on one ledger: what it said was on the disk is there, and what is there is whole. */
    @Test
    void killedAtAnyMoment() throws Exception {
        SplittableRandom random = new SplittableRandom();
        int first = 0;
        for (int kill = 0; kill < 5; kill++) {
            Process writer = WriterProcess.start(file(), first, ENDLESS);
            int told = first;
            try (BufferedReader said = writer.inputReader()) {
                assertThat(said.readLine()).isEqualTo("opening");
                assertThat(said.readLine()).isNotNull();
                Thread.sleep(random.nextInt(150));
                WriterProcess.end(writer);
                for (String line = said.readLine(); line != null && line.matches("\\d+"); line = said.readLine()) {
                    told = Integer.parseInt(line);
                }
            }
            try (Ledger ledger = Ledger.open(file())) {
                assertThat(ledger.others()).isEmpty();
                hasAll(ledger, 0, told);
            }
            try (LedgerReader reader = LedgerReader.open(file())) {
                Status status = reader.status();
                assertThat(status.damaged()).isZero();
                assertThat(status.trials().get("measured")).isGreaterThanOrEqualTo(told);
                int stored = Math.toIntExact(status.trials().get("measured"));
                assertThat(reader.trials(
                                List.of(),
                                trial -> assertThat(trial.result())
                                        .isEqualTo(Samples.typical(
                                                Samples.spec(trial.spec().block())))))
                        .isZero();
                first = stored;
            }
        }
        assertThat(first).isPositive();
        assertThat(unended()).isZero();
    }

    @Test
    void killedWhileItMakesTheFile() throws Exception {
        SplittableRandom random = new SplittableRandom();
        for (int kill = 0; kill < 5; kill++) {
            Path file = folder.resolve(kill + ".db");
            Process writer = WriterProcess.start(file, 0, ENDLESS);
            try (BufferedReader said = writer.inputReader()) {
                assertThat(said.readLine()).isEqualTo("opening");
                Thread.sleep(50 + random.nextInt(250));
                WriterProcess.end(writer);
            }
            try (Ledger ledger = Ledger.open(file)) {
                ledger.put(SETTING, Samples.spec(0), Samples.typical(Samples.spec(0)));
                hasAll(ledger, 0, 1);
            }
        }
    }

    @Test
    void twoProcessesMakeAndFillOneLedgerAtOnce() throws Exception {
        int trials = 600;
        Process one = WriterProcess.start(file(), 0, trials);
        Process two = WriterProcess.start(file(), trials / 2, trials + trials / 2);
        assertThat(lastWord(one)).isEqualTo(String.valueOf(trials));
        assertThat(lastWord(two)).isEqualTo(String.valueOf(trials + trials / 2));
        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();

        try (Ledger ledger = Ledger.open(file())) {
            hasAll(ledger, 0, trials + trials / 2);
        }
        try (LedgerReader reader = LedgerReader.open(file())) {
            assertThat(reader.status().trials()).containsEntry("measured", trials + trials / 2L);
        }
        assertThat(unended()).isZero();
    }

    private static String lastWord(Process process) throws IOException {
        try (BufferedReader said = process.inputReader()) {
            return said.lines().reduce("", (earlier, later) -> later);
        }
    }

    @Test
    void aProcessThatWritesIsNamedUntilItDies() throws Exception {
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(ledger.others()).isEmpty();
            Process writer = WriterProcess.start(file(), 0, ENDLESS);
            try (BufferedReader said = writer.inputReader()) {
                said.readLine();
                said.readLine();
                assertThat(ledger.others())
                        .singleElement()
                        .asString()
                        .startsWith("process " + writer.pid() + " has been writing to it since ");
            } finally {
                WriterProcess.end(writer);
            }
            assertThat(ledger.others()).isEmpty();
        }
        assertThat(unended()).isEqualTo(1);
        Ledger.open(file()).close();
        assertThat(unended()).isZero();
    }

    private long unended() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            return LedgerFile.number(other, "SELECT count(*) FROM run WHERE ended IS NULL");
        }
    }
}
