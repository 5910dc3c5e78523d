package org.crucis.claim;

/** A picture for people who would rather look: made from the observations of one experiment, and judged by nobody. */
@FunctionalInterface
public interface Sketch {

    /**
     * The picture. It becomes part of the evidence, so it holds what an eye can see and not every digit.
     *
     * @param observations of the experiment's first look: every point and block of its sweep
     * @throws RuntimeException when these observations cannot be drawn; its message becomes the prediction's finding
     */
    Figure of(Observations observations);
}
