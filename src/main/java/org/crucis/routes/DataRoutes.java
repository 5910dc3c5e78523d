package org.crucis.routes;

import java.util.List;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Separation;
import org.crucis.data.Spheres;
import org.crucis.routes.Comparison.Both;
import org.ejml.simple.SimpleMatrix;

/** Second routes to what is said of data. */
final class DataRoutes {

    private DataRoutes() {}

    static List<Comparison> all() {
        return List.of(separation(), anglesOfPairs(), independentDirections());
    }

    private static Comparison separation() {
        return Comparison.of("data", "separation of inputs")
                .by("differences and sums of coordinates")
                .and("lengths and inner products")
                .on("40 inputs on the sphere in 6 dimensions", () -> {
                    SimpleMatrix x = Spheres.uniform(40, 6, RandomSource.XO_SHI_RO_256_PP.create(1));
                    SimpleMatrix gram = x.mult(x.transpose());
                    double closest = Double.POSITIVE_INFINITY;
                    for (int i = 0; i < 40; i++) {
                        for (int j = 0; j < i; j++) {
                            double square = gram.get(i, i) + gram.get(j, j) - 2 * Math.abs(gram.get(i, j));
                            closest = Math.min(closest, square);
                        }
                    }
                    return Both.of(Separation.of(x).distance(), Math.sqrt(closest));
                })
                .toDigits(12);
    }

    private static Comparison anglesOfPairs() {
        double angle = 0.3;
        return Comparison.of("data", "pairs at a given angle")
                .by("the angle asked for")
                .and("arc cosine of the inner product")
                .on("20 pairs in 6 dimensions, angle 0.3", () -> {
                    SimpleMatrix x = Spheres.pairs(40, 6, angle, RandomSource.XO_SHI_RO_256_PP.create(2));
                    double[] asked = new double[20];
                    double[] measured = new double[20];
                    for (int pair = 0; pair < 20; pair++) {
                        asked[pair] = angle;
                        measured[pair] = Math.acos(x.getRow(2 * pair).dot(x.getRow(2 * pair + 1)));
                    }
                    return new Both(asked, measured);
                })
                .toDigits(12);
    }

    private static Comparison independentDirections() {
        int d = 6;
        int draws = 20_000;
        return Comparison.of("data", "mean squared cosine of two directions")
                .by("mean over draws")
                .and("1/d")
                .on("20000 draws of 3 inputs on the sphere in 6 dimensions", () -> {
                    var random = RandomSource.XO_SHI_RO_256_PP.create(7);
                    double sum = 0;
                    for (int draw = 0; draw < draws; draw++) {
                        SimpleMatrix x = Spheres.uniform(3, d, random);
                        SimpleMatrix cosines = x.mult(x.transpose());
                        // Each pair stands twice among the squares, and the diagonal is 1.
                        sum += (cosines.elementMult(cosines).elementSum() - 3) / 6;
                    }
                    return Both.of(sum / draws, 1.0 / d);
                })
                .toDigits(1.6, "the squared cosine deviates by 1.1 of its mean: five standard errors are 2.3 %");
    }
}
