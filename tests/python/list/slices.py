"""List slices: reading, assigning and deleting with every combination of bounds and steps."""

base = list(range(10))
bounds = [None, 0, 1, 4, 9, 10, 15, -1, -4, -10, -15]
h = 0
for start in bounds:
    for stop in bounds:
        for step in (None, 1, 2, 3, -1, -2, 20, -20):
            s = base[start:stop:step]
            h = (h * 31 + hash(tuple(s))) % (2**61 - 1)
            d = base[:]
            del d[start:stop:step]
            assert sorted(d + s) == base
            e = base[:]
            e[start:stop:step] = [-x for x in s]
            assert [abs(x) for x in e] == base
print(h)
a = list("abcdef")
a[1:3] = "XYZ"
print(a)
a[2:2] = [1, 2]
print(a)
a[::2] = range(len(a[::2]))
print(a)
a[5:1] = ["between"]
print(a)
a[:] = a[::-1]
print(a)
a[-2:] = ()
a[100:] = [99]
a[:-100] = [-99]
print(a)
for bad in (lambda: a.__setitem__(slice(0, 6, 2), [1]), lambda: a.__setitem__(slice(0, 2), 5), lambda: a[::0], lambda: a.__delitem__(slice(None, None, 0)), lambda: a["x":], lambda: a[1.5:2],
            lambda: a.__setitem__("x", 1), lambda: a.__setitem__(50, 1), lambda: a.__delitem__(50), lambda: a.__getitem__(slice(None, "y")), lambda: a.__setitem__(slice(3, 0, -1), [1, 2])):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)

class I:
    def __init__(self, n):
        self.n = n
    def __index__(self):
        return self.n

print(base[I(2):I(8):I(3)], base[I(-1)], base[:I(3)], base[2**70:], base[-2**70:3])
a = [1, 2, 3]
a[1:2] = a
print(a)
a[:0] = a
print(a)
b = a
b[:] = (x for x in "gen")
print(a, b is a)
nested = [[1, 2], [3]]
shallow = nested[:]
shallow[0].append(9)
print(nested, shallow == nested)
