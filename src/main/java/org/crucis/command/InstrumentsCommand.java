package org.crucis.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.crucis.claim.EvidenceFolder;
import org.crucis.routes.SecondRoutes;
import org.crucis.severity.Routes;
import org.crucis.severity.SeverityFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the instruments with second routes to the same numbers, and keeps the digits beside the reports. */
@Command(
        name = "instruments",
        description = "Compares every central instrument with a second, independent route to the same numbers, on small"
                + " samples; writes severity/" + Routes.NAME + ".json; exit code 1 when two routes disagree.",
        mixinStandardHelpOptions = true)
final class InstrumentsCommand implements Callable<Integer> {

    @Mixin
    private ReportsOption reports;

    @Option(names = "--json", description = "Print the record as JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Routes routes = SecondRoutes.compare();
        SeverityFolder folder = SeverityFolder.in(reports.folder());
        folder.write(Routes.NAME, routes);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(EvidenceFolder.pretty(routes));
        } else {
            print(routes, out);
            out.println(folder.folder().resolve(Routes.NAME + ".json") + ": "
                    + routes.rows().size() + " comparisons, "
                    + routes.disagreeing().size() + " disagree");
        }
        out.flush();
        return routes.disagreeing().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Two lines a comparison: routes and setting would make one too long to read. */
    private static void print(Routes routes, PrintWriter out) {
        out.println("digits  required  verdict   instrument: first route / second route");
        for (Routes.Row row : routes.rows()) {
            out.printf(
                    Locale.ROOT,
                    "%6.1f  %8.1f  %-8s  %s: %s / %s%n%28s%s%n",
                    row.digits(),
                    row.required(),
                    row.verdict().name().toLowerCase(Locale.ROOT),
                    row.instrument(),
                    row.first(),
                    row.second(),
                    "",
                    row.room() + ", " + row.setting()
                            + (row.reason().isEmpty() ? "" : " (" + row.reason() + ")")
                            + (row.problem().isEmpty() ? "" : "; failed: " + row.problem()));
        }
    }
}
