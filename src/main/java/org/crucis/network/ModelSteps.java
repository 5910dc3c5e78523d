package org.crucis.network;

import java.util.Arrays;
import java.util.List;
import org.ejml.simple.SimpleMatrix;

/** Steps by the model's own gradient. */
final class ModelSteps implements Steps {

    private final Network network;
    private final UpdateRule rule;
    private final ModelPropagation propagation;
    private final List<Network.Part> parts;
    private final LayerUpdate.Values[] updates;

    ModelSteps(Network network, SimpleMatrix inputs, UpdateRule rule) {
        this.network = network;
        this.rule = rule;
        this.propagation = ModelPropagation.of(network, inputs);
        this.parts = network.parts();
        LayerUpdate[] ofLayers = LayerUpdate.of(rule, network.shapes());
        this.updates = parts.stream()
                .map(part -> ofLayers[part.layer()].values(part.kind(), part.size()))
                .toArray(LayerUpdate.Values[]::new);
        propagation.forward();
    }

    @Override
    public void readOutputs(double[] into) {
        propagation.readOutputs(into);
    }

    @Override
    public void step(double[] residuals, double eta) {
        if (rule instanceof UpdateRule.Plain) {
            propagation.step(residuals, eta);
            return;
        }
        double[] gradient = propagation.gradient(residuals);
        double[] parameters = network.parameters();
        int at = 0;
        for (int p = 0; p < updates.length; p++) {
            Network.Part part = parts.get(p);
            if (part.rate() > 0) {
                double[] values = Arrays.copyOfRange(parameters, at, at + part.size());
                updates[p].descend(
                        values, Arrays.copyOfRange(gradient, at, at + part.size()), 0, part.size(), eta * part.rate());
                System.arraycopy(values, 0, parameters, at, part.size());
            }
            at += part.size();
        }
        network.assign(parameters);
        propagation.forward();
    }

    @Override
    public void close() {
        propagation.close();
    }
}
