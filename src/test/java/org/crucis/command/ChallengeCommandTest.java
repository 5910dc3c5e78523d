package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Partial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code challenge}: one cheap claim from end to end, and what is said to bad input before anything runs. */
class ChallengeCommandTest {

    private static final String CHEAP = "fang2020/averaged-layers-degenerate";

    @Test
    void showsBothFindingsAndLeavesTheReportsAlone(@TempDir Path reports) throws IOException {
        Said said = Said.by(
                "challenge", CHEAP, "blocks=13", "--reports", reports.toString(), "--no-ledger", "--quiet", "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        JsonNode answer = new ObjectMapper().readTree(said.out());
        assertThat(answer.get("claim").asText()).isEqualTo(CHEAP);
        assertThat(answer.at("/changes/blocks").asText()).isEqualTo("13");
        assertThat(answer.at("/original/from").asText()).isEqualTo("run now");
        assertThat(answer.at("/original/digest").asText())
                .isNotEqualTo(answer.at("/challenged/digest").asText());
        assertThat(answer.get("predictions")).isNotEmpty().allSatisfy(row -> {
            assertThat(row.at("/original/verdict").asText()).isEqualTo("SUPPORTED");
            assertThat(row.at("/challenged/verdict").asText()).isEqualTo("SUPPORTED");
        });
        Path folder = Path.of(answer.at("/challenged/from").asText());
        assertThat(folder.getParent()).isEqualTo(reports.resolve("challenges"));
        assertThat(new ObjectMapper().readTree(Files.readString(folder.resolve("challenge.json"))))
                .isEqualTo(answer);
        assertThat(reports.resolve("latest")).doesNotExist();
        assertThat(reports.resolve("selected")).doesNotExist();
    }

    /** The original comes from the run where it is there in full, and is run where a prediction was left out. */
    @Test
    void theOriginalIsTakenFromEarlierEvidenceOnlyWhereThatIsWhole(@TempDir Path reports) throws IOException {
        Said run = Said.by("run", CHEAP, "--reports", reports, "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
        EvidenceFolder selected = new EvidenceFolder(reports.resolve("selected"));
        assertThat(challenged(selected, reports).at("/original/from").asText())
                .isEqualTo(selected.folder().toString());

        Evidence whole = selected.read().evidence().get(0);
        Evidence few = Partial.of(whole.predictions().get(0).of(), whole);
        assertThat(few.predictions()).hasSizeLessThan(whole.predictions().size());
        selected.write(few);
        assertThat(challenged(selected, reports).at("/original/from").asText()).isEqualTo("run now");
    }

    private static JsonNode challenged(EvidenceFolder evidence, Path reports) throws IOException {
        Said said = Said.by(
                "challenge",
                CHEAP,
                "blocks=13",
                "--evidence",
                evidence.folder(),
                "--reports",
                reports,
                "--quiet",
                "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        JsonNode answer = new ObjectMapper().readTree(said.out());
        assertThat(answer.get("predictions"))
                .hasSize(2)
                .allSatisfy(
                        row -> assertThat(row.at("/original/verdict").asText()).isEqualTo("SUPPORTED"));
        return answer;
    }

    @Test
    void damagedEvidenceIsRefusedBeforeAnythingRuns(@TempDir Path reports) throws IOException {
        Path damaged = reports.resolve("latest/evidence/" + CHEAP + ".json");
        Files.createDirectories(damaged.getParent());
        Files.writeString(damaged, "{}");

        Said said = Said.by("challenge", CHEAP, "blocks=13", "--reports", reports, "--no-ledger", "--quiet");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines()).hasSize(2);
        assertThat(said.err())
                .startsWith("crucis challenge: " + damaged + " has no schemaVersion")
                .contains("the evidence of " + CHEAP + " cannot be used");
        assertThat(reports.resolve("challenges")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "challenge | Missing required parameter",
                "challenge lee2019/kernel-stays-near-initialization | Missing required parameter: 'KEY=VALUE'",
                "challenge nothing/of-the-kind blocks=3 | there is no claim 'nothing/of-the-kind'",
                "challenge lee2019/kernel-stays-near-initialization blocks | is no change: write KEY=VALUE",
                "challenge lee2019/kernel-stays-near-initialization blocks=13 blocks=14 | is changed twice",
                "challenge lee2019/kernel-stays-near-initialization depth=3 | it has width, activation, ",
                "challenge lee2019/kernel-stays-near-initialization activation=swish | activation must be among",
                "challenge lee2019/kernel-stays-near-initialization driftShrinks.margin=wide | driftShrinks.margin must be a number, got 'wide'",
                "challenge lee2019/kernel-stays-near-initialization blocks=13 --threads 0 | --threads must be a whole number",
                "challenge lee2019/kernel-stays-near-initialization blocks=13 --tier huge | unknown tier 'huge'",
                "challenge lee2019/kernel-stays-near-initialization blocks=13 --evidence nowhere | there is no folder nowhere",
            })
    void answersBadInputInOneSentence(String arguments, String sentence) {
        Said.by((Object[]) arguments.split(" ")).isRefused(sentence);
    }
}
