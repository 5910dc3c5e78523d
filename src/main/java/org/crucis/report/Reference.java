package org.crucis.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.crucis.claim.Roster;

/** How a paper is named and cited. */
record Reference(Roster.PaperEntry paper) {

    /** For instance "Noy et al. 2021", "Dyer and Gur-Ari 2019"; the paper's id where no author is known. */
    String name() {
        List<String> surnames = authors().stream()
                .map(author -> author.substring(author.lastIndexOf(' ') + 1))
                .toList();
        String names = switch (surnames.size()) {
            case 0 -> "";
            case 1 -> surnames.get(0);
            case 2 -> surnames.get(0) + " and " + surnames.get(1);
            default -> surnames.get(0) + " et al.";
        };
        return names.isEmpty() ? paper.id() : paper.year() == 0 ? names : names + " " + paper.year();
    }

    /** As a BibTeX entry; what is not known of it is left out. */
    String bibtex() {
        StringBuilder out = new StringBuilder("@misc{" + Tex.key(paper.id()));
        field(out, "author", authors().stream().map(Tex::escape).collect(Collectors.joining(" and ")));
        // Braces within keep the capitals of names.
        field(out, "title", paper.title().isEmpty() ? "" : "{" + Tex.escape(paper.title()) + "}");
        field(out, "year", paper.year() == 0 ? "" : Integer.toString(paper.year()));
        field(out, "eprint", Tex.escape(paper.arxiv()));
        field(out, "archiveprefix", paper.arxiv().isEmpty() ? "" : "arXiv");
        return out.append("\n}\n").toString();
    }

    /** Without authors and a year a reference would name nothing. */
    boolean isKnown() {
        return !authors().isEmpty() || paper.year() != 0;
    }

    private static void field(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append(",\n  ").append(name).append(" = {").append(value).append("}");
        }
    }

    private List<String> authors() {
        return Arrays.stream(paper.authors().split(","))
                .map(String::strip)
                .filter(author -> !author.isEmpty())
                .toList();
    }
}
