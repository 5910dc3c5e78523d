package org.crucis.routes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.crucis.claim.Estimate;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.routes.Comparison.Both;
import org.crucis.statistics.Criteria;

/** Second routes to what criteria estimate. */
final class StatisticsRoutes {

    private static final double EXPONENT = -0.7;
    private static final int BLOCKS = 20;
    private static final int SIZES = 8;
    private static final String LEAST_SQUARES = "least squares on the top half";
    private static final String MEDIAN = "median slope of all pairs (Theil and Sen)";

    private StatisticsRoutes() {}

    static List<Comparison> all() {
        return List.of(exponentOfAPowerLaw(), exponentUnderNoise(), meanAndItsInterval(), successRate());
    }

    private static Comparison exponentOfAPowerLaw() {
        return Comparison.of("statistics", "exponent")
                .by(LEAST_SQUARES)
                .and(MEDIAN)
                .on("8 sizes, 20 blocks, an exact power law", () -> exponents(0))
                .toDigits(12);
    }

    private static Comparison exponentUnderNoise() {
        return Comparison.of("statistics", "exponent")
                .by(LEAST_SQUARES)
                .and(MEDIAN)
                .on("8 sizes, 20 blocks, noise of 1 %", () -> exponents(0.01))
                .toDigits(2, "they weigh the noise differently: five standard errors of the slope are 1 % of it");
    }

    private static Both exponents(double noise) {
        Observations observations = powerLaw(noise);
        Estimate byLeastSquares =
                Criteria.exponent("y", "size").equalTo(EXPONENT).margin(0.1).estimate(observations, 0.99);
        List<Observation> top = observations.rows().stream()
                .filter(row -> row.point().number("size") >= size(SIZES / 2))
                .toList();
        List<Double> slopes = new ArrayList<>();
        for (Observation one : top) {
            for (Observation other : top) {
                double apart =
                        Math.log(one.point().number("size") / other.point().number("size"));
                if (apart > 0) {
                    slopes.add(Math.log(one.value("y") / other.value("y")) / apart);
                }
            }
        }
        double[] sorted =
                slopes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return Both.of(byLeastSquares.value(), median);
    }

    private static Observations powerLaw(double noise) {
        var normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(31));
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            for (int k = 0; k < SIZES; k++) {
                double y = 3 * Math.pow(size(k), EXPONENT) * Math.exp(noise * normal.sample());
                rows.add(new Observation(Point.ORIGIN.with("size", size(k)), block, Map.of("y", y)));
            }
        }
        return new Observations(rows);
    }

    private static double size(int k) {
        return 64 << k;
    }

    private static Comparison meanAndItsInterval() {
        return Comparison.of("statistics", "interval of a mean")
                .by("quantile of Student's t")
                .and("its density integrated between the ends")
                .on("20 blocks, confidence 0.99", () -> {
                    Observations observations = single(powerLaw(0.01));
                    Estimate estimate = Criteria.mean("y").equalTo(1).within(1).estimate(observations, 0.99);
                    double[] y = observations.values("y");
                    double mean = Arrays.stream(y).average().orElseThrow();
                    double error = Math.sqrt(
                            Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum() / (BLOCKS - 1) / BLOCKS);
                    return Both.of(
                            0.99, massOfStudent((estimate.lower() - mean) / error, (estimate.upper() - mean) / error));
                })
                .toDigits(10);
    }

    /** The observations at the first size. */
    private static Observations single(Observations all) {
        return all.at(all.points().get(0));
    }

    /** Simpson's rule for the density of Student's t with BLOCKS - 1 degrees of freedom, normalised by its own integral. */
    private static double massOfStudent(double from, double to) {
        // With t = tan s the whole line is one turn, and the density a power of the cosine.
        double root = Math.sqrt(BLOCKS - 1.0);
        return cosines(Math.atan(from / root), Math.atan(to / root)) / cosines(-Math.PI / 2, Math.PI / 2);
    }

    /** The integral of cos^(BLOCKS - 2), which is that of (1 + t^2/nu)^(-(nu + 1)/2) dt. */
    private static double cosines(double from, double to) {
        int panels = 2000;
        double h = (to - from) / panels;
        double sum = 0;
        for (int k = 0; k <= panels; k++) {
            int weight = k == 0 || k == panels ? 1 : k % 2 == 0 ? 2 : 4;
            sum += weight * Math.pow(Math.cos(from + k * h), BLOCKS - 2);
        }
        return sum * h / 3;
    }

    private static Comparison successRate() {
        int successes = 17;
        return Comparison.of("statistics", "interval of a rate")
                .by("quantiles of the beta distribution (Clopper and Pearson)")
                .and("tails of the binomial distribution at its ends")
                .on("17 successes of 20, confidence 0.99", () -> {
                    List<Observation> rows = new ArrayList<>();
                    for (int block = 0; block < BLOCKS; block++) {
                        rows.add(new Observation(Point.ORIGIN, block, Map.of("ok", block < successes ? 1.0 : 0.0)));
                    }
                    Estimate rate = Criteria.successRate("ok").atLeast(0.8).estimate(new Observations(rows), 0.99);
                    return new Both(new double[] {0.005, 0.005}, new double[] {
                        BinomialDistribution.of(BLOCKS, rate.lower()).survivalProbability(successes - 1),
                        BinomialDistribution.of(BLOCKS, rate.upper()).cumulativeProbability(successes)
                    });
                })
                .toDigits(10);
    }
}
