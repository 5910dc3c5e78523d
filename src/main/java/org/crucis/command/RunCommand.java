package org.crucis.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Tier;
import org.crucis.claim.Verdict;
import org.crucis.junit.Catalogue;
import org.crucis.junit.ClaimLauncher;
import org.crucis.junit.ProgressView;
import org.crucis.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs claims as {@code mvn verify} does, and writes the report. Claims run in a child process, because the size of the heap
 * and the Vector API must be asked for when a JVM starts.
 */
@Command(
        name = "run",
        description = "Runs claims and writes their report. Exit code 1 when a prediction is REFUTED or VOID.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final String VECTOR_API = "jdk.incubator.vector";

    /** Small on purpose: only a collection frees DL4J's off-heap arrays. */
    private static final String HEAP = "-Xmx2g";

    /** Set in a JVM that was started for claims. */
    private static final String CHILD = "crucis.child";

    @Parameters(arity = "0..*", paramLabel = "CLAIM", description = "Ids of claims; all by default.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--tier", description = "quick or full; quick by default.", defaultValue = "quick")
    private String tier;

    @Option(names = "--threads", description = "Trials at once; all cores by default.")
    private Integer threads;

    @Option(names = "--edition", description = "Edition of the seeds; 1 by default.", defaultValue = "1")
    private int edition;

    @Option(names = "--reports", description = "Folder for latest and selected; ./reports by default.")
    private Path reports;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Catalogue catalogue = Catalogue.shipped();
        List<String> wanted = ids.isEmpty() ? catalogue.ids() : ids;
        Path folder = reports == null ? Path.of(System.getProperty("crucis.reports", "reports")) : reports;
        check(catalogue, wanted, folder);
        if (System.getProperty(CHILD) == null) {
            return inChildProcess();
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("crucis.reports", folder.toString());
        settings.put("crucis.tier", tier);
        settings.put("crucis.edition", String.valueOf(edition));
        if (threads != null) {
            settings.put("crucis.threads", String.valueOf(threads));
        }
        PrintWriter out = spec.commandLine().getOut();
        ClaimLauncher.Outcome outcome;
        try {
            outcome = ClaimLauncher.run(catalogue, wanted, settings, view());
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
        Report report = Report.of(new EvidenceFolder(outcome.folder()));
        Path page = report.write();
        outcome.problems().forEach(out::println);
        out.println(report.counts());
        out.println(page);
        return outcome.failed() == 0 && report.worst() != Verdict.VOID ? 0 : 1;
    }

    private void check(Catalogue catalogue, List<String> wanted, Path folder) {
        try {
            wanted.forEach(catalogue::claim);
            Tier.parse(tier);
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
        if (edition < 1) {
            throw new Refusal("--edition must be a whole number from 1 up, got " + edition);
        }
        if (threads != null && threads < 1) {
            throw new Refusal("--threads must be a whole number from 1 up, got " + threads);
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Refusal(
                    "cannot write reports to " + folder + ": " + e + "; choose another folder with --reports");
        }
        if (!Files.isWritable(folder)) {
            throw new Refusal("cannot write reports to " + folder + ": choose another folder with --reports");
        }
    }

    private Integer inChildProcess() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(HEAP, "-XX:+UseParallelGC", "-Dorg.bytedeco.javacpp.maxbytes=4g", "-D" + CHILD + "=true"));
        if (vectorApiExists()) {
            command.addAll(List.of("--add-modules", VECTOR_API));
        }
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "run"));
        command.addAll(ids);
        command.addAll(List.of("--tier", tier, "--edition", String.valueOf(edition)));
        if (threads != null) {
            command.addAll(List.of("--threads", String.valueOf(threads)));
        }
        if (reports != null) {
            command.addAll(List.of("--reports", reports.toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO().redirectError(ProcessBuilder.Redirect.PIPE);
        // Where it cannot be set from inside: on Windows.
        builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
        Process child = builder.start();
        passOn(child.getErrorStream());
        return child.waitFor();
    }

    /** All but the JVM's warning, as its first words, that a module incubates. */
    private static void passOn(InputStream errors) throws IOException {
        byte[] warning = ("WARNING: Using incubator modules: " + VECTOR_API + System.lineSeparator())
                .getBytes(StandardCharsets.UTF_8);
        for (int matched = 0; matched < warning.length; matched++) {
            int next = errors.read();
            if (next != warning[matched]) {
                System.err.write(warning, 0, matched);
                if (next >= 0) {
                    System.err.write(next);
                }
                break;
            }
        }
        errors.transferTo(System.err);
        System.err.flush();
    }

    private static boolean vectorApiExists() {
        return ModuleFinder.ofSystem().find(VECTOR_API).isPresent();
    }

    /** A line that is written over on a terminal, lines of their own elsewhere. */
    private ProgressView view() {
        PrintWriter err = spec.commandLine().getErr();
        boolean terminal = System.console() != null;
        return new ProgressView() {
            private long last;

            @Override
            public void passing(String line) {
                long now = System.nanoTime();
                if (terminal) {
                    err.print("\r\033[K" + line);
                    err.flush();
                } else if (now - last > 3_000_000_000L) {
                    last = now;
                    err.println(line);
                }
            }

            @Override
            public void lasting(String line) {
                err.println((terminal ? "\r\033[K" : "") + line);
            }
        };
    }
}
