package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.faults.KernelFaults;
import org.crucis.faults.PlantedFault;
import org.crucis.severity.Routes;
import org.crucis.severity.SeverityFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole catalogue with sound instruments, and with a broken one. */
class InstrumentsCommandTest {

    @TempDir
    private Path reports;

    private Said instruments(String... options) {
        return Said.by(Stream.concat(Stream.of("instruments", "--reports", reports), Stream.of(options))
                .toArray());
    }

    private Routes record() {
        return SeverityFolder.in(reports)
                .read(Routes.NAME, Routes.class)
                .found()
                .orElseThrow();
    }

    @Test
    void everyInstrumentAgreesWithItsSecondRoute() {
        Said said = instruments();
        assertThat(said.exitCode()).isZero();
        Routes routes = record();
        assertThat(routes.disagreeing()).isEmpty();
        assertThat(routes.rows().stream().map(Routes.Row::room).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("data", "network", "training", "kernel", "feature", "statistics");
        assertThat(routes.rows()).allSatisfy(row -> {
            assertThat(row.problem()).isEmpty();
            assertThat(row.first()).isNotEmpty().isNotEqualTo(row.second());
            assertThat(row.second()).isNotEmpty();
            assertThat(row.setting()).isNotEmpty();
            assertThat(row.required() >= 10 || !row.reason().isEmpty()).isTrue();
        });
        assertThat(said.out().lines().filter(line -> line.contains("  agree "))).hasSameSizeAs(routes.rows());
        assertThat(said.out()).endsWith(routes.rows().size() + " comparisons, 0 disagree" + System.lineSeparator());
    }

    @Test
    void aBrokenInstrumentDisagrees() {
        Said said = PlantedFault.of(KernelFaults.FactorOfReluDropped.class).during(() -> instruments("--json"));
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(record().disagreeing())
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(row.instrument()).isEqualTo("tangent kernel of infinitely wide networks");
                    assertThat(row.setting()).startsWith("RELU");
                })
                .hasSize(2);
        assertThat(said.out()).startsWith("{").contains("\"verdict\" : \"DISAGREE\"");
    }
}
