/**
 * What theorems ask of data, and what they promise for them: hypotheses with the numbers measured, a sufficient width, a step, a
 * number of steps.
 *
 * <p>A {@link org.crucis.theorem.Theorem} is one small class, or one enum constant, in the package of its paper. It is found
 * on the class path as claims are, so that writing it is all there is to do. It trains nothing: what it tells of a {@link
 * org.crucis.theorem.Problem} follows from the inputs, the targets and the limiting kernels.
 *
 * <p>Constants that a theorem leaves unnamed are 1, and so are logarithms and failure probabilities; {@link
 * org.crucis.theorem.ImpliedConstant} reads from the evidence of a run what constant the networks needed.
 */
package org.crucis.theorem;
