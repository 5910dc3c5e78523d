"""Dense ReLU or tanh networks without biases, from the files that both sides read."""

import numpy
import torch


def load(case):
    """Inputs n x d, targets n, and the weights (fan-in x fan-out; the output layer's as a vector) of a case."""
    n, d, m, depth = case["n"], case["d"], case["width"], case["depth"]
    numbers = torch.from_numpy(numpy.fromfile(case["file"], "<f8"))
    shapes = [(d, m)] + [(m, m)] * (depth - 1) + [(m, 1)]
    parts = numbers.split([n * d, n] + [rows * columns for rows, columns in shapes])
    # The file has the weights of one neuron after the other; row-major fan-in x fan-out is what PyTorch is fastest with.
    weights = [part.view(columns, rows).t().contiguous() for part, (rows, columns) in zip(parts[2:], shapes)]
    return parts[0].view(n, d).clone(), parts[1].clone(), weights[:-1] + [weights[-1].view(m)]
