package org.crucis.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Verdict;

/**
 * A run as the report tells it: the roster, with the evidence put where it belongs.
 *
 * @param roster empty when it is missing or cannot be read; then the papers are those of the evidence
 * @param problems one sentence each: files that cannot be read, evidence that contradicts itself or the roster
 */
record Joined(Optional<Roster> roster, List<Paper> papers, List<String> problems) {

    private static final String NO_EVIDENCE = "no evidence: its JVM died or it never ran";

    record Paper(Roster.PaperEntry entry, List<Claim> claims) {}

    /**
     * @param reason why the claim is VOID as a whole, empty when it is not
     * @param evidence empty when there is none that can be used
     */
    record Claim(
            String id,
            String title,
            String source,
            Verdict verdict,
            String reason,
            Optional<Evidence> evidence,
            List<Prediction> predictions) {}

    /**
     * @param reason why there is no finding, empty when there is one
     * @param entry the prediction as judged
     * @param controls what must come out outside the prediction's region
     */
    record Prediction(
            String id,
            Basis basis,
            String sentence,
            Verdict verdict,
            String reason,
            Optional<Evidence.Entry> entry,
            List<Evidence.Entry> controls) {}

    List<Claim> claims() {
        return papers.stream().flatMap(paper -> paper.claims().stream()).toList();
    }

    /** Sentences name files as the folder does, so that a copied folder gives the same words. */
    static Joined read(EvidenceFolder folder) {
        EvidenceFolder.Contents found = folder.read();
        String prefix = folder.folder().resolve("run.json").toString().replaceFirst("run\\.json$", "");
        return of(new EvidenceFolder.Contents(
                found.roster(),
                found.evidence(),
                found.problems().stream()
                        .map(problem -> problem.replace(prefix, ""))
                        .toList()));
    }

    Joined withProblems(List<String> more) {
        return new Joined(
                roster, papers, Stream.concat(problems.stream(), more.stream()).toList());
    }

    static Joined of(EvidenceFolder.Contents contents) {
        return new Joiner(contents).joined();
    }

    private static final class Joiner {
        private final EvidenceFolder.Contents contents;
        private final List<String> problems;
        private final Map<String, Evidence> evidence = new LinkedHashMap<>();

        Joiner(EvidenceFolder.Contents contents) {
            this.contents = contents;
            problems = new ArrayList<>(contents.problems());
            contents.evidence().forEach(each -> evidence.put(each.claim(), each));
        }

        Joined joined() {
            List<Paper> papers = contents.roster().map(this::onRoster).orElseGet(this::withoutRoster);
            return new Joined(contents.roster(), papers, List.copyOf(problems));
        }

        private List<Paper> onRoster(Roster plan) {
            Map<String, Roster.PaperEntry> entries = new LinkedHashMap<>();
            plan.papers().forEach(paper -> entries.putIfAbsent(paper.id(), paper));
            plan.claims().forEach(claim -> entries.computeIfAbsent(claim.paper(), Joiner::unnamed));
            Map<String, List<Claim>> claims = new LinkedHashMap<>();
            entries.keySet().forEach(paper -> claims.put(paper, new ArrayList<>()));
            Map<String, Evidence> unclaimed = new LinkedHashMap<>(evidence);
            for (Roster.ClaimEntry entry : plan.claims()) {
                claims.get(entry.paper()).add(claim(entry, Optional.ofNullable(unclaimed.remove(entry.id()))));
            }
            unclaimed
                    .keySet()
                    .forEach(id -> problems.add("evidence/" + id
                            + ".json belongs to no claim on the roster and is left out: it is of another run"));
            return entries.values().stream()
                    .map(entry -> new Paper(entry, List.copyOf(claims.get(entry.id()))))
                    .toList();
        }

        private List<Paper> withoutRoster() {
            Map<String, List<Claim>> claims = new LinkedHashMap<>();
            for (Evidence found : evidence.values()) {
                Roster.ClaimEntry entry = new Roster.ClaimEntry(
                        found.claim(), found.paper(), found.title(), found.source(), "", List.of(), "");
                claims.computeIfAbsent(found.paper(), paper -> new ArrayList<>())
                        .add(claim(entry, Optional.of(found)));
            }
            return claims.entrySet().stream()
                    .map(paper -> new Paper(unnamed(paper.getKey()), List.copyOf(paper.getValue())))
                    .toList();
        }

        private static Roster.PaperEntry unnamed(String id) {
            return new Roster.PaperEntry(id, id, "", 0, "", "");
        }

        private Claim claim(Roster.ClaimEntry entry, Optional<Evidence> found) {
            Optional<Evidence> usable = found.filter(candidate -> samePlan(entry, candidate));
            String reason = found.isPresent() && usable.isEmpty()
                    ? "its evidence is of another plan than the roster's: run it again"
                    : usable.map(Evidence::problem)
                            .filter(problem ->
                                    !problem.isEmpty() || entry.problem().isEmpty())
                            .orElseGet(() -> whyMissing(entry));
            List<Prediction> predictions = predictions(entry, usable, reason);
            List<Verdict> verdicts = new ArrayList<>();
            predictions.stream()
                    .filter(prediction -> prediction.basis().carriesVerdict() || prediction.verdict() == Verdict.VOID)
                    .forEach(prediction -> verdicts.add(prediction.verdict()));
            boolean planKnown = entry.problem().isEmpty();
            verdicts.add(
                    usable.filter(candidate -> planKnown && candidate.problem().isEmpty())
                            .map(Evidence::verdict)
                            .orElse(Verdict.VOID));
            return new Claim(
                    entry.id(), entry.title(), entry.source(), Verdict.worst(verdicts), reason, usable, predictions);
        }

        private static boolean samePlan(Roster.ClaimEntry entry, Evidence candidate) {
            return entry.planDigest().isEmpty()
                    || candidate.plan().digest().isEmpty()
                    || entry.planDigest().equals(candidate.plan().digest());
        }

        private String whyMissing(Roster.ClaimEntry entry) {
            return entry.problem().isEmpty() ? contents.problemOf(entry.id()).orElse(NO_EVIDENCE) : entry.problem();
        }

        /** Those of the roster in its order, then those that only the evidence knows. */
        private List<Prediction> predictions(Roster.ClaimEntry entry, Optional<Evidence> usable, String claimReason) {
            Map<String, Evidence.Entry> judged = new LinkedHashMap<>();
            Map<String, List<Evidence.Entry>> controls = new LinkedHashMap<>();
            usable.map(Evidence::predictions).orElse(List.of()).forEach(finding -> {
                if (finding.kind() == Evidence.Kind.CONTROL) {
                    controls.computeIfAbsent(finding.of(), of -> new ArrayList<>())
                            .add(finding);
                } else {
                    judged.put(finding.id(), finding);
                }
            });
            List<Prediction> predictions = new ArrayList<>();
            for (Roster.PredictionEntry planned : entry.predictions()) {
                Evidence.Entry finding = judged.remove(planned.id());
                List<Evidence.Entry> itsControls = controlsOf(planned.id(), controls);
                predictions.add(
                        finding != null
                                ? judged(finding, itsControls)
                                : new Prediction(
                                        planned.id(),
                                        planned.basis(),
                                        planned.sentence(),
                                        Verdict.VOID,
                                        claimReason.isEmpty() ? "no evidence of this prediction" : claimReason,
                                        Optional.empty(),
                                        itsControls));
            }
            judged.values().forEach(finding -> predictions.add(judged(finding, controlsOf(finding.id(), controls))));
            controls.keySet()
                    .forEach(of -> problems.add("evidence of claim " + entry.id()
                            + " has a control of the unknown prediction " + of + ": it is left out"));
            return List.copyOf(predictions);
        }

        private static List<Evidence.Entry> controlsOf(String prediction, Map<String, List<Evidence.Entry>> controls) {
            List<Evidence.Entry> found = controls.remove(prediction);
            return found == null ? List.of() : List.copyOf(found);
        }

        private static Prediction judged(Evidence.Entry finding, List<Evidence.Entry> controls) {
            Optional<Verdict> verdict = Words.verdict(finding.verdict());
            return new Prediction(
                    finding.id(),
                    finding.basis(),
                    finding.prediction(),
                    verdict.orElse(Verdict.VOID),
                    verdict.isPresent() ? "" : "its evidence has the unknown verdict " + finding.verdict(),
                    Optional.of(finding),
                    controls);
        }
    }
}
