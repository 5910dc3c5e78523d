package org.crucis.lab;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.claim.Point;

/** One point of a sweep with one seed. */
public final class Trial {

    private final String experiment;
    private final Point point;
    private final int block;
    private final Seeds seeds;

    Trial(String experiment, Point point, int block, Seeds seeds) {
        this.experiment = experiment;
        this.point = point;
        this.block = block;
        this.seeds = seeds;
    }

    /** The coordinate on an axis of whole numbers, such as a width. */
    public int size(String axis) {
        double value = point.number(axis);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException("axis '" + axis + "' holds " + value + ", which is not a whole number");
        }
        return (int) value;
    }

    /** The coordinate on an axis of numbers. */
    public double number(String axis) {
        return point.number(axis);
    }

    /** The coordinate on an axis of labels. */
    public <E extends Enum<E>> E choice(String axis, Class<E> type) {
        return Enum.valueOf(type, point.label(axis));
    }

    public int block() {
        return block;
    }

    /** A stream of this trial alone; the same name gives the same numbers again. */
    public UniformRandomProvider random(String name) {
        // The coordinates with all their digits: a point shows itself rounded.
        return seeds.stream(experiment, point.coordinates(), block, name);
    }

    /**
     * A stream of the block: the same numbers at every size of the sweep and in every experiment of the claim, for what is
     * carried through them, such as the data.
     */
    public UniformRandomProvider blockRandom(String name) {
        return seeds.stream("block", block, name);
    }

    @Override
    public String toString() {
        return experiment + " at " + point + ", block " + block;
    }
}
