package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.crucis.claim.Roster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {

    private static Reference of(String authors, int year) {
        return new Reference(new Roster.PaperEntry("some2019", "Width & 5 % of {it}", authors, year, "1901.00001", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 2019, some2019",
        "Jacot, 2018, Jacot 2018",
        "'Ethan Dyer, Guy Gur-Ari', 2019, Dyer and Gur-Ari 2019",
        "'Du, Zhai, Poczos, Singh', 2018, Du et al. 2018",
        "'Fang, Dong', 0, Fang and Dong"
    })
    void isNamedAsInTheText(String authors, int year, String name) {
        assertThat(of(authors, year).name()).isEqualTo(name);
    }

    /** Oracle: the manual of BibTeX, by hand. */
    @Test
    void hasAnEntryForBibtex() {
        assertThat(of("Cong Fang, Hanze Dong", 2019).bibtex()).isEqualTo("""
                @misc{some2019,
                  author = {Cong Fang and Hanze Dong},
                  title = {{Width \\& 5 \\% of \\{it\\}}},
                  year = {2019},
                  eprint = {1901.00001},
                  archiveprefix = {arXiv}
                }
                """);
        assertThat(of("", 0).isKnown()).isFalse();
    }
}
