package org.crucis.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.crucis.claim.Verdict;
import org.crucis.severity.Audits;

/**
 * Runs of the whole suite on seeds that nobody had seen.
 *
 * @param begun for instance "21 runs"
 * @param findings predictions that count, over all finished runs
 * @param passed of them SUPPORTED or NOT_APPLICABLE
 */
record AuditsView(String begun, int finished, int findings, int passed, String counts, List<AuditView> rows) {

    static AuditsView of(Audits audits) {
        List<Audits.Audit> finished = audits.audits().stream()
                .filter(audit -> audit.state() == Audits.State.FINISHED)
                .toList();
        Map<Verdict, Integer> counts = new TreeMap<>();
        for (Verdict verdict : Verdict.values()) {
            counts.put(
                    verdict,
                    finished.stream()
                            .mapToInt(audit -> audit.count(verdict.name()))
                            .sum());
        }
        int findings = counts.values().stream().mapToInt(Integer::intValue).sum();
        return new AuditsView(
                Words.number(audits.audits().size(), "run"),
                finished.size(),
                findings,
                counts.get(Verdict.SUPPORTED) + counts.get(Verdict.NOT_APPLICABLE),
                counts.entrySet().stream()
                        .map(count -> count.getValue() + " "
                                + Words.of(count.getKey()).word().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")),
                audits.audits().stream().map(AuditView::of).toList());
    }

    record AuditView(int edition, String tier, String started, String version, String outcome, String others) {

        static AuditView of(Audits.Audit audit) {
            return new AuditView(
                    audit.edition(),
                    audit.tier().toString(),
                    audit.started(),
                    audit.version(),
                    audit.state() == Audits.State.BEGUN
                            ? "begun, not finished"
                            : audit.predictions().entrySet().stream()
                                    .map(count -> count.getValue() + " "
                                            + count.getKey()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', ' '))
                                    .collect(Collectors.joining(", ")),
                    String.join("; ", audit.others()));
        }
    }
}
