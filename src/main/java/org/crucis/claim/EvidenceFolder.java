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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * What is whole and as it was written, and one sentence for each file that is not.
     *
     * @param evidence in the order of the claims' ids, one of each claim
     */
    public record Contents(Optional<Roster> roster, List<Evidence> evidence, List<String> problems) {

        /** Why the evidence of a claim is not here although its file is; empty where there is no such file. */
        public Optional<String> problemOf(String claim) {
            return problems.stream()
                    .filter(problem -> problem.contains(fileOf(claim)))
                    .findFirst();
        }
    }

    /** Empties the folder of an earlier run's files, all of its evidence among them; other files stay. */
    public void clear() {
        try {
            for (String name : List.of(EVIDENCE, "badges")) {
                Path inner = folder.resolve(name);
                if (Files.exists(inner)) {
                    try (Stream<Path> files = Files.walk(inner)) {
                        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(file);
                        }
                    }
                }
            }
            for (String name : List.of(
                    ROSTER,
                    "index.html",
                    "summary.json",
                    "summary.md",
                    "costs.csv",
                    "crucis.sarif",
                    "badge.svg",
                    "badge.json")) {
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
        write(fileOf(evidence.claim()), pretty(sealed));
        return sealed;
    }

    private static String fileOf(String claim) {
        return EVIDENCE + "/" + claim + ".json";
    }

    /** The evidence with its digest filled in. */
    public static Evidence sealed(Evidence evidence) {
        return evidence.withDigest(EvidenceJson.digest(evidence));
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

    /**
     * Reads what is there. A file that cannot be read, lacks a field or was changed after it was written becomes a problem, never
     * an exception.
     */
    public Contents read() {
        List<String> problems = new ArrayList<>();
        Path rosterFile = folder.resolve(ROSTER);
        Optional<Roster> roster = Optional.empty();
        if (Files.exists(rosterFile)) {
            roster = read(rosterFile, Roster.class, problems)
                    .filter(found -> isWhole(
                            rosterFile, found, "it is not known which claims the run set out to check", problems));
        } else {
            problems.add(rosterFile + " is missing: it is not known which claims the run set out to check");
        }
        return new Contents(roster, evidence(problems), List.copyOf(problems));
    }

    /** The same for one who need not know what the run set out to check: the roster is left alone, and empty. */
    public Contents readEvidence() {
        List<String> problems = new ArrayList<>();
        return new Contents(Optional.empty(), evidence(problems), List.copyOf(problems));
    }

    private List<Evidence> evidence(List<String> problems) {
        Map<String, Evidence> evidence = new LinkedHashMap<>();
        Path evidenceFolder = folder.resolve(EVIDENCE);
        if (Files.isDirectory(evidenceFolder)) {
            try (Stream<Path> files = Files.walk(evidenceFolder)) {
                files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .forEach(file -> read(file, Evidence.class, problems)
                                .filter(found -> isWhole(file, found, "it is not whole evidence", problems))
                                .filter(found -> isAsWritten(file, found, problems))
                                .ifPresent(found -> {
                                    if (evidence.putIfAbsent(found.claim(), found) != null) {
                                        problems.add("claim " + found.claim()
                                                + " has more than one evidence file: the first is shown");
                                    }
                                }));
            } catch (IOException | UncheckedIOException e) {
                problems.add("cannot list " + evidenceFolder + ": " + e);
            }
        }
        return List.copyOf(evidence.values());
    }

    private static boolean isWhole(Path file, Record found, String consequence, List<String> problems) {
        Optional<String> gap = Completeness.firstGap(found);
        gap.ifPresent(field -> problems.add(file + " lacks the field " + field + " and is left out: " + consequence));
        return gap.isEmpty();
    }

    private static boolean isAsWritten(Path file, Evidence found, List<String> problems) {
        boolean same = EvidenceJson.digest(found).equals(found.evidenceDigest());
        if (!same) {
            problems.add(file + " does not match its own evidenceDigest and is left out: it was changed after it was"
                    + " written");
        }
        return same;
    }

    /**
     * Reads a file in the format of evidence; fields that it lacks are null, and no digest is looked at.
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
            // What a record says of its own parts is plainer than what the parser makes of it.
            Throwable told = e.getCause() instanceof IllegalArgumentException refused ? refused : e;
            String reason =
                    String.valueOf(told.getMessage()).lines().findFirst().orElse("");
            problems.add(file + " cannot be read and is left out: " + reason);
            return Optional.empty();
        }
    }
}
