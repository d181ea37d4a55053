"""Conway's life on a set of cells, a maze search, and the knight's tour order."""

def step(cells):
    neighbours = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    key = (x + dx, y + dy)
                    neighbours[key] = neighbours.get(key, 0) + 1
    return {c for c, n in neighbours.items() if n == 3 or n == 2 and c in cells}

def draw(cells, w, h):
    return "\n".join("".join("#" if (x, y) in cells else "." for x in range(w)) for y in range(h))

glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for generation in range(3):
    print(draw(glider, 6, 6))
    print()
    for _ in range(4):
        glider = step(glider)
print(sorted(glider))

maze = ["S.#.....", "..#.##.#", ".##.#...", "......#E"]

def solve(maze):
    start = end = None
    for y, row in enumerate(maze):
        for x, c in enumerate(row):
            if c == "S":
                start = (x, y)
            if c == "E":
                end = (x, y)
    frontier, came = [start], {start: None}
    while frontier:
        current = frontier.pop(0)
        if current == end:
            break
        x, y = current
        for nx, ny in ((x + 1, y), (x, y + 1), (x - 1, y), (x, y - 1)):
            if 0 <= ny < len(maze) and 0 <= nx < len(maze[ny]) and maze[ny][nx] != "#" and (nx, ny) not in came:
                came[nx, ny] = current
                frontier.append((nx, ny))
    path = []
    while current:
        path.append(current)
        current = came[current]
    return path[::-1]

path = solve(maze)
print(len(path), path)
for y, row in enumerate(maze):
    print("".join("*" if (x, y) in path and c == "." else c for x, c in enumerate(row)))

def queens(n, cols=()):
    if len(cols) == n:
        return 1
    return sum(queens(n, cols + (c,)) for c in range(n)
               if all(c != k and abs(c - k) != len(cols) - i for i, k in enumerate(cols)))

print([queens(n) for n in range(1, 8)])
