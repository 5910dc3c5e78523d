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

    /** Empty where neither authors nor a year are known: that would cite nothing. */
    String bibtex() {
        if (authors().isEmpty() && paper.year() == 0) {
            return "";
        }
        StringBuilder out = new StringBuilder("@misc{" + paper.id().replaceAll("[^A-Za-z0-9:-]", "") + ",\n");
        // Doubled braces keep the capitals of the title.
        out.append("  title = {{").append(tex(paper.title())).append("}},\n");
        if (!authors().isEmpty()) {
            out.append("  author = {")
                    .append(authors().stream().map(Reference::tex).collect(Collectors.joining(" and ")))
                    .append("},\n");
        }
        if (paper.year() != 0) {
            out.append("  year = {").append(paper.year()).append("},\n");
        }
        if (!paper.arxiv().isEmpty()) {
            out.append("  eprint = {").append(tex(paper.arxiv())).append("},\n  archivePrefix = {arXiv},\n");
        }
        return out.append("}").toString();
    }

    private List<String> authors() {
        return Arrays.stream(paper.authors().split(","))
                .map(String::strip)
                .filter(author -> !author.isEmpty())
                .toList();
    }

    private static String tex(String text) {
        return text.codePoints()
                .mapToObj(point -> switch (point) {
                    case '\\' -> "\\textbackslash{}";
                    case '~' -> "\\textasciitilde{}";
                    case '^' -> "\\textasciicircum{}";
                    case '&', '%', '$', '#', '_', '{', '}' -> "\\" + Character.toString(point);
                    default -> Character.toString(point);
                })
                .collect(Collectors.joining());
    }
}
