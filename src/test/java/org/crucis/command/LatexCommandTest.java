package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void writesTableAndBibliography() {
        Path table = directory.resolve("paper").resolve("findings.tex");
        Path papers = directory.resolve("paper").resolve("papers.bib");

        Said said = Said.by("latex", run, "-o", table, "--bib", papers);

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).startsWith(table + ": 1 claim (1 void)");
        assertThat(said.err()).isEmpty();
        assertThat(table)
                .content()
                .contains("\\cite{p2020}", "A claim (Theorem 1) & It holds & text &  &  & void \\\\");
        assertThat(papers).content().contains("@misc{p2020,", "author = {One and Two}");
    }

    @Test
    void aFolderIsNoFile() {
        Said said = Said.by("latex", run, "-o", directory);

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("cannot write " + directory + ": it is a folder; name a file");
    }

    @Test
    void aMissingRunIsNamed() {
        Said said = Said.by("latex", directory.resolve("none"), "-o", directory.resolve("t.tex"));

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("there is no folder " + directory.resolve("none"));
        assertThat(directory.resolve("t.tex")).doesNotExist();
    }
}
