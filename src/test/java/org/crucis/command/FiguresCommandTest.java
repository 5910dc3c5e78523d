package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it writes is held by the test of the report's figure files. */
class FiguresCommandTest {

    @TempDir
    private Path directory;

    private static void refused(String sentence, Object... arguments) {
        Said said = Said.by(
                Stream.concat(Stream.of("figures"), Stream.of(arguments)).toArray());
        said.isRefused(sentence);
    }

    @Test
    void folderWithoutEvidenceIsRefused() {
        refused("there is no folder", directory.resolve("none"), "-o", directory);
    }

    @Test
    void runWithoutFiguresIsRefused() throws IOException {
        Files.createDirectory(directory.resolve("evidence"));
        refused("no figure in the evidence of", directory, "-o", directory.resolve("out"));
    }

    @Test
    void damagedEvidenceIsNamedBeforeAnythingIsRefused() throws IOException {
        Path damaged = directory.resolve("evidence/a/b.json");
        Files.createDirectories(damaged.getParent());
        Files.writeString(damaged, "{}");

        Said said = Said.by("figures", directory, "a/b", "-o", directory.resolve("out"));

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("crucis figures: " + damaged + " has no schemaVersion");
    }

    @Test
    void unknownClaimIsRefused() throws IOException {
        Files.createDirectory(directory.resolve("evidence"));
        refused("no evidence of a claim 'a/b' in", directory, "a/b", "-o", directory.resolve("out"));
    }

    @Test
    void unknownFormatAndAMissingOrBlockedFolderAreRefused() throws IOException {
        refused("expected svg or pdf, got 'png'", directory, "--format", "png", "-o", directory);
        refused("Missing required option: '--output=DIR'", directory);
        Path file = Files.createFile(directory.resolve("file"));
        refused("it is a file; name a folder with -o", directory, "-o", file);
    }
}
