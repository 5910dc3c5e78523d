package org.crucis.routes;

import java.util.List;
import org.crucis.network.DenseNetwork;
import org.crucis.routes.Comparison.Both;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.api.buffer.DataType;

/** Second routes to what networks compute. */
final class NetworkRoutes {

    private NetworkRoutes() {}

    static List<Comparison> all() {
        return List.of(
                outputs(Problem.shallow()), outputs(Problem.deep()), outputs(Problem.gated()), singlePrecision());
    }

    private static Comparison outputs(Problem problem) {
        return Comparison.of("network", "outputs")
                .by("raw products")
                .and("DeepLearning4J's forward pass")
                .on(problem.setting(), () -> {
                    try (DenseNetwork network = problem.draw()) {
                        return Both.of(network.outputs(problem.inputs()), problem.modelOutputs(network));
                    }
                })
                .toDigits(12);
    }

    private static Comparison singlePrecision() {
        Problem problem = Problem.deep();
        return Comparison.of("network", "precision of outputs")
                .by("double precision")
                .and("the same model in single precision")
                .on(problem.setting(), () -> {
                    try (DenseNetwork network = problem.draw()) {
                        MultiLayerNetwork single =
                                network.model(MultiLayerNetwork.class).convertDataType(DataType.FLOAT);
                        SimpleMatrix outputs = Problem.matrix(
                                single.output(Problem.array(problem.inputs()).castTo(DataType.FLOAT)));
                        single.close();
                        return Both.of(network.outputs(problem.inputs()), outputs);
                    }
                })
                .toDigits(5, "single precision rounds at 6e-8, and four layers of sums of 32 terms collect it");
    }
}
