package org.crucis.theorem;

import org.crucis.claim.Basis;

/**
 * A quantity that a theorem names, with its value on the data.
 *
 * @param text the formula, unnamed constants put to 1
 * @param value infinite where it divides by a zero of the data
 * @param basis where the formula was read
 */
public record Formula(String text, double value, Basis basis) {}
