"""The peers' side of one round of the benchmarks: peer.py PLAN RESULT.

PLAN (JSON) is written by org.crucis.bench: a kind of work, its cases, and the seconds to measure each. The same plan goes to
the Java side. RESULT (JSON) lists, for each case and way of computing it, seconds (value) and a number to check that both sides
computed the same. Only PyTorch and NumPy are needed; everything is double precision on one thread a process.
"""

import ctypes
import json
import platform
import re
import sys
import time

import numpy
import torch


def measured(work, budget):
    """Mean seconds of one call, over at least one call and at least this many seconds."""
    calls = 0
    start = time.perf_counter()
    while True:
        work()
        calls += 1
        passed = time.perf_counter() - start
        if passed >= budget:
            return passed / calls


def core_type():
    """Which of its kernels OpenBLAS has chosen; both PyTorch and NumPy of Debian use this library."""
    try:
        library = ctypes.CDLL("libblas.so.3")
        library.openblas_get_corename.restype = ctypes.c_char_p
        return library.openblas_get_corename().decode()
    except (OSError, AttributeError):
        return "unknown"


def peak_megabytes():
    """The largest resident memory so far, where the system tells it."""
    try:
        with open("/proc/self/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1)) / 1024
    except (OSError, AttributeError):
        return None


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    with open(sys.argv[1]) as file:
        plan = json.load(file)
    # Imported late: the settings above come first.
    import drift
    import kernel
    import training

    rows = {"TRAINING": training.rows, "KERNEL": kernel.rows, "CLAIM": drift.rows}[plan["kind"]](plan)
    result = {
        "facts": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "torch cpu capability": re.search(r"CPU capability usage: (\w+)", torch.__config__.show()).group(1),
            "numpy": numpy.__version__,
            "blas core type": core_type(),
        },
        "peakMegabytes": peak_megabytes(),
        "rows": rows,
    }
    with open(sys.argv[2], "w") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main()
