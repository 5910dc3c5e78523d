package org.crucis.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the bits of a result depend on beside the code: numeric libraries and the kernels they have chosen, JVM, system.
 * Results of two environments are never mixed in one experiment.
 *
 * @param facts name to value
 */
public record NumericEnvironment(Map<String, String> facts) {

    public NumericEnvironment {
        facts = Map.copyOf(facts);
    }

    /** Holder: asking the numeric library loads it, which takes a second. */
    private static final class Here {
        static final NumericEnvironment ENVIRONMENT = read();

        private static NumericEnvironment read() {
            Map<String, String> facts = new LinkedHashMap<>();
            ServiceLoader.load(FactSource.class).forEach(source -> facts.putAll(source.facts()));
            facts.put("java", ProvenanceReader.java());
            facts.put("os", System.getProperty("os.name"));
            facts.put("arch", System.getProperty("os.arch"));
            return new NumericEnvironment(facts);
        }
    }

    /** That of this process. */
    public static NumericEnvironment here() {
        return Here.ENVIRONMENT;
    }

    /** One line, always the same for the same environment. */
    public String text() {
        return new TreeMap<>(facts)
                .entrySet().stream()
                        .map(fact -> fact.getKey() + " " + fact.getValue())
                        .collect(Collectors.joining("; "));
    }

    /** What differs, as "blas core type: Haswell, not SkylakeX"; empty when nothing does. */
    public String differenceFrom(NumericEnvironment other) {
        return Stream.concat(facts.keySet().stream(), other.facts.keySet().stream())
                .distinct()
                .sorted()
                .filter(fact -> !String.valueOf(facts.get(fact)).equals(String.valueOf(other.facts.get(fact))))
                .map(fact -> fact + ": " + facts.get(fact) + ", not " + other.facts.get(fact))
                .collect(Collectors.joining("; "));
    }
}
