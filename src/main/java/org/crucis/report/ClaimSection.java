package org.crucis.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Numbers;

/**
 * What the page says of one claim, as text; {@code page.mustache} says where it stands.
 *
 * @param bases what its predictions rest on
 * @param statement markup
 * @param reason why it is VOID as a whole, empty when it is not
 * @param plan null without evidence
 */
record ClaimSection(
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
        List<Page.Fact> provenance,
        String digest,
        String repeat,
        String repeatInMaven) {

    static ClaimSection of(Joined.Claim claim, Prose prose, Figures figures) {
        Optional<Evidence> evidence = claim.evidence();
        return new ClaimSection(
                Page.anchor(claim.id()),
                claim.id(),
                claim.title(),
                Words.of(claim.verdict()),
                claim.source(),
                claim.predictions().stream()
                        .map(prediction -> prediction.basis().word())
                        .distinct()
                        .collect(Collectors.joining(", ")),
                evidence.map(found -> prose.html(found.statement())).orElse(""),
                claim.reason(),
                evidence.map(Evidence::hypotheses).orElse(List.of()).stream()
                        .map(HypothesisView::of)
                        .toList(),
                claim.predictions().stream()
                        .map(prediction -> PredictionView.of(claim.id(), prediction, figures))
                        .toList(),
                evidence.map(PlanView::of).orElse(null),
                evidence.map(found -> cost(found.cost())).orElse(""),
                Page.facts(evidence.map(Evidence::provenance)),
                evidence.map(Evidence::evidenceDigest).orElse(""),
                "java -jar target/crucis.jar run " + claim.id(),
                "mvn verify -Dit.test=" + className(claim.id()));
    }

    private static String cost(Evidence.Cost cost) {
        return cost.trials() + " trials"
                + (cost.kept() == 0 ? "" : ", " + cost.kept() + " of them kept from earlier runs,")
                + " in " + Numbers.show(cost.seconds()) + " s (" + Numbers.show(cost.trialSeconds()) + " s of computing"
                + (cost.peakMegabytes() == 0 ? "" : ", at most " + Math.round(cost.peakMegabytes()) + " MB a process")
                + ")";
    }

    /** The class that a claim's id was made from. */
    private static String className(String claim) {
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

    /** Each table once, however many findings rest on it. */
    List<DataView> data() {
        Map<String, DataView> tables = new LinkedHashMap<>();
        predictions.stream()
                .flatMap(prediction -> Stream.concat(Stream.of(prediction.finding()), prediction.controls().stream()))
                .flatMap(row -> row.data().stream())
                .forEach(table -> tables.merge(table.csv(), table, DataView::alsoFor));
        return List.copyOf(tables.values());
    }

    boolean hasData() {
        return !data().isEmpty();
    }

    record HypothesisView(
            String name, String experiment, String measured, String required, String holds, String style) {

        static HypothesisView of(Hypothesis hypothesis) {
            return new HypothesisView(
                    hypothesis.name(),
                    hypothesis.experiment(),
                    Numbers.show(hypothesis.measured()),
                    hypothesis.required().toString(),
                    hypothesis.holds() ? "✓ holds" : "✗ does not hold",
                    hypothesis.holds() ? "supported" : "refuted");
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
                .collect(Collectors.joining("; ", ". Looks: ", ""));
    }

    /** A prediction with its controls under it. */
    record PredictionView(String anchor, RowView finding, List<RowView> controls, List<Figures.View> figures) {

        static PredictionView of(String claim, Joined.Prediction prediction, Figures figures) {
            List<Evidence.Entry> entries = Stream.concat(prediction.entry().stream(), prediction.controls().stream())
                    .toList();
            Strip strip = new Strip(entries);
            String reason = prediction.reason();
            RowView finding = new RowView(
                    prediction.sentence(),
                    reason.isEmpty()
                            ? prediction
                                    .entry()
                                    .map(entry -> entry.sentence() + looks(entry) + errors(entry))
                                    .orElse("")
                            : reason,
                    Words.of(prediction.verdict()),
                    prediction.basis().word(),
                    prediction.basis().carriesVerdict(),
                    prediction
                            .entry()
                            .map(entry -> NumbersView.of(entry, strip))
                            .orElse(null),
                    prediction.entry().flatMap(entry -> DataView.of(claim, entry)));
            List<RowView> controls = prediction.controls().stream()
                    .map(control -> new RowView(
                            nameOf(control),
                            control.sentence() + looks(control),
                            Words.ofControl(control.verdict()),
                            prediction.basis().word(),
                            prediction.basis().carriesVerdict(),
                            NumbersView.of(control, strip),
                            DataView.of(claim, control)))
                    .toList();
            return new PredictionView(
                    Page.anchor(claim + "." + prediction.id()),
                    finding,
                    controls,
                    entries.stream()
                            .flatMap(entry -> figures.views(entry).stream())
                            .toList());
        }

        /** What a false alarm would take, and what would have been found; nothing where it is not known. */
        private static String errors(Evidence.Entry entry) {
            return (entry.falseAlarm() == null
                            ? ""
                            : ". On the edge of the region it would be refuted with at most "
                                    + Numbers.show(entry.falseAlarm()))
                    + (entry.detectable() == null
                            ? ""
                            : entry.detectable() == 0
                                    ? "; any violation would be found"
                                    : "; " + Numbers.show(entry.detectable())
                                            + " past it would be found with 90 % chance");
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
     * @param sentence what was predicted; of a control, its experiment
     * @param counted whether its prediction carries a verdict
     * @param numbers null when nothing was judged
     */
    record RowView(
            String sentence,
            String found,
            Words verdict,
            String basis,
            boolean counted,
            NumbersView numbers,
            Optional<DataView> data) {}

    /** @param strip markup */
    record NumbersView(
            String lower, String estimate, String upper, String bound, String unit, int blocks, String strip) {

        static NumbersView of(Evidence.Entry entry, Strip strip) {
            return new NumbersView(
                    shown(entry.lower()),
                    shown(entry.estimate()),
                    shown(entry.upper()),
                    entry.bound().toString(),
                    entry.unit(),
                    entry.blocks(),
                    strip.svg(entry));
        }

        /** An interval that is open on a side comes back from JSON as not a number. */
        private static String shown(double value) {
            return Double.isNaN(value) ? "–" : Numbers.show(value);
        }
    }

    /**
     * Observations, to be saved from the page.
     *
     * @param name experiment
     * @param of ids of the findings that rest on them
     */
    record DataView(String name, String of, int rows, String file, String csv) {

        static Optional<DataView> of(String claim, Evidence.Entry entry) {
            if (entry.data().rows().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new DataView(
                    entry.experiment(),
                    entry.id(),
                    entry.data().rows().size(),
                    (claim + "." + entry.id()).replaceAll("[^A-Za-z0-9._-]+", "-") + ".csv",
                    Csv.link(entry.data())));
        }

        DataView alsoFor(DataView other) {
            return new DataView(name, of + ", " + other.of, rows, file, csv);
        }
    }

    /** @param frozen how the plan stands to the one that is committed */
    record PlanView(
            List<ExperimentView> experiments,
            List<String> criteria,
            String digest,
            String frozen,
            int edition,
            String tier) {

        static PlanView of(Evidence evidence) {
            Evidence.Plan plan = evidence.plan();
            return new PlanView(
                    plan.experiments().stream().map(ExperimentView::of).toList(),
                    plan.criteria(),
                    plan.digest(),
                    standing(plan),
                    plan.edition(),
                    evidence.tier().toString());
        }
    }

    private static String standing(Evidence.Plan plan) {
        return plan.frozen().isEmpty()
                ? "no plan of this claim is committed"
                : plan.frozen().equals(plan.digest()) ? "as committed" : "not the committed plan, " + plan.frozen();
    }

    /** Whether something was moved since the plan was committed: sizes, blocks, a margin, a sentence. */
    boolean anotherPlan() {
        return plan != null && plan.frozen().startsWith("not ");
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
