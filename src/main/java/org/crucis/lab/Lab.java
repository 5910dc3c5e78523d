package org.crucis.lab;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.Criterion;
import org.crucis.claim.Sketch;

/**
 * Where a prediction method declares what it expects, and what it shows beside. Nothing runs while it does: the plan is
 * known first.
 *
 * <pre>{@code
 * lab.expect(exponent("drift", "width").atMost(-0.5).margin(0.1)).in(LAZY).butNotIn(MEAN_FIELD);
 * lab.show(curves("drift").over("step").by("width")).of(LAZY);
 * lab.show(clouds("angle", "output weight").per("width").by("state")).of(ONE_TRAINING);
 * }</pre>
 *
 * <p>The ready sketches are in {@link org.crucis.statistics.Sketches}; any function from observations to a figure is one.
 */
public final class Lab {

    private final List<Expectation> expectations = new ArrayList<>();
    private final List<Showing> showings = new ArrayList<>();

    /** Declares the criterion; name the experiment and its control next. */
    public Expectation expect(Criterion criterion) {
        Expectation expectation = new Expectation(criterion);
        expectations.add(expectation);
        return expectation;
    }

    /**
     * Adds a picture to the prediction; name its experiment next. A prediction may show any number of pictures, or none.
     *
     * <p>A picture decides nothing and is no part of the plan's digest, so that a new one draws no new seeds. Its experiment
     * may be one that no criterion reads: a sweep for the eye, often {@code .blocks(1, 1)}. It is run for its first look, by
     * the rules of any other: what breaks there makes the prediction VOID. Evidence keeps the figure, not its data.
     */
    public Showing show(Sketch sketch) {
        Showing showing = new Showing(sketch);
        showings.add(showing);
        return showing;
    }

    /**
     * What the method declared.
     *
     * @throws PlanException unless there is exactly one expectation, with an experiment, and with a control or a reason
     */
    Expectation declared(String prediction) {
        if (expectations.isEmpty()) {
            throw new PlanException(prediction + " expects nothing: call lab.expect(...).in(...)");
        }
        if (expectations.size() > 1) {
            throw new PlanException(prediction + " has " + expectations.size()
                    + " expectations: a prediction is one sentence with one criterion; write one method for each");
        }
        Expectation expectation = expectations.get(0);
        expectation.check(prediction);
        return expectation;
    }

    /**
     * The pictures that the method declared.
     *
     * @throws PlanException when one of them is of no experiment
     */
    List<Showing> shown(String prediction) {
        showings.forEach(showing -> showing.check(prediction));
        return List.copyOf(showings);
    }

    /** One picture and the experiment that it is of. */
    public static final class Showing {

        private final Sketch sketch;
        private boolean named;
        private Experiment experiment;

        private Showing(Sketch sketch) {
            this.sketch = sketch;
        }

        /** The experiment whose first look is drawn. */
        public void of(Experiment where) {
            if (named) {
                throw new PlanException("a picture has one experiment; call lab.show(...) again for another");
            }
            named = true;
            experiment = where;
        }

        private void check(String prediction) {
            if (!named) {
                throw new PlanException(prediction + " shows a picture of no experiment: add .of(EXPERIMENT)");
            }
            if (sketch == null || experiment == null) {
                throw new PlanException(prediction + " shows a sketch or an experiment that is null:"
                        + " declare the experiments before they are used");
            }
        }

        Sketch sketch() {
            return sketch;
        }

        Experiment experiment() {
            return experiment;
        }
    }

    /** One criterion, the experiment in which it must hold, and those in which it must not. */
    public static final class Expectation {

        private final Criterion criterion;
        private final List<Experiment> controls = new ArrayList<>();
        private Experiment experiment;
        private String reasonForNoControl = "";

        private Expectation(Criterion criterion) {
            this.criterion = criterion;
        }

        public Expectation in(Experiment where) {
            if (experiment != null) {
                throw new PlanException("an expectation has one experiment; use butNotIn(...) for its controls");
            }
            experiment = where;
            return this;
        }

        /** A setting in which the theory puts the truth outside the same criterion's region. */
        public Expectation butNotIn(Experiment control) {
            controls.add(control);
            return this;
        }

        /** For the rare prediction that no broken hypothesis can contradict. */
        public Expectation withoutControl(String reason) {
            reasonForNoControl = reason;
            return this;
        }

        private void check(String prediction) {
            if (experiment == null) {
                throw new PlanException(prediction + " names no experiment: add .in(EXPERIMENT)");
            }
            if (criterion == null || controls.contains(null)) {
                throw new PlanException(prediction + " names a criterion or a control that is null:"
                        + " declare the experiments before they are used");
            }
            if (controls.contains(experiment)) {
                throw new PlanException(
                        prediction + " must hold and must not hold in the same experiment: name another control");
            }
            if (controls.isEmpty() && reasonForNoControl.isBlank()) {
                throw new PlanException(
                        prediction
                                + " has no control: add .butNotIn(CONTROL), or .withoutControl(\"reason\") where none can exist");
            }
        }

        /** The same experiment and controls under another criterion. */
        Expectation judgedBy(Criterion other) {
            Expectation same = new Expectation(other);
            same.experiment = experiment;
            same.controls.addAll(controls);
            same.reasonForNoControl = reasonForNoControl;
            return same;
        }

        Criterion criterion() {
            return criterion;
        }

        Experiment experiment() {
            return experiment;
        }

        List<Experiment> controls() {
            return controls;
        }

        String reasonForNoControl() {
            return reasonForNoControl;
        }
    }
}
