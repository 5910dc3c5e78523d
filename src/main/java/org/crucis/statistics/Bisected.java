package org.crucis.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;

/**
 * Minimal widths of a known law, each found by bisection on the grid 2^(j/2): log width is 5 plus the exponents times the
 * logarithms of 16, 32, 64 or 128 inputs, counted from their middle, and of a gap that is drawn once a block.
 *
 * @param noise scale of the logistic noise of every row
 * @param blockDeviation deviation of what all rows of a block share
 * @param slopeDeviation deviation of a block's exponent in the inputs
 * @param lowest first size of the grid, as a logarithm counted from the middle of the law
 * @param highest last size of the grid
 */
record Bisected(
        int blocks,
        double inInputs,
        double inGap,
        double noise,
        double blockDeviation,
        double slopeDeviation,
        double lowest,
        double highest) {

    private static final double[] INPUTS = Simulated.powersOfTwo(4, 7);
    private static final double STEP = Math.log(2) / 2;

    /** A law with exponents 2 and 0, without noise, on a grid without ends. */
    static Bisected law(int blocks) {
        return new Bisected(blocks, 2, 0, 0, 0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    Bisected exponents(double inputs, double gap) {
        return new Bisected(blocks, inputs, gap, noise, blockDeviation, slopeDeviation, lowest, highest);
    }

    Bisected noise(double scale) {
        return new Bisected(blocks, inInputs, inGap, scale, blockDeviation, slopeDeviation, lowest, highest);
    }

    Bisected blockDeviation(double deviation) {
        return new Bisected(blocks, inInputs, inGap, noise, deviation, slopeDeviation, lowest, highest);
    }

    Bisected slopeDeviation(double deviation) {
        return new Bisected(blocks, inInputs, inGap, noise, blockDeviation, deviation, lowest, highest);
    }

    Bisected grid(double from, double to) {
        return new Bisected(blocks, inInputs, inGap, noise, blockDeviation, slopeDeviation, from, to);
    }

    static double logistic(RandomGenerator random) {
        double chance = random.nextDouble();
        return Math.log(chance / (1 - chance));
    }

    Observations draw(RandomGenerator random) {
        double first = Math.ceil((5 + lowest) / STEP);
        double last = Math.floor((5 + highest) / STEP);
        double middle = 5.5 * Math.log(2);
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            double gap = 0.7 * random.nextGaussian();
            double shared = 5 + inGap * gap + blockDeviation * random.nextGaussian();
            double slope = inInputs + slopeDeviation * random.nextGaussian();
            for (double inputs : INPUTS) {
                double size = shared + slope * (Math.log(inputs) - middle) + noise * logistic(random);
                double step = Math.ceil(size / STEP);
                double above = step <= first ? 0 : Math.exp(STEP * Math.min(step - 1, last));
                double atMost = step > last ? 0 : Math.exp(STEP * Math.max(step, first));
                rows.add(new Observation(
                        Point.ORIGIN.with("inputs", inputs),
                        block,
                        Map.of("width above", above, "width at most", atMost, "gap", Math.exp(gap))));
            }
        }
        return new Observations(rows);
    }
}
