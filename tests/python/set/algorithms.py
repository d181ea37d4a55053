"""Sets in algorithms: sudoku, connected components, sieve, subsets, unique paths."""

puzzle = "530070000600195000098000060800060003400803001700020006060000280000419005000080079"

def neighbours(i):
    r, c = divmod(i, 9)
    return ({r * 9 + k for k in range(9)} | {k * 9 + c for k in range(9)} |
            {(r // 3 * 3 + k // 3) * 9 + c // 3 * 3 + k % 3 for k in range(9)}) - {i}

peers = [neighbours(i) for i in range(81)]

def solve(grid):
    best, options = None, None
    for i, v in enumerate(grid):
        if v == "0":
            free = set("123456789") - {grid[p] for p in peers[i]}
            if best is None or len(free) < len(options):
                best, options = i, free
    if best is None:
        return grid
    for v in sorted(options):
        result = solve(grid[:best] + v + grid[best + 1:])
        if result:
            return result
    return None

solution = solve(puzzle)
for r in range(0, 81, 9):
    print(solution[r:r + 9])

def components(edges):
    groups = []
    for a, b in edges:
        touching = [g for g in groups if a in g or b in g]
        groups = [g for g in groups if g not in touching]
        groups.append({a, b}.union(*touching))
    return sorted(sorted(g) for g in groups)

print(components([(1, 2), (3, 4), (2, 5), (6, 7), (7, 3), (9, 9)]))
numbers = set(range(2, 200))
primes = set()
while numbers:
    p = min(numbers)
    primes.add(p)
    numbers -= set(range(p, 200, p))
print(sorted(primes), len(primes))
def subsets(s):
    s = list(s)
    return {frozenset(x for i, x in enumerate(s) if m >> i & 1) for m in range(1 << len(s))}
ps = subsets({"a", "b", "c"})
print(len(ps), sorted(sorted(x) for x in ps), frozenset() in ps, sum(len(x) for x in ps))
closure = {(1, 2), (2, 3), (3, 4), (5, 1)}
while True:
    more = {(a, d) for a, b in closure for c, d in closure if b == c} - closure
    if not more:
        break
    closure |= more
print(sorted(closure), len(closure))
seen, x, steps = set(), 7, 0
while x not in seen:
    seen.add(x)
    x = (x * x + 1) % 1013
    steps += 1
print(steps, x, len(seen), min(seen), max(seen))
def jaccard(a, b):
    a, b = set(a), set(b)
    return round(len(a & b) / len(a | b), 4)
texts = ["night", "nacht", "nite", "day"]
print([[jaccard(a, b) for b in texts] for a in texts])
cover, universe, chosen = [{1, 2, 3}, {2, 4}, {3, 4, 5}, {5, 6}, {1, 6}], set(range(1, 7)), []
while universe:
    best = max(cover, key=lambda s: (len(s & universe), -cover.index(s)))
    chosen.append(sorted(best))
    universe -= best
print(chosen)
