package org.crucis.theorem;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds the theorems of a place on the class path. */
public final class Theorems {

    private Theorems() {}

    /** The theorems that come with this program, by title. */
    public static List<Theorem> shipped() {
        return in(origin(Theorem.class));
    }

    static List<Theorem> in(URI root) {
        return ReflectionSupport.findAllClassesInClasspathRoot(
                        root, Theorems::isTheorem, name -> !name.endsWith("package-info"))
                .stream()
                .flatMap(Theorems::instances)
                .sorted(Comparator.comparing(Theorem::title))
                .toList();
    }

    static URI origin(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where " + type + " was loaded from", e);
        }
    }

    /** An enum whose constants have bodies is abstract and counts; the bodies do not. */
    private static boolean isTheorem(Class<?> type) {
        return Theorem.class.isAssignableFrom(type)
                && !type.isAnonymousClass()
                && (type.isEnum() || !Modifier.isAbstract(type.getModifiers()));
    }

    private static Stream<Theorem> instances(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants()).map(Theorem.class::cast);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return Stream.of((Theorem) constructor.newInstance());
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(type.getName() + " needs a constructor without parameters", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type.getName() + " cannot be made: " + e.getCause(), e);
        }
    }
}
