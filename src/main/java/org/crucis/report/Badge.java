package org.crucis.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Verdict;

/**
 * The run, or one paper of it, in one line for a README: how many claims with which verdict, in the colour of the one that is
 * told first. As a picture, and for shields.io's endpoint (https://shields.io/badges/endpoint-badge).
 *
 * <p>Green means that every claim that could be checked held; those that do not apply to the data are counted in words behind.
 * Grey means that none could be checked.
 *
 * @param label what the badge speaks of
 */
record Badge(String label, String message, Verdict verdict) {

    private static final double LETTER = 6.6;
    private static final int PADDING = 12;

    static Badge of(String label, Tally tally) {
        return new Badge(label, tally.claimsInWords(), tally.headline());
    }

    /** White letters on each of these have a contrast of at least 4.5. */
    private String colour() {
        return switch (verdict) {
            case VOID -> "#5b2a86";
            case REFUTED -> "#b42318";
            case INCONCLUSIVE -> "#8a5a00";
            case NOT_APPLICABLE -> "#57606a";
            case SUPPORTED -> "#116b39";
        };
    }

    String json() {
        Map<String, Object> endpoint = new LinkedHashMap<>();
        endpoint.put("schemaVersion", 1);
        endpoint.put("label", label);
        endpoint.put("message", message);
        endpoint.put("color", colour());
        return EvidenceFolder.pretty(endpoint);
    }

    String svg() {
        int left = width(label);
        int right = width(message);
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s: %3$s">\
            <title>%2$s: %3$s</title>\
            <clipPath id="r"><rect width="%1$d" height="20" rx="3"/></clipPath>\
            <g clip-path="url(#r)"><path fill="#30363d" d="M0 0h%4$dv20H0z"/><path fill="%5$s" d="M%4$d 0h%6$dv20h-%6$dz"/></g>\
            <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\
            <text x="%7$d" y="14" textLength="%8$d">%2$s</text><text x="%9$d" y="14" textLength="%10$d">%3$s</text></g></svg>
            """.formatted(
                        left + right,
                        Markup.escape(label),
                        Markup.escape(message),
                        left,
                        colour(),
                        right,
                        left / 2,
                        left - PADDING,
                        left + right / 2,
                        right - PADDING);
    }

    private static int width(String words) {
        return (int) Math.ceil(words.length() * LETTER) + PADDING;
    }
}
