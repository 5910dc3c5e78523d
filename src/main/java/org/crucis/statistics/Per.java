package org.crucis.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Criterion;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Observations;
import org.crucis.claim.Unjudgeable;

/**
 * A criterion asked of every member of a family. It holds when it holds for each (no correction: all must), and fails when
 * it fails for one at a level shared among them (Bonferroni). A setting without the axis is judged as a whole.
 */
final class Per implements Criterion {

    private final Criterion each;
    private final String axis;

    Per(Criterion each, String axis) {
        this.each = each;
        this.axis = axis;
    }

    private Map<String, Observations> members(Observations observations) {
        if (observations.isEmpty()) {
            throw new Unjudgeable("no observations for any " + axis);
        }
        return observations.points().get(0).has(axis) ? observations.by(axis) : Map.of("", observations);
    }

    @Override
    public String sentence() {
        return each.sentence() + ", for every " + axis;
    }

    @Override
    public Optional<Criterion> withMargin(double margin) {
        return each.withMargin(margin).map(other -> new Per(other, axis));
    }

    @Override
    public Interval region() {
        return each.region();
    }

    @Override
    public String unit() {
        return each.unit();
    }

    @Override
    public Set<String> reads() {
        return each.reads();
    }

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        return members(observations).values().stream()
                .map(member -> each.estimate(member, confidence))
                .reduce((one, other) -> overshoot(one) >= overshoot(other) ? one : other)
                .orElseThrow();
    }

    private double overshoot(Estimate estimate) {
        return region().overshoot(estimate.interval());
    }

    @Override
    public boolean inside(Observations observations, double confidence) {
        return members(observations).values().stream().allMatch(member -> each.inside(member, confidence));
    }

    @Override
    public boolean outside(Observations observations, double confidence) {
        Map<String, Observations> members = members(observations);
        double shared = 1 - (1 - confidence) / members.size();
        return members.values().stream().anyMatch(member -> each.outside(member, shared));
    }

    @Override
    public boolean rejects(Observations control, double confidence) {
        return members(control).values().stream().allMatch(member -> each.rejects(member, confidence));
    }

    @Override
    public boolean accepts(Observations control, double confidence) {
        return members(control).values().stream().anyMatch(member -> each.accepts(member, confidence));
    }

    /** Wherever it is: in the member where it is hardest to see. */
    @Override
    public double detectable(Observations observations, double look, double scatter) {
        Map<String, Observations> members = members(observations);
        double shared = 1 - (1 - look) / members.size();
        return members.values().stream()
                .mapToDouble(member -> each.detectable(member, shared, scatter))
                .max()
                .orElseThrow();
    }

    @Override
    public Observations tilted(Observations observations) {
        Map<String, Observations> members = members(observations);
        Observations all = new Observations(List.of());
        for (Map.Entry<String, Observations> member : members.entrySet()) {
            Observations tilted = each.tilted(member.getValue());
            all = all.and(
                    member.getKey().isEmpty()
                            ? tilted
                            : new Observations(tilted.rows().stream()
                                    .map(row -> new org.crucis.claim.Observation(
                                            row.point().with(axis, member.getKey()), row.block(), row.values()))
                                    .toList()));
        }
        return all;
    }

    @Override
    public String remark(Observations observations) {
        Map<String, Observations> members = members(observations);
        if (members.size() == 1) {
            return each.remark(members.values().iterator().next());
        }
        return members.entrySet().stream()
                .map(member -> Stream.of(
                                member.getKey(),
                                each.estimate(member.getValue(), Levels.SUPPORT).toString(),
                                each.remark(member.getValue()))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; ", "in the worst of: ", ""));
    }

    @Override
    public List<Figure> figures(List<Arm> arms) {
        List<Figure> figures = new ArrayList<>();
        members(arms.get(0).observations()).forEach((label, member) -> {
            List<Arm> narrowed = new ArrayList<>();
            for (Arm arm : arms) {
                Map<String, Observations> parts = members(arm.observations());
                Observations part =
                        parts.size() == 1 ? parts.values().iterator().next() : parts.get(label);
                if (part != null) {
                    narrowed.add(new Arm(label.isEmpty() ? arm.name() : arm.name() + ", " + label, arm.role(), part));
                }
            }
            figures.addAll(each.figures(narrowed));
        });
        return figures;
    }
}
