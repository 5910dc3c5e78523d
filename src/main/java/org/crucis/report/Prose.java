package org.crucis.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prose with formulas as HTML: {@code $...$} within a line, {@code $$...$$} on a line of its own, {@code \$} for a dollar
 * sign, an empty line between paragraphs. All else is text and is escaped. A formula that cannot be typeset is shown as it was
 * written.
 */
final class Prose {

    private static final Pattern FORMULA = Pattern.compile(
            "\\$\\$(?<display>.+?)\\$\\$|\\$(?<inline>(?:\\\\.|[^$\\\\])+?)\\$|\\\\\\$", Pattern.DOTALL);

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
        Matcher formula = FORMULA.matcher(text);
        int end = 0;
        while (formula.find()) {
            out.append(Markup.escape(text.substring(end, formula.start())));
            out.append(typeset(formula));
            end = formula.end();
        }
        return out.append(Markup.escape(text.substring(end))).toString();
    }

    private String typeset(Matcher formula) {
        if (formula.group("display") != null) {
            return "<span class=\"display\">" + mathml(formula.group("display"), Formulas.Style.DISPLAY) + "</span>";
        }
        if (formula.group("inline") != null) {
            return mathml(formula.group("inline"), Formulas.Style.INLINE);
        }
        return "$";
    }

    private String mathml(String tex, Formulas.Style style) {
        return formulas.mathml(tex, style).orElseGet(() -> "<code>" + Markup.escape(tex) + "</code>");
    }
}
