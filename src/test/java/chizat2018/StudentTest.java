package chizat2018;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.simple.RandomSource;
import org.crucis.feature.SparseOptimum;
import org.crucis.network.Trained;
import org.junit.jupiter.api.Test;

/** Oracle: the minimum over measures on a grid of directions, by nonnegative least squares. */
class StudentTest {

    private static Student student(Student.Start start) {
        return Student.train(20, start, Trained.ALL, RandomSource.XO_SHI_RO_256_PP.create(1));
    }

    @Test
    void trainingReachesTheMinimumOfTheSolver() {
        double minimum =
                SparseOptimum.withVariation(Student.GRID, Student.DECAY).objective();
        assertThat(student(Student.Start.EVERY_DIRECTION).certificate().primal())
                .isCloseTo(minimum, within(1e-6 * minimum));
    }

    /** Descent from one sign cannot make the negative neuron: its objective lies above the certified minimum of the other. */
    @Test
    void neuronsOfOneSignStayAboveTheMinimum() {
        Student all = student(Student.Start.EVERY_DIRECTION);
        Student positive = student(Student.Start.ONE_SIGN);
        assertThat(all.certificate().relative()).isLessThan(1e-3);
        assertThat(positive.certificate().primal())
                .isGreaterThan(1.1 * all.certificate().primal());
        assertThat(positive.certificate().dual())
                .isLessThanOrEqualTo(all.certificate().primal());
    }
}
