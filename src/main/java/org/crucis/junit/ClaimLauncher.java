package org.crucis.junit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs claims outside a build tool, in the same way as inside: through JUnit. */
public final class ClaimLauncher {

    /**
     * How a run ended.
     *
     * @param folder where its evidence lies
     * @param failed how many predictions failed, or could not be run
     * @param problems one sentence for each failure outside of a prediction; findings are in the evidence
     */
    public record Outcome(Path folder, long failed, List<String> problems) {}

    private ClaimLauncher() {}

    /**
     * Runs claims and writes their evidence.
     *
     * @param ids claims of the catalogue
     * @param settings configuration parameters such as crucis.tier
     * @throws IllegalArgumentException for an unknown claim, a setting or folder that cannot be used, or claims in which
     *     JUnit finds nothing to run
     */
    public static Outcome run(Catalogue catalogue, List<String> ids, Map<String, String> settings, ProgressView view) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(ids.stream()
                        .map(catalogue::claim)
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .configurationParameters(settings)
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        SuiteListener.Suite suite;
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getStore().put(SuiteListener.PLACE, SuiteListener.VIEW, view);
            session.getLauncher().execute(request, summary);
            suite = (SuiteListener.Suite) session.getStore().get(SuiteListener.PLACE, SuiteListener.SUITE);
        }
        if (suite == null) {
            throw new IllegalArgumentException(
                    "nothing was run: " + String.join(", ", ids) + " has no prediction that JUnit finds");
        }
        if (!suite.problem().isEmpty()) {
            throw new IllegalArgumentException(suite.problem());
        }
        TestExecutionSummary result = summary.getSummary();
        return new Outcome(
                Session.folder(suite.settings().orElseThrow(), suite.selection()),
                result.getTotalFailureCount(),
                result.getFailures().stream()
                        .filter(failure -> failure.getTestIdentifier().isContainer())
                        .map(failure -> failure.getTestIdentifier().getDisplayName() + ": "
                                + failure.getException().getMessage())
                        .toList());
    }
}
