package org.crucis.report;

import java.util.Map;
import org.crucis.claim.Numbers;

/** Text and numbers as they may stand in a LaTeX document that is read as UTF-8. */
final class Tex {

    private static final Map<Integer, String> COMMANDS = Map.ofEntries(
            Map.entry((int) '\\', "\\textbackslash{}"),
            Map.entry((int) '{', "\\{"),
            Map.entry((int) '}', "\\}"),
            Map.entry((int) '$', "\\$"),
            Map.entry((int) '&', "\\&"),
            Map.entry((int) '#', "\\#"),
            Map.entry((int) '%', "\\%"),
            Map.entry((int) '_', "\\_"),
            Map.entry((int) '^', "\\textasciicircum{}"),
            Map.entry((int) '~', "\\textasciitilde{}"),
            Map.entry((int) '<', "\\textless{}"),
            Map.entry((int) '>', "\\textgreater{}"),
            Map.entry((int) '|', "\\textbar{}"),
            Map.entry((int) '"', "''"),
            // After a line's end in a table these two would be taken for its options.
            Map.entry((int) '[', "{[}"),
            Map.entry((int) '*', "{*}"),
            Map.entry((int) '−', "\\ensuremath{-}"),
            Map.entry((int) '–', "\\textendash{}"),
            Map.entry((int) '—', "\\textemdash{}"),
            Map.entry((int) '‘', "`"),
            Map.entry((int) '’', "'"),
            Map.entry((int) '“', "``"),
            Map.entry((int) '”', "''"),
            Map.entry((int) '…', "\\ldots{}"),
            Map.entry((int) '×', "\\ensuremath{\\times}"),
            Map.entry((int) '·', "\\ensuremath{\\cdot}"),
            Map.entry((int) '≤', "\\ensuremath{\\leq}"),
            Map.entry((int) '≥', "\\ensuremath{\\geq}"),
            Map.entry((int) '±', "\\ensuremath{\\pm}"),
            Map.entry((int) '∞', "\\ensuremath{\\infty}"),
            Map.entry((int) '√', "\\ensuremath{\\surd}"),
            Map.entry((int) '²', "\\ensuremath{^2}"),
            Map.entry((int) '³', "\\ensuremath{^3}"));

    private static final String[] GREEK = {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "", "pi", "rho", "", "sigma", "tau", "", "phi", "chi", "psi", "omega"
    };

    private Tex() {}

    /** Every character that means something to LaTeX is escaped; what its fonts lack is shown by its number. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> out.append(COMMANDS.getOrDefault(point, plain(point))));
        // Two hyphens in a row would become a dash.
        return out.toString().replaceAll("-(?=-)", "-{}");
    }

    private static String plain(int point) {
        if (Character.isWhitespace(point)) {
            return " ";
        }
        if (point >= 0x20 && point < 0x7f || point >= 0xc0 && point < 0x180 && Character.isLetter(point)) {
            return Character.toString(point);
        }
        boolean small = point >= 'α' && point <= 'ω';
        boolean capital = point >= 'Α' && point <= 'Ω';
        String name = small || capital ? GREEK[point - (small ? 'α' : 'Α')] : "";
        if (name.isEmpty()) {
            return String.format("[U+%04X]", point);
        }
        if (small) {
            return "\\ensuremath{\\" + name + "}";
        }
        // Capitals that look like Latin ones have no command.
        return switch (name) {
            case "gamma", "delta", "theta", "lambda", "xi", "pi", "sigma", "phi", "psi", "omega" ->
                "\\ensuremath{\\" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "}";
            default -> String.format("[U+%04X]", point);
        };
    }

    /** A number in mathematics, for instance {@code 3.2 \times 10^{-15}}; the caller writes the dollar signs. */
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "\\infty" : "-\\infty";
        }
        if (Double.isNaN(value)) {
            return "\\cdot";
        }
        String[] parts = Numbers.show(value).split("e");
        return parts.length == 1 ? parts[0] : parts[0] + " \\times 10^{" + parts[1] + "}";
    }

    /** A key for {@code \cite}: other characters than letters, digits and these become hyphens. */
    static String key(String id) {
        return id.replaceAll("[^A-Za-z0-9:._-]", "-");
    }
}
