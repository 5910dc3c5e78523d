package org.crucis.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;

/**
 * All findings as a {@code longtable}, to be read into a paper by {@code \input}, and the papers as BibTeX entries under the
 * keys that the table cites: their ids in the run. The same evidence gives the same bytes.
 */
record LatexTable(Joined run) {

    private static final String HEAD = "Claim & Prediction & Basis & Theory & Estimate & Verdict \\\\\n\\midrule\n";

    private static final String ABOUT = """
            % Findings of a run of Crucis. Needs in the preamble:
            %   \\usepackage[utf8]{inputenc} \\usepackage[T1]{fontenc} \\usepackage{array,booktabs,longtable}
            """;

    private static final String OPEN = """
            \\begingroup
            \\footnotesize
            \\setlength{\\tabcolsep}{4pt}
            \\begin{longtable}{@{}>{\\raggedright\\arraybackslash}p{0.2\\linewidth}>{\\raggedright\\arraybackslash}p{0.28\\linewidth}l>{\\raggedright\\arraybackslash}p{0.13\\linewidth}>{\\raggedright\\arraybackslash}p{0.15\\linewidth}l@{}}
            """;

    /** The table. */
    String table() {
        StringBuilder out = new StringBuilder(ABOUT).append(OPEN);
        out.append("\\caption{Every finding with its ")
                .append(
                        "interval. Theory: what it says of the estimate, and the margin or the whole stretch that is accepted. ")
                .append(Tex.escape(scope()))
                .append("}\\\\\n\\toprule\n")
                .append(HEAD)
                .append("\\endfirsthead\n\\toprule\n")
                .append(HEAD)
                .append("\\endhead\n\\bottomrule\n\\endfoot\n");
        for (Joined.Paper paper : run.papers()) {
            if (!paper.claims().isEmpty()) {
                out.append("\\multicolumn{6}{@{}p{0.95\\linewidth}@{}}{\\textbf{")
                        .append(Tex.escape(paper.entry().title()))
                        .append("}~\\cite{")
                        .append(Tex.key(paper.entry().id()))
                        .append("}} \\\\*\n");
                paper.claims().forEach(claim -> rows(out, claim));
            }
        }
        return out.append("\\end{longtable}\n\\endgroup\n").toString();
    }

    private String scope() {
        return run.roster()
                .map(roster -> "Tier: " + roster.tier() + ", edition of seeds: " + roster.edition() + ".")
                .orElse("");
    }

    private static void rows(StringBuilder out, Joined.Claim claim) {
        String name = Tex.escape(claim.title()) + " (" + Tex.escape(claim.source()) + ")";
        if (claim.predictions().isEmpty()) {
            out.append(name)
                    .append(" & & & & & ")
                    .append(word(Words.of(claim.verdict())))
                    .append(" \\\\\n");
        }
        for (Joined.Prediction prediction : claim.predictions()) {
            out.append(name)
                    .append(" & ")
                    .append(Tex.escape(prediction.sentence()))
                    .append(" & ")
                    .append(prediction.basis().word())
                    .append(" & ")
                    .append(prediction.entry().map(LatexTable::theory).orElse(""))
                    .append(" & ")
                    .append(prediction.entry().map(LatexTable::estimate).orElse(""))
                    .append(" & ")
                    .append(word(Words.of(prediction.verdict())))
                    .append(prediction.basis().carriesVerdict() ? "" : " (not counted)")
                    .append(" \\\\\n");
            name = "";
        }
    }

    private static String word(Words verdict) {
        return verdict.word().toLowerCase(Locale.ROOT);
    }

    /** Theory's exponent with its margin; of anything else what is accepted, margin included. */
    private static String theory(Evidence.Entry entry) {
        return ScalingLaw.of(entry)
                .map(law -> switch (law.side()) {
                    case BOTH ->
                        "$" + Tex.number(law.number()) + " \\pm "
                                + Tex.number(law.margin() + (law.theory().upper() - law.number())) + "$";
                    case AT_MOST -> "$\\leq " + Tex.number(law.number()) + " + " + Tex.number(law.margin()) + "$";
                    case AT_LEAST -> "$\\geq " + Tex.number(law.number()) + " - " + Tex.number(law.margin()) + "$";
                })
                .orElseGet(() -> stretch(entry.bound()));
    }

    private static String stretch(Interval bound) {
        if (Double.isInfinite(bound.lower())) {
            return "$\\leq " + Tex.number(bound.upper()) + "$";
        }
        return Double.isInfinite(bound.upper())
                ? "$\\geq " + Tex.number(bound.lower()) + "$"
                : "$[" + Tex.number(bound.lower()) + ", " + Tex.number(bound.upper()) + "]$";
    }

    /** An interval that is open on a side comes back from JSON as not a number. */
    private static String estimate(Evidence.Entry entry) {
        if (Double.isNaN(entry.estimate())) {
            return "";
        }
        String estimate = "$" + Tex.number(entry.estimate()) + "$";
        return entry.lower() == entry.upper()
                ? estimate
                : estimate + " $[" + Tex.number(entry.lower()) + ", " + Tex.number(entry.upper()) + "]$";
    }

    /** One entry a paper, in the order of the run. */
    String bibliography() {
        return run.papers().stream()
                .map(Joined.Paper::entry)
                .map(paper -> new Reference(paper).bibtex())
                .collect(Collectors.joining("\n"));
    }
}
