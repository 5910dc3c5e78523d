package org.crucis.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.crucis.claim.EvidenceFolder;
import org.crucis.report.Comparison;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changed between two runs. Runs nothing; evidence that cannot be read is named, with exit code 2. */
@Command(
        name = "compare",
        description = "Shows which verdicts, estimates and plans differ between two runs.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "OLD", description = "Folder with run.json and evidence/.")
    private Path old;

    @Parameters(index = "1", paramLabel = "NEW", description = "The same of the other run.")
    private Path young;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Also write a page for people, one HTML file, to this place.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ReportCommand.unlessFolder(output);
        Comparison comparison = Comparison.of(
                new EvidenceFolder(ReportCommand.checked(old)), new EvidenceFolder(ReportCommand.checked(young)));
        if (output != null) {
            Path place = output.toAbsolutePath();
            new EvidenceFolder(place.getParent()).write(place.getFileName().toString(), comparison.html());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(comparison.json());
        } else {
            comparison.run().forEach(change -> out.println(line(change)));
            for (Comparison.Claim claim : comparison.claims()) {
                out.println(claim.id());
                claim.changes().forEach(change -> out.println("  " + line(change)));
            }
            out.println((output == null ? "" : output + ": ") + comparison.inWords());
        }
        out.flush();
        comparison.problems().forEach(problem -> spec.commandLine().getErr().println("crucis compare: " + problem));
        return comparison.problems().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }

    private static String line(Comparison.Change change) {
        String what = (change.kind() == Comparison.Kind.PLAN ? "PLAN CHANGED: " : "")
                + (change.where().isEmpty() ? "" : change.where() + ": ") + change.what() + " ";
        return what
                + (change.before().isEmpty() ? "(none)" : change.before())
                + " -> "
                + (change.after().isEmpty() ? "(none)" : change.after());
    }
}
