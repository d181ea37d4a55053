"""product, permutations, combinations, combinations_with_replacement and groupby."""

from itertools import *

print(list(product("ab", [1, 2])), list(product("ab", repeat=2)), list(product()), list(product("ab", [])), list(product([1], repeat=0)), len(list(product(range(3), repeat=4))), list(product(range(2), "x", [None])))
print(list(permutations("abc")), list(permutations("abc", 2)), list(permutations([])), list(permutations("ab", 3)), list(permutations("ab", 0)), len(list(permutations(range(6)))), list(permutations("aa")))
print(list(combinations("abcd", 2)), list(combinations("abc", 3)), list(combinations("ab", 3)), list(combinations("ab", 0)), list(combinations_with_replacement("abc", 2)), list(combinations_with_replacement("a", 3)), list(combinations_with_replacement([], 2)), sum(1 for _ in combinations(range(12), 5)))
for bad in (lambda: product(5), lambda: product("a", repeat=-1), lambda: product("a", repeat="x"), lambda: permutations(5), lambda: permutations("a", -1), lambda: permutations("a", 1.5), lambda: combinations("a"), lambda: combinations("a", -1), lambda: combinations_with_replacement("a", -1), lambda: groupby(), lambda: groupby(5), lambda: list(groupby([1], key=5)), lambda: product("a", nope=1)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
print([(k, list(g)) for k, g in groupby("aaabbc")], [(k, len(list(g))) for k, g in groupby(sorted("mississippi"))], [(k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], lambda x: x % 2)], [k for k, _ in groupby([1, 1.0, True, 2])], list(groupby([])))
g = groupby("aabb"); k1, g1 = next(g); k2, g2 = next(g); print(k1, list(g1), k2, list(g2))
g = groupby("aab"); k, grp = next(g); print(next(grp), next(g)[0], list(grp))
p = product("ab", repeat=2); next(p); print(list(p))
c = combinations([1, 2, 3], 2); first = next(c); print(first, next(c), type(first).__name__, list(c))
words = sorted("apple banana avocado cherry blueberry".split(), key=lambda w: w[0])
print({k: [w for w in g] for k, g in groupby(words, lambda w: w[0])})
runs = "".join(f"{len(list(g))}{k}" for k, g in groupby("aaabccd")); print(runs)
print([sum(1 for _ in g) for _, g in groupby(x // 3 for x in range(10))], max(permutations([1, 3, 2])), min(combinations([3, 1, 2], 2)), sorted(set(map(sum, combinations(range(5), 2)))), [a + b for a, b in product([0, 10], [1, 2])], {"".join(p) for p in permutations("aab")} == {"aab", "aba", "baa"})
def queens(n): return [c for c in permutations(range(n)) if n == len({c[i] + i for i in range(n)}) == len({c[i] - i for i in range(n)})]
print(len(queens(6)), queens(6)[0], len(queens(7)))
triples = [(a, b, c) for a, b, c in combinations(range(1, 30), 3) if a * a + b * b == c * c]; print(triples)
items = [("a", 3, 4), ("b", 4, 5), ("c", 2, 3), ("d", 1, 1)]
best = max((s for r in range(5) for s in combinations(items, r) if sum(i[1] for i in s) <= 6), key=lambda s: sum(i[2] for i in s)); print([i[0] for i in best])
dice = {}
for roll in product(range(1, 7), repeat=3): dice[sum(roll)] = dice.get(sum(roll), 0) + 1
print(dice, sum(dice.values()))
def power_set(s): return chain.from_iterable(combinations(s, r) for r in range(len(s) + 1))
print(list(power_set("abc")), len(list(power_set(range(8)))))
send = [p for p in permutations(range(10), 4) if p[0] and (p[0] * 100 + p[1] * 10 + p[2]) * 2 == p[3] * 100 + p[1] * 10 + p[0]][:3]; print(send)
print(list(islice(product(range(100), repeat=3), 10001, 10004)), [*map("".join, product("01", repeat=3))], list(combinations(combinations("abc", 2), 2)), [len(list(combinations_with_replacement(range(n), 2))) for n in range(6)])
