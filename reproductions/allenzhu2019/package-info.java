/**
 * The first width for deep ReLU networks that is a power of the number of inputs, as the table of a later paper has it. No claim is
 * tested by itself: what is needed is measured beside it in {@code noy2021}.
 */
package allenzhu2019;
