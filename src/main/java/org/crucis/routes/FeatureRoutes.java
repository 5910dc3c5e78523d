package org.crucis.routes;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Gaussian;
import org.crucis.feature.EnergyDistance;
import org.crucis.feature.FeatureGrid;
import org.crucis.feature.FeaturePopulation;
import org.crucis.feature.GridLaw;
import org.crucis.feature.KernelDiscrepancy;
import org.crucis.feature.LinearTarget;
import org.crucis.feature.Regularization;
import org.crucis.feature.SlicedWasserstein;
import org.crucis.feature.SphereLaw;
import org.crucis.feature.Wasserstein;
import org.crucis.routes.Comparison.Both;
import org.ejml.simple.SimpleMatrix;

/** Second routes to distances between clouds of features and to the laws that they follow. */
final class FeatureRoutes {

    private static final Regularization PENALTIES =
            Regularization.onOutputWeights(0.05).andEntropy(0.05);
    private static final double TARGET_LENGTH = 3;
    private static final String CIRCLE = "linear features on the circle, 400 of them on the grid, 12 inputs";

    private FeatureRoutes() {}

    static List<Comparison> all() {
        return List.of(
                energyOnTheLine(),
                energyInSpace(),
                kernelDiscrepancy(),
                wassersteinOnTheLine(),
                slicedWasserstein(),
                gibbsLaw(),
                primalAndDual(),
                noiseOfOutputWeights(),
                repopulation());
    }

    private static SimpleMatrix cloud(int dimension) {
        return Gaussian.inputs(60, dimension, RandomSource.XO_SHI_RO_256_PP.create(21));
    }

    private static SimpleMatrix otherCloud(int dimension) {
        return Gaussian.inputs(60, dimension, RandomSource.XO_SHI_RO_256_PP.create(22))
                .scale(1.5)
                .plus(0.5);
    }

    private static Comparison energyOnTheLine() {
        return Comparison.of("feature", "energy distance")
                .by("distribution functions")
                .and("the double sums of its definition")
                .on("60 and 60 points on a line", () -> energy(1))
                .toDigits(12);
    }

    private static Comparison energyInSpace() {
        return Comparison.of("feature", "energy distance")
                .by("blocks of squared distances")
                .and("the double sums of its definition")
                .on("60 and 60 points in 3 dimensions", () -> energy(3))
                .toDigits(12);
    }

    private static Both energy(int dimension) {
        SimpleMatrix a = cloud(dimension);
        SimpleMatrix b = otherCloud(dimension);
        DoubleUnaryOperator distance = x -> x;
        return Both.of(
                EnergyDistance.squared(a, b),
                2 * meanOver(a, b, distance) - meanOver(a, a, distance) - meanOver(b, b, distance));
    }

    private static Comparison kernelDiscrepancy() {
        return Comparison.of("feature", "maximum mean discrepancy")
                .by("blocks of squared distances")
                .and("the double sums of its definition")
                .on("60 and 60 points in 3 dimensions, width 2", () -> {
                    SimpleMatrix a = cloud(3);
                    SimpleMatrix b = otherCloud(3);
                    DoubleUnaryOperator gauss = x -> Math.exp(-x * x / 8);
                    return Both.of(
                            KernelDiscrepancy.ofWidth(2).squared(a, b),
                            meanOver(a, a, gauss) + meanOver(b, b, gauss) - 2 * meanOver(a, b, gauss));
                })
                .toDigits(12);
    }

    private static double meanOver(SimpleMatrix a, SimpleMatrix b, DoubleUnaryOperator ofDistance) {
        double sum = 0;
        for (int i = 0; i < a.getNumRows(); i++) {
            for (int j = 0; j < b.getNumRows(); j++) {
                sum += ofDistance.applyAsDouble(a.getRow(i).minus(b.getRow(j)).normF());
            }
        }
        return sum / a.getNumRows() / b.getNumRows();
    }

    private static Comparison wassersteinOnTheLine() {
        return Comparison.of("feature", "Wasserstein distance")
                .by("area between distribution functions")
                .and("mean difference of quantiles")
                .on("60 and 60 points on a line", () -> {
                    double[] a = cloud(1).getDDRM().getData();
                    double[] b = otherCloud(1).getDDRM().getData();
                    return Both.of(Wasserstein.oneDimensional(a, b), betweenQuantiles(a, b));
                })
                .toDigits(12);
    }

    private static Comparison slicedWasserstein() {
        return Comparison.of("feature", "sliced Wasserstein distance")
                .by("projections as products of matrices")
                .and("quantiles along each direction")
                .on("60 and 60 points in the plane, 7 directions", () -> {
                    SimpleMatrix a = cloud(2);
                    SimpleMatrix b = otherCloud(2);
                    double sum = 0;
                    for (int k = 0; k < 7; k++) {
                        sum += betweenQuantiles(along(a, Math.PI * k / 7), along(b, Math.PI * k / 7));
                    }
                    return Both.of(SlicedWasserstein.evenly(7).distance(a, b), sum / 7);
                })
                .toDigits(12);
    }

    private static double[] along(SimpleMatrix points, double angle) {
        double[] places = new double[points.getNumRows()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.cos(angle) * points.get(i, 0) + Math.sin(angle) * points.get(i, 1);
        }
        return places;
    }

    private static double betweenQuantiles(double[] a, double[] b) {
        double[] x = Arrays.stream(a).sorted().toArray();
        double[] y = Arrays.stream(b).sorted().toArray();
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += Math.abs(x[k] - y[k]);
        }
        return sum / x.length;
    }

    private static Comparison gibbsLaw() {
        return Comparison.of("feature", "law that noisy descent learns")
                .by("closed form on the sphere")
                .and("Newton's method on a grid")
                .on(CIRCLE, () -> {
                    SphereLaw exact = LinearTarget.onCircle(TARGET_LENGTH).featureLaw(PENALTIES);
                    GridLaw law = GridLaw.of(grid(), PENALTIES);
                    double[] angles = FeatureGrid.angles(400);
                    return new Both(
                            new double[] {
                                exact.meanCosineOfTwiceTheAngle(),
                                exact.secondMomentOfOutputWeights(),
                                exact.learnedLength(),
                                exact.objective()
                            },
                            new double[] {
                                law.population().mean(g -> Math.cos(2 * angles[g])),
                                law.secondMomentOfOutputWeights(),
                                law.outputs().get(0),
                                law.primal()
                            });
                })
                .toDigits(8, "the grid's law promises a gap of 1e-9 of its objective, no more");
    }

    private static Comparison primalAndDual() {
        return Comparison.of("feature", "objective of the learned law")
                .by("primal, summed over the population")
                .and("dual, from the residual")
                .on(CIRCLE, () -> {
                    GridLaw law = GridLaw.of(grid(), PENALTIES);
                    return Both.of(law.primal(), law.dual());
                })
                .toDigits(9, "the grid's law promises a gap of 1e-9 of its objective, no more");
    }

    private static Comparison noiseOfOutputWeights() {
        return Comparison.of("feature", "variance of an output weight in the Gibbs law")
                .by("closed form")
                .and("trapezoid rule over exp(-(g u + lam1 u^2)/lam3)")
                .on("lam1 = lam3 = 0.05, g = 0.02", () -> {
                    double mass = 0;
                    double mean = 0;
                    double square = 0;
                    for (int k = -4000; k <= 4000; k++) {
                        double u = k / 400.0;
                        double density =
                                Math.exp(-(0.02 * u + PENALTIES.outputWeights() * u * u) / PENALTIES.entropy());
                        mass += density;
                        mean += density * u;
                        square += density * u * u;
                    }
                    return Both.of(PENALTIES.outputWeightNoise(), square / mass - mean * mean / mass / mass);
                })
                .toDigits(12);
    }

    private static Comparison repopulation() {
        return Comparison.of("feature", "outputs of a repopulated network")
                .by("weights times p/p0 on features of the base law")
                .and("the population as it was")
                .on(CIRCLE, () -> {
                    FeatureGrid grid = grid();
                    FeaturePopulation learned = GridLaw.of(grid, PENALTIES).population();
                    return Both.of(meanOverLaw(learned.repopulated(grid.baseLaw()), grid), meanOverLaw(learned, grid));
                })
                .toDigits(12);
    }

    /** sum_g p_g u_g h_g. */
    private static SimpleMatrix meanOverLaw(FeaturePopulation population, FeatureGrid grid) {
        return grid.features().mult(population.law().elementMult(population.outputWeights()));
    }

    private static FeatureGrid grid() {
        return FeatureGrid.over(
                FeatureGrid.angles(12),
                FeatureGrid.angles(400),
                (angle, input) -> Math.cos(angle - input),
                input -> TARGET_LENGTH * Math.cos(input));
    }
}
