package org.crucis.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Verdict;
import org.crucis.severity.Audits;
import org.crucis.severity.SeverityFolder;

/** Keeps the list of audits: a run on fresh seeds is on it from its beginning, with its counts from its end. */
record FreshAudit(Settings settings, EvidenceFolder folder) {

    static FreshAudit begin(Settings settings, EvidenceFolder folder) {
        FreshAudit audit = new FreshAudit(settings, folder);
        audit.list(Audits.State.BEGUN);
        return audit;
    }

    void finish() {
        list(Audits.State.FINISHED);
    }

    private void list(Audits.State state) {
        EvidenceFolder.Contents contents = folder.read();
        Roster roster = contents.roster().orElseThrow();
        Map<String, Integer> counts = new TreeMap<>();
        List<String> others = new ArrayList<>();
        if (state == Audits.State.FINISHED) {
            for (Evidence evidence : contents.evidence()) {
                evidence.predictions().stream()
                        .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION
                                && entry.basis().carriesVerdict())
                        .forEach(entry -> {
                            counts.merge(entry.verdict(), 1, Integer::sum);
                            if (!entry.verdict().equals(Verdict.SUPPORTED.name())
                                    && !entry.verdict().equals(Verdict.NOT_APPLICABLE.name())) {
                                others.add(evidence.claim() + " " + entry.id() + " " + entry.verdict());
                            }
                        });
            }
            // What is on the roster and has no evidence is VOID, as in the report.
            roster.claims().stream()
                    .filter(claim -> contents.evidence().stream()
                            .noneMatch(evidence -> evidence.claim().equals(claim.id())))
                    .forEach(claim -> claim.predictions().stream()
                            .filter(prediction -> prediction.basis().carriesVerdict())
                            .forEach(prediction -> {
                                counts.merge(Verdict.VOID.name(), 1, Integer::sum);
                                others.add(claim.id() + " " + prediction.id() + " VOID, no evidence");
                            }));
        }
        Map<String, String> facts = roster.provenance().facts();
        SeverityFolder.in(settings.reports())
                .write(
                        Audits.NAME,
                        Settings.audits(settings.reports())
                                .with(new Audits.Audit(
                                        settings.edition(),
                                        settings.tier(),
                                        state,
                                        facts.getOrDefault("crucis", "") + " " + facts.getOrDefault("commit", ""),
                                        facts.getOrDefault("started", ""),
                                        roster.claims().size(),
                                        counts,
                                        others)));
    }
}
