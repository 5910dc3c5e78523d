package org.crucis.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;
import org.crucis.junit.Catalogue;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.TrialJson;
import org.crucis.ledger.CodeFingerprint;
import org.crucis.ledger.KeptTrial;
import org.crucis.ledger.LedgerReader;
import org.crucis.ledger.Pruning;
import org.crucis.ledger.Status;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The ledger of finished trials: what it holds, questions to it, its numbers as a file, and its cleaning. */
@Command(
        name = "ledger",
        description = "Looks into the ledger of finished trials.",
        subcommands = {
            LedgerCommand.StatusCommand.class,
            LedgerCommand.QueryCommand.class,
            LedgerCommand.ExportCommand.class,
            LedgerCommand.PruneCommand.class
        },
        mixinStandardHelpOptions = true)
final class LedgerCommand implements Runnable {

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "ledger.db in the folder of the reports by default.")
    private Path given;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw Main.noCommand(spec);
    }

    private Path file() {
        if (given != null) {
            return given;
        }
        String set = System.getProperty("crucis.ledger", "");
        return set.isEmpty() || set.equals("off") ? ReportsOption.byDefault().resolve("ledger.db") : Path.of(set);
    }

    private static String megabytes(long bytes) {
        return Numbers.show(1e-6 * bytes) + " MB";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    // ---- status --------------------------------------------------------------------------------------------------

    @Command(
            name = "status",
            description = "Shows what the ledger holds, which trials failed and who writes to it now.",
            mixinStandardHelpOptions = true)
    static final class StatusCommand implements Runnable {

        /** More fill the screen and say no more. */
        private static final int MOST_FAILED = 20;

        @ParentCommand
        private LedgerCommand parent;

        @Option(names = "--json", description = "Print one JSON object instead of lines.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            Status status;
            try (LedgerReader reader = LedgerReader.open(parent.file())) {
                status = reader.status();
            }
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.print(EvidenceFolder.pretty(status));
                out.flush();
                return;
            }
            out.println(
                    status.file() + ": " + megabytes(status.bytes()) + ", " + counted(status.settings(), "setting"));
            List<String> counts = new ArrayList<>();
            status.trials().forEach((outcome, count) -> counts.add(count + " " + outcome));
            out.println("trials: " + String.join(", ", counts)
                    + (status.damaged() == 0 ? "" : "; " + status.damaged() + " of them damaged, which are run again"));
            status.writers().forEach(out::println);
            if (!status.claims().isEmpty()) {
                out.println();
                printClaims(status, out);
            }
            if (!status.failed().isEmpty()) {
                out.println();
                status.failed().stream()
                        .limit(MOST_FAILED)
                        .forEach(each -> out.println(line(each.claim() + ", " + each.experiment() + " at "
                                + each.point() + ", block " + each.block() + ", edition " + each.edition() + ": "
                                + each.cause() + ", " + each.reason())));
                if (status.failed().size() > MOST_FAILED) {
                    out.println("and " + (status.failed().size() - MOST_FAILED)
                            + " more: see --json, or query \"SELECT * FROM trial WHERE outcome = 'failed'\"");
                }
            }
        }

        private static void printClaims(Status status, PrintWriter out) {
            RowPrinter printer = new RowPrinter.Aligned(out);
            printer.columns(List.of("claim", "trials", "seconds", "failed"));
            status.claims()
                    .forEach(each -> printer.row(List.of(
                            each.claim(), each.trials(), Math.round(10 * each.seconds()) / 10.0, each.failed())));
            printer.end();
        }

        private static String line(String text) {
            return text.replaceAll("\\s*\\R\\s*", " ");
        }
    }

    // ---- query ---------------------------------------------------------------------------------------------------

    @Command(
            name = "query",
            description = {
                "Answers a question in SQL. Tables: setting, trial, run. The view 'observation' has a row for each measured"
                        + " number: claim, experiment, edition, setting, block, point and coordinates (JSON), measure, value.",
                "For example: SELECT coordinates ->> 'width' AS width, avg(value) FROM observation WHERE measure = 'drift'"
                        + " GROUP BY width"
            },
            mixinStandardHelpOptions = true)
    static final class QueryCommand implements Runnable {

        @ParentCommand
        private LedgerCommand parent;

        @Parameters(paramLabel = "SQL", description = "A SELECT of SQLite.")
        private String sql;

        @ArgGroup
        private Form form = new Form();

        static final class Form {
            @Option(names = "--csv", description = "Print CSV instead of aligned columns.")
            private boolean csv;

            @Option(names = "--json", description = "Print one JSON object a row instead of aligned columns.")
            private boolean json;
        }

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            RowPrinter printer = form.csv
                    ? new RowPrinter.Csv(out)
                    : form.json ? new RowPrinter.JsonLines(out) : new RowPrinter.Aligned(out);
            try (LedgerReader reader = LedgerReader.open(parent.file())) {
                reader.query(sql, printer);
            }
            printer.end();
        }
    }

    // ---- export --------------------------------------------------------------------------------------------------

    @Command(
            name = "export",
            description =
                    "Writes the trials as CSV, a line for each measured number, or as JSON, a line for each trial.",
            mixinStandardHelpOptions = true)
    static final class ExportCommand implements Runnable {

        enum Format {
            csv,
            jsonl
        }

        private static final ObjectMapper MAPPER = new ObjectMapper();

        @ParentCommand
        private LedgerCommand parent;

        @Parameters(arity = "0..*", paramLabel = "CLAIM", description = "Ids of claims; all by default.")
        private List<String> ids = List.of();

        @Option(names = "--format", defaultValue = "csv", description = "csv or jsonl; csv by default.")
        private Format format;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Where to write; standard output by default.")
        private Path output;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            try (LedgerReader reader = LedgerReader.open(parent.file())) {
                check(reader);
                long damaged =
                        output == null ? export(reader, spec.commandLine().getOut()) : exportToFile(reader);
                if (damaged > 0) {
                    spec.commandLine()
                            .getErr()
                            .println("crucis ledger export: left out " + counted(damaged, "damaged trial"));
                }
            }
        }

        private void check(LedgerReader reader) {
            List<String> known = reader.claims();
            for (String id : ids) {
                if (!known.contains(id)) {
                    throw new Refusal("the ledger has no trials of '" + id + "'; it has those of "
                            + (known.isEmpty() ? "no claim" : String.join(", ", known)));
                }
            }
        }

        private long exportToFile(LedgerReader reader) {
            if (Files.isDirectory(output)) {
                throw new Refusal("cannot write " + output + ": it is a folder; name a file");
            }
            try {
                if (Files.exists(output) && Files.isSameFile(output, parent.file())) {
                    throw new Refusal("cannot write " + output + ": it is the ledger itself; name another file");
                }
                try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(output, StandardCharsets.UTF_8))) {
                    long damaged = export(reader, out);
                    if (out.checkError()) {
                        throw new Refusal("cannot write all of " + output + ": see whether its disk is full");
                    }
                    return damaged;
                }
            } catch (IOException e) {
                throw new Refusal("cannot write " + output + " (" + e + "): name another file");
            }
        }

        private long export(LedgerReader reader, PrintWriter out) {
            return format == Format.csv ? csv(reader, out) : jsonLines(reader, out);
        }

        /** Twice through the trials, for the columns have to be known before the first line. */
        private long csv(LedgerReader reader, PrintWriter out) {
            Set<String> axes = new LinkedHashSet<>();
            reader.trials(
                    ids,
                    trial -> trial.observations()
                            .forEach(each ->
                                    axes.addAll(each.point().coordinates().keySet())));
            List<String> columns = new ArrayList<>(List.of("claim", "experiment", "edition", "setting", "block"));
            columns.addAll(axes);
            columns.addAll(List.of("measure", "value"));
            RowPrinter printer = new RowPrinter.Csv(out);
            printer.columns(columns);
            long damaged = reader.trials(
                    ids, trial -> trial.observations().forEach(each -> print(trial, each, axes, printer)));
            printer.end();
            return damaged;
        }

        private static void print(KeptTrial trial, Observation observation, Set<String> axes, RowPrinter printer) {
            List<Object> place = new ArrayList<>(List.of(
                    trial.setting().claim(),
                    trial.setting().experiment(),
                    trial.setting().edition(),
                    trial.settingNumber(),
                    observation.block()));
            axes.forEach(axis -> place.add(observation.point().coordinates().get(axis)));
            observation.values().forEach((measure, value) -> {
                List<Object> cells = new ArrayList<>(place);
                cells.add(measure);
                cells.add(value);
                printer.row(cells);
            });
        }

        private long jsonLines(LedgerReader reader, PrintWriter out) {
            long damaged = reader.trials(ids, trial -> out.print(json(trial) + "\n"));
            out.flush();
            return damaged;
        }

        private static String json(KeptTrial trial) {
            try {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("specification", MAPPER.readTree(TrialJson.write(trial.spec())));
                line.put("code", trial.setting().code());
                line.put("environment", trial.setting().environment());
                line.put("finished", trial.finished());
                line.put(
                        "result",
                        MAPPER.readTree(
                                TrialJson.write(trial.result(), trial.spec().point())));
                return MAPPER.writeValueAsString(line);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("JSON of ours cannot be read back", e);
            }
        }
    }

    // ---- prune ---------------------------------------------------------------------------------------------------

    @Command(
            name = "prune",
            description =
                    "Removes the trials that no run of the present claims, code and numeric environment would reuse.",
            mixinStandardHelpOptions = true)
    static final class PruneCommand implements Runnable {

        @ParentCommand
        private LedgerCommand parent;

        @Option(
                names = "--older-than",
                paramLabel = "DAYS",
                description = "Of these only those that finished more than so many days ago.")
        private Integer days;

        @Option(names = "--failed", description = "Also the trials that failed or did not apply.")
        private boolean failed;

        @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
        private boolean rehearsal;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            if (days != null && days < 0) {
                throw new Refusal("--older-than must be a whole number of days from 0 up, got " + days);
            }
            Instant before = days == null ? Instant.now() : Instant.now().minus(Duration.ofDays(days));
            // Refused before the numeric library is loaded, which takes a second.
            LedgerReader.open(parent.file()).close();
            CodeFingerprint code = new CodeFingerprint(LedgerCommand.class.getClassLoader());
            PresentSettings present = new PresentSettings(
                    Catalogue.shipped(), code::of, NumericEnvironment.here().text());
            Pruning pruning = new Pruning(present, failed ? Pruning.Unmeasured.GO : Pruning.Unmeasured.STAY, before);
            Pruning.Pruned pruned = rehearsal ? pruning.rehearsed(parent.file()) : pruning.done(parent.file());
            spec.commandLine()
                    .getOut()
                    .println(parent.file() + ": " + (rehearsal ? "would remove " : "removed ")
                            + counted(pruned.trials(), "trial") + " of " + counted(pruned.settings(), "setting") + ", "
                            + (rehearsal ? "about " : "") + megabytes(pruned.bytes())
                            + (rehearsal ? "" : " freed"));
        }
    }
}
