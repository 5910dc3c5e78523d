package org.crucis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle of a round trip is the value that was written. */
class EvidenceFolderTest {

    @TempDir
    Path reports;

    private EvidenceFolder folder() {
        return new EvidenceFolder(reports);
    }

    // ---- samples -------------------------------------------------------------------------------------------------

    private static Evidence.Entry entry(double estimate, Interval bound) {
        return new Evidence.Entry(
                "driftShrinks",
                Evidence.Kind.PREDICTION,
                "driftShrinks",
                "LAZY",
                Basis.RECALLED,
                "Drift shrinks",
                "exponent of drift at most -0.5",
                "exponent -1 \u2014 \u03b7 < 2/\u03bb",
                "SUPPORTED",
                estimate,
                estimate - 0.1,
                estimate + 0.1,
                bound,
                "exponent",
                null,
                0.1 + 0.2,
                12,
                List.of(
                        new Figure.Chart(
                                "drift against width",
                                "How to read it.",
                                new Figure.Axis("width", Figure.Scale.LOG),
                                new Figure.Axis("drift", Figure.Scale.LINEAR),
                                List.of(
                                        new Figure.Points(
                                                "LAZY",
                                                Figure.Role.MEASURED,
                                                List.of(64.0),
                                                List.of(0.1),
                                                List.of(0.2),
                                                List.of(1.0 / 3)),
                                        new Figure.Line(
                                                "claimed",
                                                Figure.Role.CLAIMED,
                                                List.of(1.0, 2.0),
                                                List.of(3.0, 4e-300)),
                                        new Figure.Band(
                                                "accepted",
                                                Figure.Role.REGION,
                                                List.of(1.0),
                                                List.of(-0.0),
                                                List.of(1e300)))),
                        new Figure.Heat("kernel", "Read it so.", "row", "column", List.of(List.of(1.0, 0.5))),
                        new Figure.Clouds(
                                "features",
                                "Read it so.",
                                new Figure.Axis("angle", Figure.Scale.LINEAR),
                                new Figure.Axis("weight", Figure.Scale.LOG),
                                List.of(new Figure.Panel(
                                        "width 2",
                                        List.of(new Figure.Cloud(
                                                "at the start",
                                                Figure.Role.START,
                                                List.of(0.1234, -2.5e-7),
                                                List.of(1.0, 3e10)))))),
                        new Figure.Tiles(
                                "weights",
                                "Read it so.",
                                List.of(new Figure.TileRow(
                                        "after training",
                                        List.of(new Figure.Tile("2.1", List.of(List.of(-0.5, 0.25))))))),
                        new Figure.Table(
                                "constants",
                                "Read it so.",
                                List.of("width", "constant"),
                                List.of(List.of("64", "0.3 [0.2, 0.4]"), List.of("128 \u03b7", "")))),
                new Evidence.Data(
                        List.of("block", "width", "activation", "drift"),
                        List.of(List.of(0, 64.0, "RELU", 1.0 / 3), Arrays.asList(1, 64.0, "RELU", null))),
                List.of(
                        new Evidence.Look(
                                Evidence.Stage.LOOK,
                                12,
                                estimate,
                                estimate - 0.1,
                                estimate + 0.1,
                                Evidence.Position.OUTSIDE),
                        new Evidence.Look(
                                Evidence.Stage.CONFIRMATION,
                                12,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Evidence.Position.UNDECIDED)));
    }

    private static Evidence evidence(Evidence.Entry... entries) {
        return new Evidence(
                Evidence.SCHEMA_VERSION,
                "lee2019",
                "lee2019/kernel-stays",
                "The kernel stays",
                "Theorem 2.1",
                "$\\Theta_t$\nand \"more\"",
                "t = step.",
                Tier.QUICK,
                List.of(new Hypothesis("LAZY", "separation", 0.25, Interval.atLeast(0.1), true)),
                new Evidence.Plan(
                        List.of(new Evidence.ExperimentPlan(
                                "LAZY", List.of(new Evidence.AxisPlan("width", List.of("64", "128"))), 12, List.of())),
                        List.of("exponent of drift at most -0.5 in LAZY but not in MEAN_FIELD"),
                        "d1ce",
                        1,
                        ""),
                List.of(entries),
                Verdict.SUPPORTED,
                "",
                "",
                new Evidence.Cost(144, 12, 1.5, 2.5, 256),
                new Evidence.Provenance(new LinkedHashMap<>(Map.of("java", "17"))));
    }

    private static final Evidence SAMPLE = evidence(
            entry(-1, Interval.atMost(-0.4)),
            entry(2, Interval.atLeast(1)),
            entry(0, new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)),
            entry(Double.NaN, new Interval(-1.2, -0.8)));

    private static Roster roster() {
        return new Roster(
                Evidence.SCHEMA_VERSION,
                Roster.Selection.WHOLE,
                Tier.FULL,
                3,
                List.of(new Roster.PaperEntry("lee2019", "Wide networks", "Lee et al.", 2019, "1902.06720", "About.")),
                List.of(new Roster.ClaimEntry(
                        "lee2019/kernel-stays",
                        "lee2019",
                        "The kernel stays",
                        "Theorem 2.1",
                        "d1ce",
                        List.of(new Roster.PredictionEntry("driftShrinks", Basis.PILOT, "Drift shrinks")),
                        "")),
                new Evidence.Provenance(Map.of()));
    }

    private Path file() {
        return reports.resolve("evidence/lee2019/kernel-stays.json");
    }

    // ---- tests ---------------------------------------------------------------------------------------------------

    @Test
    void evidenceReadsBackAsItWasWritten() {
        folder().write(roster());
        Evidence written = folder().write(SAMPLE);
        EvidenceFolder.Contents contents = folder().read();
        assertThat(contents.problems()).isEmpty();
        assertThat(contents.evidence()).containsExactly(written);
        assertThat(contents.roster()).contains(roster());
        assertThat(EvidenceFolder.sealed(contents.evidence().get(0)))
                .as("digested again")
                .isEqualTo(written);
    }

    @Test
    void theFileIsPlainJson() throws IOException {
        folder().write(SAMPLE);
        String text = Files.readString(file());
        assertThat(text).endsWith("}\n");
        assertThat(text)
                .contains("\"tier\" : \"quick\"")
                .contains("\"kind\" : \"prediction\"")
                .contains("\"basis\" : \"recalled\"")
                .contains("\"verdict\" : \"SUPPORTED\"")
                .contains("\"detectable\" : 0.30000000000000004")
                .contains("\"kind\" : \"clouds\"")
                .contains("\"role\" : \"start\"")
                .contains("\"kind\" : \"tiles\"")
                .contains("\"stage\" : \"confirmation\"")
                .contains("\"position\" : \"OUTSIDE\"")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
    }

    /** Oracle: the digest of the same evidence, written by the program as it was before looks were kept. */
    @Test
    void evidenceOlderThanLooksIsReadWithItsDigest() throws IOException {
        Path old = reports.resolve("evidence/lee2019/kernel-stays.json");
        Files.createDirectories(old.getParent());
        try (var resource = getClass().getResourceAsStream("before-looks.json")) {
            Files.copy(resource, old);
        }
        folder().write(roster());
        EvidenceFolder.Contents contents = folder().read();
        assertThat(contents.problems()).isEmpty();
        Evidence read = contents.evidence().get(0);
        assertThat(read.predictions().get(0).looks()).isEmpty();
        assertThat(read.evidenceDigest()).matches("[0-9a-f]{64}");
        assertThat(EvidenceFolder.sealed(read)).isEqualTo(read);
    }

    /** Older evidence has no such field, and its digest was taken without one. */
    @Test
    void requirementsAreWrittenOnlyWhereThereAreSome() {
        assertThat(EvidenceFolder.pretty(SAMPLE.plan())).doesNotContain("requirements");
        Evidence.ExperimentPlan demanding = new Evidence.ExperimentPlan(
                "LAZY", List.of(), 12, List.of(new Evidence.RequirementPlan("loss", Interval.atMost(1e-3))));
        assertThat(EvidenceFolder.pretty(demanding)).contains("requirements", "\"measure\" : \"loss\"");
    }

    @Nested
    class TheDigest {

        private String digest(Evidence evidence) {
            return EvidenceFolder.sealed(evidence).evidenceDigest();
        }

        @Test
        void isASha256() {
            assertThat(digest(SAMPLE)).matches("[0-9a-f]{64}");
        }

        @Test
        void leavesOutCostProvenanceAndItself() {
            assertThat(digest(with(
                            with(
                                    with(SAMPLE, "cost", new Evidence.Cost(1, 0, 2, 3, 4)),
                                    "provenance",
                                    new Evidence.Provenance(Map.of("java", "21", "cpu", "other"))),
                            "evidenceDigest",
                            "anything")))
                    .isEqualTo(digest(SAMPLE));
        }

        @Test
        void coversEverythingElse() {
            Evidence.Entry changed = entry(Math.nextUp(-1.0), Interval.atMost(-0.4));
            assertThat(digest(evidence(changed))).isNotEqualTo(digest(evidence(entry(-1, Interval.atMost(-0.4)))));
            Map<String, Object> others = new LinkedHashMap<>();
            others.put("schemaVersion", 2);
            for (String text : List.of("paper", "claim", "title", "source", "statement", "symbols", "problem")) {
                others.put(text, "another");
            }
            others.put("tier", Tier.FULL);
            others.put("hypotheses", List.of());
            others.put("plan", new Evidence.Plan(List.of(), List.of(), "d1ce", 2, "d1ce"));
            others.put("predictions", List.of());
            others.put("verdict", Verdict.VOID);
            assertThat(others.keySet())
                    .as("every component but the volatile ones")
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Evidence.class.getRecordComponents())
                            .map(RecordComponent::getName)
                            .filter(name -> !List.of("evidenceDigest", "cost", "provenance")
                                    .contains(name))
                            .toList());
            others.forEach((name, other) ->
                    assertThat(digest(with(SAMPLE, name, other))).as(name).isNotEqualTo(digest(SAMPLE)));
        }

        /** The record with one component replaced. */
        private Evidence with(Evidence evidence, String name, Object other) {
            try {
                RecordComponent[] components = Evidence.class.getRecordComponents();
                Object[] values = new Object[components.length];
                Class<?>[] types = new Class<?>[components.length];
                for (int index = 0; index < components.length; index++) {
                    types[index] = components[index].getType();
                    values[index] = components[index].getName().equals(name)
                            ? other
                            : components[index].getAccessor().invoke(evidence);
                }
                return Evidence.class.getDeclaredConstructor(types).newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class UnreadableFiles {

        private List<String> problems() {
            return folder().read().problems();
        }

        @Test
        void cutInHalf() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            String text = Files.readString(file());
            Files.writeString(file(), text.substring(0, text.length() / 2));
            assertThat(folder().read().evidence()).isEmpty();
            assertThat(problems()).hasSize(1);
            assertThat(problems().get(0))
                    .startsWith(file() + " cannot be read and is left out: Unexpected end-of-input")
                    .doesNotContain("\n");
        }

        @Test
        void oneAmongOthersThatCanBeRead() throws IOException {
            folder().write(roster());
            Evidence written = folder().write(SAMPLE);
            Files.writeString(file().resolveSibling("broken.json"), "not json");
            assertThat(folder().read().evidence()).containsExactly(written);
            assertThat(problems()).hasSize(1);
            assertThat(problems().get(0)).contains("broken.json cannot be read and is left out: ");
        }

        @Test
        void empty() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            Files.writeString(file(), "");
            assertThat(problems())
                    .containsExactly(file() + " has no schemaVersion: it is not a file of Crucis, or it was cut short");
        }

        @Test
        void somebodyElses() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            Files.writeString(file(), "[1, 2]");
            assertThat(problems())
                    .containsExactly(file() + " has no schemaVersion: it is not a file of Crucis, or it was cut short");
        }

        @Test
        void newer() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            String text = Files.readString(file()).replaceFirst("\"schemaVersion\" : 1", "\"schemaVersion\" : 2");
            Files.writeString(file(), text);
            assertThat(problems())
                    .containsExactly(file() + " has schemaVersion 2, this program reads up to 1: use a newer Crucis");
        }

        @Test
        void withAPartMissing() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            Files.writeString(file(), "{\"schemaVersion\": 1}");
            assertThat(problems()).hasSize(1);
            assertThat(problems().get(0))
                    .startsWith(file() + " cannot be read and is left out: ")
                    .doesNotContain("\n");
        }

        @Test
        void withoutItsClaim() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            change(file(), "/claim");
            assertThat(folder().read().evidence()).isEmpty();
            assertThat(problems())
                    .containsExactly(file() + " lacks the field claim and is left out: it is not whole evidence");
        }

        @Test
        void changedAfterItWasWritten() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            change(file(), "/predictions/1");
            assertThat(folder().read().evidence()).isEmpty();
            assertThat(problems())
                    .containsExactly(file() + " does not match its own evidenceDigest and is left out: it was changed"
                            + " after it was written");
        }

        @Test
        void withARowThatIsTooShort() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            change(file(), "/predictions/0/data/rows/0/1");
            assertThat(folder().read().evidence()).isEmpty();
            assertThat(problems())
                    .containsExactly(file() + " cannot be read and is left out: a row of observations has 3 cells for 4"
                            + " columns");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0/layers/0/x/0",
                    "0/layers/0/upper/0",
                    "0/layers/0/lower",
                    "0/layers/1/y/0",
                    "0/layers/2/lower/0",
                    "2/panels/0/clouds/0/x/0"
                })
        void withListsOfAFigureThatDoNotFit(String gone) throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            change(file(), "/predictions/0/figures/" + gone);
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith(file() + " cannot be read and is left out: the lists of '")
                    .endsWith(", which must be equal");
        }

        @Test
        void aSecondFileOfTheSameClaim() throws IOException {
            folder().write(roster());
            Evidence written = folder().write(SAMPLE);
            Files.copy(file(), file().resolveSibling("later.json"));
            assertThat(folder().read().evidence()).containsExactly(written);
            assertThat(problems())
                    .containsExactly("claim lee2019/kernel-stays has more than one evidence file: the first is shown");
        }

        @Test
        void aRosterWithoutItsTier() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            change(reports.resolve("run.json"), "/tier");
            assertThat(folder().read().roster()).isEmpty();
            assertThat(problems())
                    .containsExactly(reports.resolve("run.json")
                            + " lacks the field tier and is left out: it is not known which claims the run set out to"
                            + " check");
            assertThat(folder().readEvidence().problems()).isEmpty();
        }

        @Test
        void aProblemIsFoundByItsClaim() throws IOException {
            folder().write(SAMPLE);
            assertThat(folder().readEvidence().problemOf(SAMPLE.claim())).isEmpty();
            change(file(), "/predictions/1");
            assertThat(folder().readEvidence().problemOf(SAMPLE.claim())).isPresent();
            assertThat(folder().readEvidence().problemOf("kernel-stays")).isEmpty();
        }

        /** Takes a field or an element out of a JSON file. */
        private void change(Path file, String gone) throws IOException {
            JsonNode tree = EvidenceJson.MAPPER.readTree(file.toFile());
            JsonPointer place = JsonPointer.compile(gone);
            JsonNode parent = tree.at(place.head());
            if (parent instanceof ArrayNode list) {
                list.remove(place.last().getMatchingIndex());
            } else {
                ((ObjectNode) parent).remove(place.last().getMatchingProperty());
            }
            Files.writeString(file, tree.toString());
        }

        @Test
        void withAFieldOfALaterMinorVersion() throws IOException {
            folder().write(roster());
            Evidence written = folder().write(SAMPLE);
            Files.writeString(file(), Files.readString(file()).replaceFirst("\\{", "{\"remark\" : \"unknown here\","));
            assertThat(folder().read().evidence()).containsExactly(written);
        }

        @Test
        void noRoster() {
            folder().write(SAMPLE);
            assertThat(problems())
                    .containsExactly(reports.resolve("run.json")
                            + " is missing: it is not known which claims the run set out to check");
        }

        @Test
        void noFolderAtAll() {
            assertThat(new EvidenceFolder(reports.resolve("nowhere")).read().evidence())
                    .isEmpty();
        }
    }

    @Nested
    class Writing {

        @Test
        void leavesNothingBeside() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            folder().write(SAMPLE);
            assertThat(files()).containsExactlyInAnyOrder(reports.resolve("run.json"), file());
        }

        @Test
        void leavesNothingBesideWhenItFails() throws IOException {
            Files.createDirectories(file().resolve("in the way"));
            assertThatThrownBy(() -> folder().write(SAMPLE)).isInstanceOf(UncheckedIOException.class);
            assertThat(files()).isEmpty();
        }

        @Test
        void givesFilesThatOthersMayRead() throws IOException {
            assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
            folder().write(SAMPLE);
            Path ordinary = Files.writeString(reports.resolve("ordinary"), "");
            assertThat(Files.getPosixFilePermissions(file()))
                    .contains(PosixFilePermission.OWNER_READ)
                    .isEqualTo(Files.getPosixFilePermissions(ordinary));
        }

        @Test
        void saysWhatCannotBeWrittenAndWhatToDo() throws IOException {
            Path file = Files.createFile(reports.resolve("file"));
            assertThatThrownBy(() -> new EvidenceFolder(file).write(roster()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageMatching("cannot write .*file.run\\.json: .*; choose a folder that can be written");
        }

        @Test
        void clearsItsOwnFilesOnly() throws IOException {
            folder().write(roster());
            folder().write(SAMPLE);
            folder().write("index.html", "<html>");
            folder().write("badge.svg", "<svg>");
            folder().write("badges/lee2019.svg", "<svg>");
            folder().write("crucis.sarif", "{}");
            Path theirs = Files.writeString(reports.resolve("notes.txt"), "theirs");
            folder().clear();
            assertThat(files()).containsExactly(theirs);
            folder().clear();
            new EvidenceFolder(reports.resolve("nowhere")).clear();
        }

        private List<Path> files() throws IOException {
            try (Stream<Path> found = Files.walk(reports)) {
                return found.filter(Files::isRegularFile).toList();
            }
        }
    }
}
