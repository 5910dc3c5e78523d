package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Interval;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.crucis.claim.Verdict;
import org.crucis.severity.Audits;
import org.crucis.severity.KillMatrix;
import org.crucis.severity.SeverityFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path reports;

    private Path directory;

    private EvidenceFolder folder;

    @BeforeEach
    void runIsEmpty() {
        directory = reports.resolve("latest");
        folder = new EvidenceFolder(directory);
    }

    private JsonNode summary() throws IOException {
        return JSON.readTree(directory.resolve("summary.json").toFile());
    }

    private String page() throws IOException {
        return Files.readString(directory.resolve("index.html"));
    }

    private static String verdictOf(JsonNode summary, String claim) {
        for (JsonNode entry : summary.get("claims")) {
            if (entry.get("id").asText().equals(claim)) {
                return entry.get("verdict").asText() + ": "
                        + entry.get("reason").asText();
            }
        }
        throw new AssertionError("no claim " + claim);
    }

    /** Oracle: the sample counted by hand. Six claims; nine predictions, of which one pilot and two lost. */
    @Test
    void countsTheSample() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        JsonNode summary = summary();
        assertThat(summary.get("claimVerdicts").toString())
                .isEqualTo("{\"VOID\":2,\"REFUTED\":1,\"INCONCLUSIVE\":1,\"NOT_APPLICABLE\":1,\"SUPPORTED\":1}");
        assertThat(summary.get("predictionVerdicts").toString())
                .isEqualTo("{\"VOID\":3,\"REFUTED\":1,\"INCONCLUSIVE\":1,\"NOT_APPLICABLE\":1,\"SUPPORTED\":2}");
        JsonNode byBasis = summary.get("predictionVerdictsByBasis");
        assertThat(byBasis.get("text").toString())
                .isEqualTo("{\"VOID\":1,\"REFUTED\":0,\"INCONCLUSIVE\":0,\"NOT_APPLICABLE\":1,\"SUPPORTED\":0}");
        assertThat(byBasis.get("abstract").get("VOID").asInt()).isEqualTo(1);
        assertThat(byBasis.get("recalled").get("SUPPORTED").asInt()).isEqualTo(1);
        assertThat(byBasis.get("derived").toString())
                .isEqualTo("{\"VOID\":1,\"REFUTED\":1,\"INCONCLUSIVE\":1,\"NOT_APPLICABLE\":0,\"SUPPORTED\":1}");
        assertThat(byBasis.has("pilot")).isFalse();
        assertThat(summary.get("pilotVerdicts").get("REFUTED").asInt()).isEqualTo(1);
        assertThat(summary.get("controlVerdicts").toString()).isEqualTo("{\"FIRED\":4,\"UNDECIDED\":1,\"SILENT\":1}");
        assertThat(summary.get("falseAlarmBound").asDouble()).isEqualTo(8e-6);
        assertThat(summary.get("problems")).isEmpty();
        assertThat(summary.get("selection").asText()).isEqualTo("whole");
        assertThat(summary.get("claims").get(0).get("evidenceDigest").asText())
                .isEqualTo(SampleRun.evidence().get(0).evidenceDigest());
    }

    @Test
    void theSameEvidenceGivesTheSameBytesWhereverTheFolderLies() throws IOException {
        EvidenceFolder elsewhere = new EvidenceFolder(reports.resolve("another").resolve("place"));
        EvidenceFolder here = new EvidenceFolder(reports.resolve("here"));
        for (EvidenceFolder each : List.of(here, elsewhere)) {
            SampleRun.write(each, Roster.Selection.WHOLE);
            Files.writeString(each.folder().resolve("evidence/lee2019/broken.json"), "{\"schemaVersion\":");
            Report.of(each).write();
        }

        for (String name : List.of(
                "index.html",
                "summary.json",
                "summary.md",
                "crucis.sarif",
                "badge.svg",
                "badge.json",
                "badges/lee2019.svg",
                "badges/lee2019.json")) {
            assertThat(elsewhere.folder().resolve(name))
                    .as(name)
                    .hasSameBinaryContentAs(here.folder().resolve(name));
        }
    }

    /** Oracle: the records counted by hand. */
    @Test
    void showsWhatIsKnownOfItsOwnErrors() throws IOException {
        SeverityFolder severity = SeverityFolder.in(folder.folder().getParent());
        severity.write(
                KillMatrix.NAME,
                new KillMatrix(
                        1,
                        List.of(
                                new KillMatrix.Fault(
                                        "step <halved>",
                                        "steps are half as large",
                                        "Descent.withStep",
                                        List.of(
                                                new KillMatrix.Cell(
                                                        "a/b",
                                                        "c0de",
                                                        KillMatrix.State.NOTICED,
                                                        "rate",
                                                        "REFUTED",
                                                        "no"),
                                                KillMatrix.Cell.unnoticed("a/c", "c0de"))),
                                new KillMatrix.Fault(
                                        "nothing",
                                        "nothing is wrong",
                                        "Descent.run",
                                        List.of(
                                                KillMatrix.Cell.unnoticed("a/b", "c0de"),
                                                KillMatrix.Cell.notRun("a/c", "c0de"))))));
        severity.write(
                Audits.NAME,
                Audits.NONE.with(new Audits.Audit(
                        1001,
                        Tier.QUICK,
                        Audits.State.FINISHED,
                        "1",
                        "now",
                        2,
                        Map.of("SUPPORTED", 7, "INCONCLUSIVE", 1),
                        List.of("a/b rate INCONCLUSIVE"))));
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        assertThat(page())
                .contains("1 of 2 faults that were planted in the program were noticed")
                .contains("3 of 4 pairs of fault and claim were run")
                .contains("a/b (rate REFUTED)")
                .contains("step &lt;halved&gt;")
                .contains(
                        "that nobody had seen: 1 run of the whole suite; finished: 1.",
                        "8 findings that count 7 were supported")
                .doesNotContain("Simulated criteria", "Second routes");
    }

    @Test
    void saysWhichRecordOfItsErrorsCannotBeRead() throws IOException {
        Path severity = Files.createDirectories(folder.folder().getParent().resolve("severity"));
        Files.writeString(severity.resolve("faults.json"), "{\"schemaVersion\":99}");
        Report report = Report.of(SampleRun.write(folder, Roster.Selection.WHOLE));
        assertThat(report.problems())
                .singleElement()
                .asString()
                .startsWith("severity/faults.json has schemaVersion 99");
    }

    /** A claim that says of itself that it is broken is VOID, whatever its predictions say. */
    @Test
    void evidenceWithAProblemIsVoid() throws IOException {
        SampleRun.write(folder, Roster.Selection.WHOLE);
        Evidence sound = SampleRun.evidence().stream()
                .filter(each -> each.claim().equals(SampleRun.SUPPORTED))
                .findFirst()
                .orElseThrow();
        folder.write(sound.withProblem("run with a planted fault: step halved"));
        Report.of(folder).write();
        assertThat(verdictOf(summary(), SampleRun.SUPPORTED)).isEqualTo("VOID: run with a planted fault: step halved");
    }

    @Test
    void onTheRosterWithoutEvidenceIsVoid() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        assertThat(verdictOf(summary(), SampleRun.LOST)).isEqualTo("VOID: no evidence: its JVM died or it never ran");
        assertThat(page()).contains("no evidence: its JVM died or it never ran");
    }

    @Test
    void predictionOnTheRosterWithoutEvidenceMakesItsClaimVoid() throws IOException {
        List<Evidence> evidence = SampleRun.evidence();
        Roster whole = SampleRun.roster(Roster.Selection.WHOLE, evidence);
        SampleRun.write(folder, Roster.Selection.WHOLE);
        List<Roster.ClaimEntry> claims = new ArrayList<>();
        for (Roster.ClaimEntry claim : whole.claims()) {
            List<Roster.PredictionEntry> predictions = new ArrayList<>(claim.predictions());
            if (claim.id().equals(SampleRun.SUPPORTED)) {
                predictions.add(new Roster.PredictionEntry("forgotten", Basis.TEXT, "Something else holds"));
            }
            claims.add(new Roster.ClaimEntry(
                    claim.id(), claim.paper(), claim.title(), claim.source(), claim.planDigest(), predictions, ""));
        }
        folder.write(new Roster(1, Roster.Selection.WHOLE, Tier.QUICK, 1, whole.papers(), claims, whole.provenance()));

        Report.of(folder).write();

        assertThat(verdictOf(summary(), SampleRun.SUPPORTED)).startsWith("VOID");
        assertThat(summary()
                        .get("predictionVerdictsByBasis")
                        .get("text")
                        .get("VOID")
                        .asInt())
                .isEqualTo(2);
        assertThat(page()).contains("no evidence of this prediction");
    }

    @Test
    void evidenceOfAnotherPlanIsVoid() throws IOException {
        List<Evidence> evidence = SampleRun.evidence();
        Roster whole = SampleRun.roster(Roster.Selection.WHOLE, evidence);
        SampleRun.write(folder, Roster.Selection.WHOLE);
        folder.write(new Roster(
                1,
                Roster.Selection.WHOLE,
                Tier.QUICK,
                1,
                whole.papers(),
                whole.claims().stream()
                        .map(claim -> new Roster.ClaimEntry(
                                claim.id(),
                                claim.paper(),
                                claim.title(),
                                claim.source(),
                                claim.id().equals(SampleRun.SUPPORTED) ? "another" : claim.planDigest(),
                                claim.predictions(),
                                ""))
                        .toList(),
                whole.provenance()));

        Report.of(folder).write();

        assertThat(verdictOf(summary(), SampleRun.SUPPORTED)).startsWith("VOID: its evidence is of another plan");
        assertThat(verdictOf(summary(), SampleRun.REFUTED)).startsWith("REFUTED");
    }

    @Test
    void claimWhosePlanCouldNotBeReadIsVoidForThatReason() {
        Evidence found = one("p/c", Verdict.SUPPORTED);
        Roster.ClaimEntry entry =
                new Roster.ClaimEntry("p/c", "p", "A claim", "", "", List.of(), "a prediction expects nothing");
        Roster roster = new Roster(
                1, Roster.Selection.WHOLE, Tier.QUICK, 1, List.of(), List.of(entry), new Evidence.Provenance(Map.of()));

        for (List<Evidence> evidence : List.of(List.<Evidence>of(), List.of(found))) {
            Joined run = Joined.of(new EvidenceFolder.Contents(Optional.of(roster), evidence, List.of()));

            assertThat(run.claims()).singleElement().satisfies(claim -> {
                assertThat(claim.verdict()).isEqualTo(Verdict.VOID);
                assertThat(claim.reason()).isEqualTo("a prediction expects nothing");
            });
        }
    }

    @Test
    void evidenceThatWasChangedAfterItWasWrittenIsNamedAndItsClaimIsVoid() throws IOException {
        SampleRun.write(folder, Roster.Selection.WHOLE);
        Path file = directory.resolve("evidence/" + SampleRun.REFUTED + ".json");
        Files.writeString(file, Files.readString(file).replace("\"blocks\" : 24", "\"blocks\" : 25"));

        Report.of(folder).write();

        assertThat(summary().get("problems"))
                .singleElement()
                .extracting(JsonNode::asText)
                .asString()
                .isEqualTo("evidence/" + SampleRun.REFUTED
                        + ".json does not match its own evidenceDigest and is left out: it was changed after it was"
                        + " written");
        assertThat(summary().get("claims"))
                .filteredOn(claim -> claim.get("id").asText().equals(SampleRun.REFUTED))
                .singleElement()
                .extracting(claim -> claim.get("verdict").asText())
                .isEqualTo("VOID");
    }

    @ParameterizedTest
    @CsvSource({"0, no schemaVersion", "0.3, cannot be read", "0.9, cannot be read"})
    void cutFileIsNamedItsClaimIsVoidAndTheRestIsShown(double kept, String why) throws IOException {
        SampleRun.write(folder, Roster.Selection.WHOLE);
        Path file = directory.resolve("evidence/" + SampleRun.SUPPORTED + ".json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, (int) (kept * whole.length())));

        Report.of(folder).write();

        assertThat(summary().get("problems"))
                .singleElement()
                .extracting(JsonNode::asText)
                .asString()
                .startsWith("evidence/" + SampleRun.SUPPORTED + ".json")
                .contains(why);
        assertThat(verdictOf(summary(), SampleRun.SUPPORTED))
                .startsWith("VOID: evidence/" + SampleRun.SUPPORTED + ".json");
        assertThat(verdictOf(summary(), SampleRun.REFUTED)).startsWith("REFUTED");
        assertThat(page()).contains("Not everything could be read").contains("Kernel drift of ReLU networks");
    }

    @Test
    void fileOfANewerSchemaIsNamed() throws IOException {
        SampleRun.write(folder, Roster.Selection.WHOLE);
        Path file = directory.resolve("evidence/" + SampleRun.SUPPORTED + ".json");
        Files.writeString(file, Files.readString(file).replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));

        Report.of(folder).write();

        assertThat(page())
                .contains("evidence/" + SampleRun.SUPPORTED + ".json has schemaVersion 2, this program reads up to 1")
                .contains("id=\"" + SampleRun.REFUTED + "\"", "Kernel drift of ReLU networks");
    }

    /**
     * Every field, and an element of every list, is taken out of the evidence in turn, at every depth: the report names the file
     * or shows the same as before. With the digest taken again, so that nothing tells of the change, it still never throws.
     */
    @Test
    void nothingThatIsTakenOutOfEvidenceMakesTheReportFail() throws IOException {
        Evidence sample = SampleRun.evidence().stream()
                .filter(each -> each.claim().equals(SampleRun.SUPPORTED))
                .findFirst()
                .orElseThrow();
        // Without formulas, its paper's too: what sets them is loaded anew for each page.
        Evidence sound = SampleRun.claim(
                sample.claim(),
                sample.title(),
                sample.source(),
                "statement",
                sample.hypotheses(),
                sample.predictions(),
                sample.verdict(),
                "");
        folder.write(new Roster(
                1,
                Roster.Selection.SELECTED,
                Tier.QUICK,
                1,
                List.of(),
                List.of(SampleRun.entry(sound)),
                new Evidence.Provenance(Map.of())));
        folder.write(sound);
        Path file = directory.resolve("evidence/" + SampleRun.SUPPORTED + ".json");
        String whole = Files.readString(file);
        String page = Report.of(folder).html();
        Map<String, JsonPointer> places = new LinkedHashMap<>();
        collect(JSON.readTree(whole), JsonPointer.empty(), "", places);
        assertThat(places).hasSizeGreaterThan(100);
        places.forEach((name, place) -> assertThatCode(() -> {
                    Files.writeString(file, without(place, whole));
                    Report report = Report.of(folder);
                    boolean ofTheRunOnly = name.matches("\\.(cost|provenance) .*");
                    if (!report.counts().endsWith("problem") && !ofTheRunOnly) {
                        assertThat(report.html().equals(page))
                                .as("the same page")
                                .isTrue();
                    }
                    Optional<Evidence> read = EvidenceFolder.read(file, Evidence.class, new ArrayList<>());
                    if (read.isPresent()) {
                        Files.writeString(file, EvidenceFolder.pretty(EvidenceFolder.sealed(read.get())));
                        Report resealed = Report.of(folder);
                        assertThat(resealed.html()).contains("id=\"" + SampleRun.SUPPORTED + "\"");
                        resealed.latex();
                    }
                })
                .as("without %s (%s)", name, place)
                .doesNotThrowAnyException());
    }

    /** One place for each field of each kind of object, and one for the elements of each list. */
    private static void collect(JsonNode node, JsonPointer here, String name, Map<String, JsonPointer> places) {
        String kind = Stream.of("kind", "role", "title")
                .map(field -> node.path(field).asText())
                .collect(Collectors.joining());
        node.properties().forEach(field -> {
            String inner = name + (here.matches() ? "" : " " + kind) + "." + field.getKey();
            JsonPointer place = here.appendProperty(field.getKey());
            places.putIfAbsent(inner, place);
            collect(field.getValue(), place, inner, places);
        });
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            JsonPointer place = here.appendIndex(index);
            places.putIfAbsent(name + "[]", place);
            collect(node.get(index), place, name + "[]", places);
        }
    }

    private static String without(JsonPointer place, String whole) throws IOException {
        JsonNode tree = JSON.readTree(whole);
        JsonNode parent = tree.at(place.head());
        if (parent instanceof ArrayNode list) {
            list.remove(place.last().getMatchingIndex());
        } else {
            ((ObjectNode) parent).remove(place.last().getMatchingProperty());
        }
        return tree.toString();
    }

    @Test
    void withoutRosterTheEvidenceIsShownAndThePageSaysSo() throws IOException {
        SampleRun.write(folder, Roster.Selection.WHOLE);
        Files.delete(directory.resolve("run.json"));

        Report.of(folder).write();

        assertThat(page()).contains("No roster").contains("The tangent kernel stays near its initial value");
        assertThat(summary().get("selection").isNull()).isTrue();
        assertThat(summary().get("claims")).hasSize(5);
        assertThat(directory.resolve("badge.svg")).doesNotExist();
    }

    @Test
    void selectedRunWritesNoBadge() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.SELECTED)).write();

        assertThat(directory.resolve("badge.svg")).doesNotExist();
        assertThat(directory.resolve("badge.json")).doesNotExist();
        assertThat(directory.resolve("badges")).doesNotExist();
        assertThat(directory.resolve("summary.json")).exists();
        assertThat(page()).contains("A selection of the suite");
    }

    @ParameterizedTest
    @CsvSource({
        "VOID, '1 void', #5b2a86",
        "REFUTED, '1 refuted', #b42318",
        "INCONCLUSIVE, '1 inconclusive', #8a5a00",
        "NOT_APPLICABLE, '', #116b39",
        "SUPPORTED, '', #116b39"
    })
    void badgeHasTheColourOfTheVerdictThatIsToldFirst(Verdict verdict, String first, String colour) throws IOException {
        List<Evidence> evidence = List.of(one("p/good", Verdict.SUPPORTED), one("p/other", verdict));
        Roster sample = SampleRun.roster(Roster.Selection.WHOLE, evidence);
        folder.write(new Roster(
                1,
                Roster.Selection.WHOLE,
                Tier.QUICK,
                1,
                List.of(),
                evidence.stream().map(SampleRun::entry).toList(),
                sample.provenance()));
        evidence.forEach(folder::write);

        Report.of(folder).write();

        JsonNode badge = JSON.readTree(directory.resolve("badge.json").toFile());
        String message = switch (verdict) {
            case SUPPORTED -> "2 supported";
            case NOT_APPLICABLE -> "1 supported, 1 not applicable";
            default -> first + ", 1 supported";
        };
        assertThat(badge.get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(badge.get("label").asText()).isEqualTo("crucis");
        assertThat(badge.get("message").asText()).isEqualTo(message);
        assertThat(badge.get("color").asText()).isEqualTo(colour);
        String svg = Files.readString(directory.resolve("badge.svg"));
        assertThat(svg).contains("crucis: " + message).contains("fill=\"" + colour + "\"");
        Xml.parse(svg);
    }

    /** Oracle: the sample counted by hand. */
    @Test
    void eachPaperHasABadgeOfItsOwn() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        assertThat(JSON.readTree(directory.resolve("badges/lee2019.json").toFile())
                        .toString())
                .isEqualTo("{\"schemaVersion\":1,\"label\":\"crucis lee2019\",\"message\":\"1 refuted, 1 supported\","
                        + "\"color\":\"#b42318\"}");
        String svg = Files.readString(directory.resolve("badges/jacot2018.svg"));
        assertThat(svg).contains("crucis jacot2018: 2 void, 1 inconclusive, 1 not applicable");
        Xml.parse(svg);
    }

    @Test
    void whereNothingAppliesTheBadgeIsGrey() {
        Evidence absent = one("p/absent", Verdict.NOT_APPLICABLE);
        Joined run = Joined.of(new EvidenceFolder.Contents(Optional.empty(), List.of(absent), List.of()));

        assertThat(Badge.of("crucis", Tally.of(run)).json()).contains("\"1 not applicable\"", "#57606a");
    }

    @Test
    void anotherPapersNameCannotLeaveTheFolderOfBadges() {
        List<Evidence> evidence = List.of(one("p/c", Verdict.SUPPORTED));
        Roster.ClaimEntry entry = SampleRun.entry(evidence.get(0));
        folder.write(new Roster(
                1,
                Roster.Selection.WHOLE,
                Tier.QUICK,
                1,
                List.of(),
                List.of(new Roster.ClaimEntry(
                        entry.id(), "../../out", entry.title(), "", entry.planDigest(), entry.predictions(), "")),
                new Evidence.Provenance(Map.of())));
        evidence.forEach(folder::write);

        Report.of(folder).write();

        assertThat(directory.resolve("badges/..-..-out.svg")).exists();
    }

    private static Evidence one(String id, Verdict verdict) {
        return SampleRun.claim(
                id,
                "title",
                "source",
                "statement",
                List.of(),
                List.of(SampleRun.prediction(
                        "it",
                        Basis.TEXT,
                        "It holds",
                        verdict.name(),
                        "found",
                        1,
                        0.9,
                        1.1,
                        Interval.around(1, 1),
                        List.of())),
                verdict,
                "");
    }

    @Test
    void whatPapersAndDataSayStaysText() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        assertThat(all(page(), "(<script)")).as("the page's own").hasSize(1);
        assertThat(page()).contains("ReLU networks drift like 1/width &lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(Files.readString(directory.resolve("summary.md")))
                .contains("1/width \\<script\\>alert(1)\\</script\\>");
    }

    @Test
    void tablesAreTablesWithTheirCaptionAndHeaders() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();
        String page = page();

        assertThat(page)
                .containsSubsequence(
                        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"f",
                        "tabindex=\"0\">",
                        "<table class=\"values\"><caption><b id=\"f",
                        ">Drift &amp; its bound, width by width</b>"
                                + "<span>One row a width; the constant is the drift over &quot;m^-1/2&quot;.</span></caption>",
                        "<thead><tr><th scope=\"col\" class=\"n\">width</th><th scope=\"col\" class=\"\">activation</th>"
                                + "<th scope=\"col\" class=\"n\">drift</th>"
                                + "<th scope=\"col\" class=\"n\">drift over m^-1/2 &lt;i&gt;</th></tr></thead>",
                        "<tr><th scope=\"row\" class=\"n\">64</th><td class=\"\">tanh</td>"
                                + "<td class=\"n\">0.8 [0.7, 0.9]</td><td class=\"n\">6.4</td></tr>",
                        "<tr><th scope=\"row\" class=\"n\">4096</th><td class=\"\">erf &lt;b&gt;</td>");
    }

    @Test
    void everyLinkWithinThePageLeadsSomewhereAndEveryIdIsUnique() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();
        String page = page();

        List<String> ids = all(page, " id=\"([^\"]+)\"");
        assertThat(ids).doesNotHaveDuplicates().contains("papers", "lee2019", SampleRun.SUPPORTED);
        assertThat(all(page, "href=\"#([^\"]+)\""))
                .hasSizeGreaterThan(15)
                .contains("atlas", "sharpness", "papers")
                .allSatisfy(link -> assertThat(ids).contains(link));
        assertThat(all(page, "url\\(#([^)]+)\\)"))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ids).contains(link));
        for (String list : all(page, "aria-labelledby=\"([^\"]+)\"")) {
            assertThat(ids).contains(list.split(" "));
        }
    }

    @Test
    void thePageNeedsNothingFromOutside() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        assertThat(all(page(), "(?:src|href)=\"([^\"]+)\""))
                .allSatisfy(link -> assertThat(link).matches("#.*|https://arxiv.org/abs/.*"));
        assertThat(page()).doesNotContain("@import").doesNotContain("url(http");
    }

    /** Beyond the void elements of the head, the page is well-formed, so that nothing is closed in the wrong place. */
    @Test
    void elementsAreClosedInOrder() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        Xml.parse(page().replace("<!doctype html>", "")
                .replaceAll("<meta ([^>]*)>", "<meta $1/>")
                .replaceAll("(?s)<script>.*?</script>", ""));
    }

    @Test
    void eachClaimSaysHowToRepeatIt() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        assertThat(page())
                .contains("java -jar target/crucis.jar run lee2019/kernel-stays-near-initialization")
                .contains("mvn verify -Dit.test=KernelStaysNearInitialization");
    }

    @Test
    void controlsStandDirectlyUnderTheirPrediction() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();

        assertThat(all(page(), "<span class=\"tag\">control</span> ([^<]*)</th>"))
                .containsExactly(
                        "CAUCHY",
                        "CAUCHY_WEIGHTS",
                        "MEAN_FIELD",
                        "planted deviation in LAZY",
                        "POSITIVE_OUTPUT_WEIGHTS",
                        "planted deviation in LAZY");
        assertThat(page())
                .containsSubsequence(
                        "id=\"" + SampleRun.SUPPORTED + ".driftShrinks\"",
                        "MEAN_FIELD</th>",
                        "planted deviation in LAZY</th>",
                        "id=\"" + SampleRun.SUPPORTED + ".trueRate\"",
                        "POSITIVE_OUTPUT_WEIGHTS</th>");
    }

    /** Oracle: the JDK's own SHA-256 of what stands between the tags. */
    @Test
    void noScriptButThePagesOwnMayRun() throws Exception {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();
        String script = page().replaceFirst("(?s).*<script>", "").replaceFirst("(?s)</script>.*", "");
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));

        assertThat(script).contains("addEventListener");
        assertThat(all(page(), "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\""))
                .containsExactly("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-"
                        + hash + "'; base-uri 'none'; form-action 'none'");
    }

    @Test
    void eachClaimCanBeCited() throws IOException {
        Report.of(SampleRun.write(folder, Roster.Selection.WHOLE)).write();
        Evidence supported = SampleRun.evidence().stream()
                .filter(each -> each.claim().equals(SampleRun.SUPPORTED))
                .findFirst()
                .orElseThrow();

        assertThat(page())
                .contains("Crucis claim " + SampleRun.SUPPORTED + " (Lee et al. 2019, " + supported.source()
                        + "): SUPPORTED. Plan " + supported.plan().digest() + ", edition 1, quick tier; Crucis ")
                .containsPattern("@misc\\{lee2019,\n  author = .*\n  title = \\{\\{Wide Neural Networks of Any Depth")
                .contains("<b>Symbols.</b> m = width, Θ<sub>t</sub> = kernel after t steps &lt;b&gt;.")
                .contains("Crucis claim " + SampleRun.LOST + " (Jacot et al. 2018, Theorem 2): VOID.");
    }

    @Test
    void manyClaimsFitIntoTheSummaryOfACiStep() {
        String wordy = "a long title ".repeat(20);
        List<Evidence> evidence = new ArrayList<>();
        for (int k = 0; k < 5000; k++) {
            evidence.add(one("paper/claim-" + k, Verdict.SUPPORTED));
        }
        Roster roster = new Roster(
                1,
                Roster.Selection.WHOLE,
                Tier.QUICK,
                1,
                List.of(),
                evidence.stream()
                        .map(found -> new Roster.ClaimEntry(
                                found.claim(), "paper", wordy, "", found.plan().digest(), List.of(), ""))
                        .toList(),
                new Evidence.Provenance(Map.of()));
        Joined run = Joined.of(new EvidenceFolder.Contents(Optional.of(roster), evidence, List.of()));

        String markdown = new Summary(run, Tally.of(run)).markdown();

        assertThat(markdown.getBytes(StandardCharsets.UTF_8).length).isBetween(900_000, 1_000_000);
        assertThat(markdown).contains("more claims\n");
    }

    @Test
    void manyPapersLeaveRoomForTheWorstClaims() {
        List<Evidence> evidence = new ArrayList<>();
        List<Roster.PaperEntry> papers = new ArrayList<>();
        for (int k = 0; k < 4000; k++) {
            evidence.add(one("paper" + k + "/claim", k == 3999 ? Verdict.REFUTED : Verdict.SUPPORTED));
            papers.add(new Roster.PaperEntry("paper" + k, "a long title ".repeat(20), "", 2020, "", ""));
        }
        Roster roster = new Roster(
                1,
                Roster.Selection.WHOLE,
                Tier.QUICK,
                1,
                papers,
                evidence.stream().map(SampleRun::entry).toList(),
                new Evidence.Provenance(Map.of()));
        Joined run = Joined.of(new EvidenceFolder.Contents(Optional.of(roster), evidence, List.of()));

        String markdown = new Summary(run, Tally.of(run)).markdown();

        assertThat(markdown.getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_000);
        assertThat(markdown)
                .contains("more papers\n")
                .containsSubsequence(
                        "| verdict | claim |", "| ✗ REFUTED | paper3999/claim |", "| ✓ SUPPORTED | paper0/claim");
    }

    /** Oracle: the sample read by eye. */
    @Test
    void theSummaryTellsVerdictsInSignsAndWords() {
        List<Evidence> evidence = SampleRun.evidence();
        Joined run = Joined.of(new EvidenceFolder.Contents(
                Optional.of(SampleRun.roster(Roster.Selection.WHOLE, evidence)),
                evidence,
                List.of("see https://example.org or www.example.org")));

        assertThat(new Summary(run, Tally.of(run)).markdown())
                .contains("| ✗ 1 refuted, ✓ 1 supported |", "| ✓ 2 supported; pilot: ✗ 1 refuted |")
                .doesNotContain("https://example", "www.example");
    }

    @Test
    void twoHundredClaimsMakeOnePage() throws IOException {
        List<Evidence> sample = SampleRun.evidence();
        List<Evidence> evidence = new ArrayList<>();
        for (int k = 0; k < 200; k++) {
            Evidence model = sample.get(k % sample.size());
            evidence.add(SampleRun.claim(
                    "paper-" + k / 10 + "/claim-" + k,
                    model.title(),
                    model.source(),
                    model.statement(),
                    model.hypotheses(),
                    model.predictions(),
                    model.verdict(),
                    ""));
        }
        Roster sampleRoster = SampleRun.roster(Roster.Selection.WHOLE, sample);
        folder.write(new Roster(
                1,
                Roster.Selection.WHOLE,
                Tier.QUICK,
                1,
                List.of(),
                evidence.stream().map(SampleRun::entry).toList(),
                sampleRoster.provenance()));
        evidence.forEach(folder::write);

        Report.of(folder).write();

        assertThat(all(page(), "<article class=\"(claim)\"")).hasSize(200);
        assertThat(directory.resolve("index.html").toFile().length()).isLessThan(8_000_000);
    }

    private static List<String> all(String text, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
