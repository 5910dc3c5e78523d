package org.crucis.report;

/**
 * The outline of a path as it grows: relative commands, tenths, no zeros that say nothing. Places are rounded, not steps, so
 * that no error adds up along a curve.
 */
final class Pen {

    private final StringBuilder out = new StringBuilder();
    private long across;
    private long down;
    private long startAcross;
    private long startDown;
    private char last;

    /** A new stretch from here on. */
    Pen move(double x, double y) {
        long toAcross = Svg.tenths(x);
        long toDown = Svg.tenths(y);
        String step = "m" + pair(toAcross - across, toDown - down);
        String place = "M" + pair(toAcross, toDown);
        command('m', out.isEmpty() || place.length() < step.length() ? place : step, toAcross, toDown);
        startAcross = across;
        startDown = down;
        return this;
    }

    Pen line(double x, double y) {
        long toAcross = Svg.tenths(x);
        long toDown = Svg.tenths(y);
        if (toDown == down) {
            command('h', "h" + Svg.plain(toAcross - across), toAcross, toDown);
        } else if (toAcross == across) {
            command('v', "v" + Svg.plain(toDown - down), toAcross, toDown);
        } else {
            String step = pair(toAcross - across, toDown - down);
            // Further pairs after a line are lines too.
            command('l', last != 'l' ? "l" + step : step.startsWith("-") ? step : " " + step, toAcross, toDown);
        }
        return this;
    }

    /** Relative steps that end where they began. */
    Pen shape(double x, double y, String steps) {
        move(x, y);
        out.append(steps);
        last = 'z';
        return this;
    }

    Pen close() {
        command('z', "z", startAcross, startDown);
        return this;
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    private void command(char letter, String text, long toAcross, long toDown) {
        out.append(text);
        last = letter;
        across = toAcross;
        down = toDown;
    }

    private static String pair(long x, long y) {
        String second = Svg.plain(y);
        return Svg.plain(x) + (second.startsWith("-") ? "" : " ") + second;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
