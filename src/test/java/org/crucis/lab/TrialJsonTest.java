package org.crucis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Observation;
import org.crucis.claim.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read back is what was written, to the last bit. */
class TrialJsonTest {

    private static final Point POINT = Point.ORIGIN
            .with("width", 64)
            .with("activation", "RE\"LU")
            .with("scale", 0.1)
            .with("limit", Double.NaN);

    private static final TrialSpec SPEC =
            new TrialSpec("paper.Claim$Nested", "LAZY", POINT, 1_000_003, new Seeds("paper/claim", "d1ce", 2));

    private static TrialResult back(TrialResult result) {
        return TrialJson.readResult(TrialJson.write(result, POINT), SPEC);
    }

    @Test
    void aSpecificationNamesTheSameTrial() {
        TrialSpec back = TrialJson.readSpec(TrialJson.write(SPEC));
        assertThat(back).isEqualTo(SPEC);
        // The order and the digits of the coordinates are part of what seeds the trial.
        assertThat(back.point().coordinates().toString())
                .isEqualTo(SPEC.point().coordinates().toString());
        assertThat(back.seeds().stream("weights").nextLong())
                .isEqualTo(SPEC.seeds().stream("weights").nextLong());
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.0,
                -0.0,
                0.1,
                1.0 / 3,
                Double.MIN_VALUE,
                -Double.MAX_VALUE,
                1e22,
                2.0E-3,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            })
    void anyNumberComesBack(double value) {
        TrialResult result = measured(List.of(new Observation(POINT, SPEC.block(), Map.of("y", value))));
        assertThat(back(result)).isEqualTo(result);
        TrialResult.Measured measured = (TrialResult.Measured) back(result).outcome();
        assertThat(Double.doubleToLongBits(
                        measured.observations().get(0).values().get("y")))
                .isEqualTo(Double.doubleToLongBits(value));
    }

    private static TrialResult measured(List<Observation> observations) {
        return new TrialResult(
                new TrialResult.Measured(observations),
                List.of(
                        new Hypothesis("LAZY", "gap", -0.0, Interval.atLeast(0), true),
                        new Hypothesis("LAZY", "step", Double.NaN, new Interval(-1, 1e-300), false)),
                new TrialResult.Cost(123_456_789_012L, 1L << 40));
    }

    /** Rows along inner axes, with other measures at some of them: random bits, drawn from a fixed seed. */
    @Test
    void anyTableComesBack() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
        for (int round = 0; round < 200; round++) {
            List<Observation> rows = new ArrayList<>();
            int count = 1 + random.nextInt(20);
            for (int row = 0; row < count; row++) {
                Point place = POINT;
                if (random.nextBoolean()) {
                    place = place.with("step", random.nextInt(100)).with("side", random.nextBoolean() ? "LEFT" : "1.0");
                }
                Map<String, Double> values = new LinkedHashMap<>();
                for (int measure = 0; measure <= random.nextInt(3); measure++) {
                    values.put("measure " + random.nextInt(4), Double.longBitsToDouble(random.nextLong()));
                }
                rows.add(new Observation(place, SPEC.block(), values));
            }
            TrialResult result = measured(rows);
            assertThat(back(result)).isEqualTo(result);
            // In the same order too, which equality of maps does not see and evidence does.
            assertThat(back(result).toString()).isEqualTo(result.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(TrialResult.Cause.class)
    void aFailureComesBack(TrialResult.Cause cause) {
        TrialResult result = new TrialResult(
                new TrialResult.Failed(cause, "broke \"here\"\nand there"), List.of(), new TrialResult.Cost(1, 0));
        assertThat(back(result)).isEqualTo(result);
        TrialResult elsewhere =
                new TrialResult(new TrialResult.NotApplicable("not here"), List.of(), new TrialResult.Cost(1, 0));
        assertThat(back(elsewhere)).isEqualTo(elsewhere);
    }

    @Test
    void whatIsNoTrialIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrialJson.readSpec("{\"class\":"))
                .withMessageStartingWith("not the JSON of a trial: ");
        assertThatIllegalArgumentException().isThrownBy(() -> TrialJson.readSpec("{\"class\":\"x\"}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrialTask.of(SPEC))
                .withMessageContaining("paper/claim, LAZY at width 64")
                .withMessageContaining("give every process the same jars");
    }
}
