package org.crucis.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Figure;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Sketch;

/**
 * Feature clouds: every row of the observations, a neuron for instance, is a point at two of its measures. Panels share
 * their axes. The blocks lie over each other; of many points some {@value #MOST_POINTS} a cloud are kept, evenly spaced in
 * their order.
 */
public final class CloudSketch implements Sketch {

    static final int MOST_POINTS = 1000;

    private final String x;
    private final String y;
    private final String panels;
    private final String sets;
    private final Map<String, Figure.Role> roles;
    private final String title;
    private final String caption;

    private CloudSketch(
            String x,
            String y,
            String panels,
            String sets,
            Map<String, Figure.Role> roles,
            String title,
            String caption) {
        this.x = x;
        this.y = y;
        this.panels = panels;
        this.sets = sets;
        this.roles = Map.copyOf(roles);
        this.title = title;
        this.caption = caption;
    }

    static CloudSketch of(String x, String y) {
        return new CloudSketch(
                x, y, "", "", Map.of(), y + " over " + x, "A point each; all panels have the same axes.");
    }

    /** A panel for each value of an axis. */
    public CloudSketch per(String axis) {
        return new CloudSketch(x, y, axis, sets, roles, title, caption);
    }

    /** A set of points with its own name for each value of an axis; sets lie in one panel, later ones on top. */
    public CloudSketch by(String axis) {
        return new CloudSketch(x, y, panels, axis, roles, title, caption);
    }

    /** The role in which one value of the {@link #by} axis is drawn: START mutes it, CLAIMED marks the theory's places. */
    public CloudSketch drawing(Object value, Figure.Role role) {
        return new CloudSketch(x, y, panels, sets, Drawn.with(roles, value, role), title, caption);
    }

    public CloudSketch titled(String words) {
        return new CloudSketch(x, y, panels, sets, roles, words, caption);
    }

    /** How to read the picture, in one or two sentences. */
    public CloudSketch captioned(String words) {
        return new CloudSketch(x, y, panels, sets, roles, title, words);
    }

    @Override
    public Figure of(Observations observations) {
        List<Figure.Panel> drawn = new ArrayList<>();
        Drawn.groups(observations, panels)
                .forEach((name, part) -> drawn.add(new Figure.Panel(panel(observations, name), clouds(part))));
        return new Figure.Clouds(
                title,
                caption,
                new Figure.Axis(x, Figure.Scale.LINEAR),
                new Figure.Axis(y, Figure.Scale.LINEAR),
                drawn);
    }

    /** A number says little without its axis: "width 64". */
    private String panel(Observations observations, String value) {
        boolean number = observations.points().stream()
                .map(Point::coordinates)
                .anyMatch(place -> place.get(panels) instanceof Double);
        return number ? panels + " " + value : value;
    }

    private List<Figure.Cloud> clouds(Observations part) {
        List<Figure.Cloud> clouds = new ArrayList<>();
        Drawn.groups(part, sets).forEach((name, rows) -> {
            double[] across = rows.values(x);
            double[] up = rows.values(y);
            int stride = (across.length + MOST_POINTS - 1) / MOST_POINTS;
            List<Double> xs = new ArrayList<>();
            List<Double> ys = new ArrayList<>();
            for (int row = 0; row < across.length; row += stride) {
                xs.add(Drawn.rounded(across[row]));
                ys.add(Drawn.rounded(up[row]));
            }
            clouds.add(new Figure.Cloud(name, roles.getOrDefault(name, Figure.Role.MEASURED), xs, ys));
        });
        return clouds;
    }
}
