package org.crucis.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Criterion;

/**
 * Settings of a plan that somebody wants to see changed.
 *
 * @param sweeps by experiment, those that change
 * @param criteria by prediction, those that change
 */
record Challenge(Map<String, Sweep> sweeps, Map<String, Criterion> criteria, int edition) {

    private static final String BLOCKS = "blocks";
    private static final String EDITION = "edition";
    private static final String MARGIN = "margin";

    /** @throws IllegalArgumentException for a key that the plan does not have, or a value that it cannot take */
    static Challenge of(ClaimPlan plan, Map<String, String> settings) {
        Map<String, Sweep> sweeps = new LinkedHashMap<>();
        Map<String, Criterion> criteria = new LinkedHashMap<>();
        int edition = plan.edition();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String key = setting.getKey();
            String value = setting.getValue();
            if (!keys(plan).contains(key)) {
                throw new IllegalArgumentException("there is no setting '" + key + "' in " + plan.id() + ": it has "
                        + String.join(", ", keys(plan)));
            }
            int dot = key.lastIndexOf('.');
            if (key.equals(EDITION)) {
                edition = positive(key, value);
            } else if (dot > 0 && plan.predictionIds().contains(key.substring(0, dot))) {
                criteria.put(key.substring(0, dot), withMargin(plan, key, value));
            } else {
                boolean everywhere = !plan.allExperiments().containsKey(key.substring(0, Math.max(dot, 0)));
                String name = everywhere ? key : key.substring(dot + 1);
                plan.allExperiments().forEach((experiment, planned) -> {
                    Sweep sweep = sweeps.getOrDefault(experiment, plan.sweep(planned));
                    if ((everywhere || key.startsWith(experiment + ".")) && has(sweep, name, plan)) {
                        sweeps.put(experiment, changed(sweep, name, key, value, plan));
                    }
                });
            }
        }
        return new Challenge(sweeps, criteria, edition);
    }

    /** Every key that {@link #of} takes, the short ones first. */
    private static Set<String> keys(ClaimPlan plan) {
        Set<String> keys = new LinkedHashSet<>();
        plan.allExperiments()
                .values()
                .forEach(each -> keys.addAll(plan.sweep(each).axes(plan.tier()).keySet()));
        keys.add(BLOCKS);
        keys.add(EDITION);
        plan.predictionIds().stream()
                .filter(id -> criterion(plan, id).withMargin(1).isPresent())
                .forEach(id -> keys.add(id + "." + MARGIN));
        plan.allExperiments()
                .forEach((name, each) -> Stream.concat(
                                plan.sweep(each).axes(plan.tier()).keySet().stream(), Stream.of(BLOCKS))
                        .forEach(setting -> keys.add(name + "." + setting)));
        return keys;
    }

    private static Criterion criterion(ClaimPlan plan, String prediction) {
        return plan.prediction(prediction).expectation().criterion();
    }

    private static Criterion withMargin(ClaimPlan plan, String key, String value) {
        double margin = number(key, value);
        if (!(margin > 0)) {
            throw new IllegalArgumentException(key + " must be a positive number, got '" + value + "'");
        }
        return criterion(plan, key.substring(0, key.lastIndexOf('.')))
                .withMargin(margin)
                .orElseThrow();
    }

    private static boolean has(Sweep sweep, String name, ClaimPlan plan) {
        return name.equals(BLOCKS) || sweep.axes(plan.tier()).containsKey(name);
    }

    private static Sweep changed(Sweep sweep, String name, String key, String value, ClaimPlan plan) {
        if (name.equals(BLOCKS)) {
            int blocks = positive(key, value);
            return sweep.blocks(blocks, blocks);
        }
        List<?> planned = sweep.axes(plan.tier()).get(name);
        return sweep.along(
                name,
                Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .map(text -> coordinate(key, text, planned))
                        .toList());
    }

    /** A value of the kind that the axis has: sizes stay whole, labels stay among those that the measurement knows. */
    private static Object coordinate(String key, String text, List<?> planned) {
        if (planned.stream().allMatch(Integer.class::isInstance)) {
            return positive(key, text);
        }
        if (planned.stream().allMatch(Number.class::isInstance)) {
            return number(key, text);
        }
        List<Object> known = new ArrayList<>(planned);
        planned.stream()
                .filter(Enum.class::isInstance)
                .map(value -> ((Enum<?>) value).getDeclaringClass())
                .distinct()
                .flatMap(type -> Arrays.stream(type.getEnumConstants()))
                .filter(constant -> !known.contains(constant))
                .forEach(known::add);
        return known.stream()
                .filter(each -> label(each).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + " must be among "
                        + known.stream().map(Challenge::label).collect(Collectors.joining(", ")) + ", got '" + text
                        + "'"));
    }

    private static String label(Object value) {
        return value instanceof Enum<?> constant ? constant.name() : Objects.toString(value);
    }

    private static int positive(String key, String text) {
        try {
            int value = Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with the text as it was given.
        }
        throw new IllegalArgumentException(key + " must be a whole number from 1 up, got '" + text + "'");
    }

    private static double number(String key, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with the text as it was given.
        }
        throw new IllegalArgumentException(key + " must be a number, got '" + text + "'");
    }
}
