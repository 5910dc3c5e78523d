package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.minimalSize;
import static org.crucis.statistics.Criteria.pairs;
import static org.crucis.statistics.Criteria.relativeAgreement;
import static org.crucis.statistics.Criteria.successRate;
import static org.crucis.statistics.Observed.over;
import static org.crucis.statistics.Observed.powersOfTwo;
import static org.crucis.statistics.Observed.values;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.crucis.claim.Criterion;
import org.crucis.claim.Observations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How often a criterion comes out outside when the truth lies exactly on the edge of its region, on simulated observations
 * with fixed seeds. The count of false alarms is held to the binomial law of the promised level: a correct criterion would
 * pass the count with probability 1 - 1e-6.
 */
class FalseAlarmTest {

    private static final int RUNS = 4000;

    /** A criterion and observations whose truth lies on its edge. */
    record Edge(String name, Criterion criterion, Function<SplittableRandom, Observations> draw) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Edge> edges() {
        return Stream.of(
                new Edge("mean, upper edge", mean("y").equalTo(0).within(1), random -> normal(12, 1, random)),
                new Edge("mean, lower edge", mean("y").equalTo(0).within(1), random -> normal(12, -1, random)),
                new Edge("mean at least", mean("y").atLeast(1).within(0.5), random -> normal(12, 0.5, random)),
                new Edge(
                        "mean at nine points, each on the edge",
                        mean("y").equalTo(0).within(1),
                        random -> over(powersOfTwo(1, 9), 12, (block, size) -> 1 + random.nextGaussian())),
                new Edge(
                        "geometric mean of a lognormal quantity",
                        geometricMean("y").atMost(1).within(0.5),
                        random -> normal(20, Math.log(1.5), random).with("y", row -> Math.exp(row.value("y")))),
                new Edge(
                        "relative agreement in a family of three",
                        relativeAgreement("y", "theory").within(0.1).per("activation"),
                        random -> Stream.of("A", "B", "C")
                                .map(label -> Observed.member(
                                        "activation",
                                        label,
                                        normal(12, 0, random)
                                                .with("theory", row -> 4)
                                                .with("y", row -> 4.4 + 0.3 * row.value("y"))))
                                .reduce(Observations::and)
                                .orElseThrow()),
                new Edge(
                        "exponent, six sizes",
                        exponent("y", "width").equalTo(-1).margin(0.1),
                        random -> law(powersOfTwo(6, 11), -0.9, random)),
                new Edge(
                        "exponent at most, seven sizes",
                        exponent("y", "width").atMost(-0.5).margin(0.1),
                        random -> law(powersOfTwo(6, 12), -0.4, random)),
                new Edge(
                        "exponent of pairs",
                        pairs("y")
                                .between("run", "other run")
                                .exponentIn("width")
                                .equalTo(-1)
                                .margin(0.1),
                        random -> Observed.squaredDistances(powersOfTwo(6, 11), 12, 3, -0.9, random)),
                new Edge(
                        "exponent of a minimal size",
                        minimalSize("width").exponentIn("inputs").atMost(1.8).margin(0.2),
                        random -> Bisected.law(12)
                                .noise(0.2)
                                .blockDeviation(0.3)
                                .slopeDeviation(0.2)
                                .draw(random)),
                new Edge(
                        "success rate at least",
                        successRate("y").atLeast(0.8),
                        random -> over(new double[] {64}, 48, (block, size) -> random.nextDouble() < 0.8 ? 1 : 0)),
                new Edge(
                        "success rate at most, at four points",
                        successRate("y").atMost(0.3),
                        random -> over(powersOfTwo(6, 9), 24, (block, size) -> random.nextDouble() < 0.3 ? 1 : 0)),
                new Edge(
                        "everywhere",
                        everywhere("y").atMost(1),
                        random -> normal(12, 0, random).with("y", row -> Math.min(1, row.value("y")))));
    }

    static Stream<Edge> exactEdges() {
        return edges().filter(edge -> edge.name.startsWith("mean,") || edge.name.startsWith("geometric"));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void isBelowThePromisedLevel(Edge edge) {
        for (double oneSided : new double[] {0.05, 0.01}) {
            SplittableRandom random = new SplittableRandom(20260101);
            int alarms = 0;
            for (int run = 0; run < RUNS; run++) {
                if (edge.criterion.outside(edge.draw.apply(random.split()), 1 - 2 * oneSided)) {
                    alarms++;
                }
            }
            int allowed = BinomialDistribution.of(RUNS, oneSided).inverseSurvivalProbability(1e-6);
            assertThat(alarms)
                    .as("%s: false alarms among %d at level %s", edge, RUNS, oneSided)
                    .isLessThanOrEqualTo(allowed);
        }
    }

    /** Where the observations are normal, Student's level is exact: an interval that is too wide is a mistake too. */
    @ParameterizedTest
    @MethodSource("exactEdges")
    void isReachedWhereTheLevelIsExact(Edge edge) {
        SplittableRandom random = new SplittableRandom(7);
        long alarms = Stream.generate(() -> edge.draw.apply(random.split()))
                .limit(RUNS)
                .filter(observations -> edge.criterion.outside(observations, 0.9))
                .count();
        assertThat(alarms)
                .isGreaterThanOrEqualTo(BinomialDistribution.of(RUNS, 0.05).inverseCumulativeProbability(1e-6));
    }

    private static Observations normal(int blocks, double mean, SplittableRandom random) {
        double[] values = new double[blocks];
        for (int block = 0; block < blocks; block++) {
            values[block] = mean + random.nextGaussian();
        }
        return values(values);
    }

    private static Observations law(double[] sizes, double exponent, SplittableRandom random) {
        return over(sizes, 12, (block, size) -> Math.pow(size, exponent) * Math.exp(0.2 * random.nextGaussian()));
    }
}
