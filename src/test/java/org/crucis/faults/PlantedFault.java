package org.crucis.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.crucis.claim.Evidence;
import org.crucis.junit.Rehearsal;
import org.crucis.lab.ClaimRun;

/**
 * A fault woven into the program from outside while something runs; production code has no switch for it. Evidence written
 * meanwhile names the fault as its problem, so that it cannot pass for that of a sound run.
 */
public final class PlantedFault {

    private final Class<?> advice;
    private final String sentence;
    private final List<String> methods;
    private final Class<?> target;
    private final ElementMatcher.Junction<MethodDescription> where;

    private PlantedFault(
            Class<?> advice,
            String sentence,
            Class<?> target,
            List<String> methods,
            ElementMatcher.Junction<MethodDescription> where) {
        this.advice = advice;
        this.sentence = sentence;
        this.target = target;
        this.methods = methods;
        this.where = where;
    }

    /**
     * @param advice a class with {@link Fault}
     * @throws AssertionError when its target does not exist
     */
    public static PlantedFault of(Class<?> advice) {
        Fault fault = advice.getAnnotation(Fault.class);
        return of(advice, fault.value(), fault.in(), fault.methods());
    }

    /** The same advice may break several classes in the same way. */
    static PlantedFault of(Class<?> advice, String sentence, String className, String... methods) {
        Class<?> target;
        try {
            target = Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("the fault " + advice.getSimpleName() + " has no target " + className, e);
        }
        ElementMatcher.Junction<MethodDescription> where = ElementMatchers.none();
        for (String method : methods) {
            ElementMatcher.Junction<MethodDescription> named = named(method);
            if (TypeDescription.ForLoadedType.of(target)
                    .getDeclaredMethods()
                    .filter(named)
                    .isEmpty()) {
                throw new AssertionError(
                        "the fault " + advice.getSimpleName() + " has no target " + className + "." + method);
            }
            where = where.or(named);
        }
        return new PlantedFault(advice, sentence, target, List.of(methods), where);
    }

    /** All faults that are nested in some classes, by name. */
    static Map<String, PlantedFault> in(Class<?>... rooms) {
        Map<String, PlantedFault> faults = new LinkedHashMap<>();
        for (Class<?> room : rooms) {
            Stream.of(room.getDeclaredClasses())
                    .filter(each -> each.isAnnotationPresent(Fault.class))
                    .sorted(Comparator.comparing(Class::getSimpleName))
                    .map(PlantedFault::of)
                    .forEach(each -> {
                        if (faults.put(each.name(), each) != null) {
                            throw new AssertionError("two faults are called " + each.name());
                        }
                    });
        }
        return faults;
    }

    private static ElementMatcher.Junction<MethodDescription> named(String method) {
        String[] parts = method.split("/");
        ElementMatcher.Junction<MethodDescription> named = parts[0].equals(Fault.CONSTRUCTOR)
                ? ElementMatchers.isConstructor()
                : ElementMatchers.<MethodDescription>named(parts[0])
                        .and(ElementMatchers.not(ElementMatchers.isBridge()));
        return parts.length == 1 ? named : named.and(ElementMatchers.takesArguments(Integer.parseInt(parts[1])));
    }

    /** What tells this fault from an earlier version of it. */
    byte[] code() {
        String file = advice.getName().substring(advice.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = advice.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For instance "loss one step late". */
    String name() {
        return advice.getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }

    /** For instance "org.crucis.training.Training.&lt;init&gt;". */
    String targets() {
        return target.getName() + "." + String.join(", ", methods);
    }

    /** Runs a claim with the fault, with reports under the given folder. */
    Rehearsal rehearse(String claim, Path reports) throws ClassNotFoundException {
        Class<?> type = Class.forName(claim);
        return during(() -> Rehearsal.of(type, reports));
    }

    /** Runs something with the fault, and mends it. */
    public <T> T during(Supplier<T> something) {
        Mark.fault = name();
        return woven(
                List.of(
                        new Weave(target, advice, where),
                        new Weave(ClaimRun.class, Mark.class, ElementMatchers.named("evidence"))),
                something);
    }

    /** Runs something while all that these faults would break is watched; {@link Reached} tells what was called. */
    static <T> T watching(Iterable<PlantedFault> faults, Supplier<T> something) {
        Map<Class<?>, ElementMatcher.Junction<MethodDescription>> watched = new LinkedHashMap<>();
        faults.forEach(each -> watched.merge(each.target, each.where, ElementMatcher.Junction::or));
        return woven(
                watched.entrySet().stream()
                        .map(each -> new Weave(each.getKey(), Reached.class, each.getValue()))
                        .toList(),
                something);
    }

    /** Whether what this fault breaks was called since {@link Reached} was cleared. */
    boolean reached() {
        return TypeDescription.ForLoadedType.of(target).getDeclaredMethods().filter(where).stream()
                .anyMatch(method -> Reached.METHODS.contains(
                        Reached.key(target.getName(), method.getInternalName() + method.getDescriptor())));
    }

    private record Weave(Class<?> target, Class<?> advice, ElementMatcher<MethodDescription> where) {}

    private static <T> T woven(List<Weave> weaves, Supplier<T> something) {
        ByteBuddyAgent.install();
        ClassReloadingStrategy loading = ClassReloadingStrategy.fromInstalledAgent();
        Map<Class<?>, DynamicType.Builder<?>> changed = new LinkedHashMap<>();
        for (Weave weave : weaves) {
            DynamicType.Builder<?> builder =
                    changed.computeIfAbsent(weave.target, each -> new ByteBuddy().redefine(each));
            changed.put(weave.target, builder.visit(Advice.to(weave.advice).on(weave.where)));
        }
        changed.forEach((type, builder) -> builder.make().load(type.getClassLoader(), loading));
        try {
            return something.get();
        } finally {
            try {
                loading.reset(changed.keySet().toArray(Class<?>[]::new));
            } catch (IOException e) {
                throw new AssertionError("could not be mended: " + changed.keySet(), e);
            }
        }
    }

    @Override
    public String toString() {
        return name();
    }

    /** Names the fault in the evidence. */
    public static final class Mark {
        public static volatile String fault = "";

        @Advice.OnMethodExit
        static void mark(@Advice.Return(readOnly = false) Evidence evidence) {
            evidence = marked(evidence);
        }

        public static Evidence marked(Evidence evidence) {
            return new Evidence(
                    evidence.schemaVersion(),
                    evidence.paper(),
                    evidence.claim(),
                    evidence.title(),
                    evidence.source(),
                    evidence.statement(),
                    evidence.symbols(),
                    evidence.tier(),
                    evidence.hypotheses(),
                    evidence.plan(),
                    evidence.predictions(),
                    evidence.verdict(),
                    "run with a planted fault: " + fault,
                    evidence.evidenceDigest(),
                    evidence.cost(),
                    evidence.provenance());
        }
    }

    /** Notes which methods were called. */
    public static final class Reached {
        public static final Set<String> METHODS = ConcurrentHashMap.newKeySet();

        @Advice.OnMethodEnter
        static void note(@Advice.Origin("#t") String type, @Advice.Origin("#m#d") String method) {
            METHODS.add(type + "." + method);
        }

        static String key(String type, String method) {
            return type + "." + method;
        }
    }
}
