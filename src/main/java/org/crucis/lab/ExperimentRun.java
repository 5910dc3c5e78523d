package org.crucis.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;

/** The trials of one experiment so far: a block is run once, whoever asks for it. */
final class ExperimentRun {

    /** Blocks of the second stage are numbered from here: independent of every block of the looks. */
    static final int SECOND_STAGE = 1_000_000;

    /** What an experiment gave. */
    sealed interface Outcome permits Observed, NotApplicable, Broken {}

    record Observed(Observations observations) implements Outcome {}

    record NotApplicable(String reason) implements Outcome {}

    record Broken(String reason) implements Outcome {}

    private final String name;
    private final Experiment experiment;
    private final List<Point> points;
    private final ClaimPlan plan;
    private final Map<Integer, List<TrialResult>> finished = new LinkedHashMap<>();

    ExperimentRun(String name, Experiment experiment, ClaimPlan plan) {
        this.name = name;
        this.experiment = experiment;
        this.points = plan.sweep(experiment).points(plan.tier());
        this.plan = plan;
    }

    int blocksAt(int look) {
        return plan.sweep(experiment).blocks(plan.tier()) << look;
    }

    /** The trials still missing for these blocks. */
    List<TrialTask> missing(int firstBlock, int blocks) {
        List<TrialTask> tasks = new ArrayList<>();
        for (int block = firstBlock; block < firstBlock + blocks; block++) {
            if (!finished.containsKey(block)) {
                for (Point point : points) {
                    TrialSpec spec = new TrialSpec(plan.heading().className(), name, point, block, plan.seeds());
                    tasks.add(new TrialTask(spec, experiment));
                }
            }
        }
        return tasks;
    }

    /** Takes the results of what {@link #missing} listed, in its order. */
    void take(List<TrialTask> tasks, List<TrialResult> results) {
        for (int index = 0; index < tasks.size(); index++) {
            finished.computeIfAbsent(tasks.get(index).spec().block(), block -> new ArrayList<>())
                    .add(results.get(index));
        }
    }

    Outcome outcome(int firstBlock, int blocks) {
        List<Observation> rows = new ArrayList<>();
        String notApplicable = "";
        for (int block = firstBlock; block < firstBlock + blocks; block++) {
            for (TrialResult result : finished.get(block)) {
                TrialResult.Outcome outcome = result.outcome();
                if (outcome instanceof TrialResult.Failed failed) {
                    return new Broken(failed.reason());
                } else if (outcome instanceof TrialResult.NotApplicable reason) {
                    notApplicable = notApplicable.isEmpty() ? reason.reason() : notApplicable;
                } else if (outcome instanceof TrialResult.Measured measured) {
                    rows.addAll(measured.observations());
                }
            }
        }
        return notApplicable.isEmpty() ? new Observed(new Observations(rows)) : new NotApplicable(notApplicable);
    }

    /** For each hypothesis the measurement nearest to, or farthest past, the edge of what is required. */
    List<Hypothesis> hypotheses() {
        Map<String, Hypothesis> worst = new LinkedHashMap<>();
        finished.values()
                .forEach(block -> block.forEach(result -> result.hypotheses()
                        .forEach(each -> worst.merge(
                                each.name(), each, (one, other) -> slack(one) <= slack(other) ? one : other))));
        return List.copyOf(worst.values());
    }

    private static double slack(Hypothesis hypothesis) {
        return Math.min(
                hypothesis.measured() - hypothesis.required().lower(),
                hypothesis.required().upper() - hypothesis.measured());
    }

    int trials() {
        return finished.values().stream().mapToInt(List::size).sum();
    }

    double trialSeconds() {
        return 1e-9
                * finished.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(result -> result.cost().nanoseconds())
                        .sum();
    }

    double peakMegabytes() {
        return 1e-6
                * finished.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(result -> result.cost().peakBytes())
                        .max()
                        .orElse(0);
    }
}
