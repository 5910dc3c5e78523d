package org.crucis.engine;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.lab.Engine;

/** Engines by the name that a user gives: {@code workers}, {@code threads}, or {@code spark:ADDRESS} where it is installed. */
public final class Engines {

    public static final String WORKERS = "workers";
    public static final String THREADS = "threads";

    private Engines() {}

    /** @throws IllegalArgumentException for a name that no engine has, or an address that it cannot use */
    public static Engine open(String text, EngineSettings settings) {
        return factory(text).open(address(text), settings);
    }

    /**
     * Whether there is such an engine; opens none.
     *
     * @throws IllegalArgumentException when there is not, or not with this address
     */
    public static void check(String text) {
        factory(text).check(address(text));
    }

    private static String name(String text) {
        return text.contains(":") ? text.substring(0, text.indexOf(':')) : text;
    }

    private static String address(String text) {
        return text.substring(name(text).length()).replaceFirst("^:", "");
    }

    private static EngineFactory factory(String text) {
        List<EngineFactory> all = Stream.concat(
                        Stream.of(
                                local(WORKERS, WorkerEngine::new),
                                local(THREADS, settings -> new ThreadEngine(settings.slots()))),
                        ServiceLoader.load(EngineFactory.class).stream().map(ServiceLoader.Provider::get))
                .toList();
        return all.stream()
                .filter(factory -> factory.name().equals(name(text)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no engine '" + text + "': choose "
                        + all.stream().map(EngineFactory::name).collect(Collectors.joining(", "))
                        + "; Spark comes with a build by mvn -Pspark"));
    }

    /** An engine of this machine, which has no address. */
    private static EngineFactory local(String name, Function<EngineSettings, Engine> open) {
        return new EngineFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void check(String address) {
                if (!address.isEmpty()) {
                    throw new IllegalArgumentException("the engine '" + name
                            + "' runs on this machine and takes no address, got '" + address + "'");
                }
            }

            @Override
            public Engine open(String address, EngineSettings settings) {
                check(address);
                return open.apply(settings);
            }
        };
    }
}
