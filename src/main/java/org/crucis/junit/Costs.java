package org.crucis.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.crucis.claim.Tier;

/**
 * What each claim took when it was last measured, for the time and the memory that a run announces. The table is made of the
 * {@code costs.csv} that a report writes beside its summaries.
 *
 * @param machine where it was measured
 */
record Costs(String machine, Map<String, Cost> claims) {

    /**
     * @param trials all looks of all experiments
     * @param trialSeconds of all of them together
     * @param peakMegabytes largest memory of a process that ran one
     */
    record Cost(int trials, double trialSeconds, double peakMegabytes) {
        double secondsOfOne() {
            return trialSeconds / Math.max(1, trials);
        }
    }

    Costs {
        claims = Map.copyOf(claims);
    }

    /** As measured in this tier; empty where it never was. */
    static Costs of(Tier tier) {
        String name = "costs-" + tier.name().toLowerCase(Locale.ROOT) + ".csv";
        try (InputStream in = Costs.class.getResourceAsStream(name)) {
            return in == null
                    ? new Costs("", Map.of())
                    : read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** First the machine, as a comment; then a header; then a row a claim. */
    static Costs read(BufferedReader lines) throws IOException {
        String machine = lines.readLine().replaceFirst("^# *", "");
        lines.readLine();
        Map<String, Cost> claims = new LinkedHashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] cells = line.split(",");
            claims.put(
                    cells[0],
                    new Cost(Integer.parseInt(cells[1]), Double.parseDouble(cells[2]), Double.parseDouble(cells[3])));
        }
        return new Costs(machine, claims);
    }

    Optional<Cost> of(String claim) {
        return Optional.ofNullable(claims.get(claim));
    }

    /** Seconds of computing of one trial of any of these claims; 0 where none was measured. */
    double meanSecondsOfOne(Collection<String> ids) {
        return ids.stream()
                .map(claims::get)
                .filter(Objects::nonNull)
                .mapToDouble(Cost::secondsOfOne)
                .average()
                .orElse(0);
    }
}
