package org.crucis.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.crucis.claim.ControlVerdict;
import org.crucis.claim.Verdict;

/** How the report names verdicts: a word, a sign that stands beside it, and a name for the style sheet. */
record Words(String sign, String word, String style) {

    static Words of(Verdict verdict) {
        String sign = switch (verdict) {
            case VOID -> "⊘";
            case REFUTED -> "✗";
            case INCONCLUSIVE -> "?";
            case NOT_APPLICABLE -> "–";
            case SUPPORTED -> "✓";
        };
        return named(sign, verdict.name());
    }

    /** @param word a {@link ControlVerdict}; any other word is shown as it is, as if undecided */
    static Words ofControl(String word) {
        ControlVerdict known = Arrays.stream(ControlVerdict.values())
                .filter(verdict -> verdict.name().equals(word))
                .findFirst()
                .orElse(ControlVerdict.UNDECIDED);
        String sign = switch (known) {
            case FIRED -> "▲";
            case UNDECIDED -> "△";
            case SILENT -> "▽";
        };
        Words words = named(sign, known.name());
        return new Words(words.sign, word.replace('_', ' '), words.style);
    }

    private static Words named(String sign, String name) {
        return new Words(
                sign, name.replace('_', ' '), name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** For instance "1 claim", "2 claims". */
    static String number(int count, String of) {
        return count + " " + of + (count == 1 ? "" : "s");
    }

    static Optional<Verdict> verdict(String word) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.name().equals(word))
                .findFirst();
    }
}
