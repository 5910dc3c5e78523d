package jacot2018;

import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.network.Architecture;
import org.crucis.network.Network;

/**
 * Many networks of one architecture, drawn independently: one trial looks at a whole ensemble, so that what it measures is
 * close to normal and few blocks suffice for an interval.
 */
record Ensemble(Architecture architecture, int size) {

    /** Draws the networks one after the other; each is closed when it has been looked at. */
    void draw(UniformRandomProvider random, Consumer<Network> look) {
        for (int drawn = 0; drawn < size; drawn++) {
            try (Network network = architecture.draw(random)) {
                look.accept(network);
            }
        }
    }
}
