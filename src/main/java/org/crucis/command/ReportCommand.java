package org.crucis.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Verdict;
import org.crucis.report.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the report of a run from its evidence. Runs nothing. Evidence that cannot be read is
 * named, with exit code 2; the rest is shown all the same. */
@Command(
        name = "report",
        description = "Writes index.html, the summaries and the badge of a run from its evidence.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "EVIDENCE-DIR",
            description =
                    "Folder with run.json and evidence/; the newest of latest, selected and fresh/* in ./reports by default.")
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write the page; index.html in the folder by default.")
    private Path output;

    @Option(names = "--strict", description = "Exit code 1 when a claim is VOID, as a build wants it.")
    private boolean strict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path run = folder == null ? newest() : checked(folder);
        Path page = output == null ? run.resolve("index.html") : output;
        unlessFolder(page);
        Report report = Report.of(new EvidenceFolder(run));
        report.write(page);
        spec.commandLine().getOut().println(page + ": " + report.counts());
        // What could be read is on the page; what could not is the caller's to know.
        report.problems().forEach(problem -> spec.commandLine().getErr().println("crucis report: " + problem));
        if (!report.problems().isEmpty()) {
            return CommandLine.ExitCode.USAGE;
        }
        return strict && report.worst() == Verdict.VOID ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    /** Refuses a place for a page, if there is one, that is a folder. */
    static void unlessFolder(Path page) {
        if (page != null && Files.isDirectory(page)) {
            throw new Refusal("cannot write " + page + ": it is a folder; name a file");
        }
    }

    /** A folder of a run, or a refusal that says what is wrong with it. */
    static Path checked(Path folder) {
        if (!Files.exists(folder)) {
            throw new Refusal("there is no folder " + folder + ": name the folder of a run");
        }
        if (!Files.isDirectory(folder)) {
            throw new Refusal(folder + " is not a folder: name the folder that holds run.json and evidence/");
        }
        if (!isRun(folder)) {
            throw new Refusal("no evidence in " + folder + ": it has neither run.json nor evidence/; run claims first");
        }
        return folder;
    }

    private static Path newest() {
        Path reports = ReportsOption.byDefault();
        List<Path> runs = Stream.concat(
                        Stream.of("latest", "selected").map(reports::resolve),
                        foldersOf(reports.resolve("fresh")).stream())
                .filter(ReportCommand::isRun)
                .toList();
        return runs.stream()
                .max(Comparator.comparing(ReportCommand::started))
                .orElseThrow(() -> new Refusal("no evidence in latest, selected or fresh under " + reports
                        + ": run claims first, or name a folder"));
    }

    private static List<Path> foldersOf(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.toList();
        } catch (IOException e) {
            throw new Refusal("cannot list " + parent + ": " + e + "; name the folder of a run");
        }
    }

    private static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve("run.json")) || Files.isDirectory(folder.resolve("evidence"));
    }

    /** A run writes its roster first. A folder that lost its roster counts as the oldest. */
    private static FileTime started(Path run) {
        try {
            return Files.getLastModifiedTime(run.resolve("run.json"));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
