"""Sets: literals, algebra, order of small-int sets, frozenset."""

s = {3, 1, 2}
print(s, len(s), 2 in s, 9 not in s)
s.add(5)
s.add(1)
s.discard(9)
s.remove(3)
print(s, {10, 3, 8, 1})
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, a ^ b)
print(a.union([9], (8,)), a.intersection(b, [3]), a.difference([1]), a.symmetric_difference(b))
print({1, 2} < a, {1, 2} <= {1, 2}, a >= b, a.isdisjoint({9}), {3}.issubset(b), b.issuperset({5}))
a |= {7}
a -= {1}
a &= {2, 3, 7}
a ^= {3}
print(a)
a.update([1, 2], (3,))
a.intersection_update({1, 2, 3})
a.difference_update({3})
a.symmetric_difference_update({1, 4})
print(a)
try:
    a.remove(100)
except KeyError as error:
    print("KeyError", error)
try:
    {[]}
except TypeError as error:
    print(error)
f = frozenset([1, 2, 2])
print(f, {f: 1}[frozenset({2, 1})], f | {3}, type(f | {3}).__name__, type({3} | f).__name__)
print(set(), frozenset(), set("hello") == set("olleh"), set([]) == set())
print(sorted({"b", "a", "c"}), {1, 1.0, True})
copied = s.copy()
copied.add(99)
print(s, copied, s.pop() in copied)
try:
    set().pop()
except KeyError as error:
    print(error)
print(bool(set()), bool({0}), [x for x in {5}], {x * 2 for x in range(5)})
try:
    {1} + {2}
except TypeError as error:
    print(error)
s.clear()
print(s, {frozenset({1}), frozenset({1})} == {frozenset({1})})
