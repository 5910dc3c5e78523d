package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.crucis.junit.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code list}, {@code show} and {@code run}: what they print, and what they say to bad input. */
class ClaimCommandsTest {

    private static final String CLAIM = "lee2019/kernel-stays-near-initialization";

    @Test
    void listsEveryClaimOnALine() {
        Said said = Said.by("list");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out().lines().map(line -> line.split(" ")[0]))
                .containsExactlyElementsOf(Catalogue.shipped().ids());
        assertThat(said.err()).isEmpty();
    }

    /** Oracle: the annotations of two claims, counted by eye. */
    @Test
    void listsPilotsApartFromPredictions() {
        assertThat(Said.by("list").out())
                .containsPattern("lee2019/outputs-follow-the-linearization +\\d+ predictions, \\d+ pilots?  ")
                .containsPattern("fang2019/repopulated-features-beat-random-ones-on-mnist +1 prediction, 1 pilot  ");
    }

    @Test
    void listsAsOneJsonArray() throws IOException {
        JsonNode claims = new ObjectMapper().readTree(Said.by("list", "--json").out());
        assertThat(claims.findValuesAsText("id"))
                .containsAll(Catalogue.shipped().ids());
    }

    @Test
    void showsThePlanWithoutRunningIt() {
        Said said = Said.by("show", CLAIM);
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("experiment LAZY, 12 blocks at the first look")
                .contains("width: 32, 64, 128, 256, 512, 1024, 2048")
                .contains("driftShrinks (recalled): The relative kernel drift shrinks")
                .contains("at most -0.5 (margin 0.1");
        assertThat(Said.by("show", CLAIM, "--tier", "full").out()).contains("20 blocks at the first look");
    }

    @Test
    void showsThePlanAsOneJsonObject() throws IOException {
        JsonNode shown =
                new ObjectMapper().readTree(Said.by("show", CLAIM, "--json").out());
        assertThat(shown.at("/claim/id").asText()).isEqualTo(CLAIM);
        assertThat(shown.at("/plan/digest").asText()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "show nothing/of-the-kind | there is no claim 'nothing/of-the-kind'",
                "show kernel-stays | did you mean lee2019/kernel-stays-near-initialization",
                "show lee2019/kernel-stays-near-initialization --tier huge | unknown tier 'huge': expected quick or full",
                "run nothing/of-the-kind | there is no claim 'nothing/of-the-kind'",
                "run --tier huge | unknown tier 'huge'",
                "run --threads 0 | --threads must be a whole number from 1 up, got 0",
                "run --threads many | many",
                "run --trial-minutes 0 | --trial-minutes must be a whole number from 1 up, got 0",
                "run --trial-megabytes -1 | --trial-megabytes must be a whole number from 1 up, got -1",
                "run --ledger x.db --no-ledger | --ledger and --no-ledger contradict each other",
                "run lee2019/kernel-stays-near-initialization --engine steam | there is no engine 'steam': choose workers, threads",
                "trial lee2019/kernel-stays-near-initialization HARDLY | has no experiment HARDLY; it has",
                "trial lee2019/kernel-stays-near-initialization LAZY --at depth=3 | LAZY has no axis 'depth'; its axes are [width, activation]",
                "trial lee2019/kernel-stays-near-initialization LAZY --at width=33 | no point of LAZY at {width=33} in the quick tier",
                "trial lee2019/kernel-stays-near-initialization LAZY | not one point but 14 of LAZY without a coordinate",
                "trial lee2019/kernel-stays-near-initialization LAZY --block -1 | --block must be a whole number from 0 up, got -1",
                "run --edition 0 | --edition must be a whole number from 1 up, got 0",
                "fly | fly",
            })
    void answersBadInputInOneSentence(String arguments, String sentence) {
        Said.by((Object[]) arguments.split(" ")).isRefused(sentence);
    }

    @Test
    void runsOneTrialByItself() throws IOException {
        Said said = Said.by("trial", CLAIM, "LAZY", "--at", "width=32,activation=TANH", "--block", "3");
        assertThat(said.exitCode()).isZero();
        JsonNode measured = new ObjectMapper().readTree(said.out());
        assertThat(measured.at("/tables/0/measures/0").asText()).isEqualTo("drift");
        assertThat(measured.at("/tables/0/rows/0/0").asDouble()).isPositive();
    }

    @Test
    void refusesToRunWhereItCannotWrite(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        Said said = Said.by("run", CLAIM, "--reports", file.resolve("reports").toString());
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err()).contains("cannot write reports to").contains("--reports");
    }
}
