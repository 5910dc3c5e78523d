package org.crucis.junit;

/** Where a run shows how far it has come. */
public interface ProgressView {

    /** A line that the next one replaces, where the place allows it. */
    void passing(String line);

    /** A line that stays. */
    void lasting(String line);
}
