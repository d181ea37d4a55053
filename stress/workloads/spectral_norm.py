"""Spectral norm of an infinite matrix's corner: matrix-vector products, the rows shared out among the threads."""

import math
import threading

from _parallel import arguments, run_threads, share


def entry(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def norm(threads, n):
    u, v, half = [1.0] * n, [0.0] * n, [0.0] * n
    barrier = threading.Barrier(threads)

    def multiply(source, target, mine):
        for i in mine:
            total = 0.0
            for j in range(n):
                total += entry(i, j) * source[j]
            target[i] = total
        barrier.wait()

    def multiply_transposed(source, target, mine):
        for i in mine:
            total = 0.0
            for j in range(n):
                total += entry(j, i) * source[j]
            target[i] = total
        barrier.wait()

    def work(k):
        mine = share(n, threads, k)
        for _ in range(6):
            multiply(u, half, mine)
            multiply_transposed(half, v, mine)
            multiply(v, half, mine)
            multiply_transposed(half, u, mine)

    run_threads(threads, work)
    uv = vv = 0.0
    for a, b in zip(u, v):
        uv += a * b
        vv += b * b
    return math.sqrt(uv / vv)


if __name__ == "__main__":
    threads, scale = arguments()
    print(f"norm {norm(threads, max(2, round(550 * math.sqrt(scale)))):.9f}")
