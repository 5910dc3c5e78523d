package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.crucis.claim.Evidence;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static final Evidence.Data DATA = new Evidence.Data(
            List.of("block", "activation", "drift"),
            List.of(
                    List.of(0.0, "tanh, \"soft\"", 1.0 / 3),
                    Arrays.asList(1.0, "δ\n", null),
                    List.of(2.0, "erf", 1e-20)));

    /** Oracle: RFC 4180 by hand; doubles keep every digit, so that they can be judged again. */
    @Test
    void quotesWhatNeedsQuotesAndKeepsEveryDigit() {
        assertThat(Csv.of(DATA))
                .isEqualTo("block,activation,drift\n" + "0,\"tanh, \"\"soft\"\"\",0.3333333333333333\n"
                        + "1,\"δ\n\",\n"
                        + "2,erf,1.0E-20\n");
    }

    /** Oracle: the JDK's own decoding of a URI. */
    @Test
    void linkHoldsTheSameTable() {
        URI link = URI.create(Csv.link(DATA));

        assertThat(link.getScheme()).isEqualTo("data");
        assertThat(link.getSchemeSpecificPart()).isEqualTo("text/csv;charset=utf-8," + Csv.of(DATA));
    }
}
