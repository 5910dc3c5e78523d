package org.crucis.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Basis;
import org.crucis.claim.ControlVerdict;
import org.crucis.claim.Evidence;
import org.crucis.claim.Numbers;
import org.crucis.claim.Roster;
import org.crucis.claim.Sha256;
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

    private static final String SCRIPT = resource("page.js");

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
        return filled(
                "page.mustache",
                new PageView(
                        resource("style.css") + resource("opening.css"),
                        SCRIPT,
                        hash(SCRIPT),
                        scope(),
                        checked(),
                        machine(),
                        run.problems(),
                        verdicts(tally.claims()),
                        Stream.of(Verdict.values()).map(Words::of).toList(),
                        countRows(),
                        Summary.chance(tally.falseAlarmBound()),
                        Tally.WHERE_IT_HOLDS,
                        Tally.total(tally.predictions()),
                        controls(),
                        bases(),
                        facts(run.roster().map(Roster::provenance)),
                        Opening.of(run),
                        papers,
                        severity.orElse(null)));
    }

    /** A template with its places filled in, all text escaped. */
    static String filled(String template, Object view) {
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withEscaper(Markup::escape)
                .withLoader(name -> new StringReader(resource(name + ".mustache")))
                .compile(resource(template))
                .execute(view);
    }

    static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream("/org/crucis/report/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the class path", e);
        }
    }

    /** For the content security policy: no script but this one may run. */
    private static String hash(String script) {
        return Base64.getEncoder().encodeToString(Sha256.of(script));
    }

    /** @param none whether it is zero, which is shown fainter */
    record Count(String words, String sign, String style, int value, boolean none) {}

    record CountRow(String name, String meaning, String style, int total, List<Count> counts) {}

    record Fact(String name, String value) {}

    record PageView(
            String css,
            String script,
            String scriptHash,
            String scope,
            String checked,
            String machine,
            List<String> problems,
            List<Count> headline,
            List<Words> verdicts,
            List<CountRow> rows,
            String falseAlarm,
            String assuming,
            int carrying,
            String controls,
            List<String> bases,
            List<Fact> facts,
            Opening opening,
            List<PaperView> papers,
            SeveritySection severity) {
        boolean hasProblems() {
            return !problems.isEmpty();
        }

        boolean hasFacts() {
            return !facts.isEmpty();
        }
    }

    /**
     * @param name authors' short names and year
     * @param byline authors and year
     */
    record PaperView(
            String id,
            String anchor,
            String name,
            String title,
            String byline,
            String arxiv,
            String arxivLink,
            String about,
            int size,
            List<ClaimSection> claims) {
        boolean hasClaims() {
            return !claims.isEmpty();
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

    static List<Count> verdicts(Map<Verdict, Integer> counts) {
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

    /** What was checked: for instance "57 claims of 16 papers". */
    private String checked() {
        int trials = evidence().mapToInt(found -> found.cost().trials()).sum();
        return Words.number(Tally.total(tally.claims()), "claim") + " of "
                + Words.number(run.papers().size(), "paper") + ", "
                + Words.number(Tally.total(tally.predictions()) + Tally.total(tally.pilot()), "prediction") + " with "
                + Words.number(Tally.total(tally.controls()), "control") + ", " + Words.number(trials, "trial");
    }

    /** When, with which program, on which machine, as far as it is known. */
    private String machine() {
        Map<String, String> facts = run.roster()
                .map(Roster::provenance)
                .map(Evidence.Provenance::facts)
                .orElse(Map.of());
        double seconds =
                evidence().mapToDouble(found -> found.cost().trialSeconds()).sum();
        return Stream.of(
                        fact(facts, "", "started").replaceFirst("T(\\d\\d:\\d\\d).*Z$", " $1 UTC"),
                        fact(facts, "Crucis ", "crucis"),
                        fact(facts, "", "dl4j"),
                        fact(facts, "", "cpu"),
                        seconds == 0 ? "" : Numbers.show(Math.ceil(seconds)) + " s of computing")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String fact(Map<String, String> facts, String before, String name) {
        String value = facts.get(name);
        return value == null ? "" : before + value;
    }

    private Stream<Evidence> evidence() {
        return run.claims().stream().flatMap(claim -> claim.evidence().stream());
    }

    /** What predictions of this run rest on, to be filtered by. */
    private List<String> bases() {
        return run.claims().stream()
                .flatMap(claim -> claim.predictions().stream())
                .map(Joined.Prediction::basis)
                .distinct()
                .sorted()
                .map(Basis::word)
                .toList();
    }

    /** The counts, and why a control that did not fire is no contradiction to what stands beside SUPPORTED. */
    private String controls() {
        String counts = tally.controls().entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        boolean open = Tally.total(tally.controls()) > tally.controls().get(ControlVerdict.FIRED);
        boolean underSupported = run.claims().stream()
                .flatMap(claim -> claim.predictions().stream())
                .filter(prediction -> prediction.verdict() == Verdict.SUPPORTED)
                .flatMap(prediction -> prediction.controls().stream())
                .anyMatch(control -> !control.verdict().equals(ControlVerdict.FIRED.name()));
        return open && !underSupported
                ? counts + "; every control of a supported prediction fired, the others belong to predictions that came"
                        + " out otherwise"
                : counts;
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
        Reference reference = new Reference(entry);
        List<Fact> ofTheRun = facts(run.roster().map(Roster::provenance));
        return new PaperView(
                entry.id(),
                anchor(entry.id()),
                reference.name(),
                entry.title(),
                byline,
                entry.arxiv(),
                known ? "https://arxiv.org/abs/" + entry.arxiv() : "",
                prose.html(entry.about()),
                paper.claims().size(),
                paper.claims().stream()
                        .map(claim -> ClaimSection.of(reference, claim, ofTheRun, prose, figures))
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
