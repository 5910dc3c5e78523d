package org.crucis.statistics;

import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.minimalSize;
import static org.crucis.statistics.Criteria.pairs;
import static org.crucis.statistics.Criteria.relativeAgreement;
import static org.crucis.statistics.Criteria.successRate;
import static org.crucis.statistics.Simulated.over;
import static org.crucis.statistics.Simulated.powersOfTwo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.crucis.claim.Criterion;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.severity.Calibration.Tails;

/**
 * A criterion, and a law of observations that puts the truth where it is asked to: what a calibration simulates.
 *
 * @param held the truth where the theory holds, in the criterion's unit
 * @param edge the truth on the edge of the region
 * @param blocks of the first look
 * @param dearness a setting is simulated so many times more rarely than a cheap one
 */
record Setting(
        String name,
        Criterion criterion,
        double held,
        double edge,
        int blocks,
        Parts parts,
        Tails tails,
        int dearness,
        Law law) {

    /** Draws observations; block after block, so that the first blocks are an earlier look. */
    interface Law {
        /** @param truths one for each part */
        Observations draw(int blocks, double[] truths, RandomGenerator random);
    }

    /** What shares the level of a refutation: points of a sweep, or members of a family. */
    record Parts(int count, Role role) {
        enum Role {
            POINTS,
            MEMBERS
        }

        static final Parts ONE = new Parts(1, Role.POINTS);
    }

    /** Whether the criterion rests on an interval; without one, what is not seen outside is inside. */
    boolean hasInterval() {
        return !(criterion instanceof Everywhere);
    }

    /** Whether a control has to break the criterion in every part, not in one of them. */
    boolean isFamily() {
        return parts.role == Parts.Role.MEMBERS;
    }

    /** Past the edge of the region, by a distance in the criterion's unit. */
    double past(double deviation) {
        return edge + Math.signum(edge - held) * deviation;
    }

    /** All parts have the same truth. */
    Observations draw(int blocks, double truth, RandomGenerator random) {
        double[] truths = new double[parts.count];
        Arrays.fill(truths, truth);
        return law.draw(blocks, truths, random);
    }

    /** One part has this truth, the others another. */
    Observations draw(int blocks, double first, double others, RandomGenerator random) {
        double[] truths = new double[parts.count];
        Arrays.fill(truths, others);
        truths[0] = first;
        return law.draw(blocks, truths, random);
    }

    @Override
    public String toString() {
        return name;
    }

    // ---- the catalogue -------------------------------------------------------------------------------------------

    private static final double[] SIX = powersOfTwo(6, 11);
    private static final double[] SEVEN = powersOfTwo(6, 12);

    /** Every criterion that rests on chance or must not, in the sizes that the quick tier has. */
    static List<Setting> all() {
        return List.of(
                of("normal mean, upper edge", mean("y").equalTo(0).within(1), 0, 1, 12, atPoints(Setting::normal)),
                of("normal mean at least", mean("y").atLeast(1).within(0.5), 1, 0.5, 12, atPoints(Setting::normal)),
                new Setting(
                        "normal mean at nine points",
                        mean("y").equalTo(0).within(1),
                        0,
                        1,
                        12,
                        new Parts(9, Parts.Role.POINTS),
                        Tails.ORDINARY,
                        3,
                        atPoints(Setting::normal)),
                of(
                        "geometric mean of a lognormal quantity",
                        geometricMean("y").atMost(1).within(0.5),
                        1,
                        1.5,
                        20,
                        atPoints((truth, random) -> truth * Math.exp(random.nextGaussian()))),
                new Setting(
                        "relative agreement in a family of three",
                        relativeAgreement("y", "theory").within(0.1).per("activation"),
                        0,
                        0.1,
                        12,
                        new Parts(3, Parts.Role.MEMBERS),
                        Tails.ORDINARY,
                        1,
                        ofMembers((blocks, truths, random) -> atPoints(
                                        (truth, drawn) -> 4 * (1 + truth) + 0.3 * drawn.nextGaussian())
                                .draw(blocks, truths, random)
                                .with("theory", row -> 4))),
                of("exponent, six sizes", exponent("y", "width").equalTo(-1).margin(0.1), -1, -0.9, 12, powerLaw(SIX)),
                of(
                        "exponent at most, seven sizes",
                        exponent("y", "width").atMost(-0.5).margin(0.1),
                        -0.5,
                        -0.4,
                        12,
                        powerLaw(SEVEN)),
                new Setting(
                        "exponent in a family of three",
                        exponent("y", "width").equalTo(-1).margin(0.1).per("activation"),
                        -1,
                        -0.9,
                        12,
                        new Parts(3, Parts.Role.MEMBERS),
                        Tails.ORDINARY,
                        3,
                        ofMembers(powerLaw(SIX))),
                new Setting(
                        "exponent of pairs, twelve runs a block",
                        pairs("y")
                                .between("run", "other run")
                                .exponentIn("width")
                                .equalTo(-1)
                                .margin(0.3),
                        -1,
                        -0.7,
                        1,
                        Parts.ONE,
                        Tails.ORDINARY,
                        10,
                        Setting::squaredDistances),
                new Setting(
                        "exponent of a minimal size",
                        minimalSize("width").exponentIn("inputs").atMost(1.8).margin(0.2),
                        1.8,
                        2,
                        12,
                        Parts.ONE,
                        Tails.ORDINARY,
                        20,
                        (blocks, truths, random) -> Bisected.law(blocks)
                                .exponents(truths[0], 0)
                                .noise(0.2)
                                .blockDeviation(0.3)
                                .slopeDeviation(0.2)
                                .draw(random)),
                of("success rate at least", successRate("y").atLeast(0.8), 0.95, 0.8, 48, atPoints(Setting::success)),
                new Setting(
                        "success rate at most, at four points",
                        successRate("y").atMost(0.3),
                        0.1,
                        0.3,
                        24,
                        new Parts(4, Parts.Role.POINTS),
                        Tails.ORDINARY,
                        1,
                        atPoints(Setting::success)),
                of(
                        "everywhere, values up to the bound",
                        everywhere("y").atMost(1),
                        0,
                        1,
                        12,
                        atPoints((truth, random) -> truth - Math.max(0, random.nextGaussian()))),
                skewed("mean of a lognormal quantity, log-deviation 0.3", random -> lognormal(0.3, random)),
                skewed("mean of an exponential quantity", random -> random.nextExponential() - 1),
                skewed("mean of a squared normal quantity", random -> Math.pow(random.nextGaussian(), 2) - 1));
    }

    private static Setting of(String name, Criterion criterion, double held, double edge, int blocks, Law law) {
        return new Setting(name, criterion, held, edge, blocks, Parts.ONE, Tails.ORDINARY, 1, law);
    }

    /** A bound from below, where a long tail above does harm: a mean without its rare large values looks small and sure. */
    private static Setting skewed(String name, ToDoubleFunction<RandomGenerator> deviation) {
        return new Setting(
                name,
                mean("y").atLeast(1).within(0.5),
                1,
                0.5,
                12,
                Parts.ONE,
                Tails.SKEWED,
                1,
                atPoints((truth, random) -> truth + deviation.applyAsDouble(random)));
    }

    // ---- laws ----------------------------------------------------------------------------------------------------

    private interface Value {
        double draw(double truth, RandomGenerator random);
    }

    private static double normal(double mean, RandomGenerator random) {
        return mean + random.nextGaussian();
    }

    private static double success(double rate, RandomGenerator random) {
        return random.nextDouble() < rate ? 1 : 0;
    }

    private static double lognormal(double deviation, RandomGenerator random) {
        return Math.exp(deviation * random.nextGaussian()) - Math.exp(deviation * deviation / 2);
    }

    /** One independent value at each point, each of which is a part. */
    private static Law atPoints(Value value) {
        return (blocks, truths, random) -> over(
                IntStream.range(0, truths.length).mapToDouble(part -> part).toArray(),
                blocks,
                (block, part) -> value.draw(truths[(int) part], random));
    }

    private static Law powerLaw(double[] sizes) {
        return (blocks, truths, random) ->
                over(sizes, blocks, (block, size) -> Math.pow(size, truths[0]) * Math.exp(0.2 * random.nextGaussian()));
    }

    private static Observations squaredDistances(int blocks, double[] truths, RandomGenerator random) {
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            for (Observation row :
                    Simulated.squaredDistances(SIX, 12, 3, truths[0], random).rows()) {
                rows.add(new Observation(row.point(), block, row.values()));
            }
        }
        return new Observations(rows);
    }

    /** A family whose members follow a law, each with its own truth. */
    private static Law ofMembers(Law member) {
        return (blocks, truths, random) -> {
            Observations family = new Observations(List.of());
            for (int part = 0; part < truths.length; part++) {
                family = family.and(Simulated.member(
                        "activation", "activation " + part, member.draw(blocks, new double[] {truths[part]}, random)));
            }
            return family;
        };
    }
}
