/** Crucis checks theorems about over-parameterized neural networks on DeepLearning4J networks. */
package org.crucis;
