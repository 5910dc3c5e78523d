package fang2019;

import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;

/**
 * The neurons of a network without biases in the parametrization "mean of neurons", in the coordinates of its law: f(x) = (1/m)
 * sum_j u_j phi(theta_j . x).
 *
 * @param features theta_j, m x d
 * @param outputWeights u_j, m x 1
 */
record Neurons(SimpleMatrix features, SimpleMatrix outputWeights) {

    static Neurons of(DenseNetwork network) {
        return new Neurons(
                network.weights(0).transpose(),
                network.weights(1).divide(network.scale(1).multiplier()));
    }

    /**
     * Neurons whose features are on the grid of {@link ReluCircle}.
     *
     * @param places of the neurons' features on the grid
     * @param weights the output weight of a neuron with each of the grid's features
     */
    static Neurons at(int[] places, SimpleMatrix weights) {
        SimpleMatrix features = new SimpleMatrix(places.length, 2);
        SimpleMatrix outputWeights = new SimpleMatrix(places.length, 1);
        for (int j = 0; j < places.length; j++) {
            features.set(j, 0, ReluCircle.DIRECTIONS.get(places[j], 0));
            features.set(j, 1, ReluCircle.DIRECTIONS.get(places[j], 1));
            outputWeights.set(j, weights.get(places[j]));
        }
        return new Neurons(features, outputWeights);
    }

    /** Puts these neurons into a network of their number and dimension. */
    void into(DenseNetwork network) {
        double[] stock = new double[features.getNumElements() + outputWeights.getNumElements()];
        System.arraycopy(features.getDDRM().getData(), 0, stock, 0, features.getNumElements());
        for (int j = 0; j < number(); j++) {
            stock[features.getNumElements() + j] =
                    outputWeights.get(j) * network.scale(1).multiplier();
        }
        network.assign(stock);
    }

    /** These neurons and others beside them: the mixture, half and half, of two measures of as many neurons. */
    Neurons and(Neurons others) {
        return new Neurons(features.concatRows(others.features), outputWeights.concatRows(others.outputWeights));
    }

    /** The mean of parameters, neuron by neuron. */
    Neurons halfwayTo(Neurons others) {
        return new Neurons(
                features.plus(others.features).divide(2),
                outputWeights.plus(others.outputWeights).divide(2));
    }

    /** m. */
    int number() {
        return outputWeights.getNumElements();
    }

    /** E u^2, the mean over neurons. */
    double meanSquare() {
        return outputWeights.elementPower(2).elementSum() / number();
    }

    /** E |u|: the total variation of the measure that the neurons carry, unless two with one feature have weights of both signs. */
    double meanSize() {
        double sum = 0;
        for (int j = 0; j < number(); j++) {
            sum += Math.abs(outputWeights.get(j));
        }
        return sum / number();
    }
}
