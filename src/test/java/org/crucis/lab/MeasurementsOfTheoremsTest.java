package org.crucis.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.crucis.claim.Tier;
import org.crucis.junit.Catalogue;
import org.crucis.theorem.Measurement;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Theorem;
import org.crucis.theorem.Theorems;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Theorems name columns of evidence; a claim that renames one must not turn "measured" into "not measured" in silence. */
class MeasurementsOfTheoremsTest {

    private static final Problem TWO_INPUTS = new Problem(
            SimpleMatrix.identity(2), new SimpleMatrix(new double[][] {{1}, {-1}}), Problem.Network.ANY, 1e-3);

    static Stream<Measurement> measurements() {
        List<Theorem> theorems = Theorems.shipped();
        return theorems.stream().flatMap(theorem -> theorem.on(TWO_INPUTS).measured().stream());
    }

    @ParameterizedTest
    @MethodSource("measurements")
    void somePredictionKeepsTheColumns(Measurement measurement) {
        ClaimPlan plan = Catalogue.shipped().plan(measurement.claim(), Tier.QUICK, 1);
        Set<String> wanted = new LinkedHashSet<>(measurement.where().keySet());
        wanted.add(measurement.needed());
        measurement.bound().ifPresent(wanted::add);
        measurement.rest().ifPresent(wanted::add);
        assertThat(plan.predictionIds().stream().map(id -> columns(plan, id)))
                .as("columns that the evidence of a prediction of %s has", measurement.claim())
                .anySatisfy(columns -> assertThat(columns).containsAll(wanted));
    }

    private static Set<String> columns(ClaimPlan plan, String prediction) {
        Lab.Expectation expectation = plan.prediction(prediction).expectation();
        Set<String> columns = new LinkedHashSet<>(expectation.criterion().reads());
        columns.addAll(plan.sweep(expectation.experiment()).axes(Tier.QUICK).keySet());
        return columns;
    }
}
