package org.crucis.engine;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.crucis.lab.Engine;

/** Engines by the name that a user gives: {@code workers}, {@code threads}, or {@code spark:ADDRESS} where it is installed. */
public final class Engines {

    public static final String WORKERS = "workers";
    public static final String THREADS = "threads";

    private Engines() {}

    /** @throws IllegalArgumentException for a name that no engine has, or an address that it cannot use */
    public static Engine open(String text, EngineSettings settings) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String address = colon < 0 ? "" : text.substring(colon + 1);
        if (name.equals(WORKERS) && address.isEmpty()) {
            return new WorkerEngine(settings);
        }
        if (name.equals(THREADS) && address.isEmpty()) {
            return new ThreadEngine(settings.slots());
        }
        List<EngineFactory> others = ServiceLoader.load(EngineFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return others.stream()
                .filter(factory -> factory.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no engine '" + text + "': choose "
                        + String.join(
                                ", ",
                                Stream.concat(
                                                Stream.of(WORKERS, THREADS),
                                                others.stream().map(EngineFactory::name))
                                        .toList())))
                .open(address, settings);
    }
}
