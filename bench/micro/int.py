"""Integer kernels: a bare loop, additions and tests, big integers."""
from _timer import report


def loop(n):
    for _ in range(n):
        pass


def add(n):
    a = 0
    for i in range(n):
        a = a + i


def mixed(n):
    a, b = 7, 0
    for i in range(n):
        a = (a * 5 + i) & 0xFFFFF
        if a > 500000:
            b += 1


def while_count(n):
    while n > 0:
        n -= 1


def big(n):
    a, m = 3**100, 2**127 - 1
    for i in range(n):
        a = a * a % m + i


report(loop=loop, add=add, mixed=mixed, while_count=while_count, big=big)
