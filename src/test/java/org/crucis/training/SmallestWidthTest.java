package org.crucis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallestWidthTest {

    private static final List<Integer> GRID = SmallestWidth.grid(2, 1 << 14, 2);

    @Test
    void gridsRiseByEqualRatios() {
        assertThat(SmallestWidth.grid(4, 32, 1)).containsExactly(4, 8, 16, 32);
        assertThat(SmallestWidth.grid(4, 16, 2)).containsExactly(4, 6, 8, 11, 16);
        // Neighbours that round to the same width count once.
        assertThat(SmallestWidth.grid(1, 4, 4)).containsExactly(1, 2, 3, 4);
    }

    /** Oracle: the linear scan. Two log2 of the place is what the search promises. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 11, 12, 500, 16384, 20000})
    void findsTheBorder(int border) {
        List<Integer> asked = new ArrayList<>();
        SmallestWidth found = SmallestWidth.search(GRID, width -> {
            asked.add(width);
            return width >= border;
        });
        int above = GRID.stream().filter(width -> width < border).reduce(0, (a, b) -> b);
        int atMost = GRID.stream().filter(width -> width >= border).findFirst().orElse(0);
        assertThat(found).isEqualTo(new SmallestWidth(above, atMost));
        assertThat(asked).doesNotHaveDuplicates();
        assertThat(asked.size()).isLessThanOrEqualTo(2 + 2 * (int) Math.ceil(Math.log(GRID.size()) / Math.log(2)));
    }

    @Test
    void refusesGridsOfNothing() {
        assertThatThrownBy(() -> SmallestWidth.grid(8, 4, 2)).hasMessageContaining("1 <= from <= to");
        assertThatThrownBy(() -> SmallestWidth.grid(0, 4, 2)).hasMessageContaining("got 0, 4 and 2");
        assertThatThrownBy(() -> SmallestWidth.search(List.of(), width -> true)).hasMessageContaining("no widths");
    }
}
