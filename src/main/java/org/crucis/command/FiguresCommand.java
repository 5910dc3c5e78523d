package org.crucis.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.crucis.claim.EvidenceFolder;
import org.crucis.report.FigureFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The figures of a report as files for papers and slides. Runs nothing; evidence that cannot be used is named, with exit code 2. */
@Command(
        name = "figures",
        description = "Writes each figure of a report as a file that stands alone.",
        mixinStandardHelpOptions = true)
final class FiguresCommand implements Callable<Integer> {

    /** More would not help one who mistyped an id. */
    private static final int MOST_NAMED = 5;

    @Parameters(index = "0", paramLabel = "REPORT-FOLDER", description = "Folder with run.json and evidence/.")
    private Path folder;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "CLAIM",
            description = "Ids of claims, such as PAPER/CLAIM; all by default.")
    private List<String> claims = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "svg or pdf; ${DEFAULT-VALUE} by default.",
            defaultValue = "svg",
            converter = FormatConverter.class)
    private FigureFiles.Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Folder for the files; it is made when it is not there.")
    private Path output;

    @Spec
    private CommandSpec spec;

    /** Only the words of the help are right, in small letters. */
    static final class FormatConverter implements CommandLine.ITypeConverter<FigureFiles.Format> {
        @Override
        public FigureFiles.Format convert(String word) {
            return switch (word) {
                case "svg" -> FigureFiles.Format.SVG;
                case "pdf" -> FigureFiles.Format.PDF;
                default -> throw new CommandLine.TypeConversionException("expected svg or pdf, got '" + word + "'");
            };
        }
    }

    @Override
    public Integer call() {
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new Refusal("cannot write figures to " + output + ": it is a file; name a folder with -o");
        }
        FigureFiles figures = FigureFiles.of(new EvidenceFolder(ReportCommand.checked(folder)));
        figures.problems().forEach(problem -> spec.commandLine().getErr().println("crucis figures: " + problem));
        List<String> known = figures.claims();
        claims.stream().filter(claim -> !known.contains(claim)).findFirst().ifPresent(unknown -> {
            throw new Refusal("no evidence of a claim '" + unknown + "' in " + folder + ": there is "
                    + (known.isEmpty()
                            ? "none, run claims first"
                            : String.join(", ", known.subList(0, Math.min(MOST_NAMED, known.size()))))
                    + (known.size() > MOST_NAMED ? " and " + (known.size() - MOST_NAMED) + " more" : ""));
        });
        List<Path> written = figures.write(claims.isEmpty() ? known : claims, format, output);
        if (written.isEmpty()) {
            throw new Refusal("no figure in the evidence of " + (claims.isEmpty() ? folder : String.join(", ", claims))
                    + ": name a claim that draws one");
        }
        spec.commandLine().getOut().println(output + ": " + written.size() + " figures");
        return figures.problems().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }
}
