package org.crucis.severity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.crucis.claim.EvidenceFolder;

/** The folder {@code severity} beside {@code latest}: one file for each kind of record, written whole or not at all. */
public record SeverityFolder(Path folder) {

    /**
     * A record, or why there is none.
     *
     * @param found empty when there is no such file, or when it cannot be read
     * @param problem one sentence when it cannot be read, empty otherwise
     */
    public record Reading<T>(Optional<T> found, String problem) {}

    /** The folder that belongs to the reports in this one. */
    public static SeverityFolder in(Path reports) {
        return new SeverityFolder(reports.resolve("severity"));
    }

    /** Reads a record that this room writes as {@code name}.json. */
    public <T> Reading<T> read(String name, Class<T> type) {
        Path file = folder.resolve(name + ".json");
        if (!Files.exists(file)) {
            return new Reading<>(Optional.empty(), "");
        }
        List<String> problems = new ArrayList<>();
        Optional<T> found = EvidenceFolder.read(file, type, problems);
        return new Reading<>(found, String.join("; ", problems));
    }

    /**
     * Writes a record; it needs a component {@code schemaVersion}.
     *
     * @throws java.io.UncheckedIOException when the folder cannot be written, in one sentence
     */
    public void write(String name, Record value) {
        new EvidenceFolder(folder).write(name + ".json", EvidenceFolder.pretty(value));
    }
}
