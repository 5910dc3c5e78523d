package org.crucis.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.crucis.junit.Rehearsal;

/**
 * A fault woven into an instrument from outside while something runs; production code has no switch for it.
 */
public final class PlantedFault {

    private final Class<?> target;
    private final Class<?> advice;
    private final ElementMatcher<MethodDescription> where;

    private PlantedFault(Class<?> target, Class<?> advice, ElementMatcher<MethodDescription> where) {
        this.target = target;
        this.advice = advice;
        this.where = where;
    }

    /**
     * The advice, for some methods of an instrument.
     *
     * @throws AssertionError when the instrument has no such method: a fault without a target proves nothing
     */
    static PlantedFault in(String className, Class<?> advice, String... methods) {
        Class<?> target = target(className, advice);
        for (String method : methods) {
            if (Arrays.stream(target.getDeclaredMethods())
                    .noneMatch(each -> each.getName().equals(method))) {
                throw new AssertionError(
                        "the fault " + advice.getSimpleName() + " has no target " + className + "." + method);
            }
        }
        return new PlantedFault(target, advice, ElementMatchers.namedOneOf(methods));
    }

    /**
     * The advice, for every constructor of an instrument.
     *
     * @throws AssertionError when the instrument has none
     */
    static PlantedFault inConstructorOf(String className, Class<?> advice) {
        Class<?> target = target(className, advice);
        if (target.getDeclaredConstructors().length == 0) {
            throw new AssertionError(
                    "the fault " + advice.getSimpleName() + " has no target: " + className + " has no constructor");
        }
        return new PlantedFault(target, advice, ElementMatchers.isConstructor());
    }

    private static Class<?> target(String className, Class<?> advice) {
        try {
            return Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("the fault " + advice.getSimpleName() + " has no target " + className, e);
        }
    }

    /** Runs a claim with the broken instrument, with reports under the given folder. */
    Rehearsal rehearse(String claim, Path reports) throws ClassNotFoundException {
        Class<?> type = Class.forName(claim);
        return during(() -> Rehearsal.of(type, reports));
    }

    /** Runs something with the broken instrument, and puts the instrument back. */
    public <T> T during(Supplier<T> something) {
        ByteBuddyAgent.install();
        ClassReloadingStrategy loading = ClassReloadingStrategy.fromInstalledAgent();
        new ByteBuddy()
                .redefine(target)
                .visit(Advice.to(advice).on(where))
                .make()
                .load(target.getClassLoader(), loading);
        try {
            return something.get();
        } finally {
            try {
                loading.reset(target);
            } catch (IOException e) {
                throw new AssertionError("the instrument " + target + " could not be put back", e);
            }
        }
    }
}
