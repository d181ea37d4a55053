"""abs, round, divmod, pow, sum, min, max, bin, oct, hex, int, float, complex through their protocols and errors."""

class N:
    def __abs__(self): return "abs"
    def __round__(self, *a): return ("round", a)
    def __divmod__(self, o): return ("divmod", o)
    def __rdivmod__(self, o): return ("rdivmod", o)
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rpow__(self, o, m=None): return ("rpow", o, m)
    def __index__(self): return 10
    def __radd__(self, o): return ("radd", o)
    def __add__(self, o): return ("add", o)
    def __float__(self): return 2.5
    def __int__(self): return 7
    def __complex__(self): return 1 + 2j
    def __trunc__(self): return 8
    def __bool__(self): return False
    def __hash__(self): return 3
    def __len__(self): return 4
    def __reversed__(self): return "reversed"
    def __format__(self, s): return f"format {s!r}"

n = N()
print(abs(n), round(n), round(n, 2), round(n, None), divmod(n, 1), divmod(1, n), pow(n, 2), pow(n, 2, 3), pow(2, n), bin(n), oct(n), hex(n), sum([n]), sum([1], n), float(n), int(n), complex(n), bool(n), hash(n), len(n), reversed(n), format(n, "x"), format(n), f"{n:abc}", f"{n}", range(n), [0] * 3 == [0] * 3, "a" * n, bytes(n), chr(n + 0 if False else 65))
class Bad:
    def __abs__(self): raise ValueError("abs")
    def __index__(self): return "x"
    def __int__(self): return "x"
    def __float__(self): return "x"
    def __complex__(self): return "x"
    def __len__(self): return "x"
    def __hash__(self): return "x"
    def __bool__(self): return "x"
    def __format__(self, s): return 5
    def __repr__(self): return 5
    def __str__(self): return 5
    def __bytes__(self): return 5
    def __iter__(self): return 5
    def __contains__(self, x): raise KeyError("contains")
    def __length_hint__(self): return "x"
    def __dir__(self): return 5
    def __next__(self): raise StopIteration(1)
    def __round__(self): return "fine"
for f in (abs, bin, oct, hex, int, float, complex, len, hash, bool, format, repr, str, bytes, iter, list, dir, ascii, round, chr, range, next, reversed, sorted, sum, tuple, dict, set, lambda b: 1 in b, lambda b: [1][b], lambda b: "%d" % b, lambda b: f"{b}", lambda b: not b, lambda b: b and 1, lambda b: divmod(b, 1), lambda b: pow(b, 2), lambda b: min(b), lambda b: enumerate(b), lambda b: zip(b), lambda b: print(b), lambda b: "a" * b, lambda b: slice(b).indices(3), lambda b: isinstance(1, b), lambda b: b"%d" % b, lambda b: "%c" % b, lambda b: "%f" % b):
    try:
        print(f(Bad()), end="; ")
    except StopIteration as e:
        print("StopIteration", e.value, end="; ")
    except Exception as e:
        print(type(e).__name__, e, end="; ")
print()
print(round(2.5), round(-2.5), round(2.55, 1), round(25, -1), round(1e20), round(True), round(5, 2), pow(2, 0.5), pow(-8, 1 / 3), pow(0, 0), pow(2, -1), pow(3, 2, 5), pow(3, -1, 5), divmod(-7, 3), divmod(7.5, -2), abs(-2**70), abs(3 - 4j), abs(True), sum([1, 2.5, 3 + 1j]), sum([], 5), sum((i for i in range(5)), 10), min(3, 1, 2), max([1, 2], key=lambda x: -x), min("abc"), max(1, 1.0), max(True, 1))
print(int("0b11", 0), int(" 1_0 "), int(3.99), int("z", 36), float("1e5"), float(" -inf"), complex("1+2j"), complex(1, 2), int(True), float(10**15), bool("False"), bool(0.0), int(b"12"), float(b"1.5"), int("-0"), float("-0"), str(int("٣")))
