package org.crucis.report;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.Figure.Layer;
import org.crucis.claim.Figure.Points;

/**
 * A layer with what tells it apart from the others of its role.
 *
 * @param index how many layers of the same role and kind came before
 */
record Styled(Layer layer, int index) {

    static List<Styled> of(List<Layer> layers) {
        List<Styled> styled = new ArrayList<>();
        for (Layer layer : layers) {
            long before = styled.stream()
                    .map(Styled::layer)
                    .filter(other -> other.role() == layer.role() && other.getClass() == layer.getClass())
                    .count();
            styled.add(new Styled(layer, (int) before));
        }
        return List.copyOf(styled);
    }

    /** The classes of an element of this layer: what it is, whose role, which of them. */
    String classes(String what) {
        return what + " " + layer.role().word() + (index % 3 == 0 ? "" : " n" + index % 3);
    }

    Mark mark() {
        return Mark.of(layer.role(), index);
    }

    /** Points and the line or band through them are one thing when they share name and role. */
    boolean belongsTo(Styled other) {
        return this == other
                || layer.getClass() != other.layer.getClass()
                        && layer.role() == other.layer.role()
                        && layer.name().equals(other.layer.name());
    }

    /** The layers among these that are one thing with this one, itself among them. */
    List<Styled> parts(List<Styled> among) {
        return among.stream().filter(other -> other.belongsTo(this)).toList();
    }

    boolean isPoints() {
        return layer instanceof Points;
    }
}
