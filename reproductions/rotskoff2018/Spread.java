package rotskoff2018;

import org.ejml.simple.SimpleMatrix;

/** The variance of outputs over networks, averaged over the inputs. */
final class Spread {

    private SimpleMatrix mean;
    private double squares;
    private int networks;

    /** Counts one network's outputs (Welford's recursion: nothing cancels when the outputs hardly differ). */
    void add(SimpleMatrix outputs) {
        if (networks++ == 0) {
            mean = outputs.copy();
            return;
        }
        SimpleMatrix before = outputs.minus(mean);
        mean = mean.plus(before.scale(1.0 / networks));
        squares += before.dot(outputs.minus(mean));
    }

    /** The unbiased variance; needs two networks. */
    double variance() {
        return squares / (networks - 1) / mean.getNumElements();
    }
}
