"""Slices and indices with huge numbers, odd objects and steps: lists, tuples, texts, ranges, slice.indices, assignments and deletions."""

import sys

M = sys.maxsize


def attempt(action):
    try:
        print("ok", action())
    except Exception as error:
        print(type(error).__name__, error)


class I:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        if isinstance(self.value, Exception):
            raise self.value
        return self.value

    def __repr__(self):
        return f"I({self.value})"


values = list(range(10))
for sequence in (values, tuple(values), "0123456789", b"0123456789", range(10), bytearray(b"0123456789"), memoryview(b"0123456789")):
    for key in (M, -M - 1, M + 1, -M - 2, 10 ** 30, True, I(3), I(-1), I(10 ** 30), I("x"), I(ValueError("index")), 1.0, "1", None, 10, -11):
        print(type(sequence).__name__, key, end=": ")
        attempt(lambda: sequence[key])
for bounds in ((None, None, -1), (M, None, -1), (None, -M - 1, -1), (-10 ** 30, 10 ** 30, 10 ** 30), (10 ** 30, -10 ** 30, -10 ** 30), (8, None, -3), (-1, -100, -4), (2, 2), (5, 2), (5, 2, -1), (None, None, M), (None, None, -M - 1), (1, None, M), (I(1), I(8), I(3)), (None, None, 0), (None, None, I(0)), ("a",), (None, 1.5),
               (None, None, "x"), (I("x"),), (I(ValueError("start")),), (True, 9, True), (-0, -0), (0, 10, 11), (9, 0, -9), (100, 200), (-200, -100), (-200, 200, 7), (200, -200, -7)):
    s = slice(*bounds)
    print(s, end=" ")
    attempt(lambda: (values[s], "0123456789"[s], range(10)[s], bytes(b"0123456789")[s]))
    for length in (0, 5, 10 ** 30):
        attempt(lambda: s.indices(length))
for length in (-1, "x", 1.5, None, I(4), I(-4)):
    attempt(lambda: slice(1, None).indices(length))
attempt(lambda: slice(1, 2, 0).indices(5))
attempt(lambda: slice())
attempt(lambda: slice(1, 2, 3, 4))
attempt(lambda: slice(stop=3))
attempt(lambda: hash(slice(1)))
attempt(lambda: slice(1) < slice(2))
attempt(lambda: slice(1, "a") == slice(1, "a"))
attempt(lambda: slice(1) < slice("a"))
attempt(lambda: {slice(1): 2})
attempt(lambda: setattr(slice(1), "start", 3))
attempt(lambda: slice(1).__reduce__())


def changed(key, value, start=None):
    target = list(range(10)) if start is None else start
    target[key] = value
    return target


def deleted(key):
    target = list(range(10))
    del target[key]
    return target


for key, value in ((slice(2, 5), []), (slice(5, 2), "ab"), (slice(None, None, 2), "abcde"), (slice(None, None, 2), "abcd"), (slice(None, None, -2), "abcde"), (slice(9, 0, -3), [1, 2, 3]), (slice(0, 0), range(3)), (slice(M, M), "z"), (slice(-M, 1), "z"), (slice(1, 3), 5), (slice(1, 3), None), (slice(0, 3, 2), 5),
                   (slice(None, None, 10 ** 30), "q"), (slice(None, None, -10 ** 30), "q"), (slice(3, 3, 2), ""), (slice(3, 3, -1), "x"), (slice(None, None, 0), ""), (M, 1), (10 ** 30, 1), ("a", 1), (1.0, 1), (None, 1), (slice(1, 9, 3), (x for x in "abc")), (slice(1, 9, 3), (x for x in "ab")), (slice(None), {1: 2}), (I(-1), "last"), (slice(I(1), I(2)), [7, 8])):
    print(key, end=": ")
    attempt(lambda: changed(key, value))
for key in (slice(2, 5), slice(5, 2), slice(None, None, 3), slice(None, None, -3), slice(8, 1, -2), slice(None, None, 10 ** 30), slice(1, None, M), slice(9, None, -M - 1), slice(None, None, 0), 10, -11, 10 ** 30, "a", None, I(0), slice("a"), slice(None), slice(20, 30), slice(-3, None)):
    print(key, end=": ")
    attempt(lambda: deleted(key))
target = [1, 2, 3]
target[1:2] = target
print(target)
target[::2] = target[1::2] + [0]
print(target)
target[:] = reversed(target)
print(target)


class Grows:
    def __init__(self, target):
        self.target = target

    def __index__(self):
        self.target.extend("xyz")
        return 1


target = [1, 2]
attempt(lambda: changed(Grows(target), "set", target))
attempt(lambda: changed(slice(Grows(target), None, 2), "ab", target))
attempt(lambda: target[Grows(target):Grows(target):2])
r = range(-M - 1, M, 2 ** 40)
print(len(r), r[5], r[-1], r[1:3], r[::-1][0] == r[-1], r.index(r[77]), r[M - M])
attempt(lambda: len(range(-M - 1, M)))
attempt(lambda: range(-M - 1, M)[-1])
attempt(lambda: range(10 ** 30)[10 ** 29])
attempt(lambda: range(10 ** 30)[10 ** 31])
attempt(lambda: range(10 ** 30)[-1:0:-10 ** 29])
attempt(lambda: len(range(10 ** 30)))
attempt(lambda: 10 ** 25 in range(0, 10 ** 30, 5) and (10 ** 25 + 1 in range(0, 10 ** 30, 5)))
attempt(lambda: range(0, 10 ** 30, 10 ** 29) == range(0, 10 ** 30 - 5, 10 ** 29))
attempt(lambda: hash(range(10 ** 30)) == hash(range(0, 10 ** 30, 1)))
attempt(lambda: list(reversed(range(10 ** 20, 10 ** 20 + 3))))
attempt(lambda: range(5).index(9))
attempt(lambda: range(0, 9, 3).count(3.0) + range(5).count("a"))
attempt(lambda: range(1.5))
attempt(lambda: range(1, 2, 0))
attempt(lambda: range("a"))
attempt(lambda: range(I(3), I(9), I(2)))
attempt(lambda: list(iter(range(M - 1, M + 3))))
attempt(lambda: [0] * M)
attempt(lambda: [0] * (M + 1))
attempt(lambda: "ab" * M)
attempt(lambda: () * M)
attempt(lambda: [0] * -10 ** 30)
attempt(lambda: (1,) * I(2))
attempt(lambda: [1] * 1.0)
