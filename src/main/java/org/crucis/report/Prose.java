package org.crucis.report;

/**
 * Prose with formulas as HTML: {@code $...$} within a line, {@code $$...$$} on a line of its own, {@code \$} for a dollar
 * sign, an empty line between paragraphs. All else is text and is escaped. A formula that cannot be typeset is shown as it was
 * written.
 */
final class Prose {

    private final Formulas formulas;

    Prose(Formulas formulas) {
        this.formulas = formulas;
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
