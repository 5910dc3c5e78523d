package org.crucis.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.ControlVerdict;
import org.crucis.claim.Evidence;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Verdict;

/**
 * What the page says of one claim, as text and as markup made by {@link Prose}; {@code page.mustache} says where it stands.
 *
 * @param paper id
 * @param title markup
 * @param bases what its predictions rest on
 * @param basisWords the same as words between spaces, to be filtered by
 * @param gist markup of the sentence that stands for the claim while it is folded up
 * @param counted its predictions by verdict, in words
 * @param signs a sign for each prediction
 * @param statement markup
 * @param symbols markup: what its symbols stand for, empty where that is not said
 * @param reason why it is VOID as a whole, empty when it is not
 * @param plan null without evidence
 * @param provenance what of it differs from the run's
 * @param bibtex of the paper, empty when little is known of it
 * @param citation of this verdict
 */
record ClaimSection(
        String anchor,
        String id,
        String paper,
        String title,
        Words verdict,
        String source,
        String bases,
        String basisWords,
        String gist,
        String counted,
        List<Sign> signs,
        String statement,
        String symbols,
        String reason,
        List<HypothesisView> hypotheses,
        List<PredictionView> predictions,
        PlanView plan,
        Observed observed,
        String cost,
        List<Page.Fact> provenance,
        String digest,
        String repeat,
        String repeatInMaven,
        String bibtex,
        String citation) {

    /** @param ofTheRun provenance that the page names once */
    static ClaimSection of(
            Reference paper, Joined.Claim claim, List<Page.Fact> ofTheRun, Prose prose, Figures figures) {
        Optional<Evidence> evidence = claim.evidence();
        List<String> bases = claim.predictions().stream()
                .map(prediction -> prediction.basis().word())
                .distinct()
                .toList();
        return new ClaimSection(
                Page.anchor(claim.id()),
                claim.id(),
                paper.paper().id(),
                Prose.line(claim.title()),
                Words.of(claim.verdict()),
                claim.source(),
                String.join(", ", bases),
                String.join(" ", bases),
                Prose.line(gist(claim)),
                counted(claim),
                claim.predictions().stream().map(Sign::of).toList(),
                evidence.map(found -> prose.html(found.statement())).orElse(""),
                evidence.map(found -> Prose.line(found.symbols())).orElse(""),
                claim.reason(),
                HypothesisView.of(evidence.map(Evidence::hypotheses).orElse(List.of())),
                claim.predictions().stream()
                        .map(prediction -> PredictionView.of(claim.id(), prediction, figures))
                        .toList(),
                evidence.map(PlanView::of).orElse(null),
                Observed.of(
                        claim.id(),
                        claim.predictions().stream()
                                .flatMap(prediction ->
                                        Stream.concat(prediction.entry().stream(), prediction.controls().stream()))
                                .toList()),
                evidence.map(found -> cost(found.cost())).orElse(""),
                Page.facts(evidence.map(Evidence::provenance)).stream()
                        .filter(fact -> !ofTheRun.contains(fact))
                        .toList(),
                evidence.map(Evidence::evidenceDigest).orElse(""),
                command(claim.id()),
                "mvn verify -Dit.test=" + className(claim.id()),
                paper.isKnown() ? paper.bibtex() : "",
                citation(paper, claim));
    }

    /** @param sign in brackets where it is shown and not counted */
    record Sign(String sign, String style) {

        static Sign of(Joined.Prediction prediction) {
            Words words = Words.of(prediction.verdict());
            return new Sign(
                    prediction.basis().carriesVerdict() ? words.sign() : "(" + words.sign() + ")", words.style());
        }
    }

    /** One finding for all: the first of those that make the verdict what it is. */
    private static String gist(Joined.Claim claim) {
        if (!claim.reason().isEmpty()) {
            return claim.reason();
        }
        return claim.predictions().stream()
                .filter(prediction -> prediction.basis().carriesVerdict() && prediction.verdict() == claim.verdict())
                .findFirst()
                .or(() -> claim.predictions().stream().findFirst())
                .map(prediction -> prediction.sentence() + ": "
                        + prediction.entry().map(ClaimSection::brief).orElse(prediction.reason()))
                .orElse("");
    }

    private static String brief(Evidence.Entry entry) {
        if (Double.isNaN(entry.estimate())) {
            return entry.sentence();
        }
        boolean interval = entry.lower() < entry.upper();
        return entry.unit() + " " + Numbers.show(entry.estimate())
                + (interval ? " [" + Numbers.show(entry.lower()) + ", " + Numbers.show(entry.upper()) + "]" : "")
                + ", " + entry.bound() + " asked for";
    }

    /** For instance "6 predictions: 5 supported, 1 inconclusive". */
    private static String counted(Joined.Claim claim) {
        int number = claim.predictions().size();
        String verdicts = Stream.of(Verdict.values())
                .map(verdict -> Map.entry(
                        verdict,
                        claim.predictions().stream()
                                .filter(prediction -> prediction.verdict() == verdict)
                                .count()))
                .filter(count -> count.getValue() > 0)
                .map(count ->
                        count.getValue() + " " + Words.of(count.getKey()).word().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return number == 0 ? "" : number + (number == 1 ? " prediction: " : " predictions: ") + verdicts;
    }

    /** Says which plan was decided, when, and by which program: another run of the same plan can be held against it. */
    private static String citation(Reference paper, Joined.Claim claim) {
        StringBuilder out = new StringBuilder("Crucis claim " + claim.id() + " (" + paper.name()
                + (claim.source().isEmpty() ? "" : ", " + claim.source()) + "): "
                + Words.of(claim.verdict()).word());
        claim.evidence().ifPresent(found -> {
            Map<String, String> facts = found.provenance().facts();
            out.append(". Plan ")
                    .append(found.plan().digest())
                    .append(", edition ")
                    .append(found.plan().edition())
                    .append(", ")
                    .append(found.tier())
                    .append(" tier");
            Optional.ofNullable(facts.get("crucis"))
                    .ifPresent(version -> out.append("; Crucis ").append(version));
            Optional.ofNullable(facts.get("commit"))
                    .ifPresent(commit -> out.append(", commit ").append(commit));
            Optional.ofNullable(facts.get("started"))
                    .ifPresent(started -> out.append(", ").append(started.replaceFirst("T.*", "")));
        });
        return out.append(".").toString();
    }

    private static String cost(Evidence.Cost cost) {
        return cost.trials() + " trials"
                + (cost.kept() == 0 ? "" : ", " + cost.kept() + " of them kept from earlier runs,")
                + " in " + Numbers.show(cost.seconds()) + " s (" + Numbers.show(cost.trialSeconds()) + " s of computing"
                + (cost.peakMegabytes() > 0 ? ", at most " + Math.round(cost.peakMegabytes()) + " MB a process" : "")
                + ")";
    }

    /** What runs just this claim. */
    static String command(String claim) {
        return "java -jar target/crucis.jar run " + claim;
    }

    /** The class that a claim's id was made from. */
    static String className(String claim) {
        return Stream.of(claim.substring(claim.lastIndexOf('/') + 1).split("-"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    boolean hasHypotheses() {
        return !hypotheses.isEmpty();
    }

    boolean hasPredictions() {
        return !predictions.isEmpty();
    }

    /** Those predictions that are also drawn. */
    List<PredictionView> drawn() {
        return predictions.stream()
                .filter(prediction -> !prediction.figures().isEmpty())
                .toList();
    }

    boolean hasData() {
        return !observed.tables().isEmpty();
    }

    boolean hasBibtex() {
        return !bibtex.isEmpty();
    }

    /**
     * A hypothesis where it was measured, those experiments together in which it holds, and those in which it does not.
     *
     * @param measured for instance "LAZY 0.603, MEAN_FIELD 0.61"
     */
    record HypothesisView(String name, String required, String measured, String holds, String style) {

        private record Group(String name, Interval required, boolean holds) {}

        static List<HypothesisView> of(List<Hypothesis> hypotheses) {
            Map<Group, List<Hypothesis>> groups = hypotheses.stream()
                    .collect(Collectors.groupingBy(
                            each -> new Group(each.name(), each.required(), each.holds()),
                            LinkedHashMap::new,
                            Collectors.toList()));
            return groups.entrySet().stream()
                    .map(group -> new HypothesisView(
                            Prose.line(group.getKey().name()),
                            group.getKey().required().toString(),
                            group.getValue().stream()
                                    .map(each -> each.experiment() + " " + Numbers.show(each.measured()))
                                    .collect(Collectors.joining(", ")),
                            group.getKey().holds() ? "✓ holds" : "✗ does not hold",
                            group.getKey().holds() ? "supported" : "refuted"))
                    .toList();
        }
    }

    /** How a verdict was reached, where one look was not enough. */
    private static String looks(Evidence.Entry entry) {
        if (entry.looks().size() < 2) {
            return "";
        }
        return entry.looks().stream()
                .map(look -> (look.stage() == Evidence.Stage.CONFIRMATION ? "again " : "") + look.blocks()
                        + " blocks [" + Numbers.show(look.lower()) + ", " + Numbers.show(look.upper()) + "] "
                        + look.position().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("; ", "Looks: ", ""));
    }

    /** A prediction with its controls under it. */
    record PredictionView(String anchor, RowView finding, List<RowView> controls, Figures.Gallery figures) {

        static PredictionView of(String claim, Joined.Prediction prediction, Figures figures) {
            List<Evidence.Entry> entries = Stream.concat(prediction.entry().stream(), prediction.controls().stream())
                    .toList();
            Strip strip = new Strip(entries);
            String reason = prediction.reason();
            RowView finding = new RowView(
                    Prose.line(prediction.sentence()),
                    lines(
                            reason.isEmpty()
                                    ? prediction.entry().stream()
                                            .flatMap(entry -> Stream.of(
                                                    entry.sentence(), looks(entry), errors(entry), Onset.line(entry)))
                                    : Stream.of(reason)),
                    Words.of(prediction.verdict()),
                    prediction.basis().word(),
                    prediction.basis().carriesVerdict(),
                    prediction
                            .entry()
                            .map(entry -> NumbersView.of(entry, strip))
                            .orElse(null));
            List<RowView> controls = prediction.controls().stream()
                    .map(control -> new RowView(
                            Prose.line(nameOf(control)),
                            lines(saysMore(control) ? Stream.of(control.sentence(), looks(control)) : Stream.of()),
                            Words.ofControl(control.verdict()),
                            prediction.basis().word(),
                            prediction.basis().carriesVerdict(),
                            NumbersView.of(control, strip)))
                    .toList();
            return new PredictionView(
                    Page.anchor(claim + "." + prediction.id()), finding, controls, figures.of(claim, entries));
        }

        private static String lines(Stream<String> sentences) {
            return sentences
                    .filter(sentence -> !sentence.isEmpty())
                    .map(Prose::line)
                    .collect(Collectors.joining("<br/>"));
        }

        /** A control that fired at once says nothing that does not stand in its row. */
        private static boolean saysMore(Evidence.Entry control) {
            return !control.verdict().equals(ControlVerdict.FIRED.name())
                    || control.looks().size() > 1
                    || !Double.isFinite(control.estimate());
        }

        /** What a false alarm would take, and what would have been found; nothing where it is not known. */
        private static String errors(Evidence.Entry entry) {
            return Stream.of(
                            entry.falseAlarm() == null ? "" : "False alarm at most " + Numbers.show(entry.falseAlarm()),
                            entry.detectable() == null
                                    ? ""
                                    : entry.detectable() == 0
                                            ? "any violation would be found"
                                            : Numbers.show(entry.detectable())
                                                    + " past the edge would be found with 90 % chance")
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("; "));
        }

        /** A planted deviation is made of the prediction's own observations: it has the name of neither experiment. */
        private static String nameOf(Evidence.Entry control) {
            // A control may have a slash in its own name, a prediction has none.
            String name = control.id().substring(control.id().indexOf('/') + 1);
            return name.equals(control.experiment()) ? name : name + " in " + control.experiment();
        }
    }

    /**
     * A row of the table of findings.
     *
     * @param sentence markup: what was predicted; of a control, its experiment
     * @param found markup: the finding in words, a line for each thing that is said
     * @param counted whether its prediction carries a verdict
     * @param numbers null when nothing was judged
     */
    record RowView(String sentence, String found, Words verdict, String basis, boolean counted, NumbersView numbers) {}

    /** @param strip markup */
    record NumbersView(
            String lower, String estimate, String upper, String bound, String unit, int blocks, String strip) {

        static NumbersView of(Evidence.Entry entry, Strip strip) {
            return new NumbersView(
                    shown(entry.lower()),
                    shown(entry.estimate()),
                    shown(entry.upper()),
                    entry.bound().toString(),
                    Prose.line(entry.unit()),
                    entry.blocks(),
                    strip.svg(entry));
        }

        /** An interval that is open on a side comes back from JSON as not a number. */
        private static String shown(double value) {
            return Double.isNaN(value) ? "–" : Numbers.show(value);
        }
    }

    /** How a plan stands to the one that is committed beside the claim. */
    enum Standing {
        NONE("no plan of this claim is committed"),
        COMMITTED("as committed"),
        ANOTHER("not the committed plan,");

        final String words;

        Standing(String words) {
            this.words = words;
        }

        static Standing of(Evidence.Plan plan) {
            return plan.frozen().isEmpty() ? NONE : plan.frozen().equals(plan.digest()) ? COMMITTED : ANOTHER;
        }
    }

    /** @param committed digest of the committed plan where it is another; else empty */
    record PlanView(
            List<ExperimentView> experiments,
            List<String> criteria,
            String digest,
            Standing standing,
            String committed,
            int edition,
            String tier) {

        static PlanView of(Evidence evidence) {
            Evidence.Plan plan = evidence.plan();
            Standing standing = Standing.of(plan);
            return new PlanView(
                    plan.experiments().stream().map(ExperimentView::of).toList(),
                    plan.criteria().stream().map(Prose::line).toList(),
                    plan.digest(),
                    standing,
                    standing == Standing.ANOTHER ? plan.frozen() : "",
                    plan.edition(),
                    evidence.tier().toString());
        }
    }

    /** Whether something was moved since the plan was committed: sizes, blocks, a margin, a sentence. */
    boolean anotherPlan() {
        return plan != null && plan.standing() == Standing.ANOTHER;
    }

    record ExperimentView(String name, String axes, int blocks) {

        static ExperimentView of(Evidence.ExperimentPlan experiment) {
            return new ExperimentView(
                    experiment.name(),
                    experiment.axes().stream()
                            .map(axis -> axis.name() + ": " + String.join(", ", axis.values()))
                            .collect(Collectors.joining("; ")),
                    experiment.blocks());
        }
    }
}
