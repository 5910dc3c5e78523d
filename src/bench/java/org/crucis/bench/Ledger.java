package org.crucis.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured on one machine: {@code results.json}. A group that is measured again replaces the earlier one; those
 * of another machine are dropped, since no table may mix two.
 */
record Ledger(Map<String, String> machine, Map<Group, Entry> groups) {

    /**
     * The measurements of a group.
     *
     * @param measured when it was begun
     * @param pairs how many rounds are finished
     * @param facts what each side ran on
     * @param peaks the largest resident memory of each side's processes in megabytes
     * @param cases what was computed; without the files, which are not kept
     */
    record Entry(
            String measured,
            int pairs,
            Map<String, Map<String, String>> facts,
            Map<String, Double> peaks,
            List<Case> cases,
            List<Sample> samples) {}

    Ledger {
        Map<Group, Entry> ordered = new EnumMap<>(Group.class);
        ordered.putAll(groups);
        groups = ordered;
    }

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static Ledger readOrNew(Path folder, Map<String, String> machine) throws IOException {
        Path file = file(folder);
        if (Files.exists(file)) {
            Ledger earlier = JSON.readValue(file.toFile(), Ledger.class);
            if (earlier.machine.equals(machine)) {
                return earlier;
            }
        }
        return new Ledger(machine, Map.of());
    }

    void write(Path folder) throws IOException {
        replace(file(folder), JSON.writeValueAsString(this) + "\n");
    }

    Optional<Entry> entry(Group group) {
        return Optional.ofNullable(groups.get(group));
    }

    private static Path file(Path folder) {
        return folder.resolve("results.json");
    }

    /** All or nothing, so that an interrupted run leaves a whole file. */
    static void replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
