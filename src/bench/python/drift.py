"""A whole claim: how the drift of the tangent kernel over training falls with the width; two-layer tanh networks in NTK
parametrization. Each trial is independent; data and weights are drawn here, not read."""

import math
import time

import torch
import torch.multiprocessing


def kernel(x, gram, w, v):
    """Theta of f = phi(x w / sqrt d) v / sqrt m at n inputs; gram = x x^T / d."""
    a = torch.tanh(x @ w)
    signal = (1 - a * a).mul_(v)
    return torch.addcmul(a @ a.t(), gram, signal @ signal.t()).div_(len(v))


def trial(task):
    plan, width, block = task
    n, d, steps, probes = plan["n"], plan["d"], plan["steps"], set(plan["probes"])
    data = torch.Generator().manual_seed(1000 + block)
    x = torch.randn(n, d, generator=data)
    # Inputs of length sqrt d, with the parametrization's factor 1/sqrt d absorbed.
    x /= x.norm(dim=1, keepdim=True)
    y = torch.randn(n, generator=data)
    chance = torch.Generator().manual_seed(100_003 * block + width)
    w = torch.randn(d, width, generator=chance).requires_grad_()
    v = torch.randn(width, generator=chance).requires_grad_()
    gram = x @ x.t()
    with torch.no_grad():
        start = kernel(x, gram, w, v)
    size = start.norm()
    eta = 1 / torch.linalg.eigvalsh(start)[-1].item()
    scale = 1 / math.sqrt(width)
    y = y + (torch.tanh(x @ w) @ v).detach() * scale
    drift = 0.0
    for step in range(1, steps + 1):
        r = torch.tanh(x @ w) @ v * scale - y
        gradients = torch.autograd.grad(0.5 * r.dot(r), (w, v))
        with torch.no_grad():
            w.sub_(gradients[0], alpha=eta)
            v.sub_(gradients[1], alpha=eta)
            if step in probes:
                drift = max(drift, ((kernel(x, gram, w, v) - start).norm() / size).item())
    return width, block, drift


def once(plan, run):
    tasks = [(plan, width, block) for width in sorted(plan["widths"], reverse=True) for block in range(plan["blocks"])]
    start = time.perf_counter()
    drifts = run(tasks)
    return time.perf_counter() - start, drifts


def exponent(plan, drifts):
    """Mean and standard error over the blocks of the least-squares slope of log drift against log width."""
    slopes = []
    for block in range(plan["blocks"]):
        points = [(math.log(width), math.log(drift)) for width, b, drift in drifts if b == block]
        middle = sum(x for x, _ in points) / len(points)
        slopes.append(
            sum((x - middle) * y for x, y in points) / sum((x - middle) ** 2 for x, _ in points))
    slopes = torch.tensor(slopes)
    return slopes.mean().item(), (slopes.std() / math.sqrt(len(slopes))).item()


def rows(plan):
    result = []

    def add(processes, row, run):
        seconds, drifts = once(plan, run)
        mean, error = exponent(plan, drifts)
        result.append({"id": f"{processes} at once", "row": row, "value": seconds, "check": mean, "error": error})

    def one(tasks):
        return [trial(task) for task in tasks]

    for processes in plan["threads"]:
        if processes == 1:
            add(processes, "PyTorch, first run", one)
            add(processes, "PyTorch", one)
        else:
            with torch.multiprocessing.get_context("fork").Pool(processes, torch.set_num_threads, (1,)) as pool:
                # The processes are started and warm before the clock is.
                pool.map(trial, [(plan, 64, block) for block in range(4 * processes)], chunksize=1)
                add(processes, "PyTorch", lambda tasks: pool.map(trial, tasks, chunksize=1))
    return result
