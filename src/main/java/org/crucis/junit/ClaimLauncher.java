package org.crucis.junit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Roster;
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
     * @param judged how many predictions were run and decided
     * @param failures one sentence for each failed prediction
     */
    public record Outcome(Path folder, long judged, List<String> failures) {}

    private ClaimLauncher() {}

    /**
     * Runs claims and writes their evidence.
     *
     * @param ids claims of the catalogue
     * @param settings configuration parameters such as crucis.tier
     * @throws IllegalArgumentException for an unknown claim or a setting that cannot be used
     */
    public static Outcome run(Catalogue catalogue, List<String> ids, Map<String, String> settings, ProgressView view) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(ids.stream()
                        .map(catalogue::claim)
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .configurationParameters(settings)
                .build();
        Settings read = Settings.read(request.getConfigurationParameters()::get);
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getStore().put(SuiteListener.PLACE, SuiteListener.VIEW, view);
            session.getLauncher().execute(request, summary);
        }
        Roster.Selection selection =
                ids.containsAll(catalogue.ids()) ? Roster.Selection.WHOLE : Roster.Selection.SELECTED;
        TestExecutionSummary result = summary.getSummary();
        return new Outcome(
                Session.folder(read, selection),
                result.getTestsStartedCount(),
                result.getFailures().stream()
                        .map(failure -> failure.getTestIdentifier().getDisplayName() + " "
                                + failure.getException().getMessage())
                        .toList());
    }
}
