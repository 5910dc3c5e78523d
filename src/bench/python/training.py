"""Full-batch gradient descent on half the sum of squares, three ways: autograd, and PyTorch and NumPy by hand."""

import numpy
import torch

from network import load
from peer import measured


def autograd(case):
    x, y, weights = load(case)
    phi = {"RELU": torch.relu, "TANH": torch.tanh}[case["activation"]]
    moving = [(w.requires_grad_(), rate) for w, rate in zip(weights, case["rates"]) if rate > 0]
    leaves = [w for w, _ in moving]
    hidden, v = weights[:-1], weights[-1]

    def residual():
        a = x
        for w in hidden:
            a = phi(a @ w)
        return a @ v - y

    def train():
        for _ in range(case["steps"]):
            r = residual()
            gradients = torch.autograd.grad(0.5 * r.dot(r), leaves)
            with torch.no_grad():
                for (w, rate), g in zip(moving, gradients):
                    w.sub_(g, alpha=rate)
        with torch.no_grad():
            r = residual()
            return 0.5 * r.dot(r).item()

    return train


def torch_by_hand(case):
    """No autograd, no allocation in the loop; each update is one product that accumulates into the weights."""
    x, y, weights = load(case)
    rates = case["rates"]
    depth = case["depth"]
    activations = [x] + [torch.empty(case["n"], case["width"]) for _ in range(depth)]
    signals = [None] + [torch.empty(case["n"], case["width"]) for _ in range(depth - 1)] + [activations[depth]]
    scaled = torch.empty_like(x)
    r = torch.empty_like(y)
    v = weights[-1]
    transposed = [w.t() for w in weights]
    old = torch.empty_like(v)

    def forward():
        for layer in range(depth):
            a = activations[layer + 1]
            torch.mm(activations[layer], weights[layer], out=a)
            a.relu_() if case["activation"] == "RELU" else a.tanh_()
        torch.mv(activations[depth], v, out=r)
        r.sub_(y)

    def into_derivative(a):
        a.sign_() if case["activation"] == "RELU" else a.square_().neg_().add_(1)

    def step():
        forward()
        old.copy_(v)
        if rates[depth] > 0:
            v.addmv_(activations[depth].t(), r, alpha=-rates[depth])
        column = r.unsqueeze(1)
        into_derivative(activations[depth])
        signals[depth].mul_(old)
        if depth > 1:
            signals[depth].mul_(column)
        for layer in range(depth - 1, 0, -1):
            torch.mm(signals[layer + 1], transposed[layer], out=signals[layer])
            weights[layer].addmm_(activations[layer].t(), signals[layer + 1], alpha=-rates[layer])
            into_derivative(activations[layer])
            signals[layer].mul_(activations[layer])
        left = torch.mul(x, column, out=scaled) if depth == 1 else x
        weights[0].addmm_(left.t(), signals[1], alpha=-rates[0])

    def train():
        with torch.inference_mode():
            for _ in range(case["steps"]):
                step()
            forward()
            return 0.5 * r.dot(r).item()

    return train


def numpy_by_hand(case):
    """The same in NumPy, which has no accumulating product."""
    x, y, weights = [part.numpy() if torch.is_tensor(part) else [w.numpy() for w in part] for part in load(case)]
    rates = case["rates"]
    depth = case["depth"]
    activations = [x] + [numpy.empty((case["n"], case["width"])) for _ in range(depth)]
    signals = [None] + [numpy.empty((case["n"], case["width"])) for _ in range(depth - 1)] + [activations[depth]]
    gradients = [numpy.empty_like(w) for w in weights]
    scaled = numpy.empty_like(x)
    r = numpy.empty_like(y)
    v = weights[-1]
    old = numpy.empty_like(v)

    def forward():
        for layer in range(depth):
            a = activations[layer + 1]
            numpy.matmul(activations[layer], weights[layer], out=a)
            numpy.maximum(a, 0, out=a) if case["activation"] == "RELU" else numpy.tanh(a, out=a)
        numpy.matmul(activations[depth], v, out=r)
        numpy.subtract(r, y, out=r)

    def into_derivative(a):
        if case["activation"] == "RELU":
            numpy.sign(a, out=a)
        else:
            numpy.multiply(a, a, out=a)
            numpy.subtract(1, a, out=a)

    def move(layer, left, right):
        g = gradients[layer]
        numpy.matmul(left.T, right, out=g)
        numpy.multiply(g, rates[layer], out=g)
        numpy.subtract(weights[layer], g, out=weights[layer])

    def step():
        forward()
        old[:] = v
        if rates[depth] > 0:
            move(depth, activations[depth], r)
        into_derivative(activations[depth])
        numpy.multiply(signals[depth], old, out=signals[depth])
        if depth > 1:
            numpy.multiply(signals[depth], r[:, None], out=signals[depth])
        for layer in range(depth - 1, 0, -1):
            numpy.matmul(signals[layer + 1], weights[layer].T, out=signals[layer])
            move(layer, activations[layer], signals[layer + 1])
            into_derivative(activations[layer])
            numpy.multiply(signals[layer], activations[layer], out=signals[layer])
        left = numpy.multiply(x, r[:, None], out=scaled) if depth == 1 else x
        move(0, left, signals[1])

    def train():
        for _ in range(case["steps"]):
            step()
        forward()
        return 0.5 * float(r @ r)

    return train


WAYS = {"PyTorch": autograd, "PyTorch by hand": torch_by_hand, "NumPy by hand": numpy_by_hand}


def rows(plan):
    result = []
    for case in plan["cases"]:
        for name, way in WAYS.items():
            train = way(case)
            # The first training warms up and is compared with the other side's.
            check = train()
            seconds = measured(train, plan["budget"]) / case["steps"]
            result.append({"id": case["id"], "row": name, "value": seconds, "check": check})
    return result
