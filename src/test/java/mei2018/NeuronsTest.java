package mei2018;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Parametrization;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class NeuronsTest {

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
    private final Neurons neurons = new Neurons(Parametrization.meanField(), random);

    /** Oracle: with all neurons of another network a part is that network again, and trains as it did. */
    @Test
    void aPartWithAllNeuronsIsTheWhole() {
        Neurons.Trained whole = neurons.fresh(64, random);
        Neurons.Trained same = neurons.part(whole, 0, 64, Neurons.Start.AS_REFERENCE);
        assertThat(same.start().minus(whole.start()).elementMaxAbs()).isLessThan(1e-14);
        assertThat(same.now().minus(whole.now()).elementMaxAbs()).isLessThan(1e-12);
    }

    @Test
    void aPartStartsWithTheNeuronsAskedFor() {
        Neurons.Trained whole = neurons.fresh(64, random);
        SimpleMatrix start =
                neurons.part(whole, 16, 8, Neurons.Start.LARGER_OUTPUT_WEIGHTS).start();
        SimpleMatrix expected = whole.start().rows(16, 24);
        assertThat(start.getColumn(0).minus(expected.getColumn(0).scale(3)).elementMaxAbs())
                .isLessThan(1e-14);
        assertThat(start.cols(1, 3).minus(expected.cols(1, 3)).elementMaxAbs()).isLessThan(1e-14);
    }

    /** Oracle: by hand, outputs (0, 0) and (2, 4): variances 2 and 8. */
    @Test
    void outputVarianceIsAveragedOverInputs() {
        SimpleMatrix none = new SimpleMatrix(1, 3);
        Neurons.Trained one = new Neurons.Trained(none, none, new SimpleMatrix(new double[] {0, 0}), 1);
        Neurons.Trained two = new Neurons.Trained(none, none, new SimpleMatrix(new double[] {2, 4}), 1);
        assertThat(Neurons.outputVariance(List.of(one, two))).isCloseTo(5, within(1e-14));
    }
}
