package org.crucis.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.crucis.claim.EvidenceFolder;
import org.crucis.report.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All findings of a run as a LaTeX table. Runs nothing; evidence that cannot be read is named, with exit code 2. */
@Command(
        name = "latex",
        description = "Writes all findings of a run as a LaTeX table, and its papers as BibTeX.",
        mixinStandardHelpOptions = true)
final class LatexCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EVIDENCE-DIR", description = "Folder with run.json and evidence/.")
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "Where to write the table; \\input it into a document.")
    private Path output;

    @Option(names = "--bib", paramLabel = "FILE", description = "Where to write the papers that the table cites.")
    private Path bibliography;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Report report = Report.of(new EvidenceFolder(ReportCommand.checked(folder)));
        check(output);
        check(bibliography);
        write(output, report.latex());
        if (bibliography != null) {
            write(bibliography, report.bibliography());
        }
        spec.commandLine().getOut().println(output + ": " + report.counts());
        report.problems().forEach(problem -> spec.commandLine().getErr().println("crucis latex: " + problem));
        return report.problems().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }

    private static void check(Path file) {
        if (file != null && Files.isDirectory(file)) {
            throw new Refusal("cannot write " + file + ": it is a folder; name a file");
        }
    }

    private static void write(Path file, String text) {
        Path place = file.toAbsolutePath();
        new EvidenceFolder(place.getParent()).write(place.getFileName().toString(), text);
    }
}
