"""__format__ and string.Formatter-free templating: dispatch on spec, subclasses, None spec, inheritance, str.format with objects."""

class Temp:
    def __init__(self, c): self.c = c
    def __format__(self, spec):
        unit = spec[-1:] if spec[-1:] in "CFK" and spec else "C"
        number = spec[:-1] if spec[-1:] in ("C", "F", "K") else spec
        value = {"C": self.c, "F": self.c * 9 / 5 + 32, "K": self.c + 273.15}[unit]
        return format(value, number or ".1f") + "°" + unit
t = Temp(20)
print(f"{t} {t:F} {t:.3K} {t:>8.2fF}", "{:F} {0.c}".format(t) if False else "{0:F} {0.c}".format(t), format(t, "K"), format(t), "{:{}}".format(t, "F"))
class Date:
    def __init__(self, y, m, d): self.y, self.m, self.d = y, m, d
    def __format__(self, spec):
        spec = spec or "%Y-%M-%D"
        for k, v in (("%Y", f"{self.y:04}"), ("%M", f"{self.m:02}"), ("%D", f"{self.d:02}"), ("%y", f"{self.y % 100:02}")):
            spec = spec.replace(k, v)
        return spec
d = Date(2024, 3, 9)
print(f"{d} {d:%D/%M/%y} {d:{'%Y'}} {d:on %D of month %M}", "{:%D.%M.}".format(d))
class Str(str): pass
class Int(int): pass
class IntF(int):
    def __format__(self, s): return f"IntF[{s}]"
class Float(float):
    def __str__(self): return "custom str"
class Obj:
    def __str__(self): return "obj str"
class Repr:
    def __repr__(self): return "<repr>"
print(f"{Str('s'):>4} {Int(5):03} {IntF(5):03} {IntF(5)} {Float(1.5)} {Float(1.5):.2f} {Obj()} {Repr()} {Obj()!r:.4}", "{:d}".format(IntF(7)), "%s %d %5s" % (IntF(1), IntF(2), Obj()), format(Obj()), format(Str("x"), "^5"))
for v in (Obj(), [], {}, (), None, object, print, {1}, 1 .__add__, type, ..., NotImplemented, range(2), b"x", lambda: 0):
    try:
        format(v, ">10")
        print(type(v).__name__, "fine")
    except TypeError as e:
        print(e)
class BadF:
    def __format__(self, s): return 5
class RaiseF:
    def __format__(self, s): raise ValueError(f"no spec {s!r}")
class NoneF: __format__ = None
for v in (BadF(), RaiseF(), NoneF()):
    for f in (lambda: format(v, "q"), lambda: f"{v:q}", lambda: "{:q}".format(v), lambda: f"{v}", lambda: format(v)):
        try:
            print(f(), end="; ")
        except (TypeError, ValueError) as e:
            print(type(e).__name__, e, end="; ")
    print()
for bad in (lambda: format(), lambda: format(1, 2), lambda: format(1, "x", 3), lambda: object().__format__("x"), lambda: object().__format__(), lambda: "a".__format__(5), lambda: (5).__format__("s"), lambda: (5.5).__format__("d")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(object().__format__("")[:14], (5).__format__("05"), "s".__format__(">3"), (1.5).__format__(".3f"), True.__format__("d"), True.__format__(""), (1j).__format__(".1f"), None.__format__(""), [].__format__(""))
class Table:
    def __init__(self, **cols): self.cols = cols
    def __getitem__(self, k): return self.cols[k]
    def __getattr__(self, k):
        if k.startswith("_"): raise AttributeError(k)
        return ("attr", k)
tb = Table(a=[1, 2], b={"c": "d"})
print("{0[a]} {0[a][1]} {0[b][c]} {0.x} {0.x[1]} {t[a]}".format(tb, t=tb), "{0[a][0]:>4}|{0.y!r:<15}|".format(tb))
print("{:>{w}} {:.{p}f} {:{f}{a}{w}}".format("r", 2.34567, "m", w=6, p=2, f="~", a="^"), "{0:{1}}".format(5, "03"), "{:{}{}}".format("x", ">", 4), "{a:{b}}".format(a=1, b="+"), "{!r:{}}".format("s", 6), "{}{}".format(*"ab"), "{1}{0}{1}".format("x", "y"), "{x[0]}{x[1]}".format(x="pq"))
class Lazy(dict):
    def __missing__(self, k): return "{" + k + "}"
print("{known} {unknown} {known}".format_map(Lazy(known=1)), "{a.real} {a.imag}".format(a=3 + 4j), "{0.__class__.__name__} {0.__doc__}".format(t), "{:c}{:c}".format(72, 105), "{:s}".format("only str"), "{:%} {:e}".format(1, 2))
