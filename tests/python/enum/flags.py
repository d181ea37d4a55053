"""Flag and IntFlag: combination, complement, containment, iteration, boundary, naming."""

from enum import Flag, IntFlag, auto, KEEP, CONFORM, EJECT, STRICT

class P(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
    NONE = 0
print(P.R | P.W, repr(P.R | P.X), P.R & P.W, P.RW & P.R, P.R ^ P.RW, ~P.R, P.R in P.RW, P.X in P.RW, bool(P.NONE), bool(P.R), list(P), list(P.RW), len(P.RW), P(3), P(0), P["RW"], P.RW.value, (P.R | P.W) is P.RW, P.RW.name, (P.R | P.X).name, P.R.value, ~P.NONE, ~~P.R, P.R | P.NONE, list(P(7)), P(5) == P.R | P.X, hash(P(5)) == hash(P.R | P.X), {P.R: 1})
for bad in (lambda: P(8), lambda: P.R | 1, lambda: 1 | P.R, lambda: P.R < P.W, lambda: P.R + P.W, lambda: P("x"), lambda: 1 in P.R, lambda: P(-1) if False else P(100), lambda: P.R & None):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, str(e).splitlines()[0])
class I(IntFlag):
    A = 1; B = 2; C = 4
print(I.A | 2, I.A | 8, repr(I.A | 8), I.A + 1, I.A == 1, ~I.A, I(7), I(0), I(16), isinstance(I.A | I.B, int), (I.A | I.B) & 2, 2 in I.B if False else I.B in I(3), list(I(6)), I.A | I.B | I.C, I.A < I.B, f"{I.A | I.B:d} {I.A}", str(I.C), I(9).name, sorted(I, reverse=True), sum(I))
class K(Flag, boundary=KEEP): A = 1
class C(Flag, boundary=CONFORM): A = 1; B = 2
class E(Flag, boundary=EJECT): A = 1
class S(Flag, boundary=STRICT): A = 1
print(K(9), K(9).value, C(7), C(7).value, E(8), type(E(8)).__name__)
try:
    S(8)
except ValueError as e: print(str(e).splitlines()[0])
class Weekday(Flag):
    MON = auto(); TUE = auto(); WED = auto(); SAT = auto(); SUN = auto()
    WEEKEND = SAT | SUN
    @classmethod
    def from_names(cls, text):
        out = cls(0)
        for n in text.split(): out |= cls[n]
        return out
    def count(self): return bin(self.value).count("1")
w = Weekday.from_names("MON SUN"); print(w, w.count(), Weekday.WEEKEND in Weekday.from_names("SAT SUN MON"), w & Weekday.WEEKEND, [d.name for d in w], w - w if False else Weekday(0), Weekday.WEEKEND.count(), ~w)
w |= Weekday.TUE; w &= ~Weekday.MON; w ^= Weekday.SAT; print(w)
perms = {}
for name, mode in (("a", 0o7), ("b", 0o5), ("c", 0o0)): perms[name] = P(mode & 7)
print({k: str(v) for k, v in perms.items()}, [k for k, v in perms.items() if P.X in v], [k for k, v in perms.items() if v & P.RW])
