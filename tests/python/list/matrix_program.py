"""Gaussian elimination over fractions by pairs, flood fill, spiral order, pascal, all with lists."""

def spiral(m):
    m = [row[:] for row in m]
    out = []
    while m:
        out += m.pop(0)
        m = [list(row) for row in zip(*m)][::-1]
    return out

print(spiral([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), spiral([[1, 2, 3, 4]]), spiral([]))

def flood(grid, x, y, new):
    old = grid[y][x]
    stack = [(x, y)]
    count = 0
    while stack:
        x, y = stack.pop()
        if 0 <= y < len(grid) and 0 <= x < len(grid[y]) and grid[y][x] == old:
            grid[y][x] = new
            count += 1
            stack += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    return count

grid = [list(r) for r in ("..##..", ".#..#.", ".#..#.", "..##..")]
print(flood(grid, 2, 1, "o"), flood(grid, 0, 0, "~"), *("".join(r) for r in grid), sep="\n")
rows = [[1]]
for _ in range(10):
    rows.append([a + b for a, b in zip([0] + rows[-1], rows[-1] + [0])])
for r in rows[:6]:
    print(" ".join(map(str, r)).center(20).rstrip())
print(rows[-1])

def gcd(a, b):
    while b:
        a, b = b, a % b
    return abs(a)

def norm(p):
    n, d = p
    g = gcd(n, d) or 1
    return [n // g, d // g] if d > 0 else [-n // g, -d // g]

def solve(m):
    m = [[[v, 1] for v in row] for row in m]
    n = len(m)
    for i in range(n):
        p = next(r for r in range(i, n) if m[r][i][0])
        m[i], m[p] = m[p], m[i]
        a, b = m[i][i]
        m[i] = [norm([x * b, y * a]) for x, y in m[i]]
        for r in range(n):
            if r != i:
                f, g = m[r][i]
                m[r] = [norm([x * g * v - f * u * y, y * g * v]) for (x, y), (u, v) in zip(m[r], m[i])]
    return [row[-1] for row in m]

print(solve([[2, 1, -1, 8], [-3, -1, 2, -11], [-2, 1, 2, -3]]), solve([[3, 7, 1], [5, 11, 2]]))
stack, queue = [], []
for op in "push 1 push 2 pop push 3 push 4 pop pop".replace("push ", "push").split():
    if op.startswith("push"):
        stack.append(int(op[4:]))
    else:
        queue.append(stack.pop())
print(stack, queue)
triangle = [[max(i, j) - min(i, j) for j in range(i + 1)] for i in range(5)]
for i in range(len(triangle) - 2, -1, -1):
    for j in range(i + 1):
        triangle[i][j] += max(triangle[i + 1][j], triangle[i + 1][j + 1])
print(triangle)
transposed = list(map(list, zip(*[[1, 2], [3, 4], [5, 6]])))
print(transposed, sum(map(sum, transposed)), [list(g) for g in zip(*[iter(range(9))] * 3)])
