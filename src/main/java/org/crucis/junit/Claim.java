package org.crucis.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.crucis.claim.Basis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** One statement of a paper, coded as one class. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("claim")
@ExtendWith(ClaimExtension.class)
public @interface Claim {

    /** One sentence that a reader of the field understands. */
    String title();

    /** Where in the paper: "Theorem 2.1". */
    String source();

    /** What the predictions rest on unless they say otherwise. */
    Basis basis();

    /** The statement, LaTeX between dollar signs. */
    String statement();

    /**
     * What the symbols of statement and findings stand for, in plain text: "m = width, Theta = tangent kernel." No part of the
     * plan.
     */
    String symbols() default "";
}
