"""sort, sorted, min, max and heapq when comparing or keying fails: what is left of the list, who is compared with whom, stability, changes meanwhile."""

import functools
import heapq


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


class Counted:
    compared = []

    def __init__(self, value, tag=""):
        self.value, self.tag = value, tag

    def __lt__(self, other):
        Counted.compared.append((self.value, other.value))
        return self.value < other.value

    def __repr__(self):
        return f"{self.value}{self.tag}"


for values in ([], [1], [2, 1], [1, 2, 3], [3, 2, 1], [1, 3, 2], [2, 1, 2, 1], [5, 4, 4, 3], [1, 2, 3, 0], list(range(8)), [7, 1, 6, 2, 5, 3, 4], [1] * 6):
    Counted.compared.clear()
    made = [Counted(v) for v in values]
    made.sort()
    print(values, made, len(Counted.compared), Counted.compared[:12])
    Counted.compared.clear()
    min(made, default=None), max(made, default=None)
    print("   min max", Counted.compared[:8])
pairs = [Counted(i % 3, "abcdefghi"[i]) for i in range(9)]
print(sorted(pairs), sorted(pairs, reverse=True), sorted(pairs, key=lambda c: -c.value), sorted(pairs, key=lambda c: c.value, reverse=True))
for n in (3, 5, 40, 100):
    for fail_at in (1, 2, n // 2, n):
        calls = 0

        def key(value):
            global calls
            calls += 1
            if calls == fail_at:
                raise ZeroDivisionError(f"key {calls}")
            return -value
        target = list(range(n))
        attempt(f"key fails {n} {fail_at}", lambda: target.sort(key=key))
        print("   kept", target == list(range(n)), calls)


class Fails:
    left = 0

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        Fails.left -= 1
        if Fails.left < 0:
            raise RuntimeError("compared enough")
        return self.value < other.value


for n, allowed in ((3, 0), (3, 1), (10, 5), (50, 60), (200, 500)):
    Fails.left = allowed
    target = [Fails((i * 37) % 101) for i in range(n)]
    before = set(target)
    attempt(f"compare fails {n} {allowed}", lambda: target.sort())
    print("   same objects", set(target) == before, len(target) == n)
target = [3, 1, 2]
attempt("append while sorting", lambda: target.sort(key=lambda v: target.append(v)))
print(target)
target = [3, 1, 2]
attempt("look while sorting", lambda: target.sort(key=lambda v: (print("   seen", target, len(target)), v)[1]))
print(target)
target = [3, 1, 2]
attempt("clear while sorting", lambda: target.sort(key=lambda v: target.clear() or v))
print(target)
target = [3, 1, 2]
attempt("sort while sorting", lambda: target.sort(key=lambda v: target.sort() or v))
print(target)
for values in ([1, "a"], ["a", 1], [1, None], [None, None], [1, 2.5, True], [1j, 2j], [[1], [2, "x"]], [[1], [1, 2]], [(1, "a"), (1, 2)], [("a", 1), (1, "a")], [{1}, {2}, {1, 2}], [{}, {}], ["b", "a", "é", "B"], [b"b", bytearray(b"a")], [float("nan"), 1.0, float("nan"), 0.0], [2 ** 70, 1, -2 ** 70, 5], [1, 10 ** 400, 1e308], [True, False], [print, len], [int, str], [1, 2, "x", 3, 4], ["x"] * 3 + [1], [(1, 2), (1,), ()], [range(2), range(1)]):
    attempt(f"sorted {str(values)[:40]}", lambda: str(sorted(values))[:60])
    attempt("   min", lambda: str(min(values))[:20])
    attempt("   reverse", lambda: str(sorted(values, reverse=True))[:60])
for action in ("sorted(5)", "sorted()", "sorted([1], 5)", "sorted([1], key=5)", "sorted([1], key=None, reverse=None)", "sorted([1, 2], reverse='x')", "sorted([2, 1], reverse=[])", "sorted([1], cmp=1)", "sorted([1], key=lambda: 0)", "sorted([1, 2], key=lambda a, b: 0)", "sorted(iterable=[1])", "[].sort(1)", "[2, 1].sort(key=int, reverse=0)", "[1].sort(kee=1)", "min()", "min(5)", "min([])", "min([], default=3)", "min(1, 2, default=3)",
               "min([1], key=5)", "min(1, 2, key=None)", "min([3, 1], key=lambda v: -v)", "max(1, 'a')", "max('abc', key=ord)", "max([], key=len, default=None)", "min(1, 2, foo=3)", "max(iter([]))", "max({1: 2, 3: 1}, key={1: 2, 3: 1}.get)", "max((1, 'a'), (1, 'b'))", "max(1, 1.0), max(1.0, 1), max(True, 1)", "min([1, 2], default=1, key=int)", "max(default=1)", "max([nan, 1]), max([1, nan]), min(nan, 1)"):
    attempt(action, lambda: eval(action, {"nan": float("nan")}))


class Partial:
    def __init__(self, v):
        self.v = v

    def __gt__(self, other):
        return ("gt", self.v, other.v) and self.v > other.v

    def __repr__(self):
        return f"P{self.v}"


attempt("only gt", lambda: sorted([Partial(2), Partial(1)]))


class Weird:
    def __init__(self, answer):
        self.answer = answer

    def __lt__(self, other):
        return self.answer

    def __repr__(self):
        return f"W{self.answer}"


attempt("weird truth", lambda: sorted([Weird([]), Weird("x"), Weird(0)]))


class BadTruth:
    def __repr__(self):
        return "BadTruth"

    def __bool__(self):
        raise ValueError("no truth")


attempt("bad truth", lambda: sorted([Weird(BadTruth()), Weird(1)]))
attempt("not implemented", lambda: sorted([Weird(NotImplemented), Weird(NotImplemented)]))
compare = functools.cmp_to_key(lambda a, b: print("   cmp", a, b) or (a > b) - (a < b))
attempt("cmp_to_key", lambda: sorted([3, 1, 2], key=compare))
attempt("cmp_to_key result", lambda: sorted([1, 2], key=functools.cmp_to_key(lambda a, b: "x")))
attempt("cmp_to_key none", lambda: sorted([1, 2], key=functools.cmp_to_key(lambda a, b: None)))
attempt("cmp_to_key error", lambda: sorted([1, 2], key=functools.cmp_to_key(lambda a, b: 1 / 0)))
attempt("cmp mixed", lambda: functools.cmp_to_key(len)(1) < 5)
attempt("cmp hash", lambda: hash(functools.cmp_to_key(len)(1)))
for function in (heapq.heapify, lambda h: heapq.heappush(h, "x"), heapq.heappop, lambda h: heapq.heapreplace(h, "x"), lambda h: heapq.heappushpop(h, "x")):
    heap = [5, 3, 4, 1]
    attempt(getattr(function, "__name__", "heap"), lambda: function(heap))
    print("   ", heap)
