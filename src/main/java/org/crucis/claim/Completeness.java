package org.crucis.claim;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for what a JSON file left out. A record read from a file that lacks a field holds a null there, and would fail far
 * from the cause.
 */
final class Completeness {

    /** A control has none of these, nor a prediction of which nothing was seen. */
    private static final Set<String> MAY_BE_ABSENT = Set.of("falseAlarm", "detectable");

    private Completeness() {}

    /**
     * The path of the first missing field, such as {@code predictions.bound}. Elements of lists may be null: a number that is
     * not finite is written so.
     */
    static Optional<String> firstGap(Record value) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object part = part(value, component);
            if (part == null && !MAY_BE_ABSENT.contains(component.getName())) {
                return Optional.of(component.getName());
            }
            Optional<String> deeper = firstGapWithin(part);
            if (deeper.isPresent()) {
                return Optional.of(component.getName() + "." + deeper.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstGapWithin(Object part) {
        if (part instanceof Record nested) {
            return firstGap(nested);
        }
        if (part instanceof List<?> elements) {
            return elements.stream()
                    .map(Completeness::firstGapWithin)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }

    private static Object part(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record " + value.getClass() + " cannot be looked into", e);
        }
    }
}
