package org.crucis.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;

/**
 * What changed from one run to another: plans, verdicts, and estimates whose intervals no longer meet.
 *
 * @param claims in the order of their ids; those that did not change are left out
 * @param problems what could not be read of either run, a sentence each
 */
public record Comparison(List<Claim> claims, List<String> problems) {

    /** What a change is about. */
    public enum Kind {
        /** A number that was fixed before the run: sizes, blocks, a region, a rule, the seeds. */
        PLAN,
        VERDICT,
        ESTIMATE
    }

    /**
     * One change.
     *
     * @param where the prediction, control or experiment; empty for the claim as a whole
     * @param before empty when there was none
     * @param after empty when there is none
     */
    public record Change(Kind kind, String where, String what, String before, String after) {}

    public record Claim(String id, List<Change> changes) {}

    /** Compares two folders of runs. */
    public static Comparison of(EvidenceFolder before, EvidenceFolder after) {
        EvidenceFolder.Contents old = before.read();
        EvidenceFolder.Contents young = after.read();
        Map<String, Evidence> first = byClaim(old);
        Map<String, Evidence> second = byClaim(young);
        TreeSet<String> ids = new TreeSet<>(first.keySet());
        ids.addAll(second.keySet());
        List<Claim> claims = new ArrayList<>();
        for (String id : ids) {
            List<Change> changes = changes(Optional.ofNullable(first.get(id)), Optional.ofNullable(second.get(id)));
            if (!changes.isEmpty()) {
                claims.add(new Claim(id, changes));
            }
        }
        List<String> problems = new ArrayList<>(old.problems());
        problems.addAll(young.problems());
        return new Comparison(List.copyOf(claims), List.copyOf(problems));
    }

    private static Map<String, Evidence> byClaim(EvidenceFolder.Contents contents) {
        return contents.evidence().stream()
                .collect(Collectors.toMap(Evidence::claim, each -> each, (one, other) -> one, LinkedHashMap::new));
    }

    private static List<Change> changes(Optional<Evidence> before, Optional<Evidence> after) {
        List<Change> changes = new ArrayList<>();
        add(changes, Kind.VERDICT, "", "verdict", verdict(before), verdict(after));
        if (before.isEmpty() || after.isEmpty()) {
            return changes;
        }
        plans(before.get(), after.get(), changes);
        Map<String, Evidence.Entry> old = entries(before.get());
        Map<String, Evidence.Entry> young = entries(after.get());
        TreeSet<String> ids = new TreeSet<>(old.keySet());
        ids.addAll(young.keySet());
        for (String id : ids) {
            Evidence.Entry one = old.get(id);
            Evidence.Entry other = young.get(id);
            add(changes, Kind.VERDICT, id, "verdict", verdict(one), verdict(other));
            if (one == null || other == null) {
                continue;
            }
            if (!one.bound().equals(other.bound())) {
                changes.add(new Change(Kind.PLAN, id, "region", exact(one.bound()), exact(other.bound())));
            }
            if (one.criterion().equals(other.criterion()) && apart(one, other)) {
                changes.add(new Change(Kind.ESTIMATE, id, one.unit(), estimate(one), estimate(other)));
            }
        }
        return changes;
    }

    private static void plans(Evidence before, Evidence after, List<Change> changes) {
        Evidence.Plan old = before.plan();
        Evidence.Plan young = after.plan();
        add(
                changes,
                Kind.PLAN,
                "",
                "tier",
                before.tier().toString(),
                after.tier().toString());
        add(changes, Kind.PLAN, "", "edition of seeds", String.valueOf(old.edition()), String.valueOf(young.edition()));
        if (old.digest().equals(young.digest())) {
            return;
        }
        int found = changes.size();
        Map<String, Evidence.ExperimentPlan> oldOnes = experiments(old);
        Map<String, Evidence.ExperimentPlan> youngOnes = experiments(young);
        TreeSet<String> names = new TreeSet<>(oldOnes.keySet());
        names.addAll(youngOnes.keySet());
        for (String name : names) {
            Optional<Evidence.ExperimentPlan> one = Optional.ofNullable(oldOnes.get(name));
            Optional<Evidence.ExperimentPlan> other = Optional.ofNullable(youngOnes.get(name));
            add(changes, Kind.PLAN, name, "sizes", axes(one), axes(other));
            add(changes, Kind.PLAN, name, "blocks", blocks(one), blocks(other));
        }
        for (int index = 0;
                index < Math.max(old.criteria().size(), young.criteria().size());
                index++) {
            add(changes, Kind.PLAN, "", "criterion", at(old.criteria(), index), at(young.criteria(), index));
        }
        if (changes.size() == found) {
            // A requirement, a hypothesis or a sentence: the digest covers them, evidence does not keep them.
            changes.add(new Change(Kind.PLAN, "", "digest", old.digest(), young.digest()));
        }
    }

    private static void add(List<Change> changes, Kind kind, String where, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(kind, where, what, before, after));
        }
    }

    private static String at(List<String> list, int index) {
        return index < list.size() ? list.get(index) : "";
    }

    private static Map<String, Evidence.ExperimentPlan> experiments(Evidence.Plan plan) {
        return plan.experiments().stream()
                .collect(Collectors.toMap(
                        Evidence.ExperimentPlan::name, each -> each, (one, other) -> one, LinkedHashMap::new));
    }

    private static String axes(Optional<Evidence.ExperimentPlan> plan) {
        return plan.map(each -> each.axes().stream()
                        .map(axis -> axis.name() + " " + String.join(", ", axis.values()))
                        .collect(Collectors.joining("; ")))
                .orElse("");
    }

    private static String blocks(Optional<Evidence.ExperimentPlan> plan) {
        return plan.map(each -> String.valueOf(each.blocks())).orElse("");
    }

    private static Map<String, Evidence.Entry> entries(Evidence evidence) {
        return evidence.predictions().stream()
                .collect(Collectors.toMap(Evidence.Entry::id, each -> each, (one, other) -> one, LinkedHashMap::new));
    }

    private static String verdict(Optional<Evidence> evidence) {
        return evidence.map(each -> each.problem().isEmpty() ? each.verdict().name() : "VOID")
                .orElse("");
    }

    private static String verdict(Evidence.Entry entry) {
        return entry == null ? "" : entry.verdict();
    }

    /** Whether both have intervals, and these have no point in common. */
    private static boolean apart(Evidence.Entry one, Evidence.Entry other) {
        return one.upper() < other.lower() || other.upper() < one.lower();
    }

    private static String estimate(Evidence.Entry entry) {
        return Numbers.show(entry.estimate()) + " [" + Numbers.show(entry.lower()) + ", " + Numbers.show(entry.upper())
                + "]";
    }

    /** Every digit: a margin that is moved a little is moved. */
    private static String exact(Interval interval) {
        return "[" + interval.lower() + ", " + interval.upper() + "]";
    }
}
