package org.crucis.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of advice as a fault: what a careless change might do. The class is copied into its target from outside, so
 * all that it names must be visible from there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Fault {

    String CONSTRUCTOR = "<init>";

    /** What is wrong, in one sentence. */
    String value();

    /** Binary name of the class that is broken. */
    String in();

    /**
     * Its methods by name, or {@link #CONSTRUCTOR}; "name/n" is the one with n parameters. A name that fits nothing is an
     * error: a fault without a target proves nothing.
     */
    String[] methods();
}
