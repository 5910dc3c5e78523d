package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.crucis.claim.Verdict;
import org.crucis.engine.Engines;
import org.crucis.junit.samples.BreaksItsPromise;
import org.crucis.junit.samples.Conclusions;
import org.crucis.junit.samples.KeepsItsPromise;
import org.crucis.junit.samples.Voids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The roster, and which folder a run writes to, as JUnit's real launcher sees them. */
class SuiteListenerTest {

    @TempDir
    Path reports;

    /** What failed, and what the run's folders held when the first test began. */
    private static final class Log implements TestExecutionListener {
        final List<String> failures = new ArrayList<>();
        private final Path reports;
        EvidenceFolder.Contents latestAtStart;
        EvidenceFolder.Contents selectedAtStart;

        Log(Path reports) {
            this.reports = reports;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest() && latestAtStart == null) {
                latestAtStart = new EvidenceFolder(reports.resolve("latest")).read();
                selectedAtStart = new EvidenceFolder(reports.resolve("selected")).read();
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failures.add(test.getDisplayName() + ": "
                        + result.getThrowable().orElseThrow().getMessage());
            }
        }
    }

    private static Log launch(Path reports, Collection<? extends DiscoverySelector> selectors) {
        Log log = new Log(reports);
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(List.copyOf(selectors))
                                    .configurationParameters(
                                            Map.of(Settings.REPORTS, reports.toString(), Settings.THREADS, "1"))
                                    .build(),
                            log);
        }
        return log;
    }

    private static List<DiscoverySelector> wholeSuite() {
        return Catalogue.in(List.of(Catalogue.origin(KeepsItsPromise.class))).classes().stream()
                .map(claim -> (DiscoverySelector) selectClass(claim))
                .toList();
    }

    private EvidenceFolder.Contents latest() {
        return new EvidenceFolder(reports.resolve("latest")).read();
    }

    private EvidenceFolder.Contents selected() {
        return new EvidenceFolder(reports.resolve("selected")).read();
    }

    @Test
    void aWholeRunWritesItsRosterBeforeAnythingRuns() {
        Log log = launch(reports, wholeSuite());
        assertThat(log.latestAtStart.evidence()).isEmpty();
        Roster roster = log.latestAtStart.roster().orElseThrow();
        assertThat(roster.selection()).isEqualTo(Roster.Selection.WHOLE);
        assertThat(roster.tier()).isEqualTo(Tier.QUICK);
        assertThat(roster.edition()).isEqualTo(1);
        assertThat(roster.claims())
                .extracting(Roster.ClaimEntry::id)
                .contains("samples/keeps-its-promise", "samples/breaks-its-promise");
        Roster.ClaimEntry entry = roster.claims().stream()
                .filter(claim -> claim.id().equals("samples/breaks-its-promise"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.problem()).isEmpty();
        assertThat(entry.planDigest()).matches("[0-9a-f]{64}");
        assertThat(entry.predictions())
                .containsExactly(
                        new Roster.PredictionEntry("isOne", Basis.DERIVED, "The value is one"),
                        new Roster.PredictionEntry("isTwo", Basis.DERIVED, "The value is two"));
        assertThat(roster.papers())
                .contains(new Roster.PaperEntry(
                        "samples",
                        "Sample claims",
                        "Nobody",
                        2026,
                        "",
                        "Claims without theory, one for each way in which a claim can end."));
        assertThat(log.failures)
                .contains("isTwo(Lab): REFUTED: The value is two. Found: mean 1, [1.5, 2.5] asked for: outside,"
                        + " and again on 12 independent blocks");
        assertThat(verdicts(latest()))
                .containsEntry("samples/keeps-its-promise", Verdict.SUPPORTED)
                .containsEntry("samples/breaks-its-promise", Verdict.REFUTED);
        assertThat(latest().problems()).isEmpty();
        assertThat(reports.resolve("selected")).doesNotExist();
        Evidence evidence = latest().evidence().stream()
                .filter(each -> each.claim().equals("samples/breaks-its-promise"))
                .findFirst()
                .orElseThrow();
        assertThat(evidence.plan().digest()).isEqualTo(entry.planDigest());
    }

    @Test
    void aSelectedRunLeavesTheLatestReportUntouched() throws IOException {
        launch(reports, wholeSuite());
        Map<Path, String> before = files(reports.resolve("latest"));
        Files.writeString(reports.resolve("latest/badge.svg"), "<svg/>");
        before.put(reports.resolve("latest/badge.svg"), "<svg/>");

        launch(reports, List.of(selectMethod(BreaksItsPromise.class, "isOne", "org.crucis.lab.Lab")));
        Roster roster = selected().roster().orElseThrow();
        assertThat(roster.selection()).isEqualTo(Roster.Selection.SELECTED);
        assertThat(roster.claims()).hasSize(1);
        assertThat(roster.claims().get(0).predictions())
                .extracting(Roster.PredictionEntry::id)
                .containsExactly("isOne");
        assertThat(verdicts(selected()))
                .as("its other prediction was not asked for")
                .containsExactly(Map.entry("samples/breaks-its-promise", Verdict.SUPPORTED));
        assertThat(files(reports.resolve("latest"))).isEqualTo(before);
    }

    @Test
    void oneClaimOfTwoIsASelection() {
        launch(reports, List.of(selectClass(KeepsItsPromise.class)));
        assertThat(selected().roster().orElseThrow().selection()).isEqualTo(Roster.Selection.SELECTED);
        assertThat(reports.resolve("latest")).doesNotExist();
    }

    @Test
    void nestedSamplesAloneAreNoWholeSuite() {
        launch(reports, List.of(selectClass(Conclusions.Supported.class)));
        assertThat(selected().roster().orElseThrow().selection()).isEqualTo(Roster.Selection.SELECTED);
        assertThat(reports.resolve("latest")).doesNotExist();
    }

    @Test
    void aWholeRunEmptiesTheLatestReportFirst() throws IOException {
        Path latest = reports.resolve("latest");
        Files.createDirectories(latest.resolve("evidence/gone2019"));
        Files.writeString(latest.resolve("evidence/gone2019/was-renamed.json"), "{}");
        Files.writeString(latest.resolve("index.html"), "old");
        Files.writeString(latest.resolve("notes.txt"), "somebody's own");
        Log log = launch(reports, wholeSuite());
        assertThat(log.latestAtStart.evidence()).isEmpty();
        assertThat(log.latestAtStart.problems()).isEmpty();
        assertThat(latest.resolve("evidence/gone2019")).doesNotExist();
        assertThat(latest.resolve("index.html")).doesNotExist();
        assertThat(latest.resolve("notes.txt")).hasContent("somebody's own");
    }

    @Test
    void aClaimThatCannotBePlannedIsOnTheRosterWithItsProblem() {
        Log log = launch(reports, List.of(selectClass(Voids.ForgottenExpectation.class)));
        assertThat(log.selectedAtStart.roster().orElseThrow().claims())
                .containsExactly(new Roster.ClaimEntry(
                        "samples/forgotten-expectation",
                        "samples",
                        "A sample",
                        "Nowhere",
                        "",
                        List.of(),
                        "vanishes expects nothing: call lab.expect(...).in(...)"));
        assertThat(log.failures)
                .containsExactly("vanishes(Lab): VOID: vanishes expects nothing: call lab.expect(...).in(...)");
    }

    @Test
    void aFolderThatCannotBeWrittenFailsEveryClaimBeforeAnythingRuns() throws IOException {
        Path file = Files.createFile(reports.resolve("file"));
        Log log = launch(file, List.of(selectClass(KeepsItsPromise.class), selectClass(Voids.TrialThatThrows.class)));
        assertThat(log.failures).hasSize(2);
        assertThat(log.failures)
                .allSatisfy(failure -> assertThat(failure)
                        .matches(
                                "(KeepsItsPromise|Voids.TrialThatThrows): cannot write .*file.*; choose a folder that can be"
                                        + " written"));
    }

    @Test
    void aBadSettingFailsEveryClaimInOneSentence() {
        Log log = new Log(reports);
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(KeepsItsPromise.class))
                                    .configurationParameter(Settings.REPORTS, reports.toString())
                                    .configurationParameter(Settings.TIER, "huge")
                                    .build(),
                            log);
        }
        assertThat(log.failures).containsExactly("KeepsItsPromise: unknown tier 'huge': expected quick or full");
        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void aClaimWhoseMachineDiesIsOnTheRosterWithoutEvidence() throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-D" + Settings.ENGINE + "=" + Engines.THREADS,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        reports.toString())
                .redirectErrorStream(true)
                .redirectOutput(reports.resolve("child.txt").toFile())
                .start();
        assertThat(child.waitFor()).as(() -> read(reports.resolve("child.txt"))).isEqualTo(99);
        EvidenceFolder.Contents contents = selected();
        assertThat(contents.problems()).isEmpty();
        assertThat(contents.roster().orElseThrow().claims())
                .extracting(Roster.ClaimEntry::id)
                .as("ordered by id")
                .containsExactly("samples/ends-its-machine", "samples/keeps-its-promise");
        assertThat(verdicts(contents))
                .as("written before the machine ended, and kept")
                .containsExactly(Map.entry("samples/keeps-its-promise", Verdict.SUPPORTED));
    }

    /** Runs a claim that concludes, then one that ends its machine. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            launch(
                    Path.of(arguments[0]),
                    List.of(selectClass(KeepsItsPromise.class), selectClass(Voids.EndsItsMachine.class)));
        }
    }

    private static Map<String, Verdict> verdicts(EvidenceFolder.Contents contents) {
        return contents.evidence().stream().collect(Collectors.toMap(Evidence::claim, Evidence::verdict));
    }

    private static Map<Path, String> files(Path folder) throws IOException {
        try (var found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).collect(Collectors.toMap(file -> file, SuiteListenerTest::read));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
