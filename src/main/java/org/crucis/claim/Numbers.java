package org.crucis.claim;

import java.util.Locale;

/** How numbers are shown to people: four significant digits, no trailing zeros; files keep every digit. */
public final class Numbers {

    private Numbers() {}

    /** For instance 0.0123, 4096, -0.9712, 3.2e-15. */
    public static String show(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "infinity" : "-infinity";
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e7) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size < 1e-3 || size >= 1e5) {
            String[] parts = String.format(Locale.ROOT, "%.3e", value).split("e");
            return stripped(parts[0]) + "e" + Integer.parseInt(parts[1]);
        }
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        return stripped(String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    private static String stripped(String text) {
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
