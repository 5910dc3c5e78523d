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
import org.crucis.claim.Figure;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Numbers;
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
            Basis.RECALLED, "recalled, the text was not at hand",
            Basis.DERIVED, "derived here",
            Basis.PILOT, "band set after a pilot run: shown, not counted"));

    private final Joined run;
    private final Tally tally;
    private final Prose prose = new Prose(new Formulas());
    private int figures;

    Page(Joined run, Tally tally) {
        this.run = run;
        this.tally = tally;
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
                        papers));
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream("/org/crucis/report/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the class path", e);
        }
    }

    /** @param value empty when zero, so that a table shows what there is */
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
            List<PaperView> papers) {
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
            List<ClaimView> claims) {
        ClaimView first() {
            return claims.isEmpty() ? null : claims.get(0);
        }

        List<ClaimView> rest() {
            return claims.subList(Math.min(1, claims.size()), claims.size());
        }
    }

    record ClaimView(
            String anchor,
            String id,
            String title,
            Words verdict,
            String source,
            String bases,
            String statement,
            String reason,
            List<HypothesisView> hypotheses,
            List<PredictionView> predictions,
            PlanView plan,
            String cost,
            List<Fact> provenance,
            String digest,
            String repeat,
            String repeatInMaven) {
        boolean hasHypotheses() {
            return !hypotheses.isEmpty();
        }

        boolean hasPredictions() {
            return !predictions.isEmpty();
        }

        boolean hasFigures() {
            return predictions.stream()
                    .anyMatch(prediction -> !prediction.figures().isEmpty());
        }

        List<FigureView> figures() {
            return predictions.stream()
                    .flatMap(prediction -> prediction.figures().stream())
                    .toList();
        }

        boolean hasData() {
            return rows().anyMatch(row -> !row.csv().isEmpty());
        }

        List<RowView> data() {
            return rows().filter(row -> !row.csv().isEmpty()).toList();
        }

        private Stream<RowView> rows() {
            return predictions.stream()
                    .flatMap(prediction -> Stream.concat(Stream.of(prediction.row()), prediction.controls().stream()));
        }
    }

    record HypothesisView(
            String name, String experiment, String measured, String required, String holds, String style) {}

    record PredictionView(String anchor, RowView row, List<RowView> controls, List<FigureView> figures) {
        /** The picture's row in the overview: its verdict with a word for those who do not see it. */
        Words verdict() {
            return row.verdict();
        }

        String sentence() {
            return row.sentence();
        }
    }

    /** @param strip interval and region drawn to scale, empty when there is no estimate */
    record RowView(
            String name,
            String sentence,
            String finding,
            Words verdict,
            String basis,
            boolean counted,
            String lower,
            String estimate,
            String upper,
            String bound,
            String unit,
            String blocks,
            String strip,
            String csv,
            String file,
            int rows) {}

    record FigureView(String svg, String title, String caption, String note) {}

    record PlanView(List<ExperimentView> experiments, List<String> criteria, String digest, int edition, String tier) {}

    record ExperimentView(String name, String axes, int blocks) {}

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

    private static List<Fact> facts(Optional<Evidence.Provenance> provenance) {
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
                paper.claims().stream().map(this::claim).toList());
    }

    private ClaimView claim(Joined.Claim claim) {
        return new ClaimView(
                anchor(claim.id()),
                claim.id(),
                claim.title(),
                Words.of(claim.verdict()),
                claim.source(),
                claim.predictions().stream()
                        .map(prediction -> prediction.basis().word())
                        .distinct()
                        .collect(Collectors.joining(", ")),
                claim.evidence()
                        .map(evidence -> prose.html(evidence.statement()))
                        .orElse(""),
                claim.reason(),
                claim.evidence().map(Evidence::hypotheses).orElse(List.of()).stream()
                        .map(Page::hypothesis)
                        .toList(),
                claim.predictions().stream()
                        .map(prediction -> prediction(claim.id(), prediction))
                        .toList(),
                claim.evidence().map(Page::plan).orElse(null),
                claim.evidence().map(Evidence::cost).map(Page::cost).orElse(""),
                facts(claim.evidence().map(Evidence::provenance)),
                claim.evidence().map(Evidence::evidenceDigest).orElse(""),
                "java -jar target/crucis.jar run " + claim.id(),
                "mvn verify -Dit.test=" + className(claim.id()));
    }

    private static HypothesisView hypothesis(Hypothesis hypothesis) {
        return new HypothesisView(
                hypothesis.name(),
                hypothesis.experiment(),
                Numbers.show(hypothesis.measured()),
                hypothesis.required().toString(),
                hypothesis.holds() ? "✓ holds" : "✗ does not hold",
                hypothesis.holds() ? "supported" : "refuted");
    }

    private PredictionView prediction(String claim, Joined.Prediction prediction) {
        Words verdict = Words.of(prediction.verdict());
        String basis = prediction.basis().word();
        boolean counted = prediction.basis().carriesVerdict();
        RowView row = prediction
                .entry()
                .map(entry -> row(claim, entry, prediction.sentence(), verdict, basis, counted, prediction.reason()))
                .orElseGet(() -> new RowView(
                        prediction.id(),
                        prediction.sentence(),
                        prediction.reason(),
                        verdict,
                        basis,
                        counted,
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        0));
        List<Figure> drawn =
                new ArrayList<>(prediction.entry().map(Evidence.Entry::figures).orElse(List.of()));
        prediction.controls().forEach(control -> drawn.addAll(control.figures()));
        return new PredictionView(
                anchor(claim + "." + prediction.id()),
                row,
                prediction.controls().stream()
                        .map(control -> row(
                                claim,
                                control,
                                control.experiment(),
                                Words.ofControl(control.verdict()),
                                basis,
                                counted,
                                ""))
                        .toList(),
                drawn.stream().map(this::figure).toList());
    }

    private static RowView row(
            String claim,
            Evidence.Entry entry,
            String sentence,
            Words verdict,
            String basis,
            boolean counted,
            String reason) {
        boolean table = !entry.data().rows().isEmpty();
        return new RowView(
                entry.id(),
                sentence,
                reason.isEmpty() ? entry.sentence() : reason,
                verdict,
                basis,
                counted,
                shown(entry.lower()),
                shown(entry.estimate()),
                shown(entry.upper()),
                entry.bound().toString(),
                entry.unit(),
                Integer.toString(entry.blocks()),
                Strip.svg(entry),
                table ? Csv.link(entry.data()) : "",
                (claim + "." + entry.id()).replaceAll("[^A-Za-z0-9._-]+", "-") + ".csv",
                entry.data().rows().size());
    }

    private static String shown(double value) {
        return Double.isNaN(value) ? "–" : Numbers.show(value);
    }

    private FigureView figure(Figure figure) {
        Drawing drawing = Drawing.of(figure, "f" + ++figures);
        return new FigureView(drawing.svg(), figure.title(), figure.caption(), drawing.note());
    }

    private static PlanView plan(Evidence evidence) {
        Evidence.Plan plan = evidence.plan();
        return new PlanView(
                plan.experiments().stream()
                        .map(experiment -> new ExperimentView(
                                experiment.name(),
                                experiment.axes().stream()
                                        .map(axis -> axis.name() + ": " + String.join(", ", axis.values()))
                                        .collect(Collectors.joining("; ")),
                                experiment.blocks()))
                        .toList(),
                plan.criteria(),
                plan.digest(),
                plan.edition(),
                evidence.tier().toString());
    }

    private static String cost(Evidence.Cost cost) {
        return cost.trials() + " trials in " + Numbers.show(cost.seconds()) + " s (" + Numbers.show(cost.trialSeconds())
                + " s of computing)";
    }

    /** An id that is also its own link: other characters than these become their code in hexadecimal. */
    static String anchor(String name) {
        return name.codePoints()
                .mapToObj(point -> point < 128 && (Character.isLetterOrDigit(point) || "-./".indexOf(point) >= 0)
                        ? Character.toString(point)
                        : "_" + Integer.toHexString(point))
                .collect(Collectors.joining());
    }

    /** The class that a claim's id was made from. */
    static String className(String claim) {
        return Stream.of(claim.substring(claim.lastIndexOf('/') + 1).split("-"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
