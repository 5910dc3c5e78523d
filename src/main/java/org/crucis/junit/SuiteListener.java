package org.crucis.junit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.PlanException;
import org.crucis.lab.ProvenanceReader;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the roster before anything runs: which claims and predictions were asked for, and whether that is the whole suite.
 * A claim whose JVM dies is then missed by the report instead of forgotten.
 */
public final class SuiteListener implements LauncherSessionListener {

    /**
     * What the extension needs to know of the run as a whole.
     *
     * @param settings read once: a fresh edition is drawn by it; empty when they cannot be used
     * @param firstLooks for each claim that can be planned the trials that it needs at least
     * @param problem why the run cannot be set up, empty when it can; JUnit only logs what a listener throws
     */
    record Suite(
            Optional<Settings> settings, Roster.Selection selection, Map<String, Integer> firstLooks, String problem) {}

    static final org.junit.jupiter.api.extension.ExtensionContext.Namespace OURS =
            org.junit.jupiter.api.extension.ExtensionContext.Namespace.create(SuiteListener.class);

    /** The same place as {@link #OURS}, as the platform names it. */
    static final Namespace PLACE = Namespace.create(SuiteListener.class);

    static final String SUITE = "suite";

    /** A {@link ProgressView}, where somebody put one. */
    static final String VIEW = "view";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(new RosterWriter(session.getStore()));
    }

    private static final class RosterWriter implements TestExecutionListener {

        private final NamespacedHierarchicalStore<Namespace> store;
        private Optional<EvidenceFolder.Lock> lock = Optional.empty();
        private Optional<FreshAudit> audit = Optional.empty();

        RosterWriter(NamespacedHierarchicalStore<Namespace> store) {
            this.store = store;
        }

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            Map<Class<?>, Set<String>> selected = selected(plan);
            if (selected.isEmpty()) {
                return;
            }
            Suite suite;
            try {
                suite = writeRoster(selected, Settings.read(plan.getConfigurationParameters()::get));
            } catch (RuntimeException e) {
                suite = new Suite(Optional.empty(), Roster.Selection.SELECTED, Map.of(), e.getMessage());
            }
            store.put(PLACE, SUITE, suite);
        }

        @Override
        public void testPlanExecutionFinished(TestPlan plan) {
            audit.ifPresent(FreshAudit::finish);
            audit = Optional.empty();
            lock.ifPresent(EvidenceFolder.Lock::close);
            lock = Optional.empty();
        }

        private Suite writeRoster(Map<Class<?>, Set<String>> selected, Settings settings) {
            Collection<Class<?>> all = Catalogue.in(
                            selected.keySet().stream().map(Catalogue::origin).collect(Collectors.toSet()))
                    .classes();
            Roster.Selection selection = isWhole(selected, all) ? Roster.Selection.WHOLE : Roster.Selection.SELECTED;
            Map<Class<?>, Set<String>> listed = new LinkedHashMap<>(selected);
            if (selection == Roster.Selection.WHOLE) {
                // A claim without predictions is no test to JUnit; it must not be forgotten for that.
                all.forEach(claim -> listed.putIfAbsent(claim, Set.of()));
            }
            Map<String, Integer> firstLooks = new LinkedHashMap<>();
            List<Roster.ClaimEntry> claims = new ArrayList<>();
            List<Map.Entry<Class<?>, Set<String>>> byId = listed.entrySet().stream()
                    .sorted(Comparator.comparing(each -> PlanReader.id(each.getKey())))
                    .toList();
            for (Map.Entry<Class<?>, Set<String>> each : byId) {
                try {
                    ClaimPlan plan = PlanReader.read(each.getKey(), settings.tier(), settings.edition());
                    firstLooks.put(plan.id(), plan.trialsOfFirstLook());
                    claims.add(narrowed(plan.asRosterEntry(), each.getValue()));
                } catch (PlanException e) {
                    claims.add(unplannable(each.getKey(), e.getMessage()));
                }
            }
            if (settings.seeds() == Settings.Seeds.FRESH && selection != Roster.Selection.WHOLE) {
                throw new IllegalArgumentException(
                        "fresh seeds are drawn for the whole suite only, so that nobody draws until a claim looks well:"
                                + " run all claims, or name an edition");
            }
            Session.check(settings);
            EvidenceFolder folder = new EvidenceFolder(Session.folder(settings, selection));
            lock = Optional.of(folder.lock());
            folder.clear();
            folder.write(new Roster(
                    Evidence.SCHEMA_VERSION,
                    selection,
                    settings.tier(),
                    settings.edition(),
                    Catalogue.papers(listed.keySet()),
                    claims,
                    ProvenanceReader.read(settings.limits().slots())));
            if (settings.seeds() == Settings.Seeds.FRESH) {
                audit = Optional.of(FreshAudit.begin(settings, folder));
            }
            return new Suite(Optional.of(settings), selection, firstLooks, "");
        }

        private static Map<Class<?>, Set<String>> selected(TestPlan plan) {
            Map<Class<?>, Set<String>> selected = new LinkedHashMap<>();
            plan.accept(new TestPlan.Visitor() {
                @Override
                public void visit(org.junit.platform.launcher.TestIdentifier test) {
                    test.getSource()
                            .filter(MethodSource.class::isInstance)
                            .map(MethodSource.class::cast)
                            .filter(source -> AnnotationSupport.isAnnotated(source.getJavaMethod(), Prediction.class))
                            .ifPresent(source -> selected.computeIfAbsent(
                                            source.getJavaClass(), type -> new LinkedHashSet<>())
                                    .add(source.getMethodName()));
                }
            });
            return selected;
        }

        /** Whole is every prediction of every claim that lies in the same places as those asked for. */
        private static boolean isWhole(Map<Class<?>, Set<String>> selected, Collection<Class<?>> all) {
            return !all.isEmpty()
                    && all.stream()
                            .allMatch(claim -> selected.getOrDefault(claim, Set.of())
                                    .containsAll(PlanReader.predictions(claim).stream()
                                            .map(Method::getName)
                                            .toList()));
        }

        private static Roster.ClaimEntry narrowed(Roster.ClaimEntry entry, Set<String> predictions) {
            return new Roster.ClaimEntry(
                    entry.id(),
                    entry.paper(),
                    entry.title(),
                    entry.source(),
                    entry.planDigest(),
                    entry.predictions().stream()
                            .filter(each -> predictions.contains(each.id()))
                            .toList(),
                    entry.problem());
        }

        private static Roster.ClaimEntry unplannable(Class<?> claim, String problem) {
            Claim annotation = PlanReader.annotation(claim);
            return new Roster.ClaimEntry(
                    PlanReader.id(claim),
                    PlanReader.paper(claim),
                    annotation.title(),
                    annotation.source(),
                    "",
                    List.of(),
                    problem);
        }
    }
}
