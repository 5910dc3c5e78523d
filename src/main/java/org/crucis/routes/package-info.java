/**
 * Second, independent routes to what the instruments compute: DeepLearning4J's own passes, quadrature, sampling, integration
 * step by step, definitions written out. Each comparison is a method that reads as a sentence, on a sample small enough for
 * the whole catalogue to run within seconds; how many digits have to agree is fixed in it.
 */
package org.crucis.routes;
