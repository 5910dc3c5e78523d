package org.crucis.lab;

import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;

/** What must hold of every trial for an experiment to mean anything, for instance that the network was trained. */
public record Requirement(String measure, Interval required) {

    /** Starts a requirement on a measure: {@code measured("relative loss").atMost(1e-3)}. */
    public static Measure measured(String measure) {
        return new Measure(measure);
    }

    /** A measure about to be bounded. */
    public record Measure(String name) {
        public Requirement atMost(double bound) {
            return new Requirement(name, Interval.atMost(bound));
        }

        public Requirement atLeast(double bound) {
            return new Requirement(name, Interval.atLeast(bound));
        }
    }

    boolean holds(Observation observation) {
        return required.contains(observation.value(measure));
    }

    String broken(Observation observation) {
        return "invalid: " + measure + " is " + Numbers.show(observation.value(measure)) + " at " + observation.point()
                + ", block " + observation.block() + ", and must be " + required;
    }
}
