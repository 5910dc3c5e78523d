package org.crucis.report;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.crucis.claim.Basis;
import org.crucis.claim.ControlVerdict;
import org.crucis.claim.Verdict;

/**
 * The counts of a run. Every map has every verdict, worst first, zeros included.
 *
 * @param claims of claims
 * @param predictions of the predictions that carry a verdict
 * @param byBasis the same, split by what they rest on
 * @param pilot of the predictions whose band was set after a pilot run: shown, not counted
 * @param controls of controls
 */
record Tally(
        Map<Verdict, Integer> claims,
        Map<Verdict, Integer> predictions,
        Map<Basis, Map<Verdict, Integer>> byBasis,
        Map<Verdict, Integer> pilot,
        Map<ControlVerdict, Integer> controls) {

    /** Two stages at one-sided 1e-3 each: what one true prediction risks of being called refuted. */
    private static final double REFUTATIONS_PER_FALSE_ALARM = 1e6;

    /** What is said behind {@link #falseAlarmBound}. */
    static final String WHERE_IT_HOLDS =
            ", where the statistics of blocks are about normal; where they are skewed, more often";

    static Tally of(Joined run) {
        List<Joined.Prediction> all = run.claims().stream()
                .flatMap(claim -> claim.predictions().stream())
                .toList();
        Map<Basis, Map<Verdict, Integer>> byBasis = new LinkedHashMap<>();
        for (Basis basis : Basis.values()) {
            byBasis.put(
                    basis,
                    counted(all.stream()
                            .filter(prediction -> prediction.basis() == basis)
                            .map(Joined.Prediction::verdict)
                            .toList()));
        }
        Map<Verdict, Integer> pilot = byBasis.remove(Basis.PILOT);
        Map<ControlVerdict, Integer> controls = new EnumMap<>(ControlVerdict.class);
        for (ControlVerdict verdict : ControlVerdict.values()) {
            controls.put(verdict, (int) all.stream()
                    .flatMap(prediction -> prediction.controls().stream())
                    .filter(control -> control.verdict().equals(verdict.name()))
                    .count());
        }
        return new Tally(
                counted(run.claims().stream().map(Joined.Claim::verdict).toList()),
                counted(all.stream()
                        .filter(prediction -> prediction.basis().carriesVerdict())
                        .map(Joined.Prediction::verdict)
                        .toList()),
                byBasis,
                pilot,
                controls);
    }

    static Map<Verdict, Integer> counted(List<Verdict> verdicts) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, (int) verdicts.stream().filter(verdict::equals).count());
        }
        return counts;
    }

    static int total(Map<?, Integer> counts) {
        return sum(counts.values());
    }

    private static int sum(Collection<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /** Bounds the chance that a suite whose every prediction is true shows a single REFUTED. */
    double falseAlarmBound() {
        return total(predictions) / REFUTATIONS_PER_FALSE_ALARM;
    }

    /**
     * As counts are told: bad news first, and what was not checked after what was. A claim that does not apply to these data says
     * nothing against any theorem, and must not hide the ones that hold.
     */
    private static final List<Verdict> AS_TOLD =
            List.of(Verdict.VOID, Verdict.REFUTED, Verdict.INCONCLUSIVE, Verdict.SUPPORTED, Verdict.NOT_APPLICABLE);

    /** Those verdicts that occur, in the order in which they are told. */
    static List<Verdict> told(Map<Verdict, Integer> counts) {
        return AS_TOLD.stream().filter(verdict -> counts.get(verdict) > 0).toList();
    }

    /** The verdict of the claims that is told first; VOID when there is no claim at all, since then nothing was checked. */
    Verdict headline() {
        return told(claims).stream().findFirst().orElse(Verdict.VOID);
    }

    /** For instance "1 void, 12 supported, 3 not applicable"; "no claims" when there are none. */
    String claimsInWords() {
        String words = told(claims).stream()
                .map(verdict ->
                        claims.get(verdict) + " " + Words.of(verdict).style().replace('-', ' '))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "no claims" : words;
    }
}
