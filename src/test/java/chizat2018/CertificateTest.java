package chizat2018;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Circle;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Oracle: one input x of length one with the label 1, where the minimum is lambda - lambda^2/2, of a neuron along x. */
class CertificateTest {

    private static final double LAMBDA = 0.2;
    private static final double MINIMUM = LAMBDA - LAMBDA * LAMBDA / 2;

    private final SimpleMatrix input = Circle.at(0);
    private final SimpleMatrix label = SimpleMatrix.identity(1);

    @Test
    void theMinimumHasNoGap() {
        Certificate certificate = Certificate.of(input, label, label.scale(1 - LAMBDA), 1 - LAMBDA, LAMBDA);
        assertThat(certificate.objective()).isCloseTo(MINIMUM, within(1e-15));
        assertThat(certificate.lowerBound()).isCloseTo(MINIMUM, within(1e-15));
        assertThat(certificate.correlation()).isCloseTo(LAMBDA, within(1e-15));
    }

    @Test
    void anotherNetworkIsBoundedFromBelow() {
        Certificate nothing = Certificate.of(input, label, label.scale(0), 0, LAMBDA);
        assertThat(nothing.objective()).isEqualTo(0.5);
        assertThat(nothing.lowerBound()).isCloseTo(MINIMUM, within(1e-15));
        Certificate wasteful = Certificate.of(input, label, label.scale(0.5), 2, LAMBDA);
        assertThat(wasteful.lowerBound()).isLessThanOrEqualTo(MINIMUM);
        assertThat(wasteful.relativeGap()).isPositive();
    }

    /** Descent from one sign cannot make the negative neuron: its objective lies above the certified minimum of the other. */
    @Test
    void neuronsOfOneSignStayAboveTheMinimum() {
        Student all =
                Student.train(20, Student.Start.EVERY_DIRECTION, Trained.ALL, RandomSource.XO_SHI_RO_256_PP.create(1));
        Student positive =
                Student.train(20, Student.Start.ONE_SIGN, Trained.ALL, RandomSource.XO_SHI_RO_256_PP.create(1));
        assertThat(all.certificate().relativeGap()).isLessThan(1e-3);
        assertThat(positive.certificate().objective())
                .isGreaterThan(1.1 * all.certificate().objective());
        assertThat(positive.certificate().lowerBound())
                .isLessThanOrEqualTo(all.certificate().objective());
    }
}
