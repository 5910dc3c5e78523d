package org.crucis.feature;

/** ReLU features on the circle and a target made of three of them: the example of most oracles here. */
final class ThreeUnits {

    private ThreeUnits() {}

    static FeatureGrid grid(int inputs, int features) {
        return FeatureGrid.over(
                FeatureGrid.angles(inputs), FeatureGrid.angles(features), ThreeUnits::relu, ThreeUnits::target);
    }

    static double target(double input) {
        return relu(0.5, input) - 0.8 * relu(2.6, input) + 0.6 * relu(4.4, input);
    }

    static double relu(double angle, double input) {
        return Math.max(0, Math.cos(angle - input));
    }
}
