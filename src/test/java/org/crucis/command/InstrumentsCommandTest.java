package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Collectors;
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

    private final StringWriter out = new StringWriter();

    private int instruments(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "instruments";
        arguments[1] = "--reports";
        arguments[2] = reports.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Main.run(new PrintWriter(out), new PrintWriter(out), arguments);
    }

    private Routes record() {
        return SeverityFolder.in(reports)
                .read(Routes.NAME, Routes.class)
                .found()
                .orElseThrow();
    }

    @Test
    void everyInstrumentAgreesWithItsSecondRoute() {
        assertThat(instruments()).isZero();
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
        assertThat(out.toString().lines().filter(line -> line.contains("  agree ")))
                .hasSameSizeAs(routes.rows());
        assertThat(out.toString()).endsWith(routes.rows().size() + " comparisons, 0 disagree" + System.lineSeparator());
    }

    @Test
    void aBrokenInstrumentDisagrees() {
        int exitCode = PlantedFault.of(KernelFaults.FactorOfReluDropped.class).during(() -> instruments("--json"));
        assertThat(exitCode).isEqualTo(1);
        assertThat(record().disagreeing())
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(row.instrument()).isEqualTo("tangent kernel of infinitely wide networks");
                    assertThat(row.setting()).startsWith("RELU");
                })
                .hasSize(2);
        assertThat(out.toString()).startsWith("{").contains("\"verdict\" : \"DISAGREE\"");
    }
}
