package org.crucis.lab;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.Criterion;

/**
 * Where a prediction method declares what it expects. Nothing runs while it does: the plan is known first.
 *
 * <pre>{@code
 * lab.expect(exponent("drift", "width").atMost(-0.5).margin(0.1)).in(LAZY).butNotIn(MEAN_FIELD);
 * }</pre>
 */
public final class Lab {

    private final List<Expectation> expectations = new ArrayList<>();

    /** Declares the criterion; name the experiment and its control next. */
    public Expectation expect(Criterion criterion) {
        Expectation expectation = new Expectation(criterion);
        expectations.add(expectation);
        return expectation;
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
