package org.crucis.command;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.crucis.lab.PlanException;
import org.crucis.ledger.LedgerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar target/crucis.jar COMMAND}. */
@Command(
        name = "crucis",
        description = "Checks theorems about over-parameterized neural networks on DeepLearning4J networks.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            RunCommand.class,
            TrialCommand.class,
            ReportCommand.class,
            LatexCommand.class,
            FiguresCommand.class,
            LedgerCommand.class,
            CalibrateCommand.class,
            CompareCommand.class,
            FreezeCommand.class,
            InstrumentsCommand.class,
            KernelCommand.class,
            AppliesCommand.class,
            ChallengeCommand.class
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /** @return exit code: 0, 2 for what the user got wrong, 1 for a failure of ours */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(
                        (mistake, given) -> refuse(mistake.getCommandLine(), mistake.getMessage()))
                .setExecutionExceptionHandler(Main::failed)
                .execute(arguments);
    }

    @Override
    public void run() {
        throw noCommand(spec);
    }

    /** What is told to one who names a command that only gathers others. */
    static ParameterException noCommand(CommandSpec spec) {
        return new ParameterException(
                spec.commandLine(),
                "no command given: expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult given) throws Exception {
        if (failure instanceof Refusal
                || failure instanceof LedgerException
                || failure instanceof PlanException
                || failure instanceof UncheckedIOException) {
            return refuse(command, failure.getMessage());
        }
        throw failure;
    }

    private static int refuse(CommandLine command, String sentence) {
        String name = command.getCommandSpec().qualifiedName();
        String line = sentence.replaceAll("\\s*\\R\\s*", " ").strip();
        command.getErr().println(name + ": " + line + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    /** The version in the manifest; classes outside a jar have none. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "crucis "
                        + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                                .orElse("(not packaged)")
            };
        }
    }
}
