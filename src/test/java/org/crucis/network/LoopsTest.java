package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain and vector loops give the same bits. Oracles: each other, and arithmetic written out. */
class LoopsTest {

    private final Loops plain = new PlainLoops();
    private final Loops fastest = Loops.fastest();

    @Test
    void theVectorApiIsUsedWhereTheJvmHasIt() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(fastest.getClass().getSimpleName()).isEqualTo(present ? "VectorLoops" : "PlainLoops");
    }

    /** Lengths below, at and above every number of lanes, and with every remainder. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 20, 23, 24, 31, 100, 1001})
    void bothGiveTheSameBits(int n) {
        assumeThat(fastest).as("the Vector API").isNotInstanceOf(PlainLoops.class);
        compare(n);
    }

    private void compare(int n) {
        SplittableRandom random = new SplittableRandom(n);
        int at = 3;
        double[] a = numbers(random, n + at + 2);
        double[] e = numbers(random, n);
        double factor = random.nextDouble(-2, 2);

        same(a, e, (loops, x, y) -> loops.exponentials(x, n));
        same(a, e, (loops, x, y) -> loops.positiveParts(x, n));
        same(numbers(random, 3 * n), e, (loops, x, y) -> loops.addMultiples(x, new double[] {9, 1, 2, -3}, 1, 3, y, n));
        same(a, e, (loops, x, y) -> loops.shift(x, at, factor, n));
        same(a, e, (loops, x, y) -> loops.whereOn(x.clone(), at, factor, x, n));
        same(a, e, (loops, x, y) -> loops.multiples(x.clone(), at, factor, x, n));
        same(a, e, (loops, x, y) -> loops.signalsThroughSlopes(x.clone(), at, factor, y, x, n));
        same(a, e, (loops, x, y) -> loops.multiply(y, x, n));
        same(a, e, (loops, x, y) -> y[0] = loops.dot(x, at, y, n));
        same(a, e, (loops, x, y) -> y[0] = loops.sum(x, at, n));
    }

    /** The same with vectors of two and four numbers, in JVMs of their own; of one number they are not used. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void everyNumberOfLanesGivesTheSameBits(int bytes) throws IOException, InterruptedException {
        assumeThat(fastest).as("the Vector API").isNotInstanceOf(PlainLoops.class);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxVectorSize=" + bytes,
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherLanes.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).contains(bytes == 8 ? "PlainLoops agrees" : "VectorLoops agrees");
    }

    static final class OtherLanes {
        public static void main(String[] arguments) {
            LoopsTest test = new LoopsTest();
            for (int n = 1; n < 40; n++) {
                test.compare(n);
            }
            System.out.println(test.fastest.getClass().getSimpleName() + " agrees");
        }
    }

    @Test
    void eachLoopDoesWhatItSays() {
        double[] a = {9, -1, 2, -3, 4, 9};
        double[] e = {10, 20, 30, 40};
        for (Loops loops : new Loops[] {plain, fastest}) {
            double[] z = a.clone();
            loops.positiveParts(z, 5);
            assertThat(z).containsExactly(9, 0, 2, 0, 4, 9);

            double[] sums = e.clone();
            loops.addMultiples(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new double[] {9, 2, -1}, 1, 2, sums, 4);
            assertThat(sums).containsExactly(7, 18, 29, 40);

            z = a.clone();
            loops.shift(z, 1, 5, 4);
            assertThat(z).containsExactly(9, 4, 7, 2, 9, 9);

            double[] d = new double[6];
            loops.whereOn(a, 1, 2, d, 4);
            assertThat(d).containsExactly(0, 0, 2, 0, 2, 0);

            loops.multiples(a, 1, 2, d, 4);
            assertThat(d).containsExactly(0, -2, 4, -6, 8, 0);

            loops.signalsThroughSlopes(a, 1, 2, e, d, 4);
            assertThat(d).containsExactly(0, -20, 80, -180, 320, 0);

            z = a.clone();
            loops.multiply(z, e, 4);
            assertThat(z).containsExactly(90, -20, 60, -120, 4, 9);

            assertThat(loops.dot(a, 1, e, 4)).isEqualTo(-10 + 40 - 90 + 160);
            assertThat(loops.sum(a, 1, 4)).isEqualTo(2);
        }
    }

    /** Oracle: StrictMath.exp, which is within one unit in the last place. */
    @Test
    void theExponentialIsRightToTheLastDigits() {
        for (double x = -707; x < 709; x += 0.00917) {
            double exact = StrictMath.exp(x);
            assertThat(Exponential.of(x))
                    .as("exp(%s)", x)
                    .isBetween(exact - 3 * Math.ulp(exact), exact + 3 * Math.ulp(exact));
        }
        assertThat(Exponential.of(0)).isEqualTo(1);
        assertThat(Exponential.of(-1e300)).isBetween(0.0, 1e-300);
        assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isBetween(0.0, 1e-300);
        assertThat(Exponential.of(Double.NaN)).isNaN();
    }

    /** Oracle: log 2 to 40 digits. */
    @Test
    void theTwoPartsOfLogTwoAreItsDigits() {
        BigDecimal exact = new BigDecimal("0.6931471805599453094172321214581765680755");
        BigDecimal parts = new BigDecimal(Exponential.LOG_TWO_HIGH).add(new BigDecimal(Exponential.LOG_TWO_LOW));
        assertThat(parts.subtract(exact, MathContext.DECIMAL64).abs()).isLessThan(new BigDecimal("1e-25"));
        assertThat(Double.doubleToRawLongBits(Exponential.LOG_TWO_HIGH) & ((1 << 20) - 1))
                .isZero();
    }

    private interface Use {
        void of(Loops loops, double[] x, double[] y);
    }

    private void same(double[] a, double[] e, Use use) {
        double[] plainA = a.clone();
        double[] plainE = e.clone();
        use.of(plain, plainA, plainE);
        double[] fastA = a.clone();
        double[] fastE = e.clone();
        use.of(fastest, fastA, fastE);
        assertThat(bits(fastA)).isEqualTo(bits(plainA));
        assertThat(bits(fastE)).isEqualTo(bits(plainE));
        assertThat(Arrays.equals(plainA, a) && Arrays.equals(plainE, e))
                .as("nothing was done")
                .isFalse();
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    /** The first one negative, both signs, sizes from 1e-3 to 1e1, and both zeros. */
    private static double[] numbers(SplittableRandom random, int length) {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextDouble(-3, 1));
        }
        numbers[0] = -Math.abs(numbers[0]);
        if (length > 12) {
            numbers[11] = 0;
            numbers[12] = -0.0;
        }
        return numbers;
    }
}
