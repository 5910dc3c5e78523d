/**
 * Claims as JUnit tests: {@code @Paper} on a package, {@code @Claim} on a class, {@code @Prediction} on a method, and the
 * extension that plans, runs, decides and writes evidence.
 *
 * <p>SUPPORTED passes; VOID fails; REFUTED fails unless the refutation is registered; INCONCLUSIVE and NOT_APPLICABLE are
 * reported as aborted, never as passed.
 */
package org.crucis.junit;
