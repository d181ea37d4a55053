"""The Mandelbrot set: every thread takes every n-th row; prints a checksum of the picture."""

import math

from _parallel import arguments, run_threads

LIMIT = 60


def row(y, size):
    """Iteration counts of one row, as bytes."""
    counts = bytearray(size)
    ci = 2.0 * y / size - 1.0
    for x in range(size):
        cr = 2.6 * x / size - 2.0
        zr = zi = 0.0
        n = 0
        while n < LIMIT:
            rr, ii = zr * zr, zi * zi
            if rr + ii > 4.0:
                break
            zi = 2.0 * zr * zi + ci
            zr = rr - ii + cr
            n += 1
        counts[x] = n
    return counts


def picture(threads, size):
    rows = [None] * size

    def work(k):
        for y in range(k, size, threads):
            rows[y] = row(y, size)

    run_threads(threads, work)
    return rows


if __name__ == "__main__":
    threads, scale = arguments()
    rows = picture(threads, max(4, round(630 * math.sqrt(scale))))
    checksum = 1
    for counts in rows:
        checksum = (checksum * 31 + sum(counts)) % 4294967291
    print(f"{len(rows)} rows, {sum(map(sum, rows))} iterations, checksum {checksum}")
