"""Container dunders: len, getitem, setitem, delitem, contains, iter, reversed, missing, length_hint, index."""

class Box:
    def __init__(self): self.d = {}
    def __len__(self): return len(self.d)
    def __getitem__(self, k):
        if k not in self.d:
            raise KeyError(f"no {k!r}")
        return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __contains__(self, k): return k in self.d and "yes"
    def __iter__(self): return iter(sorted(self.d))
    def __reversed__(self): return iter(sorted(self.d, reverse=True))

b = Box()
b["x"] = 1
b["y"] = 2
b["x"] += 10
del b["y"]
b["a"], b["c"] = 5, 6
print(len(b), b["x"], "x" in b, "q" in b, list(b), list(reversed(b)), bool(b), bool(Box()), [*b], dict(zip(b, [1, 2, 3])), sorted(b), max(b), ",".join(b))
for k in list(b):
    b[k] *= 2
print(b.d)
for f in (lambda: b["none"], lambda: b.__delitem__("none"), lambda: b[[]]):
    try:
        f()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)

class Nothing: pass
n = Nothing()
for code in ("len(n)", "n[0]", "n[0] = 1", "del n[0]", "1 in n", "iter(n)", "reversed(n)", "for x in n: pass", "[*n]", "a, b = n", "next(n)", "n()", "with n: pass", "n[1:2]", "n['k'] += 1", "list(n)", "dict(n)", "sorted(n)", "''.join(n)", "sum(n)", "print(*n)", "f = lambda **k: k; f(**n)", "Nothing[int]", "await_(n)" if False else "int(n)", "{**n}", "set(n)", "zip(n)", "enumerate(n)", "x = {n: 1}[n]", "n.attr.sub", "n @ n", "bytes(n)", "max(n)", "any(n)", "'%d' % n", "format(n, 'x')", "range(n)", "'a' * n", "[1][n]", "n < n", "-n", "hash(n) + n"):
    try:
        exec(code)
        print(code, "fine")
    except TypeError as error:
        print(code, "|", error)
    except AttributeError as error:
        print(code, "| attribute", error)

class Lens:
    def __init__(self, v): self.v = v
    def __len__(self): return self.v

for v in (5, True, -1, 1.5, "x", None, 2**70, 2**63 - 1):
    try:
        print(len(Lens(v)), bool(Lens(v)))
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)

class Neg:
    def __len__(self): return 10
    def __getitem__(self, i): return i

print(Neg()[-1], Neg()[1:-1], Neg()[-3:], list(reversed(Neg()))[:2])

class OldIter:
    def __getitem__(self, i):
        if i == 3:
            raise StopIteration if False else IndexError
        return i

print(list(OldIter()), 2 in OldIter(), 7 in OldIter(), max(OldIter()), [a for a in OldIter()], tuple(zip(OldIter(), OldIter())))

class Contains:
    __contains__ = None
    def __iter__(self): return iter([1])

try:
    1 in Contains()
except TypeError as error:
    print(error)

class Hint:
    def __iter__(self): return iter([1, 2])
    def __length_hint__(self): return 100

print(list(Hint()), tuple(Hint()), sum(Hint()))
