package org.crucis.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;

/** Observations by formula, without trials. */
final class Simulated {

    /** A measure as a function of block and size. */
    interface Formula {
        double at(int block, double size);
    }

    /** A distance between two runs of a block at a size. */
    interface Distance {
        double at(int block, int run, int otherRun, double size);
    }

    private Simulated() {}

    /** 2^from, ..., 2^to. */
    static double[] powersOfTwo(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToDouble(each -> 1L << each).toArray();
    }

    /** "y" over "width". */
    static Observations over(double[] sizes, int blocks, Formula formula) {
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            for (double size : sizes) {
                rows.add(row(Point.ORIGIN.with("width", size), block, formula.at(block, size)));
            }
        }
        return new Observations(rows);
    }

    /** "y" between "run" and "other run" over "width", for all pairs of the runs of each block; block b has runs[b] of them. */
    static Observations between(double[] sizes, int[] runs, Distance distance) {
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < runs.length; block++) {
            for (double size : sizes) {
                for (int run = 0; run < runs[block]; run++) {
                    for (int other = run + 1; other < runs[block]; other++) {
                        Map<String, Object> pair = new LinkedHashMap<>();
                        pair.put("width", size);
                        pair.put("run", run);
                        pair.put("other run", other);
                        rows.add(row(new Point(pair), block, distance.at(block, run, other, size)));
                    }
                }
            }
        }
        return new Observations(rows);
    }

    /**
     * Squared distances between points of so many normal coordinates of variance 1/(2 coordinates size^-exponent), one point a
     * run and size: the mean over pairs is size^exponent, exactly.
     */
    static Observations squaredDistances(
            double[] sizes, int runs, int coordinates, double exponent, RandomGenerator random) {
        double[][][] points = new double[sizes.length][runs][coordinates];
        for (double[][] there : points) {
            for (double[] point : there) {
                for (int k = 0; k < coordinates; k++) {
                    point[k] = random.nextGaussian() / Math.sqrt(2 * coordinates);
                }
            }
        }
        List<Double> order = DoubleStream.of(sizes).boxed().toList();
        return between(sizes, new int[] {runs}, (block, run, other, size) -> {
            double[][] there = points[order.indexOf(size)];
            double sum = 0;
            for (int k = 0; k < coordinates; k++) {
                sum += Math.pow(there[run][k] - there[other][k], 2);
            }
            return sum * Math.pow(size, exponent);
        });
    }

    /** The same observations as one member of a family. */
    static Observations member(String axis, String label, Observations observations) {
        return new Observations(observations.rows().stream()
                .map(row -> new Observation(row.point().with(axis, label), row.block(), row.values()))
                .toList());
    }

    static Observation row(Point point, int block, double value) {
        return new Observation(point, block, Map.of("y", value));
    }
}
