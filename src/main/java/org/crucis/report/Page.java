package org.crucis.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.Roster;
import org.crucis.claim.Verdict;

/**
 * The page. What it says is gathered here as records of text; how it looks is in {@code page.mustache}, which escapes all of
 * it, except for the markup made by {@link Prose}, {@link Drawing} and {@link Strip}.
 */
final class Page {

    private static final Map<Basis, String> MEANING = new EnumMap<>(Map.of(
            Basis.TEXT, "read in the paper’s text",
            Basis.ABSTRACT, "read in its abstract only",
            Basis.RECALLED, "from memory, the text was not at hand",
            Basis.DERIVED, "worked out here, not in the paper",
            Basis.PILOT, "band set after a pilot run: shown, not counted"));

    private final Joined run;
    private final Tally tally;
    private final Optional<SeveritySection> severity;
    private final Prose prose = new Prose(new Formulas());
    private final Figures figures = new Figures();

    Page(Joined run, Tally tally, Optional<SeveritySection> severity) {
        this.run = run;
        this.tally = tally;
        this.severity = severity;
    }

    String html() {
        List<PaperView> papers = run.papers().stream().map(this::paper).toList();
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withEscaper(Markup::escape)
                .withLoader(name -> new StringReader(resource(name + ".mustache")))
                .compile(resource("page.mustache"))
                .execute(new PageView(
                        resource("style.css"),
                        scope(),
                        run.problems(),
                        verdicts(tally.claims()),
                        Stream.of(Verdict.values()).map(Words::of).toList(),
                        countRows(),
                        Summary.chance(tally.falseAlarmBound()),
                        Tally.total(tally.predictions()),
                        controls(),
                        facts(run.roster().map(Roster::provenance)),
                        papers,
                        severity.orElse(null)));
    }

    static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream("/org/crucis/report/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the class path", e);
        }
    }

    /** @param none whether it is zero, which is shown fainter */
    record Count(String words, String sign, String style, int value, boolean none) {}

    record CountRow(String name, String meaning, String style, int total, List<Count> counts) {}

    record Fact(String name, String value) {}

    record PageView(
            String css,
            String scope,
            List<String> problems,
            List<Count> headline,
            List<Words> verdicts,
            List<CountRow> rows,
            String falseAlarm,
            int carrying,
            String controls,
            List<Fact> facts,
            List<PaperView> papers,
            SeveritySection severity) {
        boolean hasProblems() {
            return !problems.isEmpty();
        }

        boolean hasFacts() {
            return !facts.isEmpty();
        }
    }

    /** @param byline authors and year */
    record PaperView(
            String anchor,
            String title,
            String byline,
            String arxiv,
            String arxivLink,
            String about,
            int rows,
            List<ClaimSection> claims) {
        ClaimSection first() {
            return claims.isEmpty() ? null : claims.get(0);
        }

        List<ClaimSection> rest() {
            return claims.subList(Math.min(1, claims.size()), claims.size());
        }
    }

    private String scope() {
        return run.roster()
                .map(roster -> (roster.selection() == Roster.Selection.SELECTED
                                ? "A selection of the suite"
                                : "The whole suite")
                        + ", " + roster.tier() + " tier, edition " + roster.edition())
                .orElse("No roster: it is not known what this run set out to check; shown is what left evidence");
    }

    private static List<Count> verdicts(Map<Verdict, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> {
                    Words words = Words.of(count.getKey());
                    return new Count(
                            words.word(), words.sign(), words.style(), count.getValue(), count.getValue() == 0);
                })
                .toList();
    }

    private List<CountRow> countRows() {
        List<CountRow> rows = new ArrayList<>();
        rows.add(new CountRow("Claims", "", "all", Tally.total(tally.claims()), verdicts(tally.claims())));
        rows.add(new CountRow(
                "Predictions", "", "all", Tally.total(tally.predictions()), verdicts(tally.predictions())));
        tally.byBasis()
                .forEach((basis, counts) -> rows.add(
                        new CountRow(basis.word(), MEANING.get(basis), "part", Tally.total(counts), verdicts(counts))));
        rows.add(new CountRow(
                "pilot", MEANING.get(Basis.PILOT), "part apart", Tally.total(tally.pilot()), verdicts(tally.pilot())));
        return rows;
    }

    private String controls() {
        return tally.controls().entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    static List<Fact> facts(Optional<Evidence.Provenance> provenance) {
        return provenance.map(Evidence.Provenance::facts).orElse(Map.of()).entrySet().stream()
                .map(fact -> new Fact(String.valueOf(fact.getKey()), String.valueOf(fact.getValue())))
                .toList();
    }

    private PaperView paper(Joined.Paper paper) {
        Roster.PaperEntry entry = paper.entry();
        String byline = Stream.of(entry.authors(), entry.year() == 0 ? "" : Integer.toString(entry.year()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        boolean known = entry.arxiv().matches("\\d{4}\\.\\d{4,5}(v\\d+)?|[a-z-]+(\\.[A-Z]{2})?/\\d{7}(v\\d+)?");
        return new PaperView(
                anchor(entry.id()),
                entry.title(),
                byline,
                entry.arxiv(),
                known ? "https://arxiv.org/abs/" + entry.arxiv() : "",
                prose.html(entry.about()),
                Math.max(1, paper.claims().size()),
                paper.claims().stream()
                        .map(claim -> ClaimSection.of(claim, prose, figures))
                        .toList());
    }

    /** An id that is also its own link: other characters than these become their code in hexadecimal. */
    static String anchor(String name) {
        return name.codePoints()
                .mapToObj(point -> point < 128 && (Character.isLetterOrDigit(point) || "-./".indexOf(point) >= 0)
                        ? Character.toString(point)
                        : "_" + Integer.toHexString(point))
                .collect(Collectors.joining());
    }
}
