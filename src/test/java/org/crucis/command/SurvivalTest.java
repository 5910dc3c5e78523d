package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at a random moment and started again ends with the evidence of one that nobody disturbed.
 * {@code -Dcrucis.kills=50} asks for more of it, {@code -Dcrucis.killed=all} for the whole suite.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class SurvivalTest {

    private static final List<String> SMALL_SUITE = List.of(
            "zou2019/trajectory-is-short",
            "du2018/gram-matrix-is-positive-definite",
            "lee2019/training-curves-have-a-closed-form");

    /** Fixed, so that a failure can be repeated; the moments fall differently all the same. */
    private static final long SEED = 8;

    private final int kills = Integer.getInteger("crucis.kills", 1);
    private final List<String> claims = System.getProperty("crucis.killed", "").equals("all") ? List.of() : SMALL_SUITE;

    @TempDir
    Path folder;

    @Test
    void aKilledRunGoesOnWhereItWas() throws IOException, InterruptedException {
        long start = System.nanoTime();
        assertThat(finished(start(folder.resolve("undisturbed"))))
                .as("exit code")
                .isZero();
        Duration whole = Duration.ofNanos(System.nanoTime() - start);
        Map<String, String> undisturbed = digests(folder.resolve("undisturbed"));
        assertThat(undisturbed).hasSizeGreaterThanOrEqualTo(SMALL_SUITE.size());

        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(SEED);
        for (int kill = 1; kill <= kills; kill++) {
            Path reports = folder.resolve("killed " + kill);
            long moment = Math.round(whole.toMillis() * random.nextDouble());
            Process run = start(reports);
            boolean ended = run.waitFor(moment, TimeUnit.MILLISECONDS);
            // By turns all its processes at once, as by a power cut, and the run alone, whose workers must notice.
            if (kill % 2 == 1) {
                run.descendants().forEach(ProcessHandle::destroyForcibly);
            }
            run.destroyForcibly().waitFor();
            assertThat(finished(start(reports))).as("exit code").isZero();
            assertThat(digests(reports))
                    .as("killed %s after %d of %d ms%s", kill, moment, whole.toMillis(), ended ? ", at its end" : "")
                    .isEqualTo(undisturbed);
            System.out.printf(
                    "kill %d after %d of %d ms: %s%n", kill, moment, whole.toMillis(), last(reports.resolve("log")));
        }
    }

    private Process start(Path reports) throws IOException {
        Files.createDirectories(reports);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--reports",
                reports.toString()));
        command.addAll(claims);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(reports.resolve("log").toFile()))
                .start();
    }

    private static int finished(Process run) throws InterruptedException {
        return run.waitFor();
    }

    private Map<String, String> digests(Path reports) {
        EvidenceFolder.Contents contents =
                new EvidenceFolder(reports.resolve(claims.isEmpty() ? "latest" : "selected")).read();
        assertThat(contents.problems()).isEmpty();
        Map<String, String> digests = new TreeMap<>();
        for (Evidence evidence : contents.evidence()) {
            digests.put(evidence.claim(), evidence.evidenceDigest());
        }
        return digests;
    }

    /** What the run said of the ledger. */
    private static String last(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("kept from"))
                .reduce((first, second) -> second)
                .orElse("nothing was kept");
    }
}
