package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Tier;
import org.crucis.engine.Engines;
import org.crucis.lab.ClaimPlan;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * A sample claim as JUnit ran it.
 *
 * @param results what JUnit saw
 * @param evidence what was written, read back from the file
 */
public record Rehearsal(EngineExecutionResults results, Evidence evidence) {

    /** Runs one claim with reports under the given folder. */
    public static Rehearsal of(Class<?> claim, Path reports) {
        return of(claim, reports, Map.of(Settings.THREADS, "2"));
    }

    public static Rehearsal of(Class<?> claim, Path reports, Map<String, String> settings) {
        EngineExecutionResults results = run(claim, reports, settings);
        EvidenceFolder.Contents contents = new EvidenceFolder(reports.resolve("selected")).read();
        List<Evidence> written = contents.evidence().stream()
                .filter(evidence -> evidence.claim().equals(PlanReader.id(claim)))
                .toList();
        assertThat(written)
                .as("evidence of %s; problems: %s", claim.getSimpleName(), contents.problems())
                .hasSize(1);
        return new Rehearsal(results, written.get(0));
    }

    /** The plan of any claim in the quick tier, sample or shipped. */
    public static ClaimPlan plan(Class<?> claim, int edition) {
        return PlanReader.read(claim, Tier.QUICK, edition);
    }

    /** Seconds of computing that the trials of each shipped claim took when they were last measured. */
    public static double quickSeconds(String claim) {
        return Costs.of(Tier.QUICK).of(claim).map(Costs.Cost::trialSeconds).orElse(0.0);
    }

    static EngineExecutionResults run(Class<?> claim, Path reports, Map<String, String> settings) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameter(Settings.REPORTS, reports.toString())
                // In this process, where faults can be woven in, and anew each time.
                .configurationParameter(Settings.ENGINE, Engines.THREADS)
                .configurationParameter(Settings.LEDGER, Settings.OFF)
                .selectors(DiscoverySelectors.selectClass(claim));
        settings.forEach(kit::configurationParameter);
        return kit.execute();
    }

    /** What JUnit was told of a prediction: "passed", or "failed: " or "aborted: " with the message. */
    public String told(String prediction) {
        List<Event> ends = results.testEvents()
                .finished()
                .filter(event -> event.getTestDescriptor().getDisplayName().equals(prediction + "(Lab)")
                        || event.getTestDescriptor().getDisplayName().equals(prediction + "()"))
                .toList();
        assertThat(ends).as("ends of " + prediction).hasSize(1);
        var result = ends.get(0).getRequiredPayload(TestExecutionResult.class);
        return switch (result.getStatus()) {
            case SUCCESSFUL -> "passed";
            case FAILED -> "failed: " + result.getThrowable().orElseThrow().getMessage();
            case ABORTED -> "aborted: " + result.getThrowable().orElseThrow().getMessage();
        };
    }

    /** The entry of a prediction, or of a control under {@code prediction/control}. */
    public Evidence.Entry entry(String id) {
        return evidence.predictions().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no entry " + id + " among "
                        + evidence.predictions().stream()
                                .map(Evidence.Entry::id)
                                .toList()));
    }

    /** The messages of everything that failed, claims as well as predictions. */
    static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
    }

    /** Every entry as "id verdict", in order. */
    public List<String> verdicts() {
        return evidence.predictions().stream()
                .map(entry -> entry.id() + " " + entry.verdict())
                .toList();
    }

    /** Every look of an entry as "stage blocks position", in order. */
    List<String> looks(String id) {
        return entry(id).looks().stream()
                .map(look -> look.stage().word() + " " + look.blocks() + " " + look.position())
                .toList();
    }

    /** Verdicts of the predictions alone, without those that a fault leaves at the edge of their regions. */
    public List<String> predictions(String... without) {
        return verdicts().stream()
                .filter(verdict -> !verdict.contains("/"))
                .filter(verdict -> Arrays.stream(without).noneMatch(each -> verdict.startsWith(each + " ")))
                .toList();
    }
}
