/**
 * Time and memory beside those of PyTorch and NumPy on the same work. {@link org.crucis.bench.Bench} starts a process for
 * each side in turn and gives all of them the same {@link org.crucis.bench.Plan}; what they computed is compared before their
 * times are.
 */
package org.crucis.bench;
