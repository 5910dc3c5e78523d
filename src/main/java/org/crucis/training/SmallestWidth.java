package org.crucis.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The smallest width at which a training succeeds, found by bisection on a grid and known up to one of its gaps. What success
 * is, and what is drawn at each width, is the caller's business; that it is the surer the wider is taken for granted.
 *
 * @param above the largest width that was found to fail below {@code atMost}; 0 when the grid's smallest one succeeds
 * @param atMost the smallest width that was found to succeed; 0 when the grid's largest one fails
 */
public record SmallestWidth(int above, int atMost) {

    /**
     * Widths in equal ratio, 2^(1/perOctave), rounded, each once.
     *
     * @param from smallest width, at least 1
     * @param to no width is larger
     */
    public static List<Integer> grid(int from, int to, int perOctave) {
        if (from < 1 || to < from || perOctave < 1) {
            throw new IllegalArgumentException(
                    "A grid of widths needs 1 <= from <= to and at least one width an octave, but" + " got " + from
                            + ", " + to + " and " + perOctave + ".");
        }
        List<Integer> widths = new ArrayList<>();
        for (int step = 0; ; step++) {
            int width = (int) Math.rint(from * Math.pow(2, (double) step / perOctave));
            if (width > to) {
                return List.copyOf(widths);
            }
            if (widths.isEmpty() || width > widths.get(widths.size() - 1)) {
                widths.add(width);
            }
        }
    }

    /**
     * Searches upwards in growing strides from the narrow end, where a training costs least, then halves the stride that
     * crossed the border: about 2 log2 k trainings for the k-th width of the grid, none of them much wider than twice the
     * border on the grid's scale.
     *
     * @param widths ascending, at least one
     * @param succeeds asked at most once a width
     */
    public static SmallestWidth search(List<Integer> widths, IntPredicate succeeds) {
        if (widths.isEmpty()) {
            throw new IllegalArgumentException("There are no widths to search; give a grid with at least one.");
        }
        int failed = -1;
        int tried = 0;
        int stride = 1;
        while (!succeeds.test(widths.get(tried))) {
            failed = tried;
            if (failed == widths.size() - 1) {
                return new SmallestWidth(widths.get(failed), 0);
            }
            tried = Math.min(failed + stride, widths.size() - 1);
            stride *= 2;
        }
        int succeeded = tried;
        while (succeeded - failed > 1) {
            int middle = (failed + succeeded) / 2;
            if (succeeds.test(widths.get(middle))) {
                succeeded = middle;
            } else {
                failed = middle;
            }
        }
        return new SmallestWidth(failed < 0 ? 0 : widths.get(failed), widths.get(succeeded));
    }
}
