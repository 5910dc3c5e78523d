package org.crucis.report;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Verdict;

/** The run for machines (JSON) and for the summary of a CI step (Markdown). */
record Summary(Joined run, Tally tally) {

    static final int SCHEMA_VERSION = 1;

    /** CI services cut a step's summary at 1 MiB. */
    private static final int MOST_MARKDOWN_BYTES = 1_000_000;

    private static final int MOST_PROBLEMS = 50;
    private static final int LONGEST_CELL = 300;

    String json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schemaVersion", SCHEMA_VERSION);
        out.put("selection", run.roster().map(Roster::selection).orElse(null));
        out.put("tier", run.roster().map(Roster::tier).orElse(null));
        out.put("edition", run.roster().map(Roster::edition).orElse(null));
        out.put("claimVerdicts", tally.claims());
        out.put("predictionVerdicts", tally.predictions());
        out.put("predictionVerdictsByBasis", tally.byBasis());
        out.put("pilotVerdicts", tally.pilot());
        out.put("controlVerdicts", tally.controls());
        out.put("falseAlarmBound", tally.falseAlarmBound());
        out.put("problems", run.problems());
        out.put("claims", run.claims().stream().map(Summary::claim).toList());
        return EvidenceFolder.pretty(out);
    }

    private static Map<String, Object> claim(Joined.Claim claim) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", claim.id());
        out.put("title", claim.title());
        out.put("verdict", claim.verdict());
        out.put("reason", claim.reason());
        out.put("evidenceDigest", claim.evidence().map(Evidence::evidenceDigest).orElse(null));
        return out;
    }

    /** What each claim took: first the machine, then a row a claim. A later run announces its time and memory by it. */
    String costs() {
        StringBuilder out = new StringBuilder("# ");
        out.append(run.roster()
                .map(roster -> roster.provenance().facts())
                .map(facts -> facts.getOrDefault("cpu", "unknown processor"))
                .orElse("unknown processor"));
        out.append("\nclaim,trials,trial seconds,peak megabytes\n");
        run.claims()
                .forEach(claim -> claim.evidence()
                        .map(Evidence::cost)
                        .ifPresent(cost -> out.append(String.format(
                                Locale.ROOT,
                                "%s,%d,%.3f,%.0f\n",
                                claim.id(),
                                cost.trials(),
                                cost.trialSeconds(),
                                cost.peakMegabytes()))));
        return out.toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder("## Crucis: " + tally.claimsInWords() + "\n\n");
        out.append(scope()).append("\n\n");
        if (!run.problems().isEmpty()) {
            run.problems().stream()
                    .limit(MOST_PROBLEMS)
                    .forEach(problem ->
                            out.append("- **Problem:** ").append(cell(problem)).append('\n'));
            int more = run.problems().size() - MOST_PROBLEMS;
            out.append(more > 0 ? "- and " + more + " more problems\n\n" : "\n");
        }
        counts(out);
        out.append("\n| paper | title | claims |\n| --- | --- | --- |\n");
        cut(out, run.papers().stream().map(Summary::row).toList(), MOST_MARKDOWN_BYTES / 4, "papers");
        out.append("\n| verdict | claim | title | predictions |\n| --- | --- | --- | --- |\n");
        // Worst first, for a reader in a hurry and for the cut.
        cut(
                out,
                run.claims().stream()
                        .sorted(Comparator.comparing(Joined.Claim::verdict))
                        .map(Summary::row)
                        .toList(),
                MOST_MARKDOWN_BYTES,
                "claims");
        return out.toString();
    }

    /** As many rows as fit, and how many did not. */
    private static void cut(StringBuilder out, List<String> rows, int mostBytes, String of) {
        int bytes = bytes(out.toString());
        for (int k = 0; k < rows.size(); k++) {
            bytes += bytes(rows.get(k));
            if (bytes > mostBytes - 100) {
                out.append("\nand ")
                        .append(rows.size() - k)
                        .append(" more ")
                        .append(of)
                        .append('\n');
                return;
            }
            out.append(rows.get(k));
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private String scope() {
        String of = run.roster()
                .map(roster -> (roster.selection() == Roster.Selection.SELECTED ? "Selected claims" : "Whole suite")
                        + ", tier " + roster.tier() + ", edition " + roster.edition())
                .orElse("No roster: these are the claims that left evidence");
        return of + ". A suite whose predictions are all true shows a refutation with probability at most "
                + chance(tally.falseAlarmBound())
                + Tally.WHERE_IT_HOLDS + ".";
    }

    private void counts(StringBuilder out) {
        out.append("| |");
        for (Verdict verdict : Verdict.values()) {
            out.append(' ').append(words(verdict)).append(" |");
        }
        out.append("\n| --- |")
                .append(" ---: |".repeat(Verdict.values().length))
                .append('\n');
        count(out, "claims", tally.claims());
        count(out, "predictions", tally.predictions());
        for (Map.Entry<Basis, Map<Verdict, Integer>> basis : tally.byBasis().entrySet()) {
            count(out, "predictions, " + basis.getKey().word(), basis.getValue());
        }
        count(out, "pilot, not counted", tally.pilot());
    }

    private static void count(StringBuilder out, String name, Map<Verdict, Integer> counts) {
        out.append("| ").append(name).append(" |");
        counts.values().forEach(count -> out.append(' ').append(count).append(" |"));
        out.append('\n');
    }

    private static String row(Joined.Paper paper) {
        return "| " + cell(paper.entry().id()) + " | " + cell(paper.entry().title()) + " | "
                + words(paper.claims().stream().map(Joined.Claim::verdict).toList()) + " |\n";
    }

    private static String row(Joined.Claim claim) {
        Map<Boolean, List<Verdict>> verdicts = claim.predictions().stream()
                .collect(Collectors.partitioningBy(
                        prediction -> prediction.basis().carriesVerdict(),
                        Collectors.mapping(Joined.Prediction::verdict, Collectors.toList())));
        String pilot = words(verdicts.get(false));
        return "| " + words(claim.verdict()) + " | " + cell(claim.id()) + " | " + cell(claim.title())
                + (claim.reason().isEmpty() ? "" : ": " + cell(claim.reason())) + " | "
                + words(verdicts.get(true)) + (pilot.isEmpty() ? "" : "; pilot: " + pilot) + " |\n";
    }

    /** For instance "✓ 12 supported, – 3 not applicable". */
    private static String words(List<Verdict> verdicts) {
        Map<Verdict, Integer> counts = Tally.counted(verdicts);
        return Tally.told(counts).stream()
                .map(verdict -> {
                    Words words = Words.of(verdict);
                    return words.sign() + " " + counts.get(verdict) + " "
                            + words.word().toLowerCase(Locale.ROOT);
                })
                .collect(Collectors.joining(", "));
    }

    private static String words(Verdict verdict) {
        Words words = Words.of(verdict);
        return words.sign() + " " + words.word();
    }

    /** Text that stays text in a Markdown table: no markup, no mention of anybody, no link, no line break. */
    private static String cell(String text) {
        // Addresses become links by themselves, unless something that is not seen stands in them.
        String flat = text.replaceAll("\\s+", " ").strip().replaceAll("://|(?i)www\\.", "$0\u200b");
        String kept = flat.codePointCount(0, flat.length()) > LONGEST_CELL
                ? flat.substring(0, flat.offsetByCodePoints(0, LONGEST_CELL)) + "…"
                : flat;
        return kept.codePoints()
                .mapToObj(point -> "\\`*_[]<>|#~$@&!".indexOf(point) >= 0
                        ? "\\" + Character.toString(point)
                        : Character.toString(point))
                .collect(Collectors.joining());
    }

    /** A probability for people: 3.1e-5. */
    static String chance(double probability) {
        return String.format(Locale.ROOT, "%.1e", probability)
                .replace("e-0", "e-")
                .replace("e+00", "");
    }
}
