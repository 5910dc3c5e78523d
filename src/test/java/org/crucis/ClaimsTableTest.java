package org.crucis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.crucis.junit.Catalogue;
import org.crucis.junit.FrozenPlans;
import org.junit.jupiter.api.Test;

/** The committed tables say of the claims what is true: none is missing, none is invented, all predictions are counted. */
class ClaimsTableTest {

    private final Catalogue catalogue = Catalogue.shipped();

    /** The cells of the rows of the first table, header and rule left out. */
    private static List<List<String>> rows(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private Roster.ClaimEntry entry(String id) {
        return catalogue.plan(id, Tier.QUICK, 1).asRosterEntry();
    }

    @Test
    void everyClaimHasItsTopicAndItsNumberOfPredictions() throws IOException {
        Map<String, Integer> told = new TreeMap<>();
        rows("reproductions/CLAIMS.md").forEach(row -> told.put(row.get(1), Integer.valueOf(row.get(2))));
        Map<String, Integer> counted = new TreeMap<>();
        catalogue.ids().forEach(id -> counted.put(id, entry(id).predictions().size()));
        assertThat(told)
                .as("reproductions/CLAIMS.md: a row for every claim, with its number of predictions")
                .isEqualTo(counted);
    }

    @Test
    void everyPredictionHasItsThreshold() throws IOException {
        List<String> told = rows("reproductions/THRESHOLDS.md").stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .toList();
        List<String> all = catalogue.ids().stream()
                .flatMap(id -> entry(id).predictions().stream().map(prediction -> id + " " + prediction.id()))
                .toList();
        assertThat(told)
                .as("reproductions/THRESHOLDS.md: a row for every prediction of every claim")
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void plansAreFrozen() throws IOException {
        String committed = Files.readString(Path.of("reproductions/plans.csv"));
        String planned = FrozenPlans.list(catalogue, catalogue.ids());
        List<String> changed = new ArrayList<>(planned.lines().toList());
        changed.removeAll(committed.lines().toList());
        // Those lines alone: the whole list would bury them.
        assertThat(changed)
                .as("plans that differ from plans.csv; if that is meant, say why in THRESHOLDS.md, and freeze anew")
                .isEmpty();
        assertThat(committed).isEqualTo(planned);
    }
}
