package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crucis.claim.Estimate;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.junit.jupiter.api.Test;

class LatexTableTest {

    private static LatexTable sample() {
        return new LatexTable(Joined.of(new EvidenceFolder.Contents(
                Optional.of(SampleRun.roster(Roster.Selection.WHOLE, SampleRun.evidence())),
                SampleRun.evidence(),
                List.of())));
    }

    @Test
    void everySpecialCharacterIsEscaped() {
        assertThat(Tex.escape("a_b^2 50% $x$ #1 {A&B} ~ \\cmd <i> \"q\" --- λ≤Θ é [x] 漢"))
                .isEqualTo("a\\_b\\textasciicircum{}2 50\\% \\$x\\$ \\#1 \\{A\\&B\\} \\textasciitilde{} "
                        + "\\textbackslash{}cmd \\textless{}i\\textgreater{} ''q'' -{}-{}- \\ensuremath{\\lambda}"
                        + "\\ensuremath{\\leq}\\ensuremath{\\Theta} é {[}x] [U+6F22]");
    }

    @Test
    void numbersAreMathematics() {
        assertThat(List.of(-0.971, 3.2e-15, 4096.0))
                .extracting(Tex::number)
                .containsExactly("-0.971", "3.2 \\times 10^{-15}", "4096");
    }

    @Test
    void bracesAndEnvironmentsAreBalanced() {
        for (String text : List.of(sample().table(), sample().bibliography())) {
            int depth = 0;
            for (Matcher brace = Pattern.compile("\\\\.|[{}]").matcher(text); brace.find(); ) {
                depth += brace.group().equals("{") ? 1 : brace.group().equals("}") ? -1 : 0;
                assertThat(depth).isNotNegative();
            }
            assertThat(depth).isZero();
        }
        Deque<String> open = new ArrayDeque<>();
        Matcher environment = Pattern.compile("\\\\(begin|end)\\{(\\w+)}").matcher(sample().table());
        while (environment.find()) {
            if (environment.group(1).equals("begin")) {
                open.push(environment.group(2));
            } else {
                assertThat(open.pop()).isEqualTo(environment.group(2));
            }
        }
        assertThat(open).isEmpty();
    }

    /** Oracle: nine predictions in the sample, counted by hand. */
    @Test
    void everyFindingIsARowOfSixCells() {
        List<String> rows = sample().table()
                .lines()
                .dropWhile(line -> !line.equals("\\endfoot"))
                .filter(line -> line.endsWith(" \\\\"))
                .toList();

        assertThat(rows).hasSize(9);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.split("(?<!\\\\)&", -1)).hasSize(6));
        assertThat(rows).anySatisfy(row -> assertThat(row).contains("$-0.971$ $[-1.02, -0.92]$", "supported"));
    }

    @Test
    void exponentsShowTheoryAndMargin() {
        String table = new LatexTable(
                        Made.run(List.of(Made.exponent("it", "LAZY", -0.5, 0.1, new Estimate(-0.55, -0.5, -0.45)))))
                .table();

        assertThat(table).contains("& $-0.5 \\pm 0.1$ & $-0.5$ $[-0.55, -0.45]$ & supported \\\\");
    }

    @Test
    void everyCitedPaperHasAnEntry() {
        assertThat(keys("\\\\cite\\{([^}]*)}", sample().table()))
                .containsExactly("jacot2018", "lee2019")
                .isEqualTo(keys("@misc\\{([^,]*),", sample().bibliography()));
        assertThat(sample().bibliography())
                .contains("author = {Arthur Jacot and Franck Gabriel and Clément Hongler}", "eprint = {1806.07572}");
    }

    private static List<String> keys(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void sameEvidenceGivesTheSameBytes() {
        assertThat(sample().table()).isEqualTo(sample().table());
        assertThat(sample().bibliography()).isEqualTo(sample().bibliography());
    }
}
