package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
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

    private void change(Consumer<ObjectNode> edit) throws IOException {
        Path file = young.folder().resolve("evidence/" + SampleRun.SUPPORTED + ".json");
        ObjectNode evidence = (ObjectNode) JSON.readTree(file.toFile());
        edit.accept(evidence);
        Files.writeString(file, JSON.writeValueAsString(evidence));
    }

    private static ObjectNode first(ObjectNode evidence, String list) {
        return (ObjectNode) evidence.get(list).get(0);
    }

    @Test
    void theSameRunDiffersInNothing() {
        assertThat(Comparison.of(old, young).claims()).isEmpty();
    }

    @Test
    void aMovedMarginIsAChangeOfThePlanToTheLastDigit() throws IOException {
        change(evidence -> ((ObjectNode) first(evidence, "predictions").get("bound")).put("upper", 0.1000001));
        assertThat(Comparison.of(old, young).claims()).singleElement().satisfies(claim -> {
            assertThat(claim.id()).isEqualTo(SampleRun.SUPPORTED);
            assertThat(claim.changes()).singleElement().satisfies(change -> {
                assertThat(change.kind()).isEqualTo(Comparison.Kind.PLAN);
                assertThat(change.what()).isEqualTo("region");
                assertThat(change.after()).endsWith("0.1000001]");
            });
        });
    }

    @Test
    void aPlanTellsWhichNumberMoved() throws IOException {
        change(evidence -> {
            ObjectNode plan = (ObjectNode) evidence.get("plan");
            plan.put("digest", "another").put("edition", 7);
            first(plan, "experiments").put("blocks", 24);
        });
        assertThat(Comparison.of(old, young).claims().get(0).changes())
                .extracting(change -> change.kind() + " " + change.where() + " " + change.what() + " " + change.before()
                        + " -> " + change.after())
                .containsExactly("PLAN  edition of seeds 1 -> 7", "PLAN LAZY blocks 12 -> 24");
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
        assertThat(Comparison.of(old, young).claims().get(0).changes())
                .extracting(Comparison.Change::kind)
                .containsExactly(Comparison.Kind.VERDICT, Comparison.Kind.ESTIMATE);
    }

    @Test
    void aClaimThatIsGoneIsAChange() throws IOException {
        Files.delete(young.folder().resolve("evidence/" + SampleRun.SUPPORTED + ".json"));
        assertThat(Comparison.of(old, young).claims().get(0).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.before()).isEqualTo("SUPPORTED");
                    assertThat(change.after()).isEmpty();
                });
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Files.writeString(young.folder().resolve("evidence/" + SampleRun.SUPPORTED + ".json"), "{\"schemaVersion\":");
        assertThat(Comparison.of(old, young).problems())
                .singleElement()
                .asString()
                .contains("cannot be read and is left out");
    }
}
