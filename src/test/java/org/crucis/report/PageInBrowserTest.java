package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a browser shows it: one Chromium for all; skipped where there is none. */
class PageInBrowserTest {

    @TempDir
    private static Path home;

    @TempDir
    private static Path reports;

    private static Browser browser;
    private static String page;

    @BeforeAll
    static void opens() throws IOException {
        Optional<Path> program = Browser.program();
        assumeTrue(program.isPresent(), "no Chromium on the path: what the page looks like is not checked");
        page = Report.of(SampleRun.write(new EvidenceFolder(reports.resolve("latest")), Roster.Selection.WHOLE))
                .write()
                .toUri()
                .toString();
        browser = new Browser(program.get(), home);
        browser.send("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", reports.toString()));
    }

    @AfterAll
    static void closes() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void isAFreshPage() {
        browser.size(1080, 900);
        browser.media("", "light");
        browser.send("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        browser.open(page);
    }

    @AfterEach
    void nothingLeftTheFileAndNothingComplained() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).allMatch(url -> url.matches("(about|file|blob|data):.*"));
    }

    private static void withoutScript() {
        browser.send("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        browser.open(page);
    }

    private static List<String> texts(String expression) {
        List<String> texts = new ArrayList<>();
        browser.evaluate(expression).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Whether it is shown, and within the window. */
    private static boolean visible(String id) {
        return browser.evaluate("(() => { const e = document.getElementById('" + id + "');"
                        + "const r = e.getBoundingClientRect();"
                        + "return e.checkVisibility() && r.height > 0 && r.top < innerHeight && r.bottom > 0; })()")
                .asBoolean();
    }

    /** Links within a picture have no method of their own for it. */
    private static String clickOnLinkTo(String id) {
        return "document.querySelector('main a[href=\"#" + id + "\"]')"
                + ".dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))";
    }

    @ParameterizedTest
    @CsvSource({"400, light", "400, dark", "1080, light", "1080, dark", "1600, light", "1600, dark"})
    void nothingIsWiderThanTheWindowAndEveryTextStandsOut(int width, String scheme) {
        browser.size(width, 900);
        browser.media("", scheme);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("folded up")
                .isEqualTo(width);
        browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("open")
                .isEqualTo(width);
        // Oracle: WCAG 2.2, success criterion 1.4.3, the formula of relative luminance.
        assertThat(texts("""
                (() => {
                  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
                  const luminance = colour => parts(colour).slice(0, 3).map(c => c / 255)
                      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                      .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
                  const ground = e => {
                    const colour = getComputedStyle(e).backgroundColor;
                    return parts(colour)[3] === 0 && e.parentElement ? ground(e.parentElement) : colour;
                  };
                  return [...document.querySelectorAll('body *:not(svg *)')]
                      .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.checkVisibility())
                      .filter(e => {
                        const [low, high] = [luminance(getComputedStyle(e).color), luminance(ground(e))].sort((a, b) => a - b);
                        return (high + 0.05) / (low + 0.05) < 4.5;
                      })
                      .map(e => e.outerHTML.slice(0, 120));
                })()
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with script", "without script"})
    void everyLinkLandsOnSomethingThatIsShown(String how) {
        if (how.equals("without script")) {
            withoutScript();
        }
        List<String> links = texts("[...new Set([...document.querySelectorAll('main a[href^=\"#\"]')]"
                + ".map(a => a.getAttribute('href').slice(1)))]");
        assertThat(links).contains("lee2019", SampleRun.SUPPORTED, SampleRun.LOST);
        for (String link : links) {
            browser.evaluate(
                    "document.querySelectorAll('details').forEach(each => each.open = false);" + clickOnLinkTo(link));
            Browser.until(link + " is shown", () -> visible(link));
        }
    }

    @Test
    void aLinkToOneFindingOpensItsClaim() {
        browser.open(page + "#" + SampleRun.SUPPORTED + ".trueRate");

        Browser.until("the finding is shown", () -> visible(SampleRun.SUPPORTED + ".trueRate"));
    }

    private static List<String> shown() {
        return texts("[...document.querySelectorAll('.claim')].filter(e => e.checkVisibility())"
                + ".map(e => e.querySelector('.inside').id)");
    }

    private static void choose(String name, String value) {
        browser.evaluate("(() => { const e = document.forms.filter.elements['" + name + "']; e.value = '" + value
                + "'; e.dispatchEvent(new Event('input', {bubbles: true})); })()");
    }

    private static String status() {
        return browser.evaluate("document.querySelector('[role=status][aria-live]').textContent")
                .asText();
    }

    /** Oracle: the sample counted by hand. */
    @Test
    void filtersByVerdictBasisPaperAndText() {
        assertThat(status()).isEqualTo("6 of 6 claims shown");

        choose("verdict", "REFUTED");
        assertThat(shown()).containsExactly(SampleRun.REFUTED);
        assertThat(status()).isEqualTo("1 of 6 claims shown");
        choose("paper", "jacot2018");
        assertThat(shown()).isEmpty();
        assertThat(status()).isEqualTo("0 of 6 claims shown");

        // Whoever follows a link wants to see where it leads.
        browser.evaluate(clickOnLinkTo(SampleRun.SUPPORTED));
        Browser.until("the claim is shown", () -> visible(SampleRun.SUPPORTED));
        Browser.until("all are shown", () -> status().equals("6 of 6 claims shown"));

        choose("text", "LINEAR  flow");
        assertThat(shown()).containsExactly(SampleRun.LOST);
        choose("text", "");
        choose("basis", "abstract");
        assertThat(shown())
                .allMatch(id -> browser.evaluate("document.getElementById('" + id
                                + "').closest('.claim').querySelector('summary').textContent")
                        .asText()
                        .contains("abstract"));
        assertThat(status()).isEqualTo(shown().size() + " of 6 claims shown").doesNotMatch("[06] of.*");
    }

    @Test
    void sortsByVerdictAndBack() {
        List<String> before = shown();
        choose("order", "verdict");
        assertThat(shown())
                .containsExactlyInAnyOrderElementsOf(before)
                .endsWith(SampleRun.INCONCLUSIVE, SampleRun.NOT_APPLICABLE, SampleRun.SUPPORTED)
                .element(2)
                .isEqualTo(SampleRun.REFUTED);
        choose("order", "paper");
        assertThat(shown()).isEqualTo(before);
    }

    @Test
    void everyControlHasALabel() {
        assertThat(texts("[...document.querySelectorAll('input, select')].filter(e => !e.labels.length)"
                        + ".map(e => e.outerHTML)"))
                .isEmpty();
        assertThat(texts("[...document.querySelectorAll('button')].filter(e => !e.textContent.trim())"
                        + ".map(e => e.outerHTML)"))
                .isEmpty();
    }

    private static void click(String claim, String button, int index) {
        browser.evaluate("[...document.getElementById('" + claim + "').querySelectorAll('button')]"
                + ".filter(e => e.textContent === '" + button + "')[" + index + "].click()");
    }

    private static String saved(String name) throws IOException {
        Path file = reports.resolve(name);
        Browser.until(name + " is saved", () -> Files.exists(file));
        return Files.readString(file);
    }

    /** Oracle: the sample's observations, written by hand as RFC 4180 and JSON ask for. */
    @Test
    void savesTheObservationsOfTheEvidence() throws IOException {
        click(SampleRun.SUPPORTED, "CSV", 0);
        click(SampleRun.SUPPORTED, "JSON", 0);
        click(SampleRun.SUPPORTED, "All as JSON", 0);

        String name = SampleRun.SUPPORTED.replace('/', '-');
        assertThat(saved(name + ".driftShrinks.csv")).isEqualTo("""
                block,width,activation,drift
                0,64,tanh,0.0123
                0,128,"tanh, ""soft""\",
                """);
        String json = """
                {"experiment":"LAZY","findings":["driftShrinks","trueRate","constant"],\
                "columns":["block","width","activation","drift"],\
                "rows":[[0,64,"tanh",0.0123],[0,128,"tanh, \\"soft\\"",null]]}
                """;
        assertThat(saved(name + ".driftShrinks.json")).isEqualTo(json);
        assertThat(saved(name + ".json")).startsWith("[" + json.strip() + ",{").endsWith("]\n");
    }

    @Test
    void withoutScriptNothingOffersWhatOnlyScriptCanDo() {
        withoutScript();
        assertThat(browser.evaluate("document.getElementById('filter').checkVisibility()")
                        .asBoolean())
                .isFalse();
        assertThat(texts("[...document.querySelectorAll('button')].filter(e => e.checkVisibility())"
                        + ".map(e => e.outerHTML)"))
                .isEmpty();
        browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
        assertThat(browser.evaluate("document.querySelector('.take p').innerText")
                        .asText())
                .contains("in the folder of the run has all; to save it from the page itself, let its script run");
    }

    /** A4 between margins of 1 cm is about 718 pixels wide. */
    @Test
    void inPrintEveryClaimIsOpenAndNoFigureIsCut() {
        browser.size(718, 1000);
        browser.media("print", "dark");
        assertThat(browser.evaluate("document.querySelectorAll('svg.figure').length")
                        .asInt())
                .isGreaterThan(5);
        assertThat(texts("""
                [...document.querySelectorAll('.claim .statement, svg.figure, table.values, table.findings')]
                    .filter(e => {
                      const r = e.getBoundingClientRect();
                      return !e.checkVisibility() || r.height === 0 || r.left < 0 || r.right > innerWidth + 1;
                    })
                    .map(e => e.outerHTML.slice(0, 200))
                """)).isEmpty();
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asText())
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(browser.evaluate("document.getElementById('filter').checkVisibility()")
                        .asBoolean())
                .isFalse();
    }
}
