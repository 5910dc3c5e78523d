package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.crucis.junit.samples.KeepsItsPromise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs outside a build tool: where the evidence lies, and that a run that cannot be set up shows no earlier one. */
class ClaimLauncherTest {

    private static final List<String> ONE = List.of("samples/keeps-its-promise");

    private final Catalogue samples = Catalogue.in(List.of(Catalogue.origin(KeepsItsPromise.class)));

    @TempDir
    Path reports;

    private ClaimLauncher.Outcome run(Path folder) {
        return ClaimLauncher.run(samples, ONE, Map.of(Settings.REPORTS, folder.toString()), ProgressLog.LOG_LINES);
    }

    @Test
    void namesTheFolderOfTheRun() {
        ClaimLauncher.Outcome outcome = run(reports);
        assertThat(outcome.folder()).isEqualTo(reports.resolve("selected"));
        assertThat(outcome.folder().resolve("evidence/samples/keeps-its-promise.json"))
                .exists();
        assertThat(outcome.failed()).isZero();
        assertThat(outcome.problems()).isEmpty();
    }

    @Test
    void refusesARunThatCannotBeSetUp() throws IOException {
        Path file = Files.writeString(reports.resolve("file"), "not a folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(file))
                .withMessageContaining("cannot write")
                .withMessageContaining("choose a folder that can be written");
    }
}
