package org.crucis.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;

/**
 * Typesets TeX as MathML by KaTeX, which runs inside Rhino while the page is made; the page itself needs no script. KaTeX
 * starts with the first formula (about a second), and each formula is set once.
 *
 * <p>Not for use by two threads at once.
 */
final class Formulas {

    /** The last version that Rhino can read: later ones are written with {@code class}. */
    private static final String KATEX = "/META-INF/resources/webjars/katex/0.16.4/dist/katex.min.js";

    enum Style {
        INLINE,
        DISPLAY
    }

    private record Key(String tex, Style style) {}

    private final Map<Key, Optional<String>> done = new HashMap<>();
    private Scriptable scope;
    private Function render;

    private static final Pattern SEMANTICS = Pattern.compile(
            "<semantics>(.*)<annotation encoding=\"application/x-tex\">[^<]*</annotation></semantics>", Pattern.DOTALL);

    private static final String THIN_SPACE = "<mspace width=\".17em\"/>";

    /** KaTeX sets the invisible sign of an application behind every name such as log. */
    private static final Pattern NAME = Pattern.compile("<mo>\u2061</mo>(?!</|<mo)");

    private static final Pattern NAME_WITH_LIMITS = Pattern.compile(
            "<(munder|msub)><mrow><mi>[^<]*</mi><mo>\u2061</mo></mrow>((?!<munder|<msub).)*?</\\1>(?!<mo|</)");

    private static final Pattern DOUBLE_STRUCK = Pattern.compile("<mi mathvariant=\"double-struck\">([A-Z])</mi>");

    /** Double-struck letters that Unicode had before it had the others. */
    private static final String IN_THE_BASIC_PLANE = "CHNPQRZ";

    /** MathML, or empty when this is not TeX that KaTeX knows. */
    Optional<String> mathml(String tex, Style style) {
        return done.computeIfAbsent(new Key(tex, style), this::rendered);
    }

    private Optional<String> rendered(Key formula) {
        try (Context context = Context.enter()) {
            // Compiling KaTeX to class files takes longer than interpreting the few formulas of a report.
            context.setInterpretedMode(true);
            context.setLanguageVersion(Context.VERSION_ES6);
            if (render == null) {
                load(context);
            }
            Scriptable options = context.newObject(scope);
            options.put("output", options, "mathml");
            options.put("displayMode", options, formula.style() == Style.DISPLAY);
            options.put("throwOnError", options, true);
            options.put("strict", options, "ignore");
            options.put("trust", options, false);
            Object html = render.call(context, scope, scope, new Object[] {formula.tex(), options});
            return Optional.of(withLetters(spaced(bare(ScriptRuntime.toString(html)))));
        } catch (RhinoException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Without what only XML needs, and without the TeX that no browser shows. */
    private static String bare(String mathml) {
        return SEMANTICS
                .matcher(mathml.replace(" xmlns=\"http://www.w3.org/1998/Math/MathML\"", ""))
                .replaceAll("$1")
                .replaceFirst("^<span class=\"katex\">(.*)</span>$", "$1");
    }

    /** A function's name and its argument stand apart, unless a parenthesis is between them: browsers leave no space there. */
    private static String spaced(String mathml) {
        return NAME_WITH_LIMITS
                .matcher(NAME.matcher(mathml).replaceAll("$0" + THIN_SPACE))
                .replaceAll("$0" + THIN_SPACE);
    }

    /** Browsers no longer know mathvariant: the letters themselves carry the style. */
    private static String withLetters(String mathml) {
        return DOUBLE_STRUCK.matcher(mathml).replaceAll(found -> "<mi>" + doubleStruck(found.group(1)) + "</mi>");
    }

    private static String doubleStruck(String letter) {
        int place = IN_THE_BASIC_PLANE.indexOf(letter);
        return place >= 0
                ? String.valueOf("\u2102\u210D\u2115\u2119\u211A\u211D\u2124".charAt(place))
                : Character.toString(0x1D538 + letter.charAt(0) - 'A');
    }

    private void load(Context context) {
        Scriptable fresh = context.initSafeStandardObjects();
        try (InputStream in = Formulas.class.getResourceAsStream(KATEX)) {
            if (in == null) {
                throw new IllegalStateException(
                        "KaTeX is not on the class path at " + KATEX + ": add org.webjars.npm:katex 0.16.4");
            }
            Reader script = new InputStreamReader(in, StandardCharsets.UTF_8);
            context.evaluateReader(fresh, script, "katex.min.js", 1, null);
        } catch (IOException e) {
            throw new UncheckedIOException("KaTeX cannot be read from the class path", e);
        }
        Scriptable katex = (Scriptable) fresh.get("katex", fresh);
        scope = fresh;
        render = (Function) katex.get("renderToString", katex);
    }
}
