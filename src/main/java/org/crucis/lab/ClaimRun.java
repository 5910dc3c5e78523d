package org.crucis.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.crucis.claim.ControlVerdict;
import org.crucis.claim.Criterion;
import org.crucis.claim.Estimate;
import org.crucis.claim.Evidence;
import org.crucis.claim.Evidence.Position;
import org.crucis.claim.Evidence.Stage;
import org.crucis.claim.Figure;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Unjudgeable;
import org.crucis.claim.Verdict;
import org.crucis.statistics.Levels;

/**
 * Runs the predictions of one claim and decides them.
 *
 * <p>A prediction is looked at after S, 2S and 4S blocks, until its interval lies inside or outside the region and every
 * control has fired or fallen silent. Outside is confirmed on as many independent blocks before it is called REFUTED. What
 * it shows beside is run with the first look and decides nothing, but a picture that is missing makes it VOID.
 */
public final class ClaimRun {

    /** A planted deviation shows no data of its own: they are the prediction's, tilted. */
    private static final Evidence.Data NO_DATA = new Evidence.Data(List.of(), List.of());

    private final ClaimPlan plan;
    private final Engine engine;
    private final Progress progress;
    private final Map<String, ExperimentRun> runs = new LinkedHashMap<>();
    private final Map<String, List<Evidence.Entry>> judged = new LinkedHashMap<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final long started = System.nanoTime();

    public ClaimRun(ClaimPlan plan, Engine engine, Progress progress) {
        this.plan = plan;
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Runs what the prediction still needs and decides it.
     *
     * @return the prediction's entry, then one for each of its controls
     */
    public List<Evidence.Entry> judge(String predictionId) {
        List<Evidence.Entry> earlier = judged.get(predictionId);
        if (earlier != null) {
            return earlier;
        }
        ClaimPlan.Prediction prediction = plan.prediction(predictionId);
        // Whatever stops the judging, an interruption for instance, must not leave evidence without this prediction.
        judged.put(predictionId, unfinished(prediction, ""));
        try {
            List<Evidence.Entry> entries = decide(prediction);
            judged.put(predictionId, entries);
            return entries;
        } catch (Engine.EngineFailure e) {
            judged.put(predictionId, unfinished(prediction, ": " + e.getMessage()));
            throw e;
        }
    }

    private List<Evidence.Entry> unfinished(ClaimPlan.Prediction prediction, String reason) {
        Lab.Expectation expectation = prediction.expectation();
        Arm main = new Arm(expectation.experiment(), expectation.criterion(), Criterion.Role.PREDICTION);
        main.problem = "the run ended before this prediction was decided" + reason;
        return entries(prediction, main, List.of(), Optional.empty(), false, Pictures.NONE);
    }

    /** The evidence of all predictions judged so far. */
    public Evidence evidence(Evidence.Provenance provenance) {
        List<Evidence.Entry> entries = plan.predictionIds().stream()
                .filter(judged::containsKey)
                .flatMap(id -> judged.get(id).stream())
                .toList();
        List<Hypothesis> hypotheses = plan.experimentNames().stream()
                .filter(runs::containsKey)
                .flatMap(name -> runs.get(name).hypotheses().stream())
                .toList();
        int trials = runs.values().stream().mapToInt(ExperimentRun::trials).sum();
        double trialSeconds =
                runs.values().stream().mapToDouble(ExperimentRun::trialSeconds).sum();
        ClaimPlan.Heading heading = plan.heading();
        return new Evidence(
                Evidence.SCHEMA_VERSION,
                heading.paper(),
                heading.id(),
                heading.title(),
                heading.source(),
                heading.statement(),
                heading.symbols(),
                plan.tier(),
                hypotheses,
                plan.asEvidence(),
                entries,
                verdictOf(entries),
                "",
                "",
                new Evidence.Cost(
                        trials,
                        kept.get(),
                        1e-9 * (System.nanoTime() - started),
                        trialSeconds,
                        runs.values().stream()
                                .mapToDouble(ExperimentRun::peakMegabytes)
                                .max()
                                .orElse(0)),
                provenance);
    }

    private static Verdict verdictOf(List<Evidence.Entry> entries) {
        return Verdict.worst(entries.stream()
                .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                .filter(entry ->
                        entry.basis().carriesVerdict() || entry.verdict().equals(Verdict.VOID.name()))
                .map(entry -> Verdict.valueOf(entry.verdict()))
                .toList());
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    /** One setting of a prediction as it stands after a look. */
    private final class Arm {
        final Experiment experiment;
        final String name;
        final Criterion criterion;
        final Criterion.Role role;
        Observations observations = new Observations(List.of());
        Position position = Position.UNDECIDED;
        final List<Evidence.Look> looks = new ArrayList<>();
        String problem = "";
        String notApplicable = "";
        int blocks;

        Arm(Experiment experiment, Criterion criterion, Criterion.Role role) {
            this.experiment = experiment;
            this.name = plan.nameOf(experiment);
            this.criterion = criterion;
            this.role = role;
        }

        boolean settled() {
            return position != Position.UNDECIDED || !problem.isEmpty() || !notApplicable.isEmpty();
        }

        void look(int look) {
            blocks = run().blocksAt(look);
            ExperimentRun.Outcome outcome = run().outcome(0, blocks);
            if (outcome instanceof ExperimentRun.Broken broken) {
                problem = broken.reason();
            } else if (outcome instanceof ExperimentRun.NotApplicable reason) {
                notApplicable = reason.reason();
            } else if (outcome instanceof ExperimentRun.Observed observed) {
                try {
                    observations = experiment.read(observed.observations());
                    place(
                            role == Criterion.Role.PREDICTION
                                    ? position(criterion, observations, Levels.EXCLUDE)
                                    : controlPosition(criterion, observations));
                } catch (Unjudgeable e) {
                    problem = e.getMessage();
                } catch (RuntimeException e) {
                    problem = "the criterion '" + criterion.sentence() + "' cannot be judged: " + e.getMessage();
                }
            }
        }

        void place(Position seen) {
            position = seen;
            looks.add(shown(Stage.LOOK, blocks, criterion, observations, seen));
        }

        ExperimentRun run() {
            return runOf(experiment);
        }
    }

    private static Evidence.Look shown(
            Stage stage, int blocks, Criterion criterion, Observations observations, Position position) {
        try {
            Estimate estimate = criterion.estimate(observations, Levels.SUPPORT);
            return new Evidence.Look(stage, blocks, estimate.value(), estimate.lower(), estimate.upper(), position);
        } catch (RuntimeException e) {
            // What has a position but no estimate is judged all the same.
            return new Evidence.Look(stage, blocks, Double.NaN, Double.NaN, Double.NaN, position);
        }
    }

    private static Position position(Criterion criterion, Observations observations, double exclude) {
        if (criterion.inside(observations, Levels.SUPPORT)) {
            return Position.INSIDE;
        }
        return criterion.outside(observations, exclude) ? Position.OUTSIDE : Position.UNDECIDED;
    }

    /** A control lies inside when any part of it does, and outside when all of it does. */
    private static Position controlPosition(Criterion criterion, Observations observations) {
        if (criterion.accepts(observations, Levels.SUPPORT)) {
            return Position.INSIDE;
        }
        return criterion.rejects(observations, Levels.EXCLUDE) ? Position.OUTSIDE : Position.UNDECIDED;
    }

    private ExperimentRun runOf(Experiment experiment) {
        Experiment base = experiment.base();
        return runs.computeIfAbsent(plan.nameOf(base), name -> new ExperimentRun(name, base, plan));
    }

    private List<Evidence.Entry> decide(ClaimPlan.Prediction prediction) {
        Lab.Expectation expectation = prediction.expectation();
        Criterion criterion = expectation.criterion();
        Arm main = new Arm(expectation.experiment(), criterion, Criterion.Role.PREDICTION);
        List<Arm> controls = expectation.controls().stream()
                .map(control -> new Arm(control, criterion, Criterion.Role.CONTROL))
                .toList();
        Optional<Arm> planted = Optional.empty();
        for (int look = 0; look < Levels.LOOKS; look++) {
            Set<ExperimentRun> wanted = new LinkedHashSet<>();
            boolean mainOpen =
                    !main.settled() || (main.position == Position.INSIDE && positionOf(planted) == Position.UNDECIDED);
            if (mainOpen) {
                wanted.add(main.run());
            }
            controls.stream().filter(control -> !control.settled()).forEach(control -> wanted.add(control.run()));
            if (look == 0) {
                prediction.showings().forEach(showing -> wanted.add(runOf(showing.experiment())));
            }
            if (wanted.isEmpty()) {
                break;
            }
            extend(wanted, look);
            for (Arm control : controls) {
                if (!control.settled()) {
                    control.look(look);
                }
            }
            if (mainOpen) {
                main.look(look);
                planted = planted(main, planted);
            }
            if (!main.problem.isEmpty() || !main.notApplicable.isEmpty()) {
                break;
            }
        }
        boolean confirmed = main.position == Position.OUTSIDE && confirmed(main);
        return entries(prediction, main, controls, planted, confirmed, pictures(prediction));
    }

    /**
     * What a prediction shows beside its finding.
     *
     * @param problem why a picture is missing; empty when none is
     */
    private record Pictures(List<Figure> figures, String problem) {
        static final Pictures NONE = new Pictures(List.of(), "");
    }

    /** The first look is drawn, however many there were: the same picture whichever predictions are run. */
    private Pictures pictures(ClaimPlan.Prediction prediction) {
        List<Figure> figures = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Lab.Showing showing : prediction.showings()) {
            String name = plan.nameOf(showing.experiment());
            ExperimentRun run = runOf(showing.experiment());
            ExperimentRun.Outcome outcome = run.outcome(0, run.blocksAt(0));
            if (outcome instanceof ExperimentRun.Broken broken) {
                problems.add("the picture of " + name + " is missing: " + broken.reason());
            } else if (outcome instanceof ExperimentRun.NotApplicable reason) {
                problems.add("the picture of " + name + " is missing, for it did not apply: " + reason.reason());
            } else if (outcome instanceof ExperimentRun.Observed observed) {
                try {
                    figures.add(Objects.requireNonNull(
                            showing.sketch().of(showing.experiment().read(observed.observations())),
                            "its sketch gave no figure"));
                } catch (RuntimeException e) {
                    problems.add("the picture of " + name + " cannot be drawn: "
                            + (e.getMessage() == null ? e.toString() : e.getMessage()));
                }
            }
        }
        return new Pictures(List.copyOf(figures), String.join("; ", problems));
    }

    /** The prediction's own observations, tilted, as a control; empty when there is nothing that can be tilted. */
    private Optional<Arm> planted(Arm main, Optional<Arm> earlier) {
        if (main.observations.isEmpty() || !main.problem.isEmpty()) {
            return Optional.empty();
        }
        try {
            Arm tilted = new Arm(main.experiment, main.criterion, Criterion.Role.CONTROL);
            tilted.blocks = main.blocks;
            tilted.observations = main.criterion.tilted(main.observations);
            earlier.ifPresent(look -> tilted.looks.addAll(look.looks));
            tilted.place(controlPosition(main.criterion, tilted.observations));
            return Optional.of(tilted);
        } catch (RuntimeException e) {
            // Without a planted deviation the prediction cannot be SUPPORTED.
            return Optional.empty();
        }
    }

    private static Position positionOf(Optional<Arm> planted) {
        return planted.map(arm -> arm.position).orElse(Position.UNDECIDED);
    }

    private void extend(Set<ExperimentRun> wanted, int look) {
        run(wanted, run -> run.missing(0, run.blocksAt(look)));
    }

    /**
     * The second stage: the same number of blocks, none of them seen before. What breaks here breaks the prediction; a
     * refutation is not doubted because a trial threw.
     */
    private boolean confirmed(Arm main) {
        ExperimentRun run = main.run();
        run(Set.of(run), each -> each.missing(ExperimentRun.SECOND_STAGE, main.blocks));
        ExperimentRun.Outcome outcome = run.outcome(ExperimentRun.SECOND_STAGE, main.blocks);
        if (outcome instanceof ExperimentRun.Broken broken) {
            main.problem = broken.reason();
        } else if (outcome instanceof ExperimentRun.NotApplicable reason) {
            main.notApplicable = reason.reason();
        } else if (outcome instanceof ExperimentRun.Observed observed) {
            try {
                Observations fresh = main.experiment.read(observed.observations());
                Position position = position(main.criterion, fresh, Levels.CONFIRM);
                main.looks.add(shown(Stage.CONFIRMATION, main.blocks, main.criterion, fresh, position));
                return position == Position.OUTSIDE;
            } catch (RuntimeException e) {
                main.problem = e.getMessage();
            }
        }
        return false;
    }

    /** All missing trials of several experiments in one go, so that no core waits for the end of one of them. */
    private void run(Set<ExperimentRun> wanted, java.util.function.Function<ExperimentRun, List<TrialTask>> missing) {
        Map<ExperimentRun, List<TrialTask>> tasks = new LinkedHashMap<>();
        List<TrialTask> all = new ArrayList<>();
        for (ExperimentRun run : wanted) {
            List<TrialTask> mine = missing.apply(run);
            tasks.put(run, mine);
            all.addAll(mine);
        }
        if (all.isEmpty()) {
            return;
        }
        progress.planned(plan.id(), all.size());
        TrialResult[] received = new TrialResult[all.size()];
        engine.run(all, (index, result, origin) -> {
            received[index] = result;
            if (origin == Engine.Origin.KEPT) {
                kept.incrementAndGet();
            }
            progress.finished(all.get(index).spec(), result, origin);
        });
        List<TrialResult> results = List.of(received);
        int from = 0;
        for (Map.Entry<ExperimentRun, List<TrialTask>> each : tasks.entrySet()) {
            int count = each.getValue().size();
            each.getKey().take(each.getValue(), results.subList(from, from + count));
            from += count;
        }
    }

    // ---- deciding ------------------------------------------------------------------------------------------------

    private List<Evidence.Entry> entries(
            ClaimPlan.Prediction prediction,
            Arm main,
            List<Arm> controls,
            Optional<Arm> planted,
            boolean confirmed,
            Pictures pictures) {
        List<ControlVerdict> controlVerdicts = controls.stream()
                .map(control -> controlVerdict(control.position))
                .toList();
        ControlVerdict plantedVerdict = controlVerdict(positionOf(planted));
        String silent = silent(controls, controlVerdicts, plantedVerdict);
        Verdict verdict;
        String why;
        if (!main.problem.isEmpty()) {
            verdict = Verdict.VOID;
            why = main.problem;
        } else if (!main.notApplicable.isEmpty()) {
            verdict = Verdict.NOT_APPLICABLE;
            why = main.notApplicable;
        } else if (!silent.isEmpty()) {
            verdict = Verdict.VOID;
            why = silent;
        } else if (!pictures.problem().isEmpty()) {
            verdict = Verdict.VOID;
            why = pictures.problem();
        } else if (confirmed) {
            verdict = Verdict.REFUTED;
            why = "outside, and again on " + main.blocks + " independent blocks"
                    + (prediction.registered().isEmpty() ? "" : "; registered " + prediction.registered());
        } else if (main.position == Position.OUTSIDE) {
            verdict = Verdict.INCONCLUSIVE;
            why = "outside on the first blocks, but not again on independent ones";
        } else if (main.position == Position.UNDECIDED) {
            verdict = Verdict.INCONCLUSIVE;
            why = "neither inside nor outside after " + main.blocks + " blocks";
        } else {
            String undecided = undecided(controls, controlVerdicts, plantedVerdict);
            verdict = undecided.isEmpty() ? Verdict.SUPPORTED : Verdict.INCONCLUSIVE;
            why = undecided.isEmpty() ? "inside" : "inside, but " + undecided;
        }
        List<Evidence.Entry> entries = new ArrayList<>();
        entries.add(entry(
                prediction,
                main,
                Evidence.Kind.PREDICTION,
                prediction.id(),
                verdict.name(),
                why,
                Stream.concat(figures(main, controls).stream(), pictures.figures().stream())
                        .toList(),
                table(main)));
        for (int index = 0; index < controls.size(); index++) {
            Arm control = controls.get(index);
            String story = !control.problem.isEmpty()
                    ? control.problem
                    : !control.notApplicable.isEmpty() ? control.notApplicable : story(controlVerdicts.get(index));
            entries.add(entry(
                    prediction,
                    control,
                    Evidence.Kind.CONTROL,
                    prediction.id() + "/" + control.name,
                    controlVerdicts.get(index).name(),
                    story,
                    List.of(),
                    table(control)));
        }
        if (main.problem.isEmpty()) {
            planted.ifPresent(tilted -> entries.add(entry(
                    prediction,
                    tilted,
                    Evidence.Kind.CONTROL,
                    prediction.id() + "/" + Evidence.Entry.PLANTED,
                    plantedVerdict.name(),
                    story(plantedVerdict),
                    List.of(),
                    NO_DATA)));
        }
        return entries;
    }

    private static String story(ControlVerdict verdict) {
        return switch (verdict) {
            case FIRED -> "outside, as it had to be";
            case UNDECIDED -> "neither inside nor outside";
            case SILENT -> "inside: the check accepts what it had to reject";
        };
    }

    private static ControlVerdict controlVerdict(Position position) {
        return switch (position) {
            case INSIDE -> ControlVerdict.SILENT;
            case OUTSIDE -> ControlVerdict.FIRED;
            case UNDECIDED -> ControlVerdict.UNDECIDED;
        };
    }

    private static String silent(List<Arm> controls, List<ControlVerdict> verdicts, ControlVerdict planted) {
        for (int index = 0; index < controls.size(); index++) {
            Arm control = controls.get(index);
            if (!control.problem.isEmpty()) {
                return "the control " + control.name + " gave nothing: " + control.problem;
            }
            if (!control.notApplicable.isEmpty()) {
                return "the control " + control.name + " did not apply: " + control.notApplicable;
            }
            if (verdicts.get(index) == ControlVerdict.SILENT) {
                return "the control " + control.name + " was silent: the check cannot fail";
            }
        }
        return planted == ControlVerdict.SILENT ? "a planted deviation was accepted: the check cannot fail" : "";
    }

    private static String undecided(List<Arm> controls, List<ControlVerdict> verdicts, ControlVerdict planted) {
        List<String> open = new ArrayList<>();
        for (int index = 0; index < controls.size(); index++) {
            if (verdicts.get(index) == ControlVerdict.UNDECIDED) {
                open.add("the control " + controls.get(index).name + " stayed undecided");
            }
        }
        if (planted == ControlVerdict.UNDECIDED) {
            open.add("a planted deviation could not be told apart");
        }
        return String.join(" and ", open);
    }

    private static List<Figure> figures(Arm main, List<Arm> controls) {
        if (main.observations.isEmpty() || !main.problem.isEmpty()) {
            return List.of();
        }
        List<Criterion.Arm> arms = new ArrayList<>();
        arms.add(new Criterion.Arm(main.name, Criterion.Role.PREDICTION, main.observations));
        controls.stream()
                .filter(control -> !control.observations.isEmpty() && control.problem.isEmpty())
                .forEach(control ->
                        arms.add(new Criterion.Arm(control.name, Criterion.Role.CONTROL, control.observations)));
        try {
            return main.criterion.figures(arms);
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static Evidence.Entry entry(
            ClaimPlan.Prediction prediction,
            Arm arm,
            Evidence.Kind kind,
            String id,
            String verdict,
            String why,
            List<Figure> figures,
            Evidence.Data data) {
        Criterion criterion = arm.criterion;
        double lower = Double.NaN;
        double value = Double.NaN;
        double upper = Double.NaN;
        String sentence = why;
        if (!arm.observations.isEmpty() && arm.problem.isEmpty()) {
            try {
                Estimate estimate = criterion.estimate(arm.observations, Levels.SUPPORT);
                lower = estimate.lower();
                value = estimate.value();
                upper = estimate.upper();
                String remark = criterion.remark(arm.observations);
                sentence = criterion.unit() + " " + estimate + (remark.isEmpty() ? "" : " " + remark) + ", "
                        + criterion.region() + " asked for: " + why;
            } catch (RuntimeException e) {
                sentence = why + " (" + e.getMessage() + ")";
            }
        }
        return new Evidence.Entry(
                id,
                kind,
                prediction.id(),
                arm.name,
                prediction.basis(),
                prediction.sentence(),
                criterion.sentence(),
                sentence,
                verdict,
                value,
                lower,
                upper,
                criterion.region(),
                criterion.unit(),
                kind == Evidence.Kind.PREDICTION ? Levels.FALSE_ALARM : null,
                kind == Evidence.Kind.PREDICTION ? detectable(arm) : null,
                arm.blocks,
                figures,
                data,
                arm.looks);
    }

    /** The deviation that blocks like these find in both stages; null where there is none. */
    private static Double detectable(Arm arm) {
        if (arm.observations.isEmpty() || !arm.problem.isEmpty()) {
            return null;
        }
        try {
            double deviation = arm.criterion.detectable(arm.observations, Levels.EXCLUDE, Levels.SCATTER);
            return Double.isFinite(deviation) ? deviation : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Evidence.Data table(Arm arm) {
        Observations observations = arm.observations;
        List<String> axes = observations.points().stream()
                .flatMap(point -> point.coordinates().keySet().stream())
                .distinct()
                .toList();
        List<String> columns = new ArrayList<>(List.of("block"));
        columns.addAll(axes);
        // What a criterion reads may be an axis in one experiment and a measure in another.
        List<String> measured = arm.criterion.reads().stream()
                .filter(measure -> !axes.contains(measure))
                .sorted()
                .toList();
        columns.addAll(measured);
        List<List<Object>> rows = new ArrayList<>();
        for (Observation row : observations.rows()) {
            List<Object> cells = new ArrayList<>();
            cells.add(row.block());
            axes.forEach(axis -> cells.add(row.point().coordinates().get(axis)));
            measured.forEach(measure -> cells.add(row.values().get(measure)));
            rows.add(cells);
        }
        return new Evidence.Data(columns, rows);
    }
}
