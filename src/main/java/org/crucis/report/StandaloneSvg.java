package org.crucis.report;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A drawing of the page as a file of its own: the rules of the style sheet that it needs, with the colours of light paper. */
final class StandaloneSvg {

    private static final Pattern RULE = Pattern.compile("(?m)(?:^|(?<=}))\\.figure(?=[ {])[^{}]*\\{[^{}]*}");
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+):(#[0-9a-f]+)");
    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\S+) (\\S+)\"");
    private static final String OPENING = "<svg class=\"figure\" ";

    private StandaloneSvg() {}

    static String of(String svg) {
        Matcher size = SIZE.matcher(svg);
        if (!svg.startsWith(OPENING) || !size.find()) {
            throw new IllegalArgumentException("expected a drawing of the report, got " + svg);
        }
        int end = svg.indexOf('>') + 1;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size.group(1) + "\" height=\"" + size.group(2)
                + "\" class=\"figure\" " + svg.substring(OPENING.length(), end) + "<style>" + style() + "</style>"
                + svg.substring(end) + "\n";
    }

    private static String style() {
        String sheet = Page.resource("style.css");
        Map<String, String> light = new HashMap<>();
        // The first block is for light paper; the ones of dark screens follow.
        COLOUR.matcher(sheet).results().forEach(colour -> light.putIfAbsent(colour.group(1), colour.group(2)));
        String rules = RULE.matcher(sheet).results().map(MatchResult::group).collect(Collectors.joining());
        for (Map.Entry<String, String> colour : light.entrySet()) {
            rules = rules.replace("var(--" + colour.getKey() + ")", colour.getValue());
        }
        return rules;
    }
}
