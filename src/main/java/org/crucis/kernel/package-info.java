/**
 * Tangent kernels and what follows from them.
 *
 * <p>A network f(x; w) has the tangent kernel Theta(x, x') = &lt;grad f(x), grad f(x')&gt;. Gradient descent with step eta on
 * (1/2) sum (f_i - y_i)^2 changes the residual on the training inputs by r &larr; (I - eta Theta) r, up to the movement of
 * Theta itself. Three questions follow, and each has its place here:
 *
 * <ul>
 *   <li>What is Theta for infinitely wide layers? {@link org.crucis.kernel.AnalyticKernel} walks the layer recursion and
 *       gives it together with the covariance of the outputs at initialisation (the NNGP kernel). How much a finite layer
 *       scatters around it is {@link org.crucis.kernel.ReluFluctuation}.
 *   <li>What does a fixed Theta make of the outputs? {@link org.crucis.kernel.LinearizedDynamics} answers in closed form,
 *       for one network and for the law over random initialisations, discrete steps or gradient flow.
 *   <li>Which directions are fast, and which steps are stable? That is the {@link org.crucis.kernel.Spectrum}.
 * </ul>
 *
 * <p>Beside these stands the kernel of one particular network of finite width, from its own weights: {@link
 * org.crucis.kernel.EmpiricalKernel}, and along a training {@link org.crucis.kernel.KernelFollower}.
 *
 * <p>Matrices have one row an input. All eigenvalues and solves go through EJML, which is plain Java: the LAPACK routines
 * that ND4J brings along compute wrong eigenvectors on AVX-512 processors.
 *
 * <p>Sources: Jacot, Gabriel, Hongler 2018 (arXiv 1806.07572), proposition 1, theorems 1 and 2, section 5; Lee et al. 2019
 * (arXiv 1902.06720), section 2; Cho and Saul 2009 for the arc-cosine kernels; Williams 1997 for the erf kernel.
 */
package org.crucis.kernel;
