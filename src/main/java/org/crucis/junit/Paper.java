package org.crucis.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The paper whose claims a package holds; stands on its package-info. The package's last segment is the paper's id. */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Paper {

    String title();

    String authors();

    int year();

    /** arXiv identifier, for instance 1806.07572. */
    String arxiv() default "";

    /** What the paper claims, in prose. */
    String about();
}
