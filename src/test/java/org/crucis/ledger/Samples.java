package org.crucis.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Observation;
import org.crucis.claim.Point;
import org.crucis.lab.Seeds;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;

/** Trials and results for the ledger; everything is drawn from a seed, so that another process can draw it again. */
final class Samples {

    static final Setting SETTING =
            new Setting("paper/claim", "paper.Claim", "LAZY", "p1", 1, "c1", "java 17; os Linux");

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MAX_VALUE,
        0.1
    };

    private static final String[] LABELS = {"RELU", "", "NaN", "3.5", "it's \"quoted\"", "größer, 大\n\\u0000", "[1]"};

    private Samples() {}

    static TrialSpec spec(Setting setting, Point point, int block) {
        return new TrialSpec(
                setting.claimClass(),
                setting.experiment(),
                point,
                block,
                new Seeds(setting.claim(), setting.plan(), setting.edition()));
    }

    static TrialSpec spec(int block) {
        return spec(SETTING, Point.ORIGIN.with("width", 64).with("activation", "RELU"), block);
    }

    static TrialResult measured(TrialSpec spec, double value) {
        return result(
                new TrialResult.Measured(List.of(new Observation(spec.point(), spec.block(), Map.of("drift", value)))));
    }

    static TrialResult failed(String reason) {
        return result(new TrialResult.Failed(TrialResult.Cause.THREW, reason));
    }

    static TrialResult result(TrialResult.Outcome outcome) {
        return new TrialResult(outcome, List.of(), new TrialResult.Cost(1_500_000_000L, 250_000_000L));
    }

    /** About 1.5 kB as JSON: 30 steps of two measures. */
    static TrialResult typical(TrialSpec spec) {
        SplittableRandom random = new SplittableRandom(spec.block());
        List<Observation> observations = new ArrayList<>();
        for (int step = 0; step < 30; step++) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("loss", random.nextDouble());
            values.put("drift", random.nextDouble());
            observations.add(new Observation(spec.point().with("step", step), spec.block(), values));
        }
        return result(new TrialResult.Measured(observations));
    }

    static Point anyPoint(SplittableRandom random) {
        Point point = Point.ORIGIN;
        for (int axis = random.nextInt(4); axis > 0; axis--) {
            point = point.with("axis '" + axis + "\"", anyCoordinate(random));
        }
        return point;
    }

    private static Object anyCoordinate(SplittableRandom random) {
        return random.nextInt(3) == 0 ? LABELS[random.nextInt(LABELS.length)] : (Object) anyNumber(random);
    }

    private static double anyNumber(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> random.nextInt(5000);
            default -> {
                // Any bits but those of the NaNs that Java does not tell apart.
                double any = Double.longBitsToDouble(random.nextLong());
                yield Double.isNaN(any) ? Double.NaN : any;
            }
        };
    }

    static TrialResult anyResult(TrialSpec spec, SplittableRandom random) {
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            double edge = random.nextDouble();
            hypotheses.add(new Hypothesis(
                    spec.experiment(),
                    LABELS[random.nextInt(LABELS.length)],
                    anyNumber(random),
                    random.nextBoolean() ? Interval.atMost(edge) : Interval.around(edge, 0.1),
                    random.nextBoolean()));
        }
        return new TrialResult(
                anyOutcome(spec, random), hypotheses, new TrialResult.Cost(random.nextLong(), random.nextLong()));
    }

    private static TrialResult.Outcome anyOutcome(TrialSpec spec, SplittableRandom random) {
        String reason = LABELS[random.nextInt(LABELS.length)];
        return switch (random.nextInt(6)) {
            case 0 -> new TrialResult.NotApplicable(reason);
            case 1 ->
                new TrialResult.Failed(
                        TrialResult.Cause.values()[random.nextInt(TrialResult.Cause.values().length)], reason);
            default -> new TrialResult.Measured(anyObservations(spec, random));
        };
    }

    private static List<Observation> anyObservations(TrialSpec spec, SplittableRandom random) {
        List<Observation> observations = new ArrayList<>();
        for (int count = 1 + random.nextInt(20); count > 0; count--) {
            Point place = spec.point();
            for (int axis = random.nextInt(3); axis > 0; axis--) {
                place = place.with("inner " + axis, anyCoordinate(random));
            }
            Map<String, Double> values = new LinkedHashMap<>();
            for (int measure = 1 + random.nextInt(3); measure > 0; measure--) {
                values.put("measure " + random.nextInt(3), anyNumber(random));
            }
            observations.add(new Observation(place, spec.block(), values));
        }
        return observations;
    }
}
