package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatexCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private Path run;

    @BeforeEach
    void runHasOneClaim() {
        run = directory.resolve("run");
        new EvidenceFolder(run)
                .write(new Roster(
                        1,
                        Roster.Selection.WHOLE,
                        Tier.QUICK,
                        1,
                        List.of(new Roster.PaperEntry("p2020", "A paper", "One, Two", 2020, "2001.00001", "")),
                        List.of(new Roster.ClaimEntry(
                                "p2020/c",
                                "p2020",
                                "A claim",
                                "Theorem 1",
                                "",
                                List.of(new Roster.PredictionEntry("it", Basis.TEXT, "It holds")),
                                "")),
                        new Evidence.Provenance(Map.of())));
    }

    private int crucis(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int k = 0; k < words.length; k++) {
            words[k] = arguments[k].toString();
        }
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    @Test
    void writesTableAndBibliography() {
        Path table = directory.resolve("paper").resolve("findings.tex");
        Path papers = directory.resolve("paper").resolve("papers.bib");

        assertThat(crucis("latex", run, "-o", table, "--bib", papers)).isZero();

        assertThat(table)
                .content()
                .contains("\\cite{p2020}", "A claim (Theorem 1) & It holds & text &  &  & void \\\\");
        assertThat(papers).content().contains("@misc{p2020,", "author = {One and Two}");
        assertThat(out.toString()).startsWith(table + ": 1 claim (1 void)");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFolderIsNoFile() {
        assertThat(crucis("latex", run, "-o", directory)).isEqualTo(2);

        assertThat(err.toString()).contains("cannot write " + directory + ": it is a folder; name a file");
    }

    @Test
    void aMissingRunIsNamed() {
        assertThat(crucis("latex", directory.resolve("none"), "-o", directory.resolve("t.tex")))
                .isEqualTo(2);

        assertThat(err.toString()).contains("there is no folder " + directory.resolve("none"));
        assertThat(directory.resolve("t.tex")).doesNotExist();
    }
}
