package org.crucis.report;

import java.util.List;

/**
 * The two pictures on the first screen, for {@code opening.mustache}.
 *
 * @param count of exponents
 * @param measured how many of them were measured
 * @param inside how many of those intervals lie in what was accepted
 * @param panels markup of the atlas
 * @param map markup of the sharpness map
 */
record Opening(
        int count, int measured, int inside, List<String> panels, String map, List<SharpnessMap.Theorem> theorems) {

    static Opening of(Joined run) {
        ExponentAtlas atlas = ExponentAtlas.of(run);
        SharpnessMap sharpness = SharpnessMap.of(run);
        return new Opening(
                atlas.count(),
                atlas.measured(),
                atlas.inside(),
                atlas.panels(),
                sharpness.isEmpty() ? "" : sharpness.svg(),
                sharpness.theorems());
    }

    boolean hasAtlas() {
        return !panels.isEmpty();
    }

    boolean hasMap() {
        return !map.isEmpty();
    }
}
