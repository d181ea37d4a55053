"""A sequence class written with slices: negative indexes, slice assignment and deletion, equality with list's results."""

class Seq:
    def __init__(self, items):
        self.data = dict(enumerate(items))
    def __len__(self):
        return len(self.data)
    def _key(self, i):
        n = len(self)
        if i < 0:
            i += n
        if not 0 <= i < n:
            raise IndexError("Seq index out of range")
        return i
    def __getitem__(self, i):
        if isinstance(i, slice):
            return Seq(self.data[k] for k in range(*i.indices(len(self))))
        return self.data[self._key(i)]
    def __setitem__(self, i, value):
        if isinstance(i, slice):
            items = list(self)
            items[i] = value
            self.data = dict(enumerate(items))
        else:
            self.data[self._key(i)] = value
    def __delitem__(self, i):
        gone = set(range(*i.indices(len(self)))) if isinstance(i, slice) else {self._key(i)}
        self.data = dict(enumerate(v for k, v in self.data.items() if k not in gone))
    def __eq__(self, other):
        return list(self) == list(other)
    def __repr__(self):
        return f"Seq({list(self)})"

s = Seq("abcdef")
print(s, s[1], s[-1], s[1:4], s[::-1], s[-2:], len(s), "c" in s, list(reversed(s)), [*s], max(s))
s[0] = "A"
s[1:3] = ["x", "y", "z"]
del s[-1], s[0]
del s[::2]
print(s, s == ["y", "d"], s == "yd")
for bad in (lambda: s[10], lambda: s[-10], lambda: s.__setitem__(99, 1), lambda: s.__delitem__(5), lambda: s[::0]):
    try:
        print(bad())
    except (IndexError, ValueError) as error:
        print(type(error).__name__, error)
bounds = (None, 0, 1, 3, 7, -1, -4, -9)
mismatches = 0
for n in (0, 1, 5, 8):
    plain, mine = list(range(n)), Seq(range(n))
    for a in bounds:
        for b in bounds:
            for c in (None, 1, 2, -1, -3):
                mismatches += mine[a:b:c] != plain[a:b:c]
                p, m = plain[:], Seq(plain)
                del p[a:b:c]
                del m[a:b:c]
                mismatches += m != p
print("mismatches", mismatches)

class Window:
    def __init__(self, base, start, stop):
        self.base, self.start, self.stop = base, start, stop
    def __getitem__(self, i):
        if isinstance(i, slice):
            a, b, step = i.indices(self.stop - self.start)
            assert step == 1
            return Window(self.base, self.start + a, self.start + b)
        if i >= self.stop - self.start:
            raise IndexError(i)
        return self.base[self.start + i]

w = Window(list(range(100)), 10, 50)
print(list(w)[:3], list(w[5:8]), list(w[10:][3:6]), 45 in w, 50 in w, sum(w[:4]))
w.base[15] = "changed"
print(list(w[5:7]))
