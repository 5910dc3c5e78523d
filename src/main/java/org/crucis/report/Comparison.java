package org.crucis.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Roster;

/**
 * What changed from one run to another: plans, verdicts, estimates whose intervals no longer meet, claims and predictions that
 * came or went, versions and machine.
 *
 * <p>A claim that one run did not set out to check has not gone: of a selection only the claims of both runs are compared.
 */
public final class Comparison {

    /** What a change is about. */
    public enum Kind {
        /** A number that was fixed before the run: sizes, blocks, a region, a requirement, a rule, the seeds. */
        PLAN,
        /** A claim, prediction or control that only one of the runs has. */
        PRESENCE,
        VERDICT,
        ESTIMATE,
        /** A version or the machine: it decides nothing, and may explain what moved. */
        MACHINE
    }

    /**
     * One change.
     *
     * @param where the prediction, control or experiment; empty for the claim, or the run, as a whole
     * @param before empty when there was none
     * @param after empty when there is none
     */
    public record Change(Kind kind, String where, String what, String before, String after) {}

    /** The changes of one claim. */
    public record Claim(String id, String title, List<Change> changes) {}

    /** One of the two runs, as the caller named it. */
    record Side(String name, Joined run) {
        static Side of(EvidenceFolder folder) {
            return new Side(folder.folder().toString(), Joined.read(folder));
        }

        private boolean whole() {
            return run.roster()
                    .filter(roster -> roster.selection() == Roster.Selection.WHOLE)
                    .isPresent();
        }

        private Map<String, Joined.Claim> claims() {
            return byName(run.claims(), Joined.Claim::id);
        }
    }

    private final Side before;
    private final Side after;
    private final List<Change> run = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private int common;
    private int identical;
    private int notAsked;

    private Comparison(Side before, Side after) {
        this.before = before;
        this.after = after;
        runs();
        Map<String, Joined.Claim> old = before.claims();
        Map<String, Joined.Claim> young = after.claims();
        for (String id : union(old, young)) {
            Joined.Claim one = old.get(id);
            Joined.Claim other = young.get(id);
            List<Change> changes = new ArrayList<>();
            if (one != null && other != null) {
                common++;
                compare(one, other, changes);
            } else if ((one == null ? before : after).whole()) {
                presence(changes, "", "claim", verdict(one), verdict(other));
            } else {
                notAsked++;
            }
            if (!changes.isEmpty()) {
                claims.add(new Claim(id, (other == null ? one : other).title(), List.copyOf(changes)));
            }
        }
    }

    /** Compares two folders of runs. */
    public static Comparison of(EvidenceFolder before, EvidenceFolder after) {
        return new Comparison(Side.of(before), Side.of(after));
    }

    Side before() {
        return before;
    }

    Side after() {
        return after;
    }

    /** What differs between the runs as a whole. */
    public List<Change> run() {
        return List.copyOf(run);
    }

    /** In the order of their ids; those that did not change are left out. */
    public List<Claim> claims() {
        return List.copyOf(claims);
    }

    /** What could not be read of either run, a sentence each. */
    public List<String> problems() {
        return Stream.of(before, after)
                .flatMap(side -> side.run().problems().stream().map(problem -> side.name() + ": " + problem))
                .toList();
    }

    /** How many claims only one run has because the other did not set out to check them. */
    int notAsked() {
        return notAsked;
    }

    List<Change> ofKind(Kind kind) {
        return Stream.concat(run.stream(), claims.stream().flatMap(claim -> claim.changes().stream()))
                .filter(change -> change.kind() == kind)
                .toList();
    }

    /** In one line, for instance "57 claims in both runs, 55 of them with the same evidence to the last digit: 1 change of a plan". */
    public String inWords() {
        String changes = Stream.of(
                        counted(Kind.PLAN, "change of a plan", "changes of plans"),
                        counted(Kind.VERDICT, "other verdict", "other verdicts"),
                        counted(Kind.ESTIMATE, "estimate moved", "estimates moved"),
                        counted(Kind.PRESENCE, "came or went", "came or went"))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
        return common + (common == 1 ? " claim" : " claims") + " in both runs, " + identical
                + " of them with the same evidence to the last digit: "
                + (changes.isEmpty() ? "no plan, verdict or estimate differs" : changes);
    }

    private String counted(Kind kind, String one, String many) {
        int count = ofKind(kind).size();
        return count == 0 ? "" : count + " " + (count == 1 ? one : many);
    }

    /** The comparison for programs, ending in a line feed. */
    public String json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schemaVersion", 1);
        out.put("before", before.name());
        out.put("after", after.name());
        out.put("claimsInBoth", common);
        out.put("identical", identical);
        out.put("notAsked", notAsked);
        out.put("run", run);
        out.put("claims", claims);
        out.put("problems", problems());
        return EvidenceFolder.pretty(out);
    }

    /** The comparison for people: one file that needs neither network nor script. */
    public String html() {
        return new ComparisonPage(this).html();
    }

    private void runs() {
        Optional<Roster> old = before.run().roster();
        Optional<Roster> young = after.run().roster();
        if (old.isEmpty() || young.isEmpty()) {
            return;
        }
        add(
                run,
                Kind.PLAN,
                "",
                "tier",
                old.get().tier().toString(),
                young.get().tier().toString());
        add(
                run,
                Kind.PLAN,
                "",
                "edition of seeds",
                old.get().edition() + "",
                young.get().edition() + "");
        Map<String, String> oldFacts = old.get().provenance().facts();
        Map<String, String> youngFacts = young.get().provenance().facts();
        for (String fact : union(oldFacts, youngFacts)) {
            if (!fact.equals("started")) {
                add(run, Kind.MACHINE, "", fact, oldFacts.getOrDefault(fact, ""), youngFacts.getOrDefault(fact, ""));
            }
        }
    }

    private void compare(Joined.Claim old, Joined.Claim young, List<Change> changes) {
        add(changes, Kind.VERDICT, "", "verdict", verdict(old), verdict(young));
        if (old.evidence().isEmpty() || young.evidence().isEmpty()) {
            return;
        }
        Evidence first = old.evidence().get();
        Evidence second = young.evidence().get();
        if (first.evidenceDigest().equals(second.evidenceDigest())) {
            identical++;
            return;
        }
        plans(first, second, changes);
        Map<String, Joined.Prediction> oldOnes = byName(old.predictions(), Joined.Prediction::id);
        Map<String, Joined.Prediction> youngOnes = byName(young.predictions(), Joined.Prediction::id);
        for (String id : union(oldOnes, youngOnes)) {
            Optional<Joined.Prediction> one = Optional.ofNullable(oldOnes.get(id));
            Optional<Joined.Prediction> other = Optional.ofNullable(youngOnes.get(id));
            String was = one.map(each -> each.verdict().name()).orElse("");
            String is = other.map(each -> each.verdict().name()).orElse("");
            if (one.isEmpty() || other.isEmpty()) {
                presence(changes, id, "prediction", was, is);
            } else {
                add(changes, Kind.VERDICT, id, "verdict", was, is);
                predictions(one.get(), other.get(), changes);
            }
        }
        boolean explained = changes.stream().anyMatch(each -> each.kind() == Kind.PLAN || each.kind() == Kind.PRESENCE);
        if (!explained && !first.plan().digest().equals(second.plan().digest())) {
            // The digest covers more than evidence keeps, for instance why a prediction has no control.
            add(
                    changes,
                    Kind.PLAN,
                    "",
                    "digest",
                    first.plan().digest(),
                    second.plan().digest());
        }
    }

    private void plans(Evidence first, Evidence second, List<Change> changes) {
        Evidence.Plan old = first.plan();
        Evidence.Plan young = second.plan();
        // What differs between the runs as a whole is said once.
        if (run.stream().noneMatch(change -> change.what().equals("tier"))) {
            add(
                    changes,
                    Kind.PLAN,
                    "",
                    "tier",
                    first.tier().toString(),
                    second.tier().toString());
        }
        if (run.stream().noneMatch(change -> change.what().equals("edition of seeds"))) {
            add(changes, Kind.PLAN, "", "edition of seeds", old.edition() + "", young.edition() + "");
        }
        // Older evidence keeps no requirements, and a claim that failed early no hypotheses: where digests are the
        // same, so
        // are they.
        boolean another = !old.digest().equals(young.digest());
        Map<String, Evidence.ExperimentPlan> oldOnes = byName(old.experiments(), Evidence.ExperimentPlan::name);
        Map<String, Evidence.ExperimentPlan> youngOnes = byName(young.experiments(), Evidence.ExperimentPlan::name);
        for (String name : union(oldOnes, youngOnes)) {
            Evidence.ExperimentPlan one = oldOnes.get(name);
            Evidence.ExperimentPlan other = youngOnes.get(name);
            if (one == null || other == null) {
                add(changes, Kind.PLAN, name, "experiment", described(one), described(other));
                continue;
            }
            maps(changes, name, "", axes(one), axes(other));
            add(changes, Kind.PLAN, name, "blocks", one.blocks() + "", other.blocks() + "");
            if (another) {
                maps(changes, name, "valid when ", requirements(one), requirements(other));
            }
        }
        if (another) {
            maps(changes, "", "hypothesis ", hypotheses(first), hypotheses(second));
        }
    }

    private static void predictions(Joined.Prediction one, Joined.Prediction other, List<Change> changes) {
        add(
                changes,
                Kind.PLAN,
                one.id(),
                "basis",
                one.basis().word(),
                other.basis().word());
        add(changes, Kind.PLAN, one.id(), "sentence", one.sentence(), other.sentence());
        if (one.entry().isEmpty() || other.entry().isEmpty()) {
            return;
        }
        Evidence.Entry old = one.entry().get();
        Evidence.Entry young = other.entry().get();
        add(changes, Kind.PLAN, one.id(), "experiment", old.experiment(), young.experiment());
        add(changes, Kind.PLAN, one.id(), "criterion", old.criterion(), young.criterion());
        add(changes, Kind.PLAN, one.id(), "region", exact(old.bound()), exact(young.bound()));
        estimates(changes, old, young);
        Map<String, Evidence.Entry> oldOnes = byName(one.controls(), Evidence.Entry::id);
        Map<String, Evidence.Entry> youngOnes = byName(other.controls(), Evidence.Entry::id);
        for (String id : union(oldOnes, youngOnes)) {
            Optional<Evidence.Entry> was = Optional.ofNullable(oldOnes.get(id));
            Optional<Evidence.Entry> is = Optional.ofNullable(youngOnes.get(id));
            if (was.isEmpty() || is.isEmpty()) {
                presence(
                        changes,
                        id,
                        "control",
                        was.map(Evidence.Entry::verdict).orElse(""),
                        is.map(Evidence.Entry::verdict).orElse(""));
            } else {
                add(
                        changes,
                        Kind.VERDICT,
                        id,
                        "verdict",
                        was.get().verdict(),
                        is.get().verdict());
                estimates(changes, was.get(), is.get());
            }
        }
    }

    private static void estimates(List<Change> changes, Evidence.Entry one, Evidence.Entry other) {
        if (one.criterion().equals(other.criterion()) && apart(one, other)) {
            changes.add(new Change(Kind.ESTIMATE, one.id(), one.unit(), estimate(one), estimate(other)));
        }
    }

    /**
     * Whether both have intervals, and these have no point in common. The worst of all trials is a point, which other seeds
     * move at will; a planted deviation lies where the run's own noise puts it. Neither says that anything changed.
     */
    private static boolean apart(Evidence.Entry one, Evidence.Entry other) {
        boolean points = one.lower() == one.upper() || other.lower() == other.upper();
        return !points && !one.planted() && (one.upper() < other.lower() || other.upper() < one.lower());
    }

    private static void presence(List<Change> changes, String where, String what, String before, String after) {
        changes.add(new Change(Kind.PRESENCE, where, what, before, after));
    }

    private static void add(List<Change> changes, Kind kind, String where, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(kind, where, what, before, after));
        }
    }

    private static void maps(
            List<Change> changes, String where, String what, Map<String, String> old, Map<String, String> young) {
        for (String name : union(old, young)) {
            add(changes, Kind.PLAN, where, what + name, old.getOrDefault(name, ""), young.getOrDefault(name, ""));
        }
    }

    private static TreeSet<String> union(Map<String, ?> one, Map<String, ?> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }

    private static <T> Map<String, T> byName(List<T> list, Function<T, String> name) {
        return list.stream().collect(Collectors.toMap(name, each -> each, (one, other) -> one, LinkedHashMap::new));
    }

    private static String described(Evidence.ExperimentPlan plan) {
        return plan == null
                ? ""
                : axes(plan).entrySet().stream()
                                .map(axis -> axis.getKey() + " " + axis.getValue() + "; ")
                                .collect(Collectors.joining())
                        + plan.blocks() + " blocks";
    }

    private static Map<String, String> axes(Evidence.ExperimentPlan plan) {
        return plan.axes().stream()
                .collect(Collectors.toMap(
                        Evidence.AxisPlan::name, axis -> String.join(", ", axis.values()), (one, other) -> one));
    }

    private static Map<String, String> requirements(Evidence.ExperimentPlan plan) {
        return plan.requirements().stream()
                .collect(Collectors.toMap(
                        Evidence.RequirementPlan::measure,
                        each -> exact(each.required()),
                        (one, other) -> one + ", " + other));
    }

    private static Map<String, String> hypotheses(Evidence evidence) {
        return evidence.hypotheses().stream()
                .collect(Collectors.toMap(
                        (Hypothesis each) -> each.name() + " in " + each.experiment(),
                        each -> exact(each.required()),
                        (one, other) -> one));
    }

    private static String verdict(Joined.Claim claim) {
        return claim == null ? "" : claim.verdict().name();
    }

    private static String estimate(Evidence.Entry entry) {
        return Numbers.show(entry.estimate()) + " [" + Numbers.show(entry.lower()) + ", " + Numbers.show(entry.upper())
                + "]";
    }

    /** Every digit: a margin that is moved a little is moved. */
    private static String exact(Interval interval) {
        if (Double.isInfinite(interval.lower())) {
            return "at most " + interval.upper();
        }
        if (Double.isInfinite(interval.upper())) {
            return "at least " + interval.lower();
        }
        return "[" + interval.lower() + ", " + interval.upper() + "]";
    }
}
