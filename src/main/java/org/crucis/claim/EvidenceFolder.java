package org.crucis.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one run: {@code run.json} and {@code evidence/<paper>/<claim>.json}. Every file appears whole or not at
 * all: it is written beside its place and then moved there.
 */
public record EvidenceFolder(Path folder) {

    private static final String ROSTER = "run.json";
    private static final String LOCK = ".lock";
    private static final String EVIDENCE = "evidence";

    /**
     * What was readable, and one sentence for each file that was not.
     *
     * @param evidence in the order of the claims' ids
     */
    public record Contents(Optional<Roster> roster, List<Evidence> evidence, List<String> problems) {}

    /** Empties the folder of an earlier run's files, all of its evidence among them; other files stay. */
    public void clear() {
        try {
            Path evidence = folder.resolve(EVIDENCE);
            if (Files.exists(evidence)) {
                try (Stream<Path> files = Files.walk(evidence)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            for (String name : List.of(
                    ROSTER, "index.html", "summary.json", "summary.md", "costs.csv", "badge.svg", "badge.json")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** Held by the one run that writes to a folder; let go when closed, and by the system when the process ends anyhow. */
    public interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps other runs out of this folder.
     *
     * @throws UncheckedIOException when another run writes to it, or it cannot be written, in one sentence
     */
    public Lock lock() {
        Path file = folder.resolve(LOCK);
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String owner = Files.readString(file).strip();
                channel.close();
                throw new UncheckedIOException(
                        folder + " is being written by another run (process "
                                + (owner.isEmpty() ? "unknown" : owner)
                                + "): wait for it, or choose another folder with --reports or -Dcrucis.reports",
                        new IOException("locked"));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return () -> {
                try {
                    // The file stays: were it deleted, two runs could each lock a file of this name.
                    channel.close();
                } catch (IOException e) {
                    throw unwritable(file, e);
                }
            };
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another run of this same process
        }
    }

    public void write(Roster roster) {
        write(ROSTER, pretty(roster));
    }

    /** Writes the evidence with its digest filled in, and returns it so. */
    public Evidence write(Evidence evidence) {
        Evidence sealed = sealed(evidence);
        write(EVIDENCE + "/" + evidence.claim() + ".json", pretty(sealed));
        return sealed;
    }

    /** The evidence with its digest filled in. */
    public static Evidence sealed(Evidence evidence) {
        return new Evidence(
                evidence.schemaVersion(),
                evidence.paper(),
                evidence.claim(),
                evidence.title(),
                evidence.source(),
                evidence.statement(),
                evidence.symbols(),
                evidence.tier(),
                evidence.hypotheses(),
                evidence.plan(),
                evidence.predictions(),
                evidence.verdict(),
                evidence.problem(),
                EvidenceJson.digest(evidence),
                evidence.cost(),
                evidence.provenance());
    }

    /**
     * Writes a file of this folder, whole or not at all.
     *
     * @param name relative to the folder
     * @throws UncheckedIOException when the folder cannot be written, in one sentence
     */
    public void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            // No temporary file of the platform: only its owner could read the report.
            Path beside = file.resolveSibling(
                    "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            try {
                Files.writeString(beside, text, StandardCharsets.UTF_8);
                try {
                    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (AtomicMoveNotSupportedException e) {
                    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static UncheckedIOException unwritable(Path file, IOException cause) {
        String reason = cause instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : cause.getClass().getSimpleName();
        return new UncheckedIOException(
                "cannot write " + file + ": " + reason + "; choose a folder that can be written", cause);
    }

    /** Any value of the evidence format as JSON text, ending in a line feed. */
    public static String pretty(Object value) {
        try {
            return EvidenceJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** Reads what is there; a file that cannot be read becomes a problem, never an exception. */
    public Contents read() {
        List<String> problems = new ArrayList<>();
        Path rosterFile = folder.resolve(ROSTER);
        Optional<Roster> roster = Optional.empty();
        if (Files.exists(rosterFile)) {
            roster = read(rosterFile, Roster.class, problems);
        } else {
            problems.add(rosterFile + " is missing: it is not known which claims the run set out to check");
        }
        List<Evidence> evidence = new ArrayList<>();
        Path evidenceFolder = folder.resolve(EVIDENCE);
        if (Files.isDirectory(evidenceFolder)) {
            try (Stream<Path> files = Files.walk(evidenceFolder)) {
                files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .forEach(file -> read(file, Evidence.class, problems).ifPresent(evidence::add));
            } catch (IOException | UncheckedIOException e) {
                problems.add("cannot list " + evidenceFolder + ": " + e);
            }
        }
        return new Contents(roster, List.copyOf(evidence), List.copyOf(problems));
    }

    /**
     * Reads a file in the format of evidence.
     *
     * @param problems gets a sentence when it cannot be read
     */
    public static <T> Optional<T> read(Path file, Class<T> type, List<String> problems) {
        try {
            JsonNode tree = EvidenceJson.MAPPER.readTree(file.toFile());
            int version = tree.path("schemaVersion").asInt(0);
            if (version > Evidence.SCHEMA_VERSION) {
                problems.add(file + " has schemaVersion " + version + ", this program reads up to "
                        + Evidence.SCHEMA_VERSION + ": use a newer Crucis");
                return Optional.empty();
            }
            if (version < 1) {
                problems.add(file + " has no schemaVersion: it is not a file of Crucis, or it was cut short");
                return Optional.empty();
            }
            return Optional.of(EvidenceJson.MAPPER.treeToValue(tree, type));
        } catch (IOException | RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            problems.add(file + " cannot be read and is left out: " + reason);
            return Optional.empty();
        }
    }
}
