"""for over every kind of iterable, iterator exhaustion, __length_hint__, iter() forms, changing while iterating."""

class Once:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n

class Revived(Once):
    def __next__(self):
        try:
            return super().__next__()
        except StopIteration:
            self.n = 2
            raise

o = Once(3)
print(list(o), list(o), next(o, "empty"))
r = Revived(1)
print(list(r), list(r), list(r))
for it in ([1, 2], (1, 2), "ab", b"ab", bytearray(b"ab"), {1: "x"}, {1}, frozenset({2}), range(2), {1: 2}.items(), {1: 2}.values(), enumerate("a"), zip("a", "b"), map(str, [1]), filter(None, [0, 1]), reversed([1, 2]), iter([5]), (x for x in "q"), memoryview(b"m")):
    i = iter(it)
    print(type(it).__name__, type(i).__name__, iter(i) is i, list(i), list(i), hasattr(i, "__next__"))
class Sentinel:
    calls = 0
    def __call__(self):
        Sentinel.calls += 1
        return Sentinel.calls
i = iter(Sentinel(), 4)
print(list(i), list(i), Sentinel.calls)
class Raises:
    def __iter__(self): raise ValueError("no iteration")
class NotIter:
    def __iter__(self): return [1]
class NoneIter:
    __iter__ = None
class NextOnly:
    def __next__(self): return 1
class BadNext:
    def __iter__(self): return self
    def __next__(self): raise KeyError("in next")
for c in (Raises, NotIter, NoneIter, NextOnly, BadNext, object):
    for use in (list, lambda x: [y for y in x], lambda x: (lambda *a: a)(*x), sum, lambda x: 1 in x, lambda x: dict(x), lambda x: max(x), ",".join):
        try:
            print(use(c()), end="; ")
        except Exception as e:
            print(type(e).__name__, e, end="; ")
    print()
class Hint:
    def __init__(self, h): self.h = h
    def __iter__(self): return iter([1, 2])
    def __length_hint__(self):
        if isinstance(self.h, Exception): raise self.h
        return self.h
for h in (0, 10, NotImplemented, -1, "x", TypeError("swallowed"), ValueError("not swallowed"), 2**70):
    try:
        print(list(Hint(h)))
    except Exception as e:
        print(type(e).__name__, e)
d = {"a": 1, "b": 2}
it = iter(d)
d["c"] = 3
try:
    next(it)
except RuntimeError as e:
    print(e)
try:
    print(list(it))
except RuntimeError as e:
    print(e)
l = [1, 2, 3]
it = iter(l)
print(next(it))
l[:] = []
print(list(it))
l.extend([7, 8, 9, 10])
print(list(it))
e = enumerate("abc", 10**20)
print(next(e), list(e), list(enumerate([], 5)), list(zip()), list(zip("ab")), list(zip("abc", range(2), [1, 2, 3, 4])), list(map(lambda *a: a, "ab", [1, 2, 3])))
for bad in (lambda: list(zip("ab", "abc", strict=True)), lambda: list(zip("abc", "ab", strict=True)), lambda: list(zip("a", "ab", "a", strict=True)), lambda: enumerate(), lambda: enumerate("a", "b"), lambda: map(), lambda: map(None, [1]).__next__(), lambda: filter(None), lambda: zip(strict=5), lambda: iter(5, 6), lambda: next(), lambda: reversed({1: 2}.items()).__next__(), lambda: reversed(5)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
