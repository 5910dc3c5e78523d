package org.crucis.junit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.crucis.claim.Tier;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.PlanException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Reads the plan of a claim from its class: the methods only declare, so calling them runs nothing. */
final class PlanReader {

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private PlanReader() {}

    /** {@code <last segment of the package>/<class name in kebab case>}. */
    static String id(Class<?> claim) {
        return paper(claim) + "/"
                + WORD_START.matcher(claim.getSimpleName()).replaceAll("-").toLowerCase(java.util.Locale.ROOT);
    }

    static String paper(Class<?> claim) {
        String name = claim.getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * @throws PlanException when the claim cannot be planned, for whatever reason
     */
    static ClaimPlan read(Class<?> claim, Tier tier, int edition) {
        Claim annotation = annotation(claim);
        ClaimPlan.Heading heading = new ClaimPlan.Heading(
                id(claim),
                claim.getName(),
                paper(claim),
                annotation.title(),
                annotation.source(),
                annotation.statement().strip(),
                annotation.symbols());
        Fields fields = FIELDS.get(claim);
        if (!fields.problem().isEmpty()) {
            throw new PlanException(fields.problem());
        }
        try {
            return ClaimPlan.of(heading, tier, edition, fields.experiments(), declarations(claim, annotation))
                    .frozenAs(FrozenPlans.of(claim, tier));
        } catch (PlanException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new PlanException(claim.getSimpleName() + " cannot be planned: " + reason(e));
        }
    }

    static Claim annotation(Class<?> claim) {
        return AnnotationSupport.findAnnotation(claim, Claim.class)
                .orElseThrow(() -> new PlanException(claim.getName() + " is no claim: annotate it with @Claim"));
    }

    /** What the fields of a claim hold, or why they could not be read. */
    private record Fields(Map<String, Experiment> experiments, String problem) {}

    /** Remembered by class: Java tells only once why a class could not be initialised. */
    private static final ClassValue<Fields> FIELDS = new ClassValue<>() {
        @Override
        protected Fields computeValue(Class<?> claim) {
            try {
                return new Fields(experiments(claim), "");
            } catch (PlanException e) {
                return new Fields(Map.of(), e.getMessage());
            }
        }
    };

    private static Map<String, Experiment> experiments(Class<?> claim) {
        Map<String, Experiment> experiments = new LinkedHashMap<>();
        for (Field field : claim.getDeclaredFields()) {
            if (!Experiment.class.equals(field.getType())) {
                continue;
            }
            if (!Modifier.isStatic(field.getModifiers()) || !Modifier.isFinal(field.getModifiers())) {
                throw new PlanException("experiment " + field.getName() + " must be a static final field");
            }
            try {
                field.setAccessible(true);
                experiments.put(field.getName(), (Experiment) field.get(null));
            } catch (IllegalAccessException e) {
                throw new PlanException("experiment " + field.getName() + " cannot be read: " + e.getMessage());
            } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
                throw new PlanException(claim.getSimpleName() + " cannot be initialised: " + reason(e));
            }
        }
        return experiments;
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static List<ClaimPlan.Declaration> declarations(Class<?> claim, Claim annotation) {
        Object instance = instance(claim);
        // Reflection gives methods in no particular order; the plan needs one.
        return predictions(claim).stream()
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> declaration(method, instance, annotation))
                .toList();
    }

    static List<Method> predictions(Class<?> claim) {
        return AnnotationSupport.findAnnotatedMethods(claim, Prediction.class, HierarchyTraversalMode.TOP_DOWN);
    }

    private static ClaimPlan.Declaration declaration(Method method, Object instance, Claim annotation) {
        Prediction prediction = method.getAnnotation(Prediction.class);
        var basis =
                prediction.basis().length == 0 ? annotation.basis() : prediction.basis()[0];
        return new ClaimPlan.Declaration(
                method.getName(), basis, prediction.value(), lab -> declare(method, instance, lab), registered(method));
    }

    private static String registered(Method method) {
        RegisteredRefutation refutation = method.getAnnotation(RegisteredRefutation.class);
        return refutation == null ? "" : "on " + refutation.date() + ": " + refutation.reason();
    }

    private static void declare(Method method, Object instance, Lab lab) {
        if (!Arrays.equals(method.getParameterTypes(), new Class<?>[] {Lab.class})) {
            throw new PlanException("prediction " + method.getName() + " must take one parameter, a Lab");
        }
        if (Modifier.isPrivate(method.getModifiers())
                || Modifier.isStatic(method.getModifiers())
                || method.getReturnType() != void.class) {
            throw new PlanException("prediction " + method.getName()
                    + " must be neither private nor static and return nothing, or JUnit does not run it");
        }
        try {
            method.setAccessible(true);
            method.invoke(instance, lab);
        } catch (IllegalAccessException e) {
            throw new PlanException("prediction " + method.getName() + " cannot be called: " + e.getMessage());
        } catch (InvocationTargetException e) {
            throw new PlanException("prediction " + method.getName() + " cannot be planned: " + reason(e));
        }
    }

    private static Object instance(Class<?> claim) {
        try {
            Constructor<?> constructor = claim.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new PlanException(claim.getSimpleName() + " needs a constructor without parameters: " + reason(e));
        }
    }
}
