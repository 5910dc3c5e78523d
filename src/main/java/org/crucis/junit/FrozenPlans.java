package org.crucis.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Tier;

/**
 * The digests of plans as they were committed, in {@code plans.csv} beside the claims: a run under another plan, with a margin
 * moved or a seed shopped for, says so.
 */
public final class FrozenPlans {

    private static final String FILE = "/plans.csv";
    private static final String HEADER = "claim,tier,plan digest";

    private static final ClassValue<Map<String, String>> FOUND = new ClassValue<>() {
        @Override
        protected Map<String, String> computeValue(Class<?> claim) {
            try (InputStream in = claim.getResourceAsStream(FILE)) {
                return in == null ? Map.of() : read(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + FILE + " beside " + claim.getName(), e);
            }
        }
    };

    private FrozenPlans() {}

    private static Map<String, String> read(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                .lines()
                .skip(1)
                .map(line -> line.split(","))
                .collect(Collectors.toMap(
                        cells -> cells[0] + "," + cells[1],
                        cells -> cells[2],
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    /** The digest that was committed; empty for a claim that is not on the list. */
    static String of(Class<?> claim, Tier tier) {
        return FOUND.get(claim).getOrDefault(PlanReader.id(claim) + "," + tier, "");
    }

    /** The list as it has to be for these plans, ending in a line feed. */
    public static String list(Catalogue catalogue, Collection<String> ids) {
        return Stream.concat(
                        Stream.of(HEADER),
                        ids.stream()
                                .flatMap(id -> Stream.of(Tier.values())
                                        .map(tier -> id + "," + tier + ","
                                                + catalogue
                                                        .plan(id, tier, 1)
                                                        .asRosterEntry()
                                                        .planDigest())))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
