package org.crucis.lab;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.crucis.claim.Basis;
import org.crucis.claim.Criterion;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;
import org.crucis.claim.Point;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;

/**
 * All that a claim fixes before anything runs: experiments, criteria, controls, sizes, blocks. Its digest seeds every
 * random stream.
 */
public final class ClaimPlan {

    /**
     * What a claim says of itself.
     *
     * @param className binary name of its class, by which another process finds it
     */
    public record Heading(
            String id, String className, String paper, String title, String source, String statement, String symbols) {}

    /**
     * A prediction method: its name, its sentence, and the method itself, which declares on the lab it is given.
     *
     * @param registered when and why a refutation of it was registered; empty when none was
     */
    public record Declaration(String id, Basis basis, String sentence, Consumer<Lab> method, String registered) {
        public Declaration(String id, Basis basis, String sentence, Consumer<Lab> method) {
            this(id, basis, sentence, method, "");
        }
    }

    /** A prediction as planned. */
    record Prediction(
            String id,
            Basis basis,
            String sentence,
            Lab.Expectation expectation,
            List<Lab.Showing> showings,
            String registered) {

        Prediction judgedBy(Criterion criterion) {
            return new Prediction(id, basis, sentence, expectation.judgedBy(criterion), showings, registered);
        }
    }

    private final Heading heading;
    private final Tier tier;
    private final int edition;
    private final Map<Experiment, String> names = new IdentityHashMap<>();
    /** What criteria read. */
    private final Map<String, Experiment> experiments = new LinkedHashMap<>();
    /** What is shown and read by no criterion. */
    private final Map<String, Experiment> pictured = new LinkedHashMap<>();

    private final Map<String, Prediction> predictions = new LinkedHashMap<>();
    /** Sweeps of a challenge, by the names of their experiments, in the place of the claim's own. */
    private final Map<String, Sweep> challenged = new LinkedHashMap<>();

    private final String digest;
    private String frozen = "";

    private ClaimPlan(
            Heading heading, Tier tier, int edition, Map<String, Experiment> fields, List<Declaration> methods) {
        this.heading = heading;
        this.tier = tier;
        this.edition = edition;
        fields.forEach((name, experiment) -> names.put(experiment, name));
        if (methods.isEmpty()) {
            throw new PlanException(heading.id() + " has no prediction: annotate at least one method with @Prediction");
        }
        for (Declaration method : methods) {
            if (method.sentence().isBlank()) {
                throw new PlanException(method.id() + " says nothing: give @Prediction its sentence");
            }
            Lab lab = new Lab();
            method.method().accept(lab);
            predictions.put(
                    method.id(),
                    new Prediction(
                            method.id(),
                            method.basis(),
                            method.sentence(),
                            lab.declared(method.id()),
                            lab.shown(method.id()),
                            method.registered()));
        }
        for (Prediction prediction : predictions.values()) {
            use(prediction, prediction.expectation().experiment(), experiments);
            prediction.expectation().controls().forEach(control -> use(prediction, control, experiments));
        }
        for (Prediction prediction : predictions.values()) {
            prediction.showings().forEach(showing -> use(prediction, showing.experiment(), pictured));
        }
        pictured.keySet().removeAll(experiments.keySet());
        fields.forEach((name, experiment) -> {
            if (!read(experiment)) {
                throw new PlanException(
                        "no prediction of " + heading.id() + " reads the experiment " + name + ": use it or delete it");
            }
        });
        this.digest = Seeds.digest(description());
    }

    private ClaimPlan(ClaimPlan original, Challenge challenge) {
        this.heading = original.heading;
        this.tier = original.tier;
        this.edition = challenge.edition();
        this.names.putAll(original.names);
        this.experiments.putAll(original.experiments);
        this.pictured.putAll(original.pictured);
        original.predictions.forEach((id, prediction) -> predictions.put(
                id,
                challenge.criteria().containsKey(id)
                        ? prediction.judgedBy(challenge.criteria().get(id))
                        : prediction));
        this.challenged.putAll(challenge.sweeps());
        this.digest = Seeds.digest(description());
    }

    /**
     * This plan with some of its settings changed. What it finds counts for nothing: the changes were not fixed in advance. A
     * plan with another digest draws other seeds.
     *
     * @param settings key to value: an axis, {@code blocks}, {@code edition}, {@code EXPERIMENT.axis}, {@code EXPERIMENT.blocks},
     *     {@code prediction.margin}
     * @throws IllegalArgumentException for a key that the plan does not have, or a value that it cannot take, in one sentence
     */
    public ClaimPlan challenged(Map<String, String> settings) {
        return new ClaimPlan(this, Challenge.of(this, settings));
    }

    /**
     * Reads the plan of a claim.
     *
     * @param fields the experiments, by the names of the fields that hold them
     * @throws PlanException when the claim breaks a rule of planning
     */
    public static ClaimPlan of(
            Heading heading, Tier tier, int edition, Map<String, Experiment> fields, List<Declaration> methods) {
        return new ClaimPlan(heading, tier, edition, fields, methods);
    }

    /** The same plan with the digest that is committed beside its claim; empty when none is. */
    public ClaimPlan frozenAs(String committed) {
        frozen = committed;
        return this;
    }

    /** Whether a prediction names this experiment, or one that reads the trials of this experiment. */
    private boolean read(Experiment experiment) {
        return experiments.containsValue(experiment)
                || pictured.containsValue(experiment)
                || predictions.values().stream()
                        .anyMatch(each -> each.expectation().experiment() == experiment
                                || each.expectation().controls().contains(experiment)
                                || each.showings().stream().anyMatch(showing -> showing.experiment() == experiment));
    }

    private void use(Prediction prediction, Experiment experiment, Map<String, Experiment> users) {
        String name = names.get(experiment.base());
        if (name == null) {
            throw new PlanException(prediction.id() + " reads an experiment that is no field of its claim: make it a"
                    + " static final field, so that it has a name");
        }
        if (experiment.base().measurement() == null) {
            throw new PlanException("experiment " + name + " measures nothing: add .measuring(trial -> ...)");
        }
        users.put(name, experiment.base());
    }

    /** The experiments by name, those that are only shown last. */
    private Map<String, Experiment> all() {
        Map<String, Experiment> all = new LinkedHashMap<>(experiments);
        all.putAll(pictured);
        return all;
    }

    /** The canonical text of the plan: everything that could be shopped for. A picture judges nothing, so it is left out. */
    private String description() {
        StringBuilder text = new StringBuilder(heading.id()).append("\ntier ").append(tier);
        experiments.forEach((name, experiment) -> {
            text.append("\nexperiment ").append(name);
            text.append(" over ").append(sweep(experiment).axes(tier));
            text.append(" in blocks of ").append(sweep(experiment).blocks(tier));
            experiment
                    .requirements()
                    .forEach(needed -> text.append("; valid when ")
                            .append(needed.measure())
                            .append(exact(needed.required())));
            experiment
                    .assumptions()
                    .forEach(assumed ->
                            text.append("; assuming ").append(assumed.name()).append(exact(assumed.required())));
        });
        predictions
                .values()
                .forEach(prediction -> text.append("\nprediction ")
                        .append(prediction.id())
                        .append(" (")
                        .append(prediction.basis())
                        .append("): ")
                        .append(prediction.sentence())
                        .append("\n  ")
                        .append(rule(prediction))
                        .append(exact(prediction.expectation().criterion().region())));
        return text.toString();
    }

    /** Every digit, for sentences round. */
    private static String exact(Interval interval) {
        return " in [" + interval.lower() + ", " + interval.upper() + "]";
    }

    /** "expect ... in X but not in Y". */
    String rule(Prediction prediction) {
        Lab.Expectation expectation = prediction.expectation();
        String controls = expectation.controls().isEmpty()
                ? " (no control: " + expectation.reasonForNoControl() + ")"
                : expectation.controls().stream()
                        .map(this::nameOf)
                        .collect(Collectors.joining(", nor in ", " but not in ", ""));
        return expectation.criterion().sentence() + " in " + nameOf(expectation.experiment()) + controls;
    }

    String nameOf(Experiment experiment) {
        return experiment.name(names.get(experiment.base()));
    }

    /** The sweep of an experiment, or of the one whose trials it reads. */
    Sweep sweep(Experiment experiment) {
        return challenged.getOrDefault(names.get(experiment.base()), experiment.sweep());
    }

    Experiment experiment(String name) {
        return experiments.get(name);
    }

    Prediction prediction(String id) {
        Prediction prediction = predictions.get(id);
        if (prediction == null) {
            throw new IllegalArgumentException(
                    heading.id() + " has no prediction " + id + "; it has " + predictions.keySet());
        }
        return prediction;
    }

    /** All experiments by name, in the order in which they are shown. */
    Map<String, Experiment> allExperiments() {
        return all();
    }

    int edition() {
        return edition;
    }

    Set<String> experimentNames() {
        return all().keySet();
    }

    Set<String> predictionIds() {
        return predictions.keySet();
    }

    Heading heading() {
        return heading;
    }

    public String statement() {
        return heading.statement();
    }

    /** Trials of the first look of every experiment: what the run costs at least. */
    public int trialsOfFirstLook() {
        return all().values().stream()
                .mapToInt(experiment -> sweep(experiment).points(tier).size()
                        * sweep(experiment).blocks(tier))
                .sum();
    }

    /**
     * One trial of this plan, to be run by itself.
     *
     * @param at axis to coordinate, as they are shown; as many axes as it takes to name one point
     * @throws IllegalArgumentException unless there is such an experiment and one such point
     */
    public TrialTask trial(String experiment, Map<String, String> at, int block) {
        Experiment planned = all().get(experiment);
        if (planned == null) {
            throw new IllegalArgumentException(heading.id() + " has no experiment " + experiment + "; it has "
                    + String.join(", ", all().keySet()));
        }
        Map<String, List<?>> axes = sweep(planned).axes(tier);
        at.keySet().forEach(axis -> {
            if (!axes.containsKey(axis)) {
                throw new IllegalArgumentException(
                        experiment + " has no axis '" + axis + "'; its axes are " + axes.keySet());
            }
        });
        List<Point> points = sweep(planned).points(tier).stream()
                .filter(point -> at.entrySet().stream()
                        .allMatch(each -> point.label(each.getKey()).equals(each.getValue())))
                .toList();
        if (points.size() != 1) {
            throw new IllegalArgumentException(
                    (points.isEmpty() ? "no point" : "not one point but " + points.size()) + " of " + experiment
                            + (at.isEmpty() ? " without a coordinate" : " at " + at) + " in the "
                            + tier.name().toLowerCase(Locale.ROOT) + " tier; the axes are " + axes);
        }
        return new TrialTask(new TrialSpec(heading.className(), experiment, points.get(0), block, seeds()), planned);
    }

    public String id() {
        return heading.id();
    }

    Tier tier() {
        return tier;
    }

    Seeds seeds() {
        return new Seeds(heading.id(), digest, edition);
    }

    /** The plan as evidence holds it. */
    public Evidence.Plan asEvidence() {
        List<Evidence.ExperimentPlan> planned = new ArrayList<>();
        all().forEach((name, experiment) -> {
            List<Evidence.AxisPlan> axes = new ArrayList<>();
            sweep(experiment)
                    .axes(tier)
                    .forEach((axis, values) -> axes.add(new Evidence.AxisPlan(
                            axis, values.stream().map(Object::toString).toList())));
            planned.add(new Evidence.ExperimentPlan(
                    name,
                    axes,
                    sweep(experiment).blocks(tier),
                    experiment.requirements().stream()
                            .map(needed -> new Evidence.RequirementPlan(needed.measure(), needed.required()))
                            .toList()));
        });
        return new Evidence.Plan(
                planned, predictions.values().stream().map(this::rule).toList(), digest, edition, frozen);
    }

    /** The claim's line on the roster. */
    public Roster.ClaimEntry asRosterEntry() {
        return new Roster.ClaimEntry(
                heading.id(),
                heading.paper(),
                heading.title(),
                heading.source(),
                digest,
                predictions.values().stream()
                        .map(each -> new Roster.PredictionEntry(each.id(), each.basis(), each.sentence()))
                        .toList(),
                "");
    }
}
