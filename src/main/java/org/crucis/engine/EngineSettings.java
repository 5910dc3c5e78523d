package org.crucis.engine;

import java.time.Duration;

/**
 * What an engine may use.
 *
 * @param slots how many trials run at once, at least 1
 * @param longest how long one trial may run; whoever runs longer is stopped, and fails
 * @param heapMegabytes Java heap of one worker process; its off-heap arrays may take twice as much
 */
public record EngineSettings(int slots, Duration longest, int heapMegabytes) {

    public static final Duration LONGEST = Duration.ofHours(1);

    public static final int HEAP_MEGABYTES = 2048;

    public EngineSettings {
        if (slots < 1) {
            throw new IllegalArgumentException("an engine runs at least one trial at a time, got " + slots);
        }
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("a trial needs some time, got " + longest);
        }
        if (heapMegabytes < 1) {
            throw new IllegalArgumentException("a worker needs some memory, got " + heapMegabytes + " MB");
        }
    }

    public static EngineSettings of(int slots) {
        return new EngineSettings(slots, LONGEST, HEAP_MEGABYTES);
    }
}
