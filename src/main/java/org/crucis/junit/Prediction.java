package org.crucis.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.crucis.claim.Basis;
import org.junit.jupiter.api.Test;

/**
 * One sentence with one criterion, fixed in advance. The method takes a {@link org.crucis.lab.Lab} and declares what it
 * expects; it computes nothing.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
public @interface Prediction {

    /** The sentence. */
    String value();

    /** What this prediction rests on; empty for the claim's own basis. */
    Basis[] basis() default {};
}
