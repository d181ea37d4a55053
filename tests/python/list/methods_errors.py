"""List methods with wrong arguments, index with bounds, extend from odd iterables, and mutation while iterating."""

a = [5, 3, 5, 1]
print(a.index(5), a.index(5, 1), a.index(1, -1), a.count(5), a.count("x"), a.copy(), a * 2, 2 * a, a + [0])
for bad in (lambda: a.index(5, 3), lambda: a.index(9), lambda: a.index(), lambda: a.append(), lambda: a.append(1, 2), lambda: a.extend(5), lambda: a.insert(1), lambda: a.insert("x", 1), lambda: a.pop("x"), lambda: a.pop(99),
            lambda: [].pop(), lambda: a.remove(99), lambda: a.sort(5), lambda: a.sort(key=5), lambda: a.sort(reverse="x"), lambda: a.sort(foo=1), lambda: a.reverse(1), lambda: a + (1,), lambda: (1,) + a, lambda: a * a, lambda: a * 1.5,
            lambda: a < 5, lambda: a - a, lambda: a.nope, lambda: hash(a), lambda: list(5), lambda: list(1, 2), lambda: list(x=1), lambda: a(), lambda: a.clear(1), lambda: a.count(), lambda: list.append(5, 1), lambda: list.append(), lambda: a.__iadd__(5), lambda: sorted([1, "a"])):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(a)
a.extend("xy")
a.extend({"k": 1})
a.extend(x for x in range(2))
a.extend(a)
print(a, len(a))
a = [1, 2, 3]
for x in a:
    if len(a) < 10:
        a.append(x * 10)
print(a)
a = list(range(10))
for x in a:
    if x % 2 == 0:
        a.remove(x)
print(a)
a = list(range(6))
for i, x in enumerate(a):
    if i == 1:
        del a[0]
print(a)
it = iter(a)
next(it)
a.clear()
print(list(it), list(it))
a.extend([1, 2, 3])
print(list(it))
r = reversed([1, 2, 3])
print(next(r), r.__length_hint__(), list(r))

class Explodes:
    def __iter__(self):
        yield 1
        raise RuntimeError("mid way")

a = [0]
try:
    a.extend(Explodes())
except RuntimeError as error:
    print(error, a)
try:
    a[1:] = Explodes()
except RuntimeError as error:
    print(error, a)

class Eq:
    def __init__(self, v):
        self.v = v
    def __eq__(self, other):
        return self.v == getattr(other, "v", other)

l = [Eq(1), Eq(2)]
print(Eq(2) in l, 2 in l, l.index(2), l.count(Eq(1)), l == [1, 2], [1, 2] == l, l != [1, 3])
l.remove(1)
print(len(l), [1, [2, [3]]] == [1, [2, [3]]], [1, 2] < [1, 2, 0], [] < [0], [[1], 2] > [[0], 9])
