package org.crucis.junit.samples;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.crucis.claim.Basis;
import org.crucis.junit.Claim;

/** Marks a sample claim; a claim's annotation with the parts that do not matter here filled in. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Claim(title = "A sample", source = "Nowhere", basis = Basis.DERIVED, statement = "$1 = 1$")
public @interface Sample {}
