"""set and frozenset: operators against methods, in-place forms, ordering relations, mixed types."""

a, b, f = set(range(8)), {6, 7, 8, 9}, frozenset({1, 2, 3})
print(a | b, a & b, a - b, a ^ b, b - a, a | f, f | a, type(f | a).__name__, type(a | f).__name__, f & a, f - {1}, f ^ {3, 4})
print(a.union(b, [20], "x") - {"x"}, a.intersection([1, 2, 100], (2, 3)), a.difference(range(3), [7]), a.symmetric_difference([0, 100]), a.union(), a.intersection(), f.union([9]), f.difference([1]))
print(f < a, f <= a, a > f, a >= a, a < a, f == {1, 2, 3}, {1, 2, 3} == f, f != a, hash(f) == hash(frozenset([3, 2, 1])), f.issubset(range(9)), a.issuperset([1]), a.isdisjoint([99]), a.isdisjoint(b))
c = a.copy()
c |= {100}
c &= set(range(0, 200, 2))
c -= {0}
c ^= {2, 3}
print(c, a)
c.update([1], (2,), {3: 4}, "a")
c.intersection_update(range(10), [1, 2, 3, 4])
c.difference_update([1], [2])
c.symmetric_difference_update([3, 50])
print(c)
for bad in (lambda: a | [1], lambda: [1] | a, lambda: a & "x", lambda: a - {1: 2}.values(), lambda: a + b, lambda: a < [1], lambda: a.union(5), lambda: a.update(5), lambda: a.add([]), lambda: a.remove(99), lambda: a.remove([]), lambda: a.add(), lambda: set().pop(), lambda: set(5), lambda: set(1, 2), lambda: hash(a), lambda: a[0], lambda: f.add(1), lambda: a.__ior__([1]), lambda: {{1}}, lambda: set([[]]), lambda: a.discard([]), lambda: a.issubset(5), lambda: frozenset(5), lambda: a.nope, lambda: a.pop(1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
s = {frozenset({1}), frozenset({2})}
print({1} in s, {3} in s, frozenset({1}) in s, len(s))
s.discard({1})
s.remove({2})
print(s, set(), frozenset(), {1}, frozenset({1}), {1, 2} == {2, 1}, {1} != {1.0}, {True, 1, 1.0}, a.__contains__(3))
g = f
g |= {9}
print(g, f, g is f, frozenset(f) is f, set(f) == f, f.copy() is f, [x in f for x in range(5)])
x = {1, 2, 3}
x &= x
x |= x
print(x)
x -= x
print(x, {*"ab", *[1]} == {"a", "b", 1}, {x for x in [3, 3, 4]}, {i % 3 for i in range(10)}, sum({1, 2, 3}), sorted({"b", "a"}), max({1, 5}), len({None, 0, False, ""}))
