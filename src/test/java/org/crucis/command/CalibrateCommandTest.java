package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.crucis.severity.Calibration;
import org.crucis.severity.SeverityFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateCommandTest {

    @TempDir
    private Path reports;

    private Calibration kept() {
        SeverityFolder.Reading<Calibration> reading =
                SeverityFolder.in(reports).read(Calibration.NAME, Calibration.class);
        assertThat(reading.problem()).isEmpty();
        return reading.found().orElseThrow();
    }

    @Test
    void writesTheRecordAndPrintsIt() throws IOException {
        Said table = Said.by("calibrate", "--runs", "40", "--reports", reports.toString());
        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.err()).contains("simulating exponent of a minimal size, 2 runs");
        assertThat(table.out())
                .contains("truth on the edge, outside at one of three looks")
                .contains("not shown to be kept")
                .contains("deviation past the edge")
                .endsWith(reports.resolve("severity/calibration.json") + System.lineSeparator());
        Calibration kept = kept();
        assertThat(kept.rates()).allSatisfy(rate -> assertThat(table.out()).contains(rate.setting()));
        assertThat(kept.powers()).isNotEmpty();

        String before = Files.readString(reports.resolve("severity/calibration.json"));
        Said json = Said.by("calibrate", "--runs", "40", "--threads", "1", "--json", "--reports", reports.toString());
        assertThat(json.out()).as("the same runs give the same record").isEqualTo(before);
        assertThat(kept()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calibrate --runs 0 | --runs must be a whole number from 1 up, got 0",
                "calibrate --runs many | many",
                "calibrate --threads 0 | --threads must be a whole number from 1 up, got 0",
                "calibrate somewhere | somewhere",
            })
    void answersBadInputInOneSentence(String arguments, String sentence) {
        Said.by((Object[]) arguments.split(" ")).isRefused(sentence);
    }

    @Test
    void refusesToSimulateWhereItCannotWrite() throws IOException {
        Path file = Files.writeString(reports.resolve("file"), "not a folder");
        Said said = Said.by("calibrate", "--runs", "1", "--reports", file.resolve("reports"));
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err()).contains("cannot write reports to").contains("--reports");
    }
}
