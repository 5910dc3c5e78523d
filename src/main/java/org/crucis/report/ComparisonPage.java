package org.crucis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Roster;
import org.crucis.claim.Verdict;

/** The page of a comparison: {@code comparison.mustache}, filled as {@link Page} fills the report. */
final class ComparisonPage {

    private final Comparison comparison;
    private final Map<String, Joined.Prediction> old;
    private final Map<String, Joined.Prediction> young;

    ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
        this.old = predictions(comparison.before().run());
        this.young = predictions(comparison.after().run());
    }

    private static Map<String, Joined.Prediction> predictions(Joined run) {
        Map<String, Joined.Prediction> all = new TreeMap<>();
        for (Joined.Claim claim : run.claims()) {
            claim.predictions().forEach(each -> all.put(claim.id() + "/" + each.id(), each));
        }
        return all;
    }

    String html() {
        return Page.filled(
                "comparison.mustache",
                new PageView(
                        Page.resource("style.css") + Page.resource("comparison.css"),
                        comparison.inWords(),
                        comparison.notAsked(),
                        Stream.of(Verdict.values()).map(Words::of).toList(),
                        List.of(side("old", comparison.before()), side("new", comparison.after())),
                        comparison.problems(),
                        List.of(
                                section(
                                        Comparison.Kind.PLAN,
                                        "plans",
                                        "Plans that changed",
                                        "These numbers are fixed before a run. Another plan draws other seeds, and a"
                                                + " verdict under it does not repeat the old one."),
                                section(Comparison.Kind.VERDICT, "verdicts", "Verdicts that changed", ""),
                                section(
                                        Comparison.Kind.ESTIMATE,
                                        "estimates",
                                        "Estimates that moved",
                                        "The intervals of the two runs have no point in common. Not listed are numbers that"
                                                + " other seeds move at will: the worst of all trials, and planted"
                                                + " deviations."),
                                section(
                                        Comparison.Kind.PRESENCE,
                                        "presence",
                                        "Claims, predictions and controls that came or went",
                                        ""),
                                section(
                                        Comparison.Kind.MACHINE,
                                        "machine",
                                        "Versions and machine",
                                        "They decide nothing, and may explain what moved."))));
    }

    record PageView(
            String css,
            String inWords,
            int notAsked,
            List<Words> verdicts,
            List<SideView> sides,
            List<String> problems,
            List<Section> sections) {
        boolean hasProblems() {
            return !problems.isEmpty();
        }

        boolean hasNotAsked() {
            return notAsked > 0;
        }
    }

    /** @param counts of claims, by verdict */
    record SideView(String age, String name, String scope, int total, List<Page.Count> counts) {}

    /** @param groups a claim each; of what concerns the whole run one without a name */
    record Section(String id, String title, String about, int changes, List<Group> groups) {
        boolean none() {
            return groups.isEmpty();
        }
    }

    record Group(String id, String title, List<Row> rows) {}

    record Row(String name, Cell before, Cell after) {}

    /**
     * @param verdict null where the cell holds none
     * @param text empty where there was nothing
     * @param strip markup
     */
    record Cell(Words verdict, String text, String strip) {
        boolean nothing() {
            return verdict == null && text.isEmpty();
        }
    }

    private static SideView side(String age, Comparison.Side side) {
        Tally tally = Tally.of(side.run());
        return new SideView(
                age,
                side.name(),
                side.run()
                        .roster()
                        .map(ComparisonPage::scope)
                        .orElse("no roster: it is not known what this run set out to check"),
                Tally.total(tally.claims()),
                Page.verdicts(tally.claims()));
    }

    private static String scope(Roster roster) {
        String started = roster.provenance().facts().getOrDefault("started", "");
        return (roster.selection() == Roster.Selection.WHOLE ? "the whole suite, " : "a selection, ") + roster.tier()
                + " tier, edition " + roster.edition() + (started.isEmpty() ? "" : ", started " + started);
    }

    private Section section(Comparison.Kind kind, String id, String title, String about) {
        List<Group> groups = new ArrayList<>();
        group("", "", comparison.run(), kind).ifPresent(groups::add);
        comparison
                .claims()
                .forEach(claim ->
                        group(claim.id(), claim.title(), claim.changes(), kind).ifPresent(groups::add));
        return new Section(id, title, about, comparison.ofKind(kind).size(), groups);
    }

    private Optional<Group> group(String claim, String title, List<Comparison.Change> changes, Comparison.Kind kind) {
        List<Row> rows = changes.stream()
                .filter(change -> change.kind() == kind)
                .map(change -> row(claim, change))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Group(claim, title, rows));
    }

    private Row row(String claim, Comparison.Change change) {
        String name = Stream.of(change.where(), change.kind() == Comparison.Kind.VERDICT ? "" : change.what())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
        return switch (change.kind()) {
            case PLAN, MACHINE -> new Row(name, text(change.before()), text(change.after()));
            case VERDICT, PRESENCE ->
                new Row(name.isEmpty() ? "the claim" : name, word(change.before()), word(change.after()));
            case ESTIMATE -> {
                Evidence.Entry one = entry(old, claim, change.where());
                Evidence.Entry other = entry(young, claim, change.where());
                // On one scale, so that one sees which way it moved, and how far from the region's edge.
                Strip strip = new Strip(List.of(one, other));
                yield new Row(
                        name,
                        new Cell(null, change.before(), strip.svg(one)),
                        new Cell(null, change.after(), strip.svg(other)));
            }
        };
    }

    private static Evidence.Entry entry(Map<String, Joined.Prediction> run, String claim, String id) {
        Joined.Prediction prediction = run.get(claim + "/" + id.split("/", 2)[0]);
        return Stream.concat(prediction.entry().stream(), prediction.controls().stream())
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Cell text(String text) {
        return new Cell(null, text, "");
    }

    private static Cell word(String verdict) {
        if (verdict.isEmpty()) {
            return text("");
        }
        return new Cell(Words.verdict(verdict).map(Words::of).orElseGet(() -> Words.ofControl(verdict)), "", "");
    }
}
