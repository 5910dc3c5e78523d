package org.crucis.lab;

import java.util.Map;

/**
 * Says what a run stands on, for its provenance; found through {@link java.util.ServiceLoader}. The checker knows the Java
 * platform; what knows the numeric library adds its facts here.
 */
public interface FactSource {

    /** Fact to value, in the order in which they are shown. */
    Map<String, String> facts();
}
