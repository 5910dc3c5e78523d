package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SphereLawTest {

    /** Oracle: computed outside of this project from the Bessel form, and met there by simulated networks. */
    @Test
    void lawOnTheCircle() {
        SphereLaw law = circle(3, 0.05, 0.05);

        assertThat(law.residual()).isCloseTo(0.5346, within(5e-5));
        assertThat(law.concentration() / 2).isCloseTo(3.572, within(5e-4));
        assertThat(law.meanCosineOfTwiceTheAngle()).isCloseTo(0.8448, within(5e-5));
        assertThat(law.secondMomentOfOutputWeights()).isCloseTo(7.0898, within(5e-5));
    }

    /** Oracle: the axial von Mises form with Bessel functions from their power series, its equation solved by bisection. */
    @ParameterizedTest
    @CsvSource({"3, 0.05, 0.05", "1, 0.02, 0.1", "2, 0.2, 0.003", "0.3, 0.01, 0.0004", "5, 0.7, 2", "4, 1e-3, 1e-3"})
    void onTheCircleItIsTheAxialVonMisesLaw(double length, double lam1, double lam3) {
        SphereLaw law = circle(length, lam1, lam3);
        double low = 0;
        double high = length;
        for (int i = 0; i < 100; i++) {
            double r = (low + high) / 2;
            double a = bessel(1, kappa(r, lam1, lam3)) / bessel(0, kappa(r, lam1, lam3));
            if (r * (1 + (1 + a) / (8 * lam1)) < length) {
                low = r;
            } else {
                high = r;
            }
        }
        double kappa = kappa(low, lam1, lam3);
        double a = bessel(1, kappa) / bessel(0, kappa);

        assertThat(law.residual()).isCloseTo(low, withinPercentage(1e-10));
        assertThat(law.learnedLength()).isCloseTo(length - low, withinPercentage(1e-10));
        assertThat(law.concentration() / 2).isCloseTo(kappa, withinPercentage(1e-10));
        assertThat(law.meanCosineOfTwiceTheAngle()).isCloseTo(a, within(1e-12));
        assertThat(law.secondMomentOfOutputWeights())
                .isCloseTo(low * low * (1 + a) / (32 * lam1 * lam1) + lam3 / (2 * lam1), withinPercentage(1e-10));
        for (double angle : new double[] {0, 0.4, 1.9, -2.5}) {
            assertThat(law.density(angle))
                    .isCloseTo(Math.exp(kappa * Math.cos(2 * angle)) / bessel(0, kappa), withinPercentage(1e-10));
        }
    }

    /** Oracle: the Watson law's moment as a ratio of Kummer functions, M(3/2, d/2 + 1, k) / (d M(1/2, d/2, k)). */
    @ParameterizedTest
    @CsvSource({
        "2, 0.5, 3, 0.05, 0.05",
        "3, 1, 2, 0.1, 0.2",
        "4, 1, 1, 0.01, 0.01",
        "5, 2, 3, 0.3, 0.05",
        "10, 1, 1, 0.02, 0.0005",
        "100, 1, 4, 0.05, 0.001",
        "1000, 1, 4, 0.001, 0.01"
    })
    void inAnyDimensionItIsTheWatsonLaw(int d, double s, double length, double lam1, double lam3) {
        SphereLaw law = new LinearTarget(d, s, length)
                .featureLaw(Regularization.onOutputWeights(lam1).andEntropy(lam3));
        double k = law.concentration();
        double alignment = kummer(1.5, d / 2.0 + 1, k) / (d * kummer(0.5, d / 2.0, k));

        assertThat(law.alignment()).isCloseTo(alignment, withinPercentage(1e-10));
        assertThat(k).isCloseTo(Math.pow(s * law.residual(), 2) / (4 * lam1 * lam3), withinPercentage(1e-12));
        assertThat(law.residual() * (1 + s * alignment / (2 * lam1))).isCloseTo(length, withinPercentage(1e-10));
        assertThat(law.density(1))
                .isCloseTo(Math.exp(k * Math.pow(Math.cos(1), 2)) / kummer(0.5, d / 2.0, k), withinPercentage(1e-9));
    }

    /**
     * Oracle: moments of the joint law exp(-(u g + lam1 u^2) / lam3) of output weight u and angle, g = -s r cos(angle), summed over a grid
     * of both, with nothing integrated out. Its mean u theta must be what was assumed to be learned.
     */
    @ParameterizedTest
    @CsvSource({"2, 0.5, 3, 0.05, 0.05", "2, 0.5, 1.3, 0.03, 0.02", "3, 1, 1.5, 0.2, 0.1", "6, 1, 2, 0.1, 0.05"})
    void jointLawOfWeightsAndFeaturesReproducesItself(int d, double s, double length, double lam1, double lam3) {
        SphereLaw law = new LinearTarget(d, s, length)
                .featureLaw(Regularization.onOutputWeights(lam1).andEntropy(lam3));
        double largest = s * law.residual() / (2 * lam1);
        double noise = Math.sqrt(lam3 / (2 * lam1));
        double reach = largest + 10 * noise;
        double[] sums = new double[4];
        int angles = 2000;
        for (int i = 0; i < angles; i++) {
            double angle = Math.PI * (i + 0.5) / angles;
            double around = Math.pow(Math.sin(angle), d - 2);
            for (double u = -reach; u <= reach; u += noise / 4) {
                double potential = -u * s * law.residual() * Math.cos(angle) + lam1 * u * u;
                double weight = around * Math.exp(-(potential + lam1 * largest * largest) / lam3);
                sums[0] += weight;
                sums[1] += weight * u * Math.cos(angle);
                sums[2] += weight * u * u;
                sums[3] += weight * Math.cos(2 * angle);
            }
        }

        assertThat(law.learnedLength()).isCloseTo(sums[1] / sums[0], withinPercentage(1e-4));
        assertThat(law.secondMomentOfOutputWeights()).isCloseTo(sums[2] / sums[0], withinPercentage(1e-4));
        assertThat(law.meanCosineOfTwiceTheAngle()).isCloseTo(sums[3] / sums[0], within(1e-6));
        assertThat(law.secondMomentOfOutputWeights() - law.secondMomentOfMeanOutputWeights())
                .isCloseTo(lam3 / (2 * lam1), withinPercentage(1e-9));
    }

    /** Oracle: the midpoint rule over the density. */
    @ParameterizedTest
    @CsvSource({"-0.7, 0.9", "0.2, 0.3", "-4, 1", "1.5, 1.7", "2, 8.2", "-3.2, -3.1"})
    void massOfAnArc(double from, double to) {
        SphereLaw law = circle(3, 0.05, 0.05);

        double mass = midpoint(law::density, from, to) / (2 * Math.PI);

        assertThat(law.arcMass(from, to)).isCloseTo(mass, within(1e-9));
    }

    @Test
    void arcsAddUp() {
        SphereLaw law = circle(2, 0.01, 0.001);

        assertThat(law.arcMass(0.3, 0.3 + 2 * Math.PI)).isCloseTo(1, within(1e-14));
        assertThat(law.arcMass(-Math.PI / 2, Math.PI / 2)).isCloseTo(0.5, within(1e-14));
        assertThat(law.arcMass(-1, 0.4) + law.arcMass(0.4, 2)).isCloseTo(law.arcMass(-1, 2), within(1e-14));
    }

    /** Oracle: in three dimensions the angle has density sin / 2. */
    @Test
    void densityOnTheSphereHasMassOne() {
        SphereLaw law = new LinearTarget(3, 1, 2)
                .featureLaw(Regularization.onOutputWeights(0.1).andEntropy(0.02));

        assertThat(midpoint(angle -> law.density(angle) * Math.sin(angle) / 2, 0, Math.PI))
                .isCloseTo(1, within(1e-8));
    }

    /** Oracle: without entropy and with nothing but entropy, the optima over all laws and over the even one. */
    @ParameterizedTest
    @CsvSource({"2, 0.5, 3, 0.05", "3, 1, 1, 0.2", "8, 1, 2, 0.01"})
    void objectiveLiesBetweenItsLimits(int d, double s, double length, double lam1) {
        LinearTarget target = new LinearTarget(d, s, length);
        double least = target.leastObjective(lam1);
        double random = target.randomFeatureObjective(lam1);
        double sharp = target.featureLaw(Regularization.onOutputWeights(lam1).andEntropy(1e-7))
                .objective();
        double even = target.featureLaw(Regularization.onOutputWeights(lam1).andEntropy(1e7))
                .objective();
        double between = target.featureLaw(Regularization.onOutputWeights(lam1).andEntropy(0.01))
                .objective();

        assertThat(sharp).isCloseTo(least, withinPercentage(0.1)).isGreaterThan(least);
        assertThat(even).isCloseTo(random, withinPercentage(1e-4));
        assertThat(between).isBetween(sharp, even);
    }

    /** Oracle: by hand, lam1 B^2 / (1 + 4 lam1) and 2 lam1 B^2 / (1 + 8 lam1) on the circle, and for s = 1 with 1 + 2 lam1, 1 + 2 lam1 d. */
    @Test
    void optimaWithoutEntropy() {
        LinearTarget circle = LinearTarget.onCircle(3);
        LinearTarget sphere = new LinearTarget(7, 1, 2);

        assertThat(circle.leastObjective(0.05)).isCloseTo(0.05 * 9 / 1.2, within(1e-15));
        assertThat(circle.randomFeatureObjective(0.05)).isCloseTo(0.1 * 9 / 1.4, within(1e-15));
        assertThat(sphere.leastObjective(0.05)).isCloseTo(0.05 * 4 / 1.1, within(1e-15));
        assertThat(sphere.randomFeatureObjective(0.05)).isCloseTo(0.35 * 4 / 1.7, within(1e-15));
        assertThat(sphere.randomFeatureObjective(1e-9) / sphere.leastObjective(1e-9))
                .isCloseTo(7, within(1e-6));
    }

    @Test
    void badArgumentsAreNamed() {
        LinearTarget target = LinearTarget.onCircle(1);
        Regularization penalty = Regularization.onOutputWeights(0.1);
        SphereLaw law = target.featureLaw(penalty.andEntropy(0.1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.featureLaw(penalty))
                .withMessageContaining("above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.featureLaw(penalty.andEntropy(0.1).andFeatures(0.2)))
                .withMessageContaining("0.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinearTarget(1, 1, 1))
                .withMessageContaining("dimension 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinearTarget(2, 0, 1))
                .withMessageContaining("second moment");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Regularization.onOutputWeights(0))
                .withMessageContaining("positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> penalty.andEntropy(-1))
                .withMessageContaining("-1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> law.arcMass(1, 0)).withMessageContaining("2 pi");
        assertThatIllegalStateException()
                .isThrownBy(() -> new LinearTarget(3, 1, 1)
                        .featureLaw(penalty.andEntropy(0.1))
                        .arcMass(0, 1))
                .withMessageContaining("dimension 3");
    }

    private static SphereLaw circle(double length, double lam1, double lam3) {
        return LinearTarget.onCircle(length)
                .featureLaw(Regularization.onOutputWeights(lam1).andEntropy(lam3));
    }

    private static double kappa(double r, double lam1, double lam3) {
        return r * r / (32 * lam1 * lam3);
    }

    /** I_order(x) = sum_k (x/2)^(2k + order) / (k! (k + order)!), for x below some hundreds. */
    private static double bessel(int order, double x) {
        double term = order == 0 ? 1 : x / 2;
        double sum = 0;
        for (int k = 1; sum + term != sum; k++) {
            sum += term;
            term *= x * x / 4 / k / (k + order);
        }
        return sum;
    }

    /** M(a, b, x), a series of positive terms. */
    private static double kummer(double a, double b, double x) {
        double term = 1;
        double sum = 0;
        for (int n = 0; sum + term != sum; n++) {
            sum += term;
            term *= (a + n) / (b + n) * x / (n + 1);
        }
        return sum;
    }

    private static double midpoint(DoubleUnaryOperator density, double from, double to) {
        int cells = 100_000;
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            sum += density.applyAsDouble(from + (to - from) * (i + 0.5) / cells);
        }
        return sum * (to - from) / cells;
    }
}
