package org.crucis.junit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Verdict;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.ClaimRun;

/**
 * Runs a claim with some settings of its plan changed, beside the claim as it is. What comes out is written to a folder of its own, in
 * which every finding is VOID: no report can count it.
 */
public final class Challenger {

    /**
     * What was found.
     *
     * @param original the claim as it is planned
     * @param challenged with the changes, verdicts as they would be
     * @param folder where it was written
     */
    public record Outcome(Evidence original, Evidence challenged, Path folder) {}

    private final Class<?> claim;
    private final ClaimPlan original;
    private final ClaimPlan challenged;
    private final String changes;

    private Challenger(Class<?> claim, ClaimPlan original, ClaimPlan challenged, String changes) {
        this.claim = claim;
        this.original = original;
        this.challenged = challenged;
        this.changes = changes;
    }

    /**
     * A challenge of one claim; runs nothing yet.
     *
     * @param original the plan of the claim, as {@link Catalogue#plan} reads it
     * @param changes settings as {@link ClaimPlan#challenged} takes them
     * @throws IllegalArgumentException when they cannot be made, or change nothing
     */
    public static Challenger of(Catalogue catalogue, ClaimPlan original, Map<String, String> changes) {
        return of(catalogue.claim(original.id()), original, changes);
    }

    static Challenger of(Class<?> claim, ClaimPlan original, Map<String, String> changes) {
        ClaimPlan challenged = original.challenged(changes);
        String told = String.join(
                ", ",
                changes.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
        Evidence.Plan before = original.asEvidence();
        Evidence.Plan after = challenged.asEvidence();
        if (before.digest().equals(after.digest()) && before.edition() == after.edition()) {
            throw new IllegalArgumentException(told + " is what " + original.id() + " plans already: change something");
        }
        return new Challenger(claim, original, challenged, told);
    }

    /**
     * Whether evidence is that of the original plan, so that it need not be run again. Where single predictions were run, it
     * has the plan's digest and not all of the plan's findings.
     */
    public boolean isOriginal(Evidence evidence) {
        Evidence.Plan plan = original.asEvidence();
        List<String> judged =
                evidence.predictions().stream().map(Evidence.Entry::id).toList();
        return evidence.claim().equals(original.id())
                && evidence.problem().isEmpty()
                && evidence.plan().digest().equals(plan.digest())
                && evidence.plan().edition() == plan.edition()
                && original.asRosterEntry().predictions().stream()
                        .map(Roster.PredictionEntry::id)
                        .allMatch(judged::contains);
    }

    /**
     * Runs the challenge, and the original where it is not known.
     *
     * @param known evidence of the original plan
     * @param settings as for {@link ClaimLauncher#run}
     * @throws IllegalArgumentException for a setting or folder that cannot be used
     */
    public Outcome run(Optional<Evidence> known, Map<String, String> settings, ProgressView view) {
        Settings read =
                Settings.read(name -> Optional.ofNullable(settings.getOrDefault(name, System.getProperty(name))));
        Session.check(read);
        Evidence.Plan plan = challenged.asEvidence();
        EvidenceFolder folder = new EvidenceFolder(read.reports()
                .resolve("challenges")
                .resolve(original.id().replace('/', '-') + "-" + plan.digest().substring(0, 12)
                        + (plan.edition() == 1 ? "" : "-edition-" + plan.edition())));
        int trials = challenged.trialsOfFirstLook() + (known.isPresent() ? 0 : original.trialsOfFirstLook());
        EvidenceFolder.Lock lock = folder.lock();
        try (Session session = new Session(read, Roster.Selection.SELECTED, Map.of(original.id(), trials), view)) {
            Evidence first = known.orElseGet(() -> run(original, session));
            Evidence second = run(challenged, session);
            folder.clear();
            folder.write(new Roster(
                    Evidence.SCHEMA_VERSION,
                    Roster.Selection.SELECTED,
                    read.tier(),
                    plan.edition(),
                    Catalogue.papers(List.of(claim)),
                    List.of(challenged.asRosterEntry()),
                    session.provenance()));
            folder.write(marked(second));
            return new Outcome(first, second, folder.folder());
        } finally {
            lock.close();
        }
    }

    private static Evidence run(ClaimPlan plan, Session session) {
        ClaimRun run = new ClaimRun(plan, session.engine(), session.progress());
        plan.asRosterEntry().predictions().forEach(prediction -> run.judge(prediction.id()));
        return run.evidence(session.provenance());
    }

    /** The evidence as it may lie in a file: VOID as a whole and in each prediction, whoever reads it. */
    private Evidence marked(Evidence found) {
        String problem = "a challenge, not counted: " + changes;
        return new Evidence(
                found.schemaVersion(),
                found.paper(),
                found.claim(),
                found.title(),
                found.source(),
                found.statement(),
                found.symbols(),
                found.tier(),
                found.hypotheses(),
                found.plan(),
                found.predictions().stream()
                        .map(entry -> entry.kind() == Evidence.Kind.PREDICTION ? voided(entry, problem) : entry)
                        .toList(),
                Verdict.VOID,
                problem,
                "",
                found.cost(),
                found.provenance());
    }

    private static Evidence.Entry voided(Evidence.Entry entry, String problem) {
        return new Evidence.Entry(
                entry.id(),
                entry.kind(),
                entry.of(),
                entry.experiment(),
                entry.basis(),
                entry.prediction(),
                entry.criterion(),
                problem + "; it would be " + entry.verdict() + ": " + entry.sentence(),
                Verdict.VOID.name(),
                entry.estimate(),
                entry.lower(),
                entry.upper(),
                entry.bound(),
                entry.unit(),
                entry.falseAlarm(),
                entry.detectable(),
                entry.blocks(),
                entry.figures(),
                entry.data(),
                entry.looks());
    }
}
