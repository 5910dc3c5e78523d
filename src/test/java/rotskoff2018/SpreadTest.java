package rotskoff2018;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class SpreadTest {

    /** Oracle: by hand, three networks with the outputs (1, 0), (2, 0), (6, 3): variances 7 and 3. */
    @Test
    void varianceIsUnbiasedAndAveragedOverInputs() {
        Spread spread = new Spread();
        spread.add(new SimpleMatrix(new double[] {1, 0}));
        spread.add(new SimpleMatrix(new double[] {2, 0}));
        spread.add(new SimpleMatrix(new double[] {6, 3}));
        assertThat(spread.variance()).isCloseTo(5, within(1e-14));
    }
}
