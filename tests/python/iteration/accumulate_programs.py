"""Iteration-heavy programs: run-length, chunking, sliding statistics, transposition, histogram, interleaving, pairing."""

def chunks(seq, n):
    for i in range(0, len(seq), n):
        yield seq[i:i + n]

def runs(seq):
    out = []
    for x in seq:
        if out and out[-1][0] == x:
            out[-1][1] += 1
        else:
            out.append([x, 1])
    return [tuple(p) for p in out]

def interleave(*its):
    its = [iter(i) for i in its]
    while its:
        alive = []
        for i in its:
            try:
                yield next(i)
                alive.append(i)
            except StopIteration:
                pass
        its = alive

def moving(seq, n):
    total, window = 0, []
    for x in seq:
        window.append(x)
        total += x
        if len(window) > n:
            total -= window.pop(0)
        if len(window) == n:
            yield total / n

def accumulate(seq, f=lambda a, b: a + b):
    it = iter(seq)
    for acc in it:
        yield acc
        for x in it:
            acc = f(acc, x)
            yield acc

print(list(chunks("abcdefgh", 3)), list(chunks(range(7), 2)), runs("aabcccd"), runs([]), list(interleave("abc", [1], range(5))), list(moving([1, 2, 3, 4, 5], 2)), list(accumulate(range(1, 6))), list(accumulate([3, 1, 4, 1, 5], max)), list(accumulate("abc")))
data = [(i * 7919 + 13) % 101 for i in range(200)]
histogram = {}
for d in data:
    histogram[d // 10 * 10] = histogram.get(d // 10 * 10, 0) + 1
for low in sorted(histogram):
    print(f"{low:>3}-{low + 9:<3} {'#' * histogram[low]} {histogram[low]}")
mean = sum(data) / len(data)
var = sum((d - mean) ** 2 for d in data) / len(data)
s = sorted(data)
print(mean, round(var, 6), s[len(s) // 2], max(set(data), key=lambda v: (data.count(v), -v)), s[:5], s[-5:])
text = "one two three two one two"
pairs = {}
words = text.split()
for a, b in zip(words, words[1:]):
    pairs.setdefault(a, []).append(b)
print(pairs, {w: words.count(w) for w in dict.fromkeys(words)}, [i for i, w in enumerate(words) if w == "two"])
table = [["name", "qty"], ["apple", 3], ["fig", 12]]
widths = [max(len(str(r[i])) for r in table) for i in range(2)]
for row in table:
    print(" | ".join(str(v).rjust(w) if isinstance(v, int) else str(v).ljust(w) for v, w in zip(row, widths)))
def look_and_say(n):
    s = "1"
    for _ in range(n):
        yield s
        s = "".join(f"{c}{x}" for x, c in runs(s))
print(list(look_and_say(8)))
def spiral(n):
    x = y = 0
    dx, dy = 0, -1
    for _ in range(n):
        yield x, y
        if x == y or x < 0 and x == -y or x > 0 and x == 1 - y:
            dx, dy = -dy, dx
        x, y = x + dx, y + dy
print(list(spiral(12)))
def bits(n): return [n >> i & 1 for i in range(n.bit_length())][::-1]
print([bits(n) for n in (0, 1, 6, 255)], [sum(b << i for i, b in enumerate(reversed(bits(n)))) for n in (5, 77)])
def zigzag(m): return [x for s in range(sum((len(m), len(m[0]))) - 1) for x in [m[i][s - i] for i in range(len(m)) if 0 <= s - i < len(m[0])][::-1 if s % 2 else 1]]
print(zigzag([[1, 2, 3], [4, 5, 6], [7, 8, 9]]))
def josephus(n, k):
    people, i = list(range(1, n + 1)), 0
    while people:
        i = (i + k - 1) % len(people)
        yield people.pop(i)
print(list(josephus(10, 3)), list(josephus(41, 3))[-2:])
def bezier(points, t):
    while len(points) > 1:
        points = [tuple((1 - t) * a + t * b for a, b in zip(p, q)) for p, q in zip(points, points[1:])]
    return points[0]
print([bezier([(0, 0), (1, 2), (3, 3), (4, 0)], t / 4) for t in range(5)])
