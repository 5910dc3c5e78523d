package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs, of which the second is the first with known changes. */
class ComparisonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path reports;

    private EvidenceFolder old;
    private EvidenceFolder young;

    @BeforeEach
    void runs() {
        old = SampleRun.write(new EvidenceFolder(reports.resolve("old")), Roster.Selection.WHOLE);
        young = SampleRun.write(new EvidenceFolder(reports.resolve("new")), Roster.Selection.WHOLE);
    }

    /** Edits the evidence of a claim of the second run, which is sealed and put on the roster as if it had been found so. */
    private void change(String claim, Consumer<ObjectNode> edit) throws IOException {
        Path file = young.folder().resolve("evidence/" + claim + ".json");
        ObjectNode tree = (ObjectNode) JSON.readTree(file.toFile());
        edit.accept(tree);
        Files.writeString(file, JSON.writeValueAsString(tree));
        young.write(EvidenceFolder.read(file, Evidence.class, new ArrayList<>()).orElseThrow());
        young.write(SampleRun.roster(Roster.Selection.WHOLE, young.read().evidence()));
    }

    private void change(Consumer<ObjectNode> edit) throws IOException {
        change(SampleRun.SUPPORTED, edit);
    }

    private static ObjectNode first(ObjectNode evidence, String list) {
        return (ObjectNode) evidence.get(list).get(0);
    }

    private static List<String> told(Comparison comparison) {
        return comparison.claims().stream()
                .flatMap(claim -> claim.changes().stream())
                .map(change -> change.kind() + " " + change.where() + ": " + change.what() + " " + change.before()
                        + " -> " + change.after())
                .toList();
    }

    @Test
    void theSameRunDiffersInNothing() {
        Comparison comparison = Comparison.of(old, young);
        assertThat(comparison.run()).isEmpty();
        assertThat(comparison.claims()).isEmpty();
        assertThat(comparison.inWords())
                .isEqualTo(
                        "6 claims in both runs, 5 of them with the same evidence to the last digit: no plan, verdict or"
                                + " estimate differs");
    }

    @Test
    void aMovedMarginIsAChangeOfThePlanToTheLastDigit() throws IOException {
        change(evidence -> ((ObjectNode) first(evidence, "predictions").get("bound")).put("upper", -0.4000001));
        assertThat(told(Comparison.of(old, young)))
                .containsExactly("PLAN driftShrinks: region at most -0.4 -> at most -0.4000001");
    }

    @Test
    void aPlanTellsWhichNumberMoved() throws IOException {
        change(evidence -> {
            ObjectNode plan = (ObjectNode) evidence.get("plan");
            plan.put("digest", "another").put("edition", 7);
            first(plan, "experiments").put("blocks", 24);
            ((ObjectNode) first(first(plan, "experiments"), "requirements").get("required")).put("upper", 0.01);
            ((ObjectNode) evidence.get("hypotheses").get(1).get("required")).put("upper", 2);
        });
        assertThat(told(Comparison.of(old, young)))
                .containsExactly(
                        "PLAN : edition of seeds 1 -> 7",
                        "PLAN LAZY: blocks 12 -> 24",
                        "PLAN LAZY: valid when relative loss at most 0.001 -> at most 0.01",
                        "PLAN : hypothesis step size over its limit in LAZY [0.0, 1.0] -> [0.0, 2.0]");
    }

    @Test
    void onlyTheAxisThatMovedIsTold() throws IOException {
        change(evidence -> {
            ObjectNode plan = (ObjectNode) evidence.get("plan");
            plan.put("digest", "another");
            ((ArrayNode) first(first(plan, "experiments"), "axes").get("values")).remove(6);
        });
        assertThat(told(Comparison.of(old, young)))
                .containsExactly(
                        "PLAN LAZY: width 64, 128, 256, 512, 1024, 2048, 4096 -> 64, 128, 256, 512, 1024, 2048");
    }

    /** Evidence of a plan that is the same may be older than the field of requirements. */
    @Test
    void requirementsThatOlderEvidenceDoesNotKeepAreNotMissed() throws IOException {
        change(evidence -> {
            first((ObjectNode) evidence.get("plan"), "experiments").remove("requirements");
            evidence.put("title", "Another title");
        });
        assertThat(Comparison.of(old, young).claims()).isEmpty();
    }

    @Test
    void aDigestThatNothingExplainsIsNotPassedOver() throws IOException {
        change(evidence -> ((ObjectNode) evidence.get("plan")).put("digest", "another"));
        assertThat(Comparison.of(old, young).claims().get(0).changes())
                .extracting(Comparison.Change::what)
                .containsExactly("digest");
    }

    @Test
    void anEstimateCountsAsMovedWhenItsIntervalsNoLongerMeet() throws IOException {
        change(evidence -> first(evidence, "predictions").put("estimate", -0.99));
        assertThat(Comparison.of(old, young).claims()).isEmpty();
        change(evidence -> first(evidence, "predictions")
                .put("lower", 40)
                .put("estimate", 41)
                .put("upper", 42)
                .put("verdict", "REFUTED"));
        assertThat(told(Comparison.of(old, young)))
                .containsExactly(
                        "VERDICT : verdict SUPPORTED -> REFUTED",
                        "VERDICT driftShrinks: verdict SUPPORTED -> REFUTED",
                        "ESTIMATE driftShrinks: exponent -0.971 [-1.02, -0.92] -> 41 [40, 42]");
    }

    /** The worst of all trials, and what the run's own noise was added to, differ with every list of seeds. */
    @Test
    void pointsAndPlantedDeviationsDoNotCountAsMoved() throws IOException {
        change(evidence -> {
            first(evidence, "predictions").put("lower", 41).put("estimate", 41).put("upper", 41);
            ((ObjectNode) evidence.get("predictions").get(2)).put("lower", 40).put("upper", 42);
        });
        assertThat(Comparison.of(old, young).claims()).isEmpty();
    }

    @Test
    void aControlThatIsGoneIsAChange() throws IOException {
        change(evidence -> ((ArrayNode) evidence.get("predictions")).remove(1));
        assertThat(told(Comparison.of(old, young)))
                .containsExactly("PRESENCE driftShrinks/MEAN_FIELD: control FIRED -> ");
    }

    @Test
    void aClaimThatIsGoneIsAChange() {
        young.clear();
        List<Evidence> rest = SampleRun.evidence().subList(0, 4);
        young.write(SampleRun.roster(Roster.Selection.WHOLE, rest));
        rest.forEach(young::write);
        assertThat(told(Comparison.of(old, young))).containsExactly("PRESENCE : claim REFUTED -> ");
        assertThat(told(Comparison.of(young, old))).containsExactly("PRESENCE : claim  -> REFUTED");
    }

    @Test
    void aSelectionLosesNoClaims() {
        young.clear();
        List<Evidence> few = SampleRun.evidence().subList(3, 4);
        young.write(SampleRun.roster(Roster.Selection.SELECTED, few));
        few.forEach(young::write);
        Comparison comparison = Comparison.of(old, young);
        assertThat(comparison.claims()).isEmpty();
        assertThat(comparison.html()).contains("Of 4 more claims only one run has evidence");
    }

    @Test
    void aClaimThatLostItsEvidenceIsVoidAsInTheReport() throws IOException {
        Files.delete(young.folder().resolve("evidence/" + SampleRun.SUPPORTED + ".json"));
        assertThat(told(Comparison.of(old, young))).containsExactly("VERDICT : verdict SUPPORTED -> VOID");
    }

    @Test
    void anotherEditionOrMachineOfTheWholeRunIsToldOnce() throws IOException {
        Path file = young.folder().resolve("run.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"edition\" : 1", "\"edition\" : 2")
                        .replace("\"java\" : \"17.0.9\"", "\"java\" : \"21\"")
                        .replace("2026-01-02", "2026-02-02"));
        for (Evidence evidence : SampleRun.evidence()) {
            Path place = young.folder().resolve("evidence/" + evidence.claim() + ".json");
            ObjectNode tree = (ObjectNode) JSON.readTree(place.toFile());
            ((ObjectNode) tree.get("plan")).put("edition", 2);
            Files.writeString(place, JSON.writeValueAsString(tree));
            young.write(EvidenceFolder.read(place, Evidence.class, new ArrayList<>())
                    .orElseThrow());
        }
        Comparison comparison = Comparison.of(old, young);
        assertThat(comparison.run())
                .containsExactly(
                        new Comparison.Change(Comparison.Kind.PLAN, "", "edition of seeds", "1", "2"),
                        new Comparison.Change(Comparison.Kind.MACHINE, "", "java", "17.0.9", "21"));
        assertThat(comparison.claims()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Files.writeString(young.folder().resolve("evidence/" + SampleRun.SUPPORTED + ".json"), "{\"schemaVersion\":");
        assertThat(Comparison.of(old, young).problems())
                .singleElement()
                .asString()
                .startsWith(young.folder() + ": evidence/" + SampleRun.SUPPORTED)
                .contains("cannot be read and is left out");
    }

    @Test
    void thePageShowsOldAndNewSideBySideAndEscapesThem() throws IOException {
        change(evidence -> {
            ObjectNode plan = (ObjectNode) evidence.get("plan");
            plan.put("digest", "another");
            first(plan, "experiments").put("blocks", 24).put("name", "LAZY <b>");
        });
        change(SampleRun.REFUTED, evidence -> {
            evidence.put("verdict", "SUPPORTED");
            first(evidence, "predictions")
                    .put("verdict", "SUPPORTED")
                    .put("lower", -1.1)
                    .put("estimate", -1)
                    .put("upper", -0.9);
        });
        String page = Comparison.of(old, young).html();

        assertThat(page)
                .contains("LAZY &lt;b&gt;: experiment")
                .contains("<ins>width 64, 128, 256, 512, 1024, 2048, 4096; activation tanh, erf; 24 blocks</ins>")
                .contains("ReLU networks drift like 1/width &lt;script&gt;")
                .containsSubsequence(
                        "id=\"verdicts\"",
                        "<del><span class=\"v refuted\"><span aria-hidden=\"true\">✗</span> REFUTED</span></del>",
                        "<ins><span class=\"v supported\"><span aria-hidden=\"true\">✓</span> SUPPORTED</span></ins>")
                .containsSubsequence("id=\"estimates\"", "-0.49 [-0.55, -0.43]<svg", "-1 [-1.1, -0.9]<svg")
                .doesNotContain("<script", "http://www.w3.org/1999");
        Xml.parse(page.replace("<!doctype html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>"));
    }

    @Test
    void theSameTwoRunsGiveTheSameBytes() {
        assertThat(Comparison.of(old, young).html())
                .isEqualTo(Comparison.of(old, young).html());
        assertThat(Comparison.of(old, young).json())
                .isEqualTo(Comparison.of(old, young).json());
    }
}
