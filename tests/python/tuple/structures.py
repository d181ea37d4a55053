"""Tuples as records, keys and return values in a small graph program."""

edges = [("a", "b", 7), ("a", "c", 3), ("c", "b", 1), ("b", "d", 2), ("c", "d", 8), ("d", "e", 4), ("e", "a", 9)]
graph = {}
for src, dst, cost in edges:
    graph.setdefault(src, []).append((cost, dst))
    graph.setdefault(dst, [])

def dijkstra(start):
    dist, todo = {start: (0, None)}, [(0, start)]
    done = set()
    while todo:
        todo.sort()
        d, node = todo.pop(0)
        if node in done:
            continue
        done.add(node)
        for cost, other in graph[node]:
            if other not in dist or d + cost < dist[other][0]:
                dist[other] = d + cost, node
                todo.append((d + cost, other))
    return dist

result = dijkstra("a")
print(sorted(result.items()))

def path(result, goal):
    out = ()
    while goal is not None:
        out = (goal,) + out
        goal = result[goal][1]
    return out

print([path(result, n) for n in "abcde"])

def kruskal():
    parent = {n: n for n in graph}
    def find(n):
        while parent[n] != n:
            n = parent[n]
        return n
    for src, dst, cost in sorted(edges, key=lambda e: (e[2], e)):
        a, b = find(src), find(dst)
        if a != b:
            parent[a] = b
            yield src, dst, cost

tree = tuple(kruskal())
print(tree, sum(c for *_, c in tree))

def topological(pairs):
    nodes = sorted({n for p in pairs for n in p})
    order = ()
    while nodes:
        for n in nodes:
            if not any(b == n and a in nodes for a, b in pairs):
                order += (n,)
                nodes.remove(n)
                break
        else:
            raise ValueError(f"cycle among {tuple(nodes)}")
    return order

print(topological([(1, 2), (1, 3), (2, 4), (3, 4), (5, 1)]))
try:
    topological([(1, 2), (2, 3), (3, 1)])
except ValueError as error:
    print(error)
memo = {}
def paths(x, y):
    if (x, y) == (0, 0):
        return 1
    if (x, y) not in memo:
        memo[x, y] = sum(paths(*p) for p in ((x - 1, y), (x, y - 1)) if min(p) >= 0)
    return memo[x, y]
print(paths(8, 8), len(memo), memo[3, 4])
rows = [("id", "name"), (1, "x"), (2, "y")]
header, *body = rows
print([dict(zip(header, r)) for r in body], tuple(zip(*rows)))
(a, b), c = [(i, i * i) for i in range(2)], 5
print(a, b, c)
