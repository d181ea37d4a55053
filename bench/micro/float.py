"""Float kernels: accumulation, a polynomial, conversion from int."""
from _timer import report


def accumulate(n):
    s = 0.0
    for _ in range(n):
        s += 1.5


def polynomial(n):
    x = 0.3
    for _ in range(n):
        x = 3.9 * x * (1.0 - x)


def mixed(n):
    s = 0.0
    for i in range(n):
        s += i / 7.0 - i * 0.25


def compare(n):
    x, c = 0.1, 0
    for _ in range(n):
        if x < 0.5:
            c += 1


report(accumulate=accumulate, polynomial=polynomial, mixed=mixed, compare=compare)
