package org.crucis.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.crucis.ledger.Samples.SETTING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.crucis.lab.TrialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the file is said in one sentence, and the file is left as it was. */
@Timeout(60)
class LedgerDamageTest {

    private static final long UNLIMITED = 4_294_967_294L;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("ledger.db");
    }

    /** That both who writes and who reads are refused, in one sentence that names the file and offers a way out. */
    private static void refused(Path file, String... words) {
        for (Runnable opening : List.<Runnable>of(
                () -> Ledger.open(file).close(), () -> LedgerReader.open(file).close())) {
            refused(opening, file, words);
        }
    }

    private static void refused(Runnable action, Path file, String... words) {
        LedgerException refusal = catchThrowableOfType(LedgerException.class, action::run);
        assertThat(refusal).hasMessageContaining(file.toString()).hasMessageContainingAll(words);
        assertThat(refusal.getMessage().lines()).hasSize(1);
    }

    private static void put(Ledger ledger, int first, int last) {
        for (int block = first; block < last; block++) {
            ledger.put(SETTING, Samples.spec(block), Samples.typical(Samples.spec(block)));
        }
    }

    private void write(int trials) {
        try (Ledger ledger = Ledger.open(file())) {
            put(ledger, 0, trials);
        }
    }

    private static List<TrialSpec> specs(int trials) {
        return IntStream.range(0, trials).mapToObj(Samples::spec).toList();
    }

    /** How many of the first trials it still has; fails when one of them is not what was written. */
    private static long kept(Ledger ledger, int trials) {
        List<TrialSpec> specs = specs(trials);
        List<Recall> recalled = ledger.recall(SETTING, specs);
        return IntStream.range(0, trials)
                .filter(block -> recalled.get(block) instanceof Recall.Kept)
                .peek(block ->
                        assertThat(recalled.get(block)).isEqualTo(new Recall.Kept(Samples.typical(specs.get(block)))))
                .count();
    }

    // ---- not a ledger --------------------------------------------------------------------------------------------

    @Test
    void aTextIsNoLedger() throws IOException {
        for (String text : List.of("notes", "my precious notes\n".repeat(10_000))) {
            Files.writeString(file(), text);
            refused(file(), "no SQLite database", "was left as it is", "--ledger");
            assertThat(file()).hasContent(text);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void anotherProgramsDatabaseIsLeftAlone() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            LedgerFile.execute(other, "CREATE TABLE photo(name TEXT)", "INSERT INTO photo VALUES('cat')");
        }
        byte[] before = Files.readAllBytes(file());
        refused(file(), "another program's database", "--ledger");
        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void aNewerFormatIsLeftAlone() throws Exception {
        write(3);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            LedgerFile.execute(other, "PRAGMA user_version = 2");
        }
        byte[] before = Files.readAllBytes(file());
        refused(file(), "newer Crucis (format 2, this one knows format 1)", "--ledger");
        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void aFolderIsNoLedger() {
        refused(folder, "is a folder", "--ledger");
        refused(() -> everything().done(folder), folder, "is a folder");
    }

    private static Pruning everything() {
        return new Pruning(setting -> false, Pruning.Unmeasured.GO, Instant.now());
    }

    @Test
    void aMissingLedgerIsMadeByWhoWritesAlone() {
        for (Runnable reading : List.<Runnable>of(
                () -> LedgerReader.open(file()).close(),
                () -> everything().rehearsed(file()),
                () -> everything().done(file()))) {
            refused(reading, file(), "there is no ledger", "--ledger");
            assertThat(file()).doesNotExist();
        }
        Path deep = folder.resolve("some/new/folder/ledger.db");
        Ledger.open(deep).close();
        assertThat(deep).exists();
    }

    @Test
    void anEmptyFileBecomesALedger() throws IOException {
        Files.createFile(file());
        refused(() -> LedgerReader.open(file()).close(), file(), "is empty", "--ledger");
        write(3);
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(kept(ledger, 3)).isEqualTo(3);
        }
    }

    // ---- no permission -------------------------------------------------------------------------------------------

    @Test
    void aFileInPlaceOfItsFolder() throws IOException {
        Files.createFile(folder.resolve("reports"));
        Path file = folder.resolve("reports").resolve("ledger.db");
        refused(() -> Ledger.open(file).close(), file, "is no folder", "--ledger");
    }

    /** In /proc nobody makes files, not even the administrator. */
    @Test
    void aFolderThatNobodyMayWriteTo() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")));
        Path file = Path.of("/proc/ledger.db");
        refused(() -> Ledger.open(file).close(), file, "cannot be opened for writing", "--ledger");
        Path deep = Path.of("/proc/reports/ledger.db");
        refused(() -> Ledger.open(deep).close(), deep, "cannot make the folder", "--ledger");
    }

    @Test
    void aFileThatMayOnlyBeRead() {
        write(3);
        assumeTrue(
                file().toFile().setWritable(false) && !Files.isWritable(file()), "the administrator writes anywhere");
        refused(() -> Ledger.open(file()).close(), file(), "cannot be opened for writing", "--ledger");
    }

    // ---- damage --------------------------------------------------------------------------------------------------

    @Test
    void aFileThatWasCutIsDamaged() throws IOException {
        write(500);
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
            raw.setLength(raw.length() / 2);
        }
        byte[] before = Files.readAllBytes(file());
        refused(() -> Ledger.open(file()).close(), file(), "is damaged", "was left as it is", "-wal", "--ledger");
        refused(
                () -> {
                    try (LedgerReader reader = LedgerReader.open(file())) {
                        reader.status();
                    }
                },
                file(),
                "is damaged");
        assertThat(file()).hasBinaryContent(before);
    }

    /** Wherever it is overwritten: either the whole file is refused, or what comes out of it is what went in. */
    @Test
    void overwrittenPagesNeverGiveAWrongNumber() throws IOException {
        int trials = 300;
        write(trials);
        byte[] whole = Files.readAllBytes(file());
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        int lost = 0;
        for (int round = 0; round < 40; round++) {
            byte[] damaged = whole.clone();
            byte[] garbage = new byte[1 + random.nextInt(round % 2 == 0 ? 3 : 20_000)];
            random.nextBytes(garbage);
            int at = random.nextInt(damaged.length - garbage.length);
            System.arraycopy(garbage, 0, damaged, at, garbage.length);
            Files.write(file(), damaged);
            try (Ledger ledger = Ledger.open(file())) {
                lost += kept(ledger, trials) < trials ? 1 : 0;
            } catch (LedgerException e) {
                assertThat(e).hasMessageContaining(file().toString());
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(lost).isPositive();
    }

    @Test
    void aChangedDigitIsNoticedAndTheTrialRunAgain() throws IOException {
        write(5);
        changeADigit();
        List<TrialSpec> specs = specs(5);
        try (LedgerReader reader = LedgerReader.open(file())) {
            assertThat(reader.status().damaged()).isEqualTo(1);
            assertThat(reader.trials(List.of(), trial -> {})).isEqualTo(1);
        }
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(ledger.recall(SETTING, specs)).containsOnlyOnce(new Recall.Missing(Reuse.Reason.DAMAGED));
            assertThat(kept(ledger, 5)).isEqualTo(4);
            put(ledger, 0, 5);
            assertThat(kept(ledger, 5)).isEqualTo(5);
        }
    }

    private void changeADigit() throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\"rows\":[[0.0,0.") + "\"rows\":[[0.0,0.".length() + 3;
        bytes[at] = (byte) (bytes[at] == '7' ? '8' : '7');
        Files.write(file(), bytes);
    }

    // ---- while it is open ----------------------------------------------------------------------------------------

    private LedgerFile impatient() {
        return new LedgerFile(file(), Duration.ofMillis(200), UNLIMITED);
    }

    @Test
    void aLockedLedgerIsWaitedForAndThenRefused() throws SQLException {
        write(5);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            LedgerFile.execute(other, "BEGIN IMMEDIATE");
            refused(
                    () -> Ledger.open(impatient()).close(),
                    file(),
                    "another program has locked",
                    "for more than 0.2 s",
                    "wait until it ends");
            try (LedgerReader reader = LedgerReader.open(file())) {
                assertThat(reader.status().trials()).containsEntry("measured", 5L);
            }
        }
        Ledger.open(impatient()).close();
    }

    @Test
    void aLockWhileItWritesEndsTheWritingAndLosesNothingEarlier() throws SQLException {
        Ledger ledger = Ledger.open(impatient());
        put(ledger, 0, 20);
        ledger.flush();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            LedgerFile.execute(other, "BEGIN IMMEDIATE");
            put(ledger, 20, 40);
            refused(ledger::flush, file(), "another program has locked");
        }
        // The lock is gone, but what was lost in between must not be passed over in silence.
        refused(() -> put(ledger, 40, 41), file(), "another program has locked");
        refused(() -> ledger.recall(SETTING, specs(1)), file(), "another program has locked");
        ledger.close();
        try (Ledger again = Ledger.open(file())) {
            assertThat(kept(again, 50)).isEqualTo(20);
        }
    }

    @Test
    void aFullDiskEndsTheWritingAndLosesNothingEarlier() {
        int committed = 0;
        Ledger ledger = Ledger.open(new LedgerFile(file(), Duration.ofSeconds(5), 20));
        LedgerException full = null;
        while (full == null) {
            assertThat(committed).isLessThan(1000);
            try {
                put(ledger, committed, committed + 10);
                ledger.flush();
                committed += 10;
            } catch (LedgerException e) {
                full = e;
            }
        }
        assertThat(full).hasMessageContainingAll("no room is left", file().toString(), "free space");
        assertThat(full.getMessage().lines()).hasSize(1);
        assertThat(committed).isPositive();
        int more = committed;
        refused(() -> put(ledger, more, more + 1), file(), "no room is left");
        ledger.close();

        try (Ledger again = Ledger.open(file())) {
            assertThat(kept(again, committed + 10)).isEqualTo(committed);
            put(again, committed, committed + 10);
            assertThat(kept(again, committed + 10)).isEqualTo(committed + 10);
        }
    }

    @Test
    void closingSaysWhatNobodyHasSaidYet() throws SQLException {
        Ledger ledger = Ledger.open(impatient());
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            LedgerFile.execute(other, "BEGIN IMMEDIATE");
            put(ledger, 0, 1);
            assertThatThrownBy(ledger::close)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("another program has locked");
        }
        ledger.close();
    }
}
