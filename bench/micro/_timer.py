"""Times a kernel inside the interpreter: the best of several rounds, in nanoseconds per operation.

A kernel takes a count and repeats its operation that often in a loop of its own; the loop is part of the figure.
"""

import time

ROUND_NS = 60_000_000
ROUNDS = 5


def report(**kernels):
    """Prints a line `name ns` for each kernel."""
    for name, kernel in kernels.items():
        count = 1000
        while True:
            start = time.perf_counter_ns()
            kernel(count)
            taken = time.perf_counter_ns() - start
            if taken > ROUND_NS // 8:
                break
            count *= 4
        count = max(1, count * ROUND_NS // (ROUNDS * taken))
        best = None
        for _ in range(ROUNDS):
            start = time.perf_counter_ns()
            kernel(count)
            taken = time.perf_counter_ns() - start
            best = taken if best is None or taken < best else best
        print(f"{name} {best / count:.2f}", flush=True)
