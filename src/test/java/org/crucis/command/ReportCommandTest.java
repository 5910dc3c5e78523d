package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    private static final String REPORTS = "crucis.reports";

    private final String before = System.getProperty(REPORTS);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(REPORTS);
        } else {
            System.setProperty(REPORTS, before);
        }
    }

    private int crucis(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int k = 0; k < words.length; k++) {
            words[k] = arguments[k].toString();
        }
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private void refused(String sentence) {
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(sentence).endsWith("\n");
        assertThat(err.toString().lines()).hasSize(1);
    }

    private Path run(String name, Roster.Selection selection) {
        Path folder = directory.resolve(name);
        new EvidenceFolder(folder)
                .write(new Roster(
                        1,
                        selection,
                        Tier.QUICK,
                        1,
                        List.of(),
                        List.of(new Roster.ClaimEntry(
                                "p/c",
                                "p",
                                "A claim",
                                "",
                                "",
                                List.of(new Roster.PredictionEntry("it", Basis.TEXT, "It holds")),
                                "")),
                        new Evidence.Provenance(Map.of())));
        return folder;
    }

    @Test
    void writesThePageAndSaysWhere() {
        Path folder = run("run", Roster.Selection.WHOLE);

        assertThat(crucis("report", folder)).isZero();

        assertThat(out.toString())
                .isEqualTo(folder.resolve("index.html") + ": 1 claim (1 void), 1 prediction" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
        assertThat(folder.resolve("index.html")).isNotEmptyFile();
        assertThat(folder.resolve("badge.svg")).isNotEmptyFile();
    }

    @Test
    void writesThePageElsewhere() {
        Path folder = run("run", Roster.Selection.WHOLE);
        Path page = directory.resolve("new").resolve("page.html");

        assertThat(crucis("report", folder, "-o", page)).isZero();

        assertThat(page).isNotEmptyFile();
        assertThat(folder.resolve("index.html")).doesNotExist();
        assertThat(folder.resolve("summary.json")).isNotEmptyFile();
    }

    @Test
    void comparesTwoRunsOnAPage() throws IOException {
        Path old = run("old", Roster.Selection.WHOLE);
        Path young = run("new", Roster.Selection.WHOLE);
        Path page = directory.resolve("pages").resolve("compare.html");

        assertThat(crucis("compare", old, young, "-o", page)).isZero();

        assertThat(out.toString())
                .isEqualTo(page
                        + ": 1 claim in both runs, 0 of them with the same evidence to the last digit: no plan, verdict"
                        + " or estimate differs" + System.lineSeparator());
        assertThat(Files.readString(page)).contains("Two runs compared", old.toString(), young.toString());
        assertThat(crucis("compare", old, young, "-o", directory)).isEqualTo(2);
        assertThat(err.toString()).contains("cannot write " + directory + ": it is a folder; name a file");
    }

    @Test
    void takesTheNewestRun() throws IOException {
        System.setProperty(REPORTS, directory.toString());
        Path latest = run("latest", Roster.Selection.WHOLE);
        Path selected = run("selected", Roster.Selection.SELECTED);
        Files.setLastModifiedTime(latest.resolve("run.json"), FileTime.fromMillis(2000));
        Files.setLastModifiedTime(selected.resolve("run.json"), FileTime.fromMillis(3000));

        assertThat(crucis("report")).isZero();
        assertThat(out.toString()).startsWith(selected.toString());
        assertThat(selected.resolve("badge.svg")).doesNotExist();
        assertThat(latest.resolve("index.html")).doesNotExist();

        Files.setLastModifiedTime(latest.resolve("run.json"), FileTime.fromMillis(4000));
        assertThat(crucis("report")).isZero();
        assertThat(latest.resolve("index.html")).exists();
    }

    @Test
    void cutEvidenceIsNamedAndTheRestIsShown() throws IOException {
        Path folder = run("run", Roster.Selection.WHOLE);
        Files.createDirectories(folder.resolve("evidence/p"));
        Files.writeString(folder.resolve("evidence/p/c.json"), "{ \"schemaVersion\" : 1, \"pap");

        assertThat(crucis("report", folder)).isEqualTo(2);

        assertThat(out.toString()).contains("(1 void)").contains("1 problem");
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("c.json cannot be read and is left out");
        assertThat(folder.resolve("index.html")).exists();
    }

    @Test
    void strictFailsOnVoid() {
        Path folder = run("run", Roster.Selection.WHOLE);

        assertThat(crucis("report", folder)).isZero();
        assertThat(crucis("report", "--strict", folder)).isEqualTo(1);

        assertThat(out.toString()).contains("(1 void)");
    }

    @Test
    void cutRosterIsNamedAndTheRestIsShown() throws IOException {
        Path folder = run("run", Roster.Selection.WHOLE);
        Files.writeString(folder.resolve("run.json"), "{ \"schemaVersion\" : 1, \"pap");

        assertThat(crucis("report", folder)).isEqualTo(2);

        assertThat(out.toString()).contains("no claims").contains("1 problem");
        assertThat(err.toString()).contains("run.json cannot be read");
    }

    @Test
    void missingFolder() {
        assertThat(crucis("report", directory.resolve("nowhere"))).isEqualTo(2);
        refused("there is no folder " + directory.resolve("nowhere"));
    }

    @Test
    void notAFolder() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(crucis("report", file)).isEqualTo(2);
        refused("is not a folder");
    }

    @Test
    void folderWithoutEvidence() {
        assertThat(crucis("report", directory)).isEqualTo(2);
        refused("no evidence in " + directory);
    }

    @Test
    void noRunAtAll() {
        System.setProperty(REPORTS, directory.toString());
        assertThat(crucis("report")).isEqualTo(2);
        refused("no evidence in latest, selected or fresh under " + directory);
    }

    @Test
    void outputIsAFolder() {
        assertThat(crucis("report", run("run", Roster.Selection.WHOLE), "-o", directory))
                .isEqualTo(2);
        refused("it is a folder");
    }

    @Test
    void outputCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(crucis("report", run("run", Roster.Selection.WHOLE), "-o", file.resolve("page.html")))
                .isEqualTo(2);
        refused("cannot write " + file.resolve("page.html"));
    }

    @Test
    void unknownCommandUnknownOptionAndNoCommand() {
        assertThat(crucis("repotr")).isEqualTo(2);
        refused("repotr");
        err.getBuffer().setLength(0);
        assertThat(crucis("report", "--colour")).isEqualTo(2);
        refused("--colour");
        err.getBuffer().setLength(0);
        assertThat(crucis()).isEqualTo(2);
        refused("no command given");
    }

    @Test
    void helpAndVersion() {
        assertThat(crucis("--help")).isZero();
        assertThat(out.toString()).contains("report");
        out.getBuffer().setLength(0);
        assertThat(crucis("--version")).isZero();
        assertThat(out.toString()).startsWith("crucis ");
    }
}
