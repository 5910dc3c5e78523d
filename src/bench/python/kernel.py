"""The tangent kernel of a ReLU network with one output: layer by layer, and by contracting per-example Jacobians."""

import torch

from network import load
from peer import measured

# One layer's Jacobian at n = 100 and width 1024 is 0.8 GB; it grows with n.
MOST_EXAMPLES = 100


def layerwise(x, weights, rates):
    """Theta = sum_l rate_l (a_{l-1} a_{l-1}^T) * (D_l D_l^T), with in-place element-wise work."""
    activations = [x]
    for w in weights[:-1]:
        activations.append((activations[-1] @ w).relu_())
    last = activations[-1]
    kernel = (last @ last.t()).mul_(rates[-1])
    signal = last.sign().mul_(weights[-1])
    for layer in range(len(weights) - 2, -1, -1):
        a = activations[layer]
        kernel.addcmul_(a @ a.t(), signal @ signal.t(), value=rates[layer])
        if layer > 0:
            signal = (signal @ weights[layer].t()).mul_(a.sign())
    return kernel


def per_example(x, weights, rates):
    """One backward pass for each example, into the rows of a Jacobian; contracted layer by layer, as is usual."""
    n = len(x)
    leaves = [w.detach().requires_grad_() for w in weights]
    jacobian = [torch.empty(n, w.numel()) for w in leaves]
    for i in range(n):
        a = x[i]
        for w in leaves[:-1]:
            a = torch.relu(a @ w)
        for rows, gradient in zip(jacobian, torch.autograd.grad(a @ leaves[-1], leaves)):
            rows[i] = gradient.view(-1)
    return sum(rate * (rows @ rows.t()) for rows, rate in zip(jacobian, rates))


def rows(plan):
    result = []
    for case in plan["cases"]:
        x, _, weights = load(case)
        ways = {"PyTorch, layer by layer": torch.no_grad()(layerwise)}
        if case["n"] <= MOST_EXAMPLES:
            ways["PyTorch, per example"] = per_example
        for name, way in ways.items():
            check = way(x, weights, case["rates"]).norm().item()
            seconds = measured(lambda: way(x, weights, case["rates"]), plan["budget"])
            result.append({"id": case["id"], "row": name, "value": seconds, "check": check})
    return result
