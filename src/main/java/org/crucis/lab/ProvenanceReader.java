package org.crucis.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.crucis.claim.Evidence;

/** What a run stands on: versions, platform, processor, and what the numeric library says of itself. */
public final class ProvenanceReader {

    private ProvenanceReader() {}

    public static Evidence.Provenance read(int threads) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "crucis",
                Optional.ofNullable(ProvenanceReader.class.getPackage().getImplementationVersion())
                        .orElse("development"));
        facts.put("commit", commit(Path.of("").toAbsolutePath()));
        ServiceLoader.load(FactSource.class).forEach(source -> facts.putAll(source.facts()));
        facts.put("java", java());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("arch", System.getProperty("os.arch"));
        facts.put("cpu", processor());
        facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("threads", String.valueOf(threads));
        facts.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return new Evidence.Provenance(facts);
    }

    static String java() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException | RuntimeException e) {
            return "unknown";
        }
    }

    /** The commit of the checkout that the program runs in, read from git's own files. */
    private static String commit(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path git = folder.resolve(".git");
            if (!Files.isDirectory(git)) {
                continue;
            }
            try {
                String head = Files.readString(git.resolve("HEAD")).strip();
                if (!head.startsWith("ref: ")) {
                    return head;
                }
                String reference = head.substring(5);
                if (Files.exists(git.resolve(reference))) {
                    return Files.readString(git.resolve(reference)).strip();
                }
                try (var packed = Files.lines(git.resolve("packed-refs"))) {
                    return packed.filter(line -> line.endsWith(" " + reference))
                            .findFirst()
                            .map(line -> line.substring(0, line.indexOf(' ')))
                            .orElse("unknown");
                }
            } catch (IOException e) {
                return "unknown";
            }
        }
        return "unknown";
    }
}
