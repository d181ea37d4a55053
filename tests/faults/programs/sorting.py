# Sorting with keys and failing comparisons, heaps, bisect, functools.
import bisect
import functools
import heapq
from _step import step


def sorts():
    data = [(n * 7919) % 1009 for n in range(200)]
    words = [str(n) for n in data]
    a = sorted(data)
    b = sorted(words, key=len, reverse=True)
    data.sort(key=lambda n: -n)
    mixed = sorted([3, 1.5, 2 ** 70, True])
    return a[:5], b[:3], data[:5], mixed, min(words), max(words, key=int)


def failing():
    items = [3, "a", 2]
    try:
        items.sort()
    except TypeError as e:
        return str(e), sorted(map(str, items))


@functools.total_ordering
class Item:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __eq__(self, other):
        return self.n == other.n


def custom():
    items = sorted([Item(n * 37 % 101) for n in range(40)])
    return [i.n for i in items][:5], sorted([Item(2), Item(1)], key=functools.cmp_to_key(lambda a, b: b.n - a.n))[0].n


def heaps():
    h = []
    for n in range(30):
        heapq.heappush(h, n * 17 % 31)
    return [heapq.heappop(h) for _ in range(5)], heapq.nlargest(3, h), heapq.nsmallest(2, h), bisect.bisect([1, 3, 5], 4), list(heapq.merge([1, 4], [2, 3]))


def tools():
    @functools.lru_cache(maxsize=20)
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)
    add = functools.partial(lambda a, b, c=0: a + b + c, 1, c=5)
    return fib(40), fib.cache_info().hits > 0, add(2), functools.reduce(lambda a, b: a * b, range(1, 8)), functools.wraps(sorts)(lambda: 1).__name__


for f in (sorts, failing, custom, heaps, tools):
    step(f)
