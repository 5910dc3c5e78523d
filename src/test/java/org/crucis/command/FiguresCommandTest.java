package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it writes is held by the test of the report's figure files. */
class FiguresCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int figures(Object... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "figures";
        for (int k = 0; k < arguments.length; k++) {
            words[k + 1] = arguments[k].toString();
        }
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private void refused(int code, String sentence) {
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(sentence);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void folderWithoutEvidenceIsRefused() {
        refused(figures(directory.resolve("none"), "-o", directory), "there is no folder");
    }

    @Test
    void runWithoutFiguresIsRefused() throws IOException {
        Files.createDirectory(directory.resolve("evidence"));
        refused(figures(directory, "-o", directory.resolve("out")), "no figure in the evidence of");
    }

    @Test
    void unknownClaimIsRefused() throws IOException {
        Files.createDirectory(directory.resolve("evidence"));
        refused(figures(directory, "a/b", "-o", directory.resolve("out")), "no evidence of a claim 'a/b' in");
    }

    @Test
    void unknownFormatAndAMissingOrBlockedFolderAreRefused() throws IOException {
        refused(figures(directory, "--format", "png", "-o", directory), "expected svg or pdf, got 'png'");
        err.getBuffer().setLength(0);
        refused(figures(directory), "Missing required option: '--output=DIR'");
        err.getBuffer().setLength(0);
        Path file = Files.createFile(directory.resolve("file"));
        refused(figures(directory, "-o", file), "it is a file; name a folder with -o");
    }
}
