package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.InnerProducts.Part;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** What the raw memory is asked for must be there: a wrong size would not throw, it would end the JVM. */
class InnerProductsTest {

    private static final SimpleMatrix INPUTS = SimpleMatrix.random_DDRM(5, 4, -1, 1, new Random(5));

    private static DenseNetwork draw() {
        return Architecture.of(4).hidden(9, 2).outputs(2).draw(RandomSource.XO_SHI_RO_256_PP.create(21));
    }

    /** Oracle: products of the data in plain Java; what is read begins where it was asked to. */
    @Test
    void columnsAreReadFromAnyEntryOn() {
        try (DenseNetwork network = draw();
                GradientFactors all = GradientFactors.of(network, INPUTS);
                GradientFactors three = GradientFactors.of(network, INPUTS.rows(0, 3));
                InnerProducts products = new InnerProducts(5, 3)) {
            all.refresh();
            three.refresh();
            products.ofInputs(0, all, three, Part.WHOLE);
            double[] read = new double[8];
            products.read(2, 1, 2, read);
            for (int k = 0; k < 8; k++) {
                int i = (k + 2) % 5;
                int j = 1 + (k + 2) / 5;
                assertThat(read[k]).isCloseTo(INPUTS.getRow(i).dot(INPUTS.getRow(j)), within(1e-14));
            }
        }
    }

    @Test
    void whatIsNotThereCannotBeRead() {
        try (DenseNetwork network = draw();
                GradientFactors factors = GradientFactors.of(network, INPUTS);
                InnerProducts products = new InnerProducts(5, 5)) {
            factors.refresh();
            assertThatThrownBy(products::rows).isInstanceOf(IllegalStateException.class);
            products.ofSignals(1, factors, factors, Part.LOWER);
            double[] read = new double[30];
            assertThatThrownBy(() -> products.read(0, 0, 6, read)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> products.read(-1, 0, 1, read)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> products.read(0, 0, 5, new double[24]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void closedProductsAreGone() {
        try (DenseNetwork network = draw();
                GradientFactors factors = GradientFactors.of(network, INPUTS)) {
            factors.refresh();
            InnerProducts products = new InnerProducts(5, 5);
            products.ofInputs(0, factors, factors, Part.WHOLE);
            products.close();
            assertThatThrownBy(() -> products.read(0, 0, 1, new double[5])).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> products.ofInputs(0, factors, factors, Part.WHOLE))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void productsBeyondTheMemoryAreRefused() {
        try (DenseNetwork network = draw();
                GradientFactors factors = GradientFactors.of(network, INPUTS);
                InnerProducts products = new InnerProducts(4, 5)) {
            assertThatThrownBy(() -> products.ofInputs(0, factors, factors, Part.LOWER))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The sets have 5 and 5 inputs; there is memory for 20 products only.");
        }
    }

    @Test
    void closedFactorsHaveNoProducts() {
        try (DenseNetwork network = draw();
                InnerProducts products = new InnerProducts(5, 5)) {
            GradientFactors factors = GradientFactors.of(network, INPUTS);
            factors.close();
            assertThatThrownBy(factors::refresh).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> products.ofSignals(1, 0, 1, factors, factors, Part.WHOLE))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
