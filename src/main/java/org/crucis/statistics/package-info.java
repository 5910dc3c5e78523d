/**
 * Criteria, the intervals they rest on, and sketches: pictures that judge nothing.
 *
 * <p>A criterion asks whether an interval over blocks lies inside a region that was fixed in advance. "Within k standard
 * errors", "the interval contains the value" and "p above 0.01" are not criteria: little data passes them.
 */
package org.crucis.statistics;
