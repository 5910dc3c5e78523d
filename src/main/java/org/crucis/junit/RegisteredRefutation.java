package org.crucis.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.crucis.claim.Tier;

/**
 * A refutation that we stand by: the prediction passes while it is REFUTED, stays REFUTED in report and badge, and fails as
 * soon as it is not.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegisteredRefutation {

    /** ISO date of the registration. */
    String date();

    /** Why we believe it: the second route that agreed. */
    String reason();

    /** The tier in which it was confirmed. */
    Tier confirmedIn();
}
