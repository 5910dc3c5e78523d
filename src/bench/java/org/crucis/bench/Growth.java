package org.crucis.bench;

/** Exponents of power laws. */
final class Growth {

    private Growth() {}

    /** Least-squares slope of log y against log x. */
    static double slope(double[] x, double[] y) {
        double middle = 0;
        for (double each : x) {
            middle += Math.log(each) / x.length;
        }
        double above = 0;
        double below = 0;
        for (int i = 0; i < x.length; i++) {
            double distance = Math.log(x[i]) - middle;
            above += distance * Math.log(y[i]);
            below += distance * distance;
        }
        return above / below;
    }
}
