package org.crucis.report;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as HTML. {@link #line} sets the simple symbols of a line of plain text, as findings have them. {@link #html} is for
 * prose with formulas: {@code $...$} within a line, {@code $$...$$} on a line of its own, {@code \$} for a dollar
 * sign, an empty line between paragraphs. All else is text and is escaped. A formula that cannot be typeset is shown as it was
 * written.
 */
final class Prose {

    private static final Map<String, String> GREEK = Map.ofEntries(
            Map.entry("alpha", "α"),
            Map.entry("beta", "β"),
            Map.entry("gamma", "γ"),
            Map.entry("delta", "δ"),
            Map.entry("eta", "η"),
            Map.entry("theta", "θ"),
            Map.entry("kappa", "κ"),
            Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"),
            Map.entry("pi", "π"),
            Map.entry("rho", "ρ"),
            Map.entry("sigma", "σ"),
            Map.entry("tau", "τ"),
            Map.entry("phi", "φ"),
            Map.entry("omega", "ω"),
            Map.entry("Theta", "Θ"));

    /**
     * A Greek letter's name or a single letter with a subscript, or an exponent. A fraction is an exponent only behind a
     * minus or in brackets: n^2/2 is half of n^2. Names in capitals, as experiments have them, are no symbols.
     */
    private static final Pattern SYMBOL = Pattern.compile(
            "(?<![\\p{L}\\p{N}_])(?:(" + String.join("|", new TreeSet<>(GREEK.keySet())) + ")|[A-Za-z](?=_))"
                    + "(?:_([a-z0-9]{1,4})(?![A-Za-z0-9_])|(?![A-Za-z0-9_]))"
                    + "|\\^(?:\\(([^()\\s]{1,8})\\)|(-\\d+(?:[./]\\d+)?|\\d+(?:\\.\\d+)?|inf\\b))");

    private final Formulas formulas;

    Prose(Formulas formulas) {
        this.formulas = formulas;
    }

    /** For instance lambda_0 as λ with a subscript, width^(-1/2) with a superscript; all else is escaped. */
    static String line(String text) {
        StringBuilder out = new StringBuilder();
        Matcher symbol = SYMBOL.matcher(text);
        int at = 0;
        while (symbol.find()) {
            out.append(Markup.escape(text.substring(at, symbol.start())));
            String exponent = symbol.group(3) == null ? symbol.group(4) : symbol.group(3);
            if (exponent != null) {
                String shown = exponent.equals("inf") ? "∞" : exponent.replace('-', '−');
                out.append("<sup>").append(Markup.escape(shown)).append("</sup>");
            } else {
                String letter = symbol.group(1) == null ? symbol.group().substring(0, 1) : GREEK.get(symbol.group(1));
                out.append(letter);
                if (symbol.group(2) != null) {
                    out.append("<sub>").append(symbol.group(2)).append("</sub>");
                }
            }
            at = symbol.end();
        }
        return out.append(Markup.escape(text.substring(at))).toString();
    }

    String html(String text) {
        StringBuilder out = new StringBuilder();
        for (String paragraph : text.strip().split("\\R\\s*\\R")) {
            if (!paragraph.isBlank()) {
                out.append("<p>").append(paragraph(paragraph.strip())).append("</p>\n");
            }
        }
        return out.toString();
    }

    private String paragraph(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = dollar(text, at, "$");
            String mark = text.startsWith("$$", open) ? "$$" : "$";
            int close = dollar(text, open + mark.length(), mark);
            // A dollar sign that nothing closes, or that encloses nothing, is a dollar sign.
            boolean formula = close < text.length() && close > open + mark.length();
            int end = formula ? open : Math.min(text.length(), open + mark.length());
            out.append(Markup.escape(text.substring(at, end).replace("\\$", "$")));
            if (formula) {
                out.append(typeset(text.substring(open + mark.length(), close), mark));
                end = close + mark.length();
            }
            at = end;
        }
        return out.toString();
    }

    /** Where the mark next stands, not counting {@code \$}; the length of the text when it does not. */
    private static int dollar(String text, int from, String mark) {
        for (int k = from; k < text.length(); k++) {
            if (text.charAt(k) == '\\') {
                k++;
            } else if (text.startsWith(mark, k)) {
                return k;
            }
        }
        return text.length();
    }

    private String typeset(String tex, String mark) {
        if (mark.equals("$$")) {
            return "<span class=\"display\">" + mathml(tex, Formulas.Style.DISPLAY) + "</span>";
        }
        return mathml(tex, Formulas.Style.INLINE);
    }

    private String mathml(String tex, Formulas.Style style) {
        return formulas.mathml(tex, style).orElseGet(() -> "<code>" + Markup.escape(tex) + "</code>");
    }
}
