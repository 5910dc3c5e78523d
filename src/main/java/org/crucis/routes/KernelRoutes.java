package org.crucis.routes;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Gaussian;
import org.crucis.data.Spheres;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.OutputLaw;
import org.crucis.kernel.Spectrum;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.routes.Comparison.Both;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/** Second routes to kernels, their spectra and the linear dynamics that they drive. */
final class KernelRoutes {

    private static final int STEPS = 100;
    private static final SimpleMatrix TRAIN = Spheres.ofDimension(8, 5, RandomSource.XO_SHI_RO_256_PP.create(11));
    private static final SimpleMatrix FURTHER = Spheres.ofDimension(3, 5, RandomSource.XO_SHI_RO_256_PP.create(12));
    private static final SimpleMatrix RESIDUAL = Gaussian.inputs(8, 1, RandomSource.XO_SHI_RO_256_PP.create(13));
    private static final AnalyticKernel RELU = AnalyticKernel.of(Activation.RELU, 2, 2, 0.1);
    private static final SimpleMatrix THETA = RELU.at(TRAIN).ntk();
    private static final double ETA = 1 / Spectrum.of(THETA).largest();
    private static final String DYNAMICS = "ReLU kernel of depth 2, 8 inputs, 100 steps of 1/lambda_max";

    private KernelRoutes() {}

    static List<Comparison> all() {
        return List.of(
                tangentKernel(Problem.shallow()),
                tangentKernel(Problem.deep()),
                tangentKernel(Problem.gated()),
                followedKernel(),
                limit(Activation.RELU),
                limit(Activation.ERF),
                limit(Activation.TANH),
                limitOfWideNetworks(),
                smallestEigenvalue(),
                countOfEigenvalues(),
                descent(),
                flow(),
                outputsElsewhere(),
                lawOverStarts(),
                nearestFit());
    }

    private static Comparison tangentKernel(Problem problem) {
        return Comparison.of("kernel", "tangent kernel of a network")
                .by("products of activations and signals")
                .and("DeepLearning4J's gradient of each output on each input")
                .on(problem.setting(), () -> {
                    try (DenseNetwork network = problem.draw()) {
                        return Both.of(
                                EmpiricalKernel.of(network, problem.inputs()),
                                EmpiricalKernel.byPerExampleGradients(network, problem.inputs()));
                    }
                })
                .toDigits(12);
    }

    private static Comparison followedKernel() {
        Problem problem = Problem.shallow();
        return Comparison.of("kernel", "tangent kernel followed along a training")
                .by("products of activations and signals, in memory kept for it")
                .and("DeepLearning4J's gradient of each output on each input")
                .on(problem.setting() + ", after ten steps", () -> {
                    try (DenseNetwork network = problem.draw();
                            KernelFollower kernel = EmpiricalKernel.following(network, problem.inputs())) {
                        SimpleMatrix start = kernel.now();
                        GradientDescent.withStep(1).atMost(10).run(network, problem.inputs(), problem.targets());
                        SimpleMatrix now = EmpiricalKernel.byPerExampleGradients(network, problem.inputs());
                        return Both.of(kernel.now().minus(start), now.minus(start));
                    }
                })
                .toDigits(12);
    }

    private static Comparison limit(Activation phi) {
        AnalyticKernel kernel = AnalyticKernel.of(phi, 2, 1.5, 0.2);
        boolean closed = phi == Activation.RELU || phi == Activation.ERF;
        return Comparison.of("kernel", "tangent kernel of infinitely wide networks")
                .by(closed ? "closed form" : "trapezoid rule in the plane")
                .and("the recursion by quadrature in polar coordinates")
                .on(
                        phi + ", depth 2, biases, 3 inputs",
                        () -> Both.of(kernel.at(FURTHER).ntk(), byQuadrature(kernel, FURTHER)))
                .toDigits(12);
    }

    /** K_(l+1) = sw^2 E[phi phi] + sb^2 and Theta_(l+1) = K_(l+1) + sw^2 E[phi' phi'] Theta_l, taken literally. */
    private static SimpleMatrix byQuadrature(AnalyticKernel kernel, SimpleMatrix x) {
        Activation phi = kernel.activation();
        int n = x.getNumRows();
        SimpleMatrix covariance = x.mult(x.transpose())
                .scale(kernel.weightVariance() / x.getNumCols())
                .plus(kernel.biasVariance());
        SimpleMatrix tangent = covariance.copy();
        for (int layer = 1; layer <= kernel.depth(); layer++) {
            SimpleMatrix next = new SimpleMatrix(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double a = covariance.get(i, i);
                    double b = covariance.get(j, j);
                    double c = covariance.get(i, j);
                    double values = kernel.weightVariance() * GaussianExpectation.of(phi::value, a, b, c);
                    double slopes = kernel.weightVariance() * GaussianExpectation.of(phi::derivative, a, b, c);
                    next.set(i, j, values + kernel.biasVariance());
                    next.set(j, i, next.get(i, j));
                    tangent.set(i, j, next.get(i, j) + slopes * tangent.get(i, j));
                    tangent.set(j, i, tangent.get(i, j));
                }
            }
            covariance = next;
        }
        return tangent;
    }

    /** With one hidden layer the mean over networks is the limit at every width. */
    private static Comparison limitOfWideNetworks() {
        int width = 16_384;
        int draws = 100;
        return Comparison.of("kernel", "tangent kernel of infinitely wide networks")
                .by("closed form")
                .and("mean over drawn networks")
                .on("RELU, depth 1, 100 networks of width 16384, 3 inputs", () -> {
                    Architecture architecture =
                            Architecture.of(5).hidden(width, 1).variances(1.5, 0.2);
                    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(14);
                    SimpleMatrix sum = new SimpleMatrix(FURTHER.getNumRows(), FURTHER.getNumRows());
                    for (int draw = 0; draw < draws; draw++) {
                        try (DenseNetwork network = architecture.draw(random)) {
                            sum = sum.plus(EmpiricalKernel.of(network, FURTHER));
                        }
                    }
                    AnalyticKernel limit = AnalyticKernel.of(Activation.RELU, 1, 1.5, 0.2);
                    return Both.of(limit.at(FURTHER).ntk(), sum.divide(draws));
                })
                .toDigits(
                        2,
                        "the relative variance of an entry is about 5/width a network, so that five standard errors of the"
                                + " mean are 1 %");
    }

    private static Comparison smallestEigenvalue() {
        return Comparison.of("kernel", "smallest eigenvalue")
                .by("tridiagonal QR iteration")
                .and("inverse iteration")
                .on("ReLU kernel of depth 2, 8 inputs", () -> {
                    SimpleMatrix vector = RESIDUAL;
                    for (int iteration = 0; iteration < 200; iteration++) {
                        SimpleMatrix next = THETA.solve(vector);
                        vector = next.divide(next.normF());
                    }
                    return Both.of(Spectrum.of(THETA).smallest(), vector.dot(THETA.mult(vector)));
                })
                .toDigits(12);
    }

    private static Comparison countOfEigenvalues() {
        return Comparison.of("kernel", "order of the eigenvalues")
                .by("tridiagonal QR iteration")
                .and("negative pivots of Theta - shift (Sylvester's law of inertia)")
                .on("ReLU kernel of depth 2, 8 inputs, a shift between each two eigenvalues", () -> {
                    double[] values = Spectrum.of(THETA).values();
                    double[] below = new double[values.length - 1];
                    double[] counted = new double[values.length - 1];
                    for (int k = 0; k < below.length; k++) {
                        below[k] = k + 1;
                        counted[k] = negativePivots(THETA.minus(
                                SimpleMatrix.identity(values.length).scale((values[k] + values[k + 1]) / 2)));
                    }
                    return new Both(below, counted);
                })
                .toDigits(16);
    }

    private static int negativePivots(SimpleMatrix symmetric) {
        SimpleMatrix rest = symmetric.copy();
        int negative = 0;
        while (rest.getNumRows() > 1) {
            double pivot = rest.get(0, 0);
            negative += pivot < 0 ? 1 : 0;
            int n = rest.getNumRows();
            SimpleMatrix below = rest.extractMatrix(1, n, 0, 1);
            rest = rest.extractMatrix(1, n, 1, n)
                    .minus(below.mult(below.transpose()).divide(pivot));
        }
        return negative + (rest.get(0, 0) < 0 ? 1 : 0);
    }

    private static Comparison descent() {
        return Comparison.of("kernel", "linearised gradient descent")
                .by("closed form in the eigenvectors")
                .and("step by step")
                .on(DYNAMICS, () -> {
                    SimpleMatrix r = RESIDUAL;
                    for (int step = 0; step < STEPS; step++) {
                        r = r.minus(THETA.mult(r).scale(ETA));
                    }
                    return Both.of(
                            LinearizedDynamics.gradientDescent(THETA, ETA).residual(RESIDUAL, STEPS), r);
                })
                .toDigits(12);
    }

    private static Comparison flow() {
        return Comparison.of("kernel", "linearised gradient flow")
                .by("closed form in the eigenvectors")
                .and("the method of Runge and Kutta")
                .on(DYNAMICS + ", 100 integration steps each", () -> {
                    double h = ETA / 100;
                    SimpleMatrix r = RESIDUAL;
                    for (int step = 0; step < 100 * STEPS; step++) {
                        SimpleMatrix first = slope(r);
                        SimpleMatrix second = slope(r.plus(first.scale(h / 2)));
                        SimpleMatrix third = slope(r.plus(second.scale(h / 2)));
                        SimpleMatrix fourth = slope(r.plus(third.scale(h)));
                        r = r.plus(first.plus(second.plus(third).scale(2))
                                .plus(fourth)
                                .scale(h / 6));
                    }
                    return Both.of(LinearizedDynamics.flow(THETA, ETA).residual(RESIDUAL, STEPS), r);
                })
                .toDigits(10);
    }

    private static SimpleMatrix slope(SimpleMatrix residual) {
        return THETA.mult(residual).scale(-1);
    }

    private static Comparison outputsElsewhere() {
        return Comparison.of("kernel", "linearised outputs on further inputs")
                .by("closed form in the eigenvectors")
                .and("step by step")
                .on(DYNAMICS + ", 3 further inputs", () -> {
                    SimpleMatrix cross = RELU.between(FURTHER, TRAIN).ntk();
                    SimpleMatrix zero = new SimpleMatrix(8, 1);
                    SimpleMatrix f = new SimpleMatrix(3, 1);
                    SimpleMatrix r = RESIDUAL.scale(-1);
                    for (int step = 0; step < STEPS; step++) {
                        f = f.minus(cross.mult(r).scale(ETA));
                        r = r.minus(THETA.mult(r).scale(ETA));
                    }
                    return Both.of(
                            LinearizedDynamics.gradientDescent(THETA, ETA)
                                    .outputs(cross, new SimpleMatrix(3, 1), zero, RESIDUAL, STEPS),
                            f);
                })
                .toDigits(11);
    }

    private static Comparison lawOverStarts() {
        return Comparison.of("kernel", "covariance of trained outputs over random starts")
                .by("closed form in the eigenvectors")
                .and("one step after the other")
                .on(DYNAMICS, () -> {
                    SimpleMatrix nngp = RELU.at(TRAIN).nngp();
                    SimpleMatrix contraction = SimpleMatrix.identity(8).minus(THETA.scale(ETA));
                    SimpleMatrix covariance = nngp;
                    for (int step = 0; step < STEPS; step++) {
                        covariance = contraction.mult(covariance).mult(contraction);
                    }
                    OutputLaw law =
                            LinearizedDynamics.gradientDescent(THETA, ETA).trainLaw(nngp, RESIDUAL, STEPS);
                    return Both.of(law.covariance(), covariance);
                })
                .toDigits(11);
    }

    private static Comparison nearestFit() {
        return Comparison.of("kernel", "squared distance to the nearest fit")
                .by("closed form in the eigenvectors")
                .and("a linear system solved")
                .on(
                        "ReLU kernel of depth 2, 8 inputs",
                        () -> Both.of(
                                LinearizedDynamics.gradientDescent(THETA, ETA).minimumNormDisplacement(RESIDUAL),
                                RESIDUAL.dot(THETA.solve(RESIDUAL))))
                .toDigits(12);
    }
}
