package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.crucis.Draw;
import org.crucis.claim.Figure.Scale;
import org.junit.jupiter.api.Test;

class RulerTest {

    private static List<String> labels(Scale scale, double low, double high) {
        return new Ruler(scale, low, high, 0, 1)
                .ticks().stream()
                        .map(Ruler.Tick::label)
                        .filter(label -> !label.isEmpty())
                        .toList();
    }

    /** Oracle: by hand. */
    @Test
    void roundNumbers() {
        assertThat(labels(Scale.LINEAR, 0, 1)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
        assertThat(labels(Scale.LINEAR, -1.2, 0.1)).containsExactly("−1", "−0.5", "0");
        assertThat(labels(Scale.LINEAR, 0, 3e6))
                .containsExactly("0", "5×10⁵", "10⁶", "1.5×10⁶", "2×10⁶", "2.5×10⁶", "3×10⁶");
        assertThat(labels(Scale.LOG, 0.5, 200)).containsExactly("1", "3", "10", "30", "100");
        assertThat(labels(Scale.LOG, 1e-9, 1e-2)).containsExactly("10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01");
    }

    /** Under three decades a power of ten alone would label few ticks or none: all digits, 1-2-5 or 1-3 are labelled. */
    @Test
    void shortLogarithmicAxis() {
        assertThat(labels(Scale.LOG, 0.03, 0.6)).containsExactly("0.05", "0.1", "0.2", "0.5");
        assertThat(labels(Scale.LOG, 64, 4096)).containsExactly("100", "200", "500", "1000", "2000");
        assertThat(labels(Scale.LOG, 0.85, 4.5)).containsExactly("0.9", "1", "2", "3", "4");
        assertThat(labels(Scale.LOG, 2.1, 3.4)).containsExactly("2.5", "3");
    }

    @Test
    void ticksAreInsideIncreasingFewAndTellApart() {
        Draw.cases(20260107, 1000, draw -> {
            Scale scale = draw.of("scale", Scale.values());
            double exponent = draw.real("exponent", -12, 12);
            double logSpan = draw.real("logSpan", -6, 1.2);
            boolean negative = draw.of("negative", false, true);
            double span = Math.pow(10, logSpan);
            double low = Math.pow(10, exponent) * (scale == Scale.LINEAR && negative ? -1 : 1);
            double high = scale == Scale.LOG ? low * Math.pow(10, span) : low + Math.abs(low) * span;
            Ruler ruler = new Ruler(scale, low, high, 0, 100);

            List<Ruler.Tick> ticks = ruler.ticks();

            assertThat(ticks).allSatisfy(tick -> assertThat(tick.value()).isBetween(low, high));
            for (int k = 1; k < ticks.size(); k++) {
                assertThat(ticks.get(k).value()).isGreaterThan(ticks.get(k - 1).value());
            }
            List<String> labels = ticks.stream()
                    .map(Ruler.Tick::label)
                    .filter(label -> !label.isEmpty())
                    .toList();
            assertThat(labels).hasSizeBetween(2, 8).doesNotHaveDuplicates();
        });
    }

    @Test
    void whatIsCoveredLiesOnThePaper() {
        Draw.cases(20260108, 1000, draw -> {
            Scale scale = draw.of("scale", Scale.values());
            List<Double> values = draw.reals("values");
            Ruler ruler = Ruler.covering(scale, values.stream().mapToDouble(Double::doubleValue), 20, 120);

            assertThat(ruler.low()).isLessThan(ruler.high());
            assertThat(ruler.ticks().stream().filter(Ruler.Tick::major)).hasSizeGreaterThanOrEqualTo(2);
            values.stream()
                    .filter(ruler::shows)
                    .filter(value -> Math.abs(value) < 1e280 && (scale == Scale.LINEAR || value > 1e-280))
                    .forEach(value -> assertThat(ruler.at(value)).isBetween(20.0, 120.0));
        });
    }

    @Test
    void scalesPlaceValues() {
        assertThat(new Ruler(Scale.LINEAR, 2, 4, 100, 0).at(2.5)).isCloseTo(75, within(1e-12));
        assertThat(new Ruler(Scale.LOG, 1, 100, 0, 50).at(10)).isCloseTo(25, within(1e-12));
        assertThat(Ruler.covering(Scale.LOG, DoubleStream.of(-1, 0, Double.NaN), 0, 1)
                        .low())
                .isEqualTo(1);
    }
}
