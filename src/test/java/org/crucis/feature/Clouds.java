package org.crucis.feature;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.Draw;
import org.ejml.simple.SimpleMatrix;

/** Samples made by hand. */
final class Clouds {

    private Clouds() {}

    static UniformRandomProvider random(long seed) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    static SimpleMatrix points(double[]... rows) {
        return new SimpleMatrix(rows);
    }

    static SimpleMatrix line(double... values) {
        return new SimpleMatrix(values.length, 1, false, values);
    }

    /** Independent normal coordinates of variance 1 around a mean. */
    static SimpleMatrix normal(int size, int dimension, double mean, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian sampler = ZigguratSampler.NormalizedGaussian.of(random);
        SimpleMatrix sample = new SimpleMatrix(size, dimension);
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < dimension; k++) {
                sample.set(i, k, mean + sampler.sample());
            }
        }
        return sample;
    }

    /** One case of a property: a normal cloud of up to 40 points, around its own mean. */
    static SimpleMatrix drawn(Draw draw, String name, int dimension) {
        int size = draw.integer(name + " points", 2, 40);
        double mean = draw.real(name + " mean", -2, 2);
        return normal(size, dimension, mean, random(draw.integer(name + " seed")));
    }

    static SimpleMatrix rotated(SimpleMatrix plane, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        return plane.mult(points(new double[] {c, s}, new double[] {-s, c}));
    }

    /** Mean and standard error of independent numbers. */
    record Average(double mean, double error) {
        static Average of(double[] values) {
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            return new Average(mean, Math.sqrt(squares / (values.length - 1) / values.length));
        }
    }
}
