"""N queens by backtracking over bit masks: the threads take the placements of the first two rows in turn."""

import math
import threading

from _parallel import arguments, run_threads


def count(full, columns, left, right):
    """Solutions that extend the rows placed so far; the masks hold the columns and diagonals that are taken."""
    if columns == full:
        return 1
    solutions = 0
    free = full & ~(columns | left | right)
    while free:
        queen = free & -free
        free ^= queen
        solutions += count(full, columns | queen, (left | queen) << 1 & full, (right | queen) >> 1)
    return solutions


def openings(n):
    """The masks after every legal placement of two queens."""
    full = (1 << n) - 1
    for first in range(n):
        a = 1 << first
        for second in range(n):
            b = 1 << second
            left, right = a << 1 & full, a >> 1
            if not b & (a | left | right):
                yield a | b, (left | b) << 1 & full, (right | b) >> 1


def solve(threads, n):
    full = (1 << n) - 1
    work_list = list(openings(n))
    lock = threading.Lock()
    position = 0

    def work(k):
        nonlocal position
        solutions = 0
        while True:
            with lock:
                mine = position
                position += 1
            if mine >= len(work_list):
                return solutions
            solutions += count(full, *work_list[mine])

    return sum(run_threads(threads, work))


if __name__ == "__main__":
    threads, scale = arguments()
    n = max(4, round(12 + math.log(scale, 5)))       # a row more is about five times the work
    boards = max(1, round(3 * scale / 5 ** (n - 12)))
    print(f"{n} queens: {sum(solve(threads, n) for _ in range(boards)) // boards} solutions, {boards} times")
