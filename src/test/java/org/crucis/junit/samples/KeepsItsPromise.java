package org.crucis.junit.samples;

import static org.crucis.junit.samples.Formulas.constant;
import static org.crucis.statistics.Criteria.mean;

import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;

/** With {@link BreaksItsPromise} the whole suite of the test class path: nested samples belong to no suite. */
@Sample
public class KeepsItsPromise {
    static final Experiment ONE = constant(1);
    static final Experiment FAR = constant(9);

    @Prediction("The value is one")
    void isOne(Lab lab) {
        lab.expect(mean("value").equalTo(1).within(0.5)).in(ONE).butNotIn(FAR);
    }
}
