package org.crucis.command;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.crucis.claim.Tier;
import org.crucis.junit.Catalogue;
import org.crucis.ledger.Setting;

/** The settings that a run of the present claims, code and numeric environment would look up, in any edition. */
final class PresentSettings implements Predicate<Setting> {

    private final Catalogue catalogue;
    private final Set<String> ids;
    private final Function<String, String> codeOf;
    private final String environment;
    private final Map<String, Optional<Present>> presents = new HashMap<>();

    private record Present(String className, String code, Set<String> plans) {}

    /** @param codeOf from the binary name of a claim's class to the fingerprint of its code */
    PresentSettings(Catalogue catalogue, Function<String, String> codeOf, String environment) {
        this.catalogue = catalogue;
        this.ids = new HashSet<>(catalogue.ids());
        this.codeOf = codeOf;
        this.environment = environment;
    }

    @Override
    public boolean test(Setting setting) {
        return setting.environment().equals(environment)
                && presents.computeIfAbsent(setting.claim(), this::present)
                        .filter(present -> present.className().equals(setting.claimClass())
                                && present.code().equals(setting.code())
                                && present.plans().contains(setting.plan()))
                        .isPresent();
    }

    private Optional<Present> present(String claim) {
        if (!ids.contains(claim)) {
            return Optional.empty();
        }
        String className = catalogue.claim(claim).getName();
        // The edition is no part of the digest.
        Set<String> plans = Arrays.stream(Tier.values())
                .map(tier -> catalogue.plan(claim, tier, 1).asEvidence().digest())
                .collect(Collectors.toSet());
        return Optional.of(new Present(className, codeOf.apply(className), plans));
    }
}
