/**
 * Data sets: inputs, targets, and the real tables that come with the program.
 *
 * <p>Theorems about wide networks assume little about the data, but what they assume decides everything: inputs of length one
 * or of length sqrt(d), no two of them parallel, how far apart the closest pair is, how many there are against their
 * dimension. So inputs are drawn here by laws that control exactly these: {@link org.crucis.data.Spheres}, {@link
 * org.crucis.data.Gaussian}, {@link org.crucis.data.Circle}; and {@link org.crucis.data.Separation} measures them before
 * training. Targets come from a {@link org.crucis.data.Teacher}, a function of the input, or from {@link
 * org.crucis.data.Labels}, which ignore it.
 *
 * <p>{@link org.crucis.data.Tables} holds five real data sets, small enough to be part of the program, so that no claim
 * needs a network connection; a {@link org.crucis.data.Table} deals out samples of them in the form that the theorems
 * ask for.
 *
 * <p>{@link org.crucis.data.SmallSamples} puts inputs and labels together for the claims about training.
 *
 * <p>Matrices have one row an input. Whoever draws hands over the source of randomness: nothing here has a state of its
 * own.
 */
package org.crucis.data;
