"""Segmented sieve of Eratosthenes: the threads take segments from a shared counter until none is left."""

import math
import threading

from _parallel import arguments, run_threads

SEGMENT = 1 << 15


def small_primes(limit):
    flags = bytearray([1]) * (limit + 1)
    flags[0:2] = b"\0\0"
    for i in range(2, math.isqrt(limit) + 1):
        if flags[i]:
            flags[i * i::i] = bytes(len(range(i * i, limit + 1, i)))
    return [i for i, flag in enumerate(flags) if flag]


def sieve_segment(low, high, primes):
    """(count, sum) of the primes in [low, high)."""
    flags = bytearray([1]) * (high - low)
    for p in primes:
        first = max(p * p, (low + p - 1) // p * p)
        if first >= high:
            if p * p >= high:
                break
            continue
        flags[first - low::p] = bytes((high - 1 - first) // p + 1)
    count = total = 0
    for offset, flag in enumerate(flags):
        if flag:
            count += 1
            total += low + offset
    return count, total


def sieve(threads, limit):
    primes = small_primes(math.isqrt(limit) + 1)
    lock = threading.Lock()
    position = 2

    def work(k):
        nonlocal position
        count = total = 0
        while True:
            with lock:
                low = position
                position = low + SEGMENT
            if low >= limit:
                return count, total
            found, added = sieve_segment(low, min(low + SEGMENT, limit), primes)
            count += found
            total += added

    results = run_threads(threads, work)
    return sum(count for count, _ in results), sum(total for _, total in results)


if __name__ == "__main__":
    threads, scale = arguments()
    limit = max(1000, round(28_000_000 * scale))
    count, total = sieve(threads, limit)
    print(f"{count} primes below {limit}, sum {total}")
