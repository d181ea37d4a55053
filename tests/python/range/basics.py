"""range: indexing, slicing, membership, comparison, huge bounds, errors."""

for r in (range(5), range(2, 10, 3), range(10, 0, -3), range(0), range(5, 5), range(0, -5), range(-3, 3), range(10**20, 10**20 + 5, 2), range(2**62 - 2, 2**62 + 3), range(2**63, -2**63, -2**62)):
    print(r, list(r), len(r), r[0] if r else None, r[-1] if r else None, r[1:], r[::-1], list(reversed(r)), sum(r), bool(r), r.start, r.stop, r.step)
r = range(3, 30, 4)
print([x in r for x in (3, 4, 7, 27, 30, 31, 7.0, 7.5, "7", None, -1)], r.index(7), r.count(7), r.count(8), r == range(3, 31, 4), r == range(3, 30, 5), hash(r) == hash(range(3, 28, 4)), range(0) == range(5, 2), range(1, 2, 5) == range(1, 9, 100), r != list(r))
print(r[2:5], r[::2], r[5:2:-1], r[-3:], r[100:], r[slice(1, 3)], range(10)[::-2], range(10)[8:2:-3])
for bad in (lambda: range(1.0), lambda: range("5"), lambda: range(1, 2, 0), lambda: range(), lambda: range(1, 2, 3, 4), lambda: r[100], lambda: r["x"], lambda: r.index(4), lambda: r.index("x"), lambda: r + r, lambda: r * 2, lambda: r < r, lambda: r.__setitem__, lambda: len(range(10**30)), lambda: range(5).start.x, lambda: range(None), lambda: range(stop=5), lambda: setattr(r, "start", 1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(range(10**30)[10**29], 10**29 in range(10**30), (range(10**30)[5:10**25])[-1], range(10**30).index(77), range(True), range(False, True))

class I:
    def __index__(self):
        return 4

print(list(range(I())), range(10)[I()], range(I(), 10, I()), 4 in range(I(), 5))
it = iter(range(5))
print(next(it), next(it), it.__length_hint__(), list(it), list(it), next(it, "end"))
a, *b, c = range(5)
print(a, b, c, [*range(3)], max(range(0, 100, 7)), sorted(range(5, 0, -1)), list(zip(range(3), range(10, 0, -4))), {range(3): "k"}[range(0, 3)])
total = 0
for i in range(100):
    for j in range(i, 100, 7):
        total += i ^ j
print(total)
for i in range(3):
    i = 100
print(i, [i for i in range(0, 20, 6)], tuple(range(-5, 0, 2)), isinstance(range(1), range), type(iter(range(1))).__name__, type(iter(range(10**30))).__name__)
