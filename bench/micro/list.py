"""List kernels: index, store, append, iterate, slice, sort, unpack."""
from _timer import report


def index(n):
    a = list(range(100))
    for i in range(n):
        a[i % 100]


def store(n):
    a = [0] * 100
    for i in range(n):
        a[i % 100] = i


def append(n):
    for _ in range(n // 100):
        a = []
        for i in range(100):
            a.append(i)


def iterate(n):
    a = list(range(100))
    for _ in range(n // 100):
        for x in a:
            pass


def slices(n):
    a = list(range(20))
    for _ in range(n):
        a[5:15]


def sort(n):
    a = [i * 7919 % 1009 for i in range(1000)]
    for _ in range(max(1, n // 1000)):
        sorted(a)


def unpack(n):
    a = [1, 2, 3]
    for _ in range(n):
        x, y, z = a


def tuples(n):
    for i in range(n):
        (i, i, i)


def contains(n):
    a = list(range(10))
    for _ in range(n):
        9 in a


report(index=index, store=store, append=append, iterate=iterate, slices=slices, sort=sort, unpack=unpack, tuples=tuples,
       contains=contains)
