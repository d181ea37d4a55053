"""Tuples: packing, unpacking, comparison, nesting, methods."""

t = 1, 2, 3
print(t, t[0], t[-1], t[1:], len(t), t + (4,), t * 2)
print((), (1,), (1, (2, (3,))))
a, b = b, a = 1, 2
print(a, b)
(x, (y, z)), w = (1, (2, 3)), 4
print(x, y, z, w)
head, *middle, tail = range(6)
print(head, middle, tail)
print((1, 2) < (1, 3), (1,) < (1, 0), (2,) > (1, 9), (1, 2) == (1, 2), (1, 2) != (2, 1))
print(t.count(2), t.index(3), 2 in t, 9 in t)
try:
    t[0] = 5
except TypeError as error:
    print(error)
try:
    a, b = 1, 2, 3
except ValueError as error:
    print(error)
try:
    a, b, c = 1, 2
except ValueError as error:
    print(error)
try:
    a, *b, c, d = 1, 2
except ValueError as error:
    print(error)
try:
    a, b = 5
except TypeError as error:
    print(error)
print(tuple("abc"), tuple([1, 2]), tuple(range(3)), tuple())
print(hash((1, 2)) == hash((1, 2)), {(1, 2): "k"}[(1, 2)])
for i, (p, q) in enumerate([(1, 2), (3, 4)]):
    print(i, p, q)
nested = ([1], [2])
nested[0].append(9)
print(nested)
try:
    nested[0] += [5]
except TypeError as error:
    print(error, nested)
def swap(pair):
    one, two = pair
    return two, one
print(swap(swap((1, "x"))), sorted([(2, "b"), (1, "z"), (2, "a")]))
print(max((1, 5), (1, 4)), min("ab", "aa"), sum((1, 2, 3)))
