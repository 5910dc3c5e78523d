package org.crucis.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** In which folder the reports of runs lie, the ledger and the records of severity among them. */
final class ReportsOption {

    @Option(names = "--reports", paramLabel = "DIR", description = "Folder of the reports; ./reports by default.")
    private Path given;

    Path folder() {
        return given == null ? byDefault() : given;
    }

    /** The folder where none is named: that of the property {@code crucis.reports}, or {@code reports}. */
    static Path byDefault() {
        return Path.of(System.getProperty("crucis.reports", "reports"));
    }

    /** The latest whole run in a folder of reports, where it left evidence. */
    static Optional<Path> latestIn(Path folder) {
        return Optional.of(folder.resolve("latest")).filter(run -> Files.isDirectory(run.resolve("evidence")));
    }
}
