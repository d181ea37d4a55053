"""slice objects: attributes, indices(), comparison, hashing, custom __getitem__."""

s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), slice(1, 2), repr(slice("a", [1], None)))
for sl in (slice(None), slice(2), slice(1, None), slice(None, None, -1), slice(-3, None), slice(10, 0, -2), slice(-100, 100, 3), slice(None, -1), slice(5, 2)):
    print(sl, [sl.indices(n) for n in (0, 1, 5, 10)])
print(slice(1, 2) == slice(1, 2), slice(1, 2) == slice(1, 3), slice(1, 2) < slice(1, 3), slice(None) == slice(None, None, None))
for bad in (lambda: hash(s), lambda: {s: 1}, lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: s.indices(-1), lambda: s.indices("x"), lambda: slice("a").indices(5), lambda: slice(None, None, 0).indices(5), lambda: setattr(s, "start", 5), lambda: slice(1.5).indices(3), lambda: [1, 2][slice("a")], lambda: slice(1) < slice("a"), lambda: slice(a=1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)

class Grid:
    def __getitem__(self, key):
        if isinstance(key, tuple):
            return "tuple(" + ", ".join(map(self.show, key)) + ")"
        return self.show(key)
    @staticmethod
    def show(k):
        return f"{k.start}:{k.stop}:{k.step}" if isinstance(k, slice) else repr(k)
    def __setitem__(self, key, value):
        print("set", self[key], value)
    def __delitem__(self, key):
        print("del", self[key])

g = Grid()
print(g[1], g[:], g[1:], g[:2], g[1:2:3], g[::], g[::-1], g[1, 2], g[1:2, ::3], g[..., 5], g["a":"b"], g[()], g[1,], g[None:True])
g[1:2] = "v"
g[:, 0] = 5
g[3] += "+" if False else "!"
del g[1:], g[2, 3]
print([range(20)[sl] for sl in (slice(3), slice(2, 8, 3), slice(None, None, -7))], "abcdef"[slice(1, -1)], list(range(10))[slice(-4, None, 2)])
every = slice(None, None, 3)
for seq in ("abcdefghij", list(range(10)), tuple(range(10)), bytes(range(10)), range(10), bytearray(range(10))):
    print(seq[every], seq[slice(-2, None)], len(seq[slice(2, 100)]))
print(slice(1, 2).__eq__(5), slice(1, 2) != (1, 2, None), slice(3, 1, 2).indices(10), slice(True, False), slice(10**30).indices(5), slice(-10**30, 10**30, 10**30).indices(7))
class I:
    def __index__(self):
        return 2
print("abcdef"[I():], [0, 1, 2, 3][:I()], slice(I(), None).indices(5))
