"""Counter: counting, arithmetic, most_common, missing, subtract, total, comparison, update forms."""

from collections import Counter

c = Counter("mississippi")
print(c, c["s"], c["zz"], len(c), c.most_common(2), c.most_common(), sorted(c.elements()), c.total(), "zz" in c)
c.update("miss"); c.subtract({"s": 3, "q": 1}); c["new"] += 2
print(c, +c, -c, c.most_common(1), dict(c), list(c), c.get("nope"))
a, b = Counter(a=3, b=1, c=-1), Counter(a=1, b=2, d=5)
print(a + b, a - b, a & b, a | b, a == b, a <= a, Counter(a=1) <= Counter(a=2, b=0), Counter(a=1) < Counter(a=1), Counter(a=0) == Counter(), a != Counter(a=3, b=1, c=-1), a >= Counter(a=3))
a += b; print(a); a -= Counter(a=1); print(a); a &= Counter(a=2, d=9); print(a); a |= Counter(z=1); print(a)
del a["z"]; del a["never there"]; print(a)
print(Counter(), Counter([]), Counter({"x": 2.5}), Counter(a=1, b=2), Counter(["x", "y", "x"]), Counter(dict(q=0)), repr(Counter(a=1)), Counter("ab").copy(), Counter(a=2).items(), Counter(Counter("aab")))
for bad in (lambda: Counter(5), lambda: Counter.fromkeys("ab"), lambda: Counter(a=1) + {"a": 1}, lambda: Counter("ab", "cd"), lambda: Counter(a="x").total(), lambda: list(Counter(a="x").elements()), lambda: Counter([[]]), lambda: Counter(a=1) < 5):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
text = "the quick brown the lazy the quick dog"
words = Counter(text.split())
print(words.most_common(3), sum(words.values()), Counter(map(len, text.split())), Counter(text.replace(" ", "")).most_common(3), {k: v for k, v in words.items() if v > 1})
class C(Counter):
    def __missing__(self, k): return 100
print(C("a")["zz"], C("a") + C("b"), type(C("a") + C("b")).__name__, type(C("a").copy()).__name__)
primes = Counter({2: 3, 3: 2}); n = 1
for p in primes.elements(): n *= p
print(n, Counter(a=3) - Counter(a=5), Counter(x=-2) | Counter(x=-1), -Counter(x=-3), Counter(a=1) | Counter(b=-1), bool(Counter(a=0)), Counter("abcab") == {"a": 2, "b": 2, "c": 1}, Counter(x=1).pop("x"), Counter(b=1).setdefault("q", 7))
