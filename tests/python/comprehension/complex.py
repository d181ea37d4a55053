"""Demanding comprehensions: several loops and conditions, unpacking, conditional expressions, calls, side effects, errors."""

log = []
def t(tag, v=True):
    log.append(tag)
    return v

r = [t(f"e{a}{b}", (a, b)) for a in t("A", [1, 2]) if t(f"if{a}") for b in t(f"B{a}", [a, 3]) if t(f"c{b}", b != 2)]
print(r, " ".join(map(str, log)))
log.clear()
d = {t(f"k{i}", i % 2): t(f"v{i}", i) for i in range(3)}
print(d, log)
print([(i, j) for i in range(5) if i % 2 for j in range(i) if j % 2 == 0], [x for row in [[1, 2], [], [3]] for x in row], [y for x in [[[1], [2]], [[3]]] for z in x for y in z])
print([a if a > 1 else -a if a else "zero" for a in range(3)], [not a for a in (0, 1)], [a or b for a, b in [(0, 2), (1, 3)]], [(a, b) for a, b in {"x": 1}.items()], [c for (a, (b, c)) in [(1, (2, 3))]], [h for h, *t in ["abc", "de"]], [(a, b) for a, *b in [(1,), (1, 2)]])
words = "sator arepo tenet opera rotas".split()
print([["".join(w[i] for w in words) for i in range(5)] == words], {w: w[::-1] for w in words if w[::-1] in words}, {len(w) for w in words}, sorted({c for w in words for c in w}), {c: sum(w.count(c) for w in words) for c in "aeiou" if any(c in w for w in words)})
def primes(n): return [p for p in range(2, n) if all(p % q for q in range(2, int(p ** 0.5) + 1))]
print(primes(60), [(p, q) for p in primes(20) for q in primes(20) if p + q == 20 and p <= q], sum(p for p in primes(500)))
m = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
print([[r[i] for r in m] for i in range(3)], [[sum(a * b for a, b in zip(r, c)) for c in zip(*m)] for r in m], [m[i][i] for i in range(3)], [r[::-1] for r in m[::-1]], [x for r in m for x in r if x % 2], {(i, j): m[i][j] for i in range(3) for j in range(3) if i != j and (i + j) % 2})
for bad in (lambda: [1 / x for x in (1, 0)], lambda: [x.upper() for x in ("a", 1)], lambda: {x: 1 for x in ([],)}, lambda: {x for x in ({},)}, lambda: [a for a, b in [(1, 2, 3)]], lambda: [a for a, b in [1]], lambda: [x for x in None], lambda: [x[5] for x in ["ab"]], lambda: [int(x) for x in "1a"], lambda: {**{k: v for k, v in [(1,)]}}):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
big = [i * i for i in range(2000) if i % 3 == 0 if i % 5 != 0]
print(len(big), sum(big), big[-1], len({i % 97 for i in range(5000)}), sum({i: i * 2 for i in range(1000)}.values()))
class It:
    def __iter__(self): return iter(self.values)
    values = [3, 1, 2]
print([x for x in It()], [i for i, _ in enumerate(It())], {x: str(x) for x in It()}, [f(3) for f in [lambda v: v + 1, str, lambda v: [v] * 2]], [*[i for i in range(2)], *(i for i in range(2))], [[]] * 2, [[] for _ in range(2)])
s = "a1b22c333"
print([int(n) for n in "".join(c if c.isdigit() else " " for c in s).split()], "".join(c for c in s if c.isalpha()), [s[i:j] for i in range(0, 6, 2) for j in range(i + 1, i + 3)], [(x, y, z) for z in range(1, 30) for y in range(1, z) for x in range(1, y) if x * x + y * y == z * z])
it = iter(range(10))
print([x + next(it) for x in it], [x for x in iter([1, 2, 3].pop, 1)], [v for k in ("a", "b") for v in [k * n for n in range(1, 3)]], [e for e in [] if 1 / 0], [print(i, end=" ") for i in range(3)])
