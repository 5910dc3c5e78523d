package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProseTest {

    private final Prose prose = new Prose(new Formulas());

    /** Oracle: the MathML that KaTeX 0.16.4 gives under node for the same formula, without its copy of the TeX. */
    @Test
    void formulasBecomeMathMl() {
        assertThat(prose.html("The rate is $m^{-1/2}$ & no more."))
                .isEqualTo(
                        "<p>The rate is <math><mrow><msup><mi>m</mi><mrow><mo>−</mo><mn>1</mn><mi mathvariant=\"normal\">/</mi>"
                                + "<mn>2</mn></mrow></msup></mrow></math> &amp; no more.</p>\n");
    }

    @Test
    void displayedFormulasStandAlone() {
        assertThat(prose.html("so that\n$$\\sum_i\n x_i$$"))
                .contains("<span class=\"display\"><math display=\"block\"><mrow>")
                .doesNotContain("annotation");
    }

    @Test
    void functionsStandApartFromTheirArguments() {
        assertThat(prose.html("$\\log n$")).contains("<mi>log</mi><mo>\u2061</mo><mspace width=\".17em\"/><mi>n</mi>");
        assertThat(prose.html("$$\\sup_t x$$"))
                .contains("</mrow><mi>t</mi></munder><mspace width=\".17em\"/><mi>x</mi>");
        assertThat(prose.html("$\\log(n)$ and $\\lambda_{\\max}$")).doesNotContain("mspace");
    }

    @Test
    void whatIsNoFormulaIsShownAsWritten() {
        assertThat(prose.html("$\\frac{1$ and $\\nosuchmacro<b>$"))
                .isEqualTo("<p><code>\\frac{1</code> and <code>\\nosuchmacro&lt;b&gt;</code></p>\n");
    }

    @Test
    void dollarsThatEncloseNothingStay() {
        assertThat(prose.html("costs \\$5 or 7$ in all")).isEqualTo("<p>costs $5 or 7$ in all</p>\n");
        assertThat(prose.html("")).isEmpty();
    }

    @Test
    void emptyLinesPartParagraphs() {
        assertThat(prose.html("one\n \ntwo <i>\n")).isEqualTo("<p>one</p>\n<p>two &lt;i&gt;</p>\n");
    }

    @Test
    void formulasCannotBringLinksOrMarkup() {
        assertThat(prose.html("$\\href{javascript:alert(1)}{x}$ $\\text{<script>}$"))
                .doesNotContain("href=")
                .doesNotContain("<script");
    }

    /** Deeper than any stack: it may be set or shown as written, but it must come back. */
    @Test
    void boundlessFormulaComesBack() {
        assertThat(prose.html("$" + "{".repeat(20_000) + "$")).startsWith("<p><code>{");
        assertThat(prose.html("$\\def\\a{\\a\\a}\\a$")).startsWith("<p><code>");
    }

    /** Oracle: by hand, from sentences of real claims. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a rate set by lambda_0 | a rate set by λ<sub>0</sub>",
                "lambda_min(H(k)) >= lambda_0/2 | λ<sub>min</sub>(H(k)) &gt;= λ<sub>0</sub>/2",
                "(1 - eta lambda_0)^2 a step | (1 - η λ<sub>0</sub>)<sup>2</sup> a step",
                "shrinks like width^(-1/2) | shrinks like width<sup>−1/2</sup>",
                "alpha^-0.5), H^inf, m^-1/2 | α<sup>−0.5</sup>), H<sup>∞</sup>, m<sup>−1/2</sup>",
                "n^2/2 and gamma^(L+1) | n<sup>2</sup>/2 and γ<sup>L+1</sup>",
                "NOT_ZERO_AT_START of Theta_T | NOT_ZERO_AT_START of Theta_T",
                "beta2, zeta, r_0i, O_4' <b> | beta2, zeta, r<sub>0i</sub>, O<sub>4</sub>&#39; &lt;b&gt;"
            })
    void simpleSymbolsOfALineAreSet(String text, String html) {
        assertThat(Prose.line(text)).isEqualTo(html);
    }
}
