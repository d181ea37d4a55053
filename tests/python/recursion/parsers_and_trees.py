"""Recursive data: trees, JSON printing and parsing, expression rewriting, quicksort with deep unbalanced input."""

import sys
sys.setrecursionlimit(20000)

def dump(v, indent=0):
    pad = "  " * indent
    if isinstance(v, dict):
        if not v: return "{}"
        return "{\n" + ",\n".join(f'{pad}  "{k}": {dump(x, indent + 1)}' for k, x in v.items()) + f"\n{pad}}}"
    if isinstance(v, list):
        return "[" + ", ".join(dump(x, indent + 1) for x in v) + "]"
    return {True: "true", False: "false", None: "null"}[v] if v in (True, False, None) and not isinstance(v, (int, float)) or isinstance(v, bool) else f'"{v}"' if isinstance(v, str) else repr(v)

def parse(s, i=0):
    while s[i] in " \n": i += 1
    c = s[i]
    if c == "{":
        out, i = {}, i + 1
        while True:
            while s[i] in " \n,": i += 1
            if s[i] == "}": return out, i + 1
            k, i = parse(s, i)
            while s[i] in " :": i += 1
            out[k], i = parse(s, i)
    if c == "[":
        out, i = [], i + 1
        while True:
            while s[i] in " \n,": i += 1
            if s[i] == "]": return out, i + 1
            v, i = parse(s, i)
            out.append(v)
    if c == '"':
        j = s.index('"', i + 1)
        return s[i + 1:j], j + 1
    for word, v in (("true", True), ("false", False), ("null", None)):
        if s.startswith(word, i): return v, i + len(word)
    j = i
    while j < len(s) and s[j] in "+-.eE0123456789": j += 1
    return (float if "." in s[i:j] else int)(s[i:j]), j

data = {"name": "weft", "list": [1, 2.5, [True, None, {"deep": []}]], "empty": {}, "nested": {"a": {"b": {"c": -7}}}}
text = dump(data)
print(text)
print(parse(text)[0] == data)
deep = 0
for _ in range(2000): deep = [deep]
print(len(dump(deep)), parse(dump(deep))[0] == deep)
def quick(xs): return xs if len(xs) < 2 else quick([x for x in xs[1:] if x < xs[0]]) + [xs[0]] + quick([x for x in xs[1:] if x >= xs[0]])
print(quick(list(range(800))) == list(range(800)))
class Tree:
    def __init__(self, k): self.k, self.l, self.r = k, None, None
    def add(self, k):
        side = "l" if k < self.k else "r"
        child = getattr(self, side)
        child.add(k) if child else setattr(self, side, Tree(k))
    def __iter__(self):
        if self.l: yield from self.l
        yield self.k
        if self.r: yield from self.r
    def depth(self): return 1 + max(self.l.depth() if self.l else 0, self.r.depth() if self.r else 0)
t = Tree(500)
for i in range(1000): t.add(i * 379 % 1000)
print(t.depth(), sum(t), list(t)[:5])
chain = Tree(0)
for i in range(1, 400): chain.add(i)
print(chain.depth(), sum(chain))
def diff(e):
    match e:
        case int(): return 0
        case "x": return 1
        case ("+", a, b): return simplify(("+", diff(a), diff(b)))
        case ("*", a, b): return simplify(("+", simplify(("*", diff(a), b)), simplify(("*", a, diff(b)))))
def simplify(e):
    match e:
        case ("+", 0, x) | ("+", x, 0) | ("*", 1, x) | ("*", x, 1): return x
        case ("*", 0, _) | ("*", _, 0): return 0
        case (op, int(a), int(b)): return a + b if op == "+" else a * b
    return e
def value(e, x): return x if e == "x" else e if isinstance(e, int) else value(e[1], x) + value(e[2], x) if e[0] == "+" else value(e[1], x) * value(e[2], x)
cube = ("*", "x", ("*", "x", "x"))
print(diff(("+", cube, ("*", 3, "x"))), [value(diff(cube), x) for x in range(4)], value(diff(diff(cube)), 5))
def power_set(s): return [[]] if not s else [p + q for p in power_set(s[1:]) for q in ([], [s[0]])]
def sudoku_like(n, row=()): return 1 if len(row) == n else sum(sudoku_like(n, row + (v,)) for v in range(n) if v not in row)
print(len(power_set(list(range(10)))), sudoku_like(6))
def flatten(x): return [y for v in x for y in flatten(v)] if isinstance(x, (list, tuple)) else [x]
print(flatten([1, [2, (3, [4, [5]])], [], [[[6]]]]), flatten(deep))
def hanoi(n, a, b, c, moves):
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append(a + c)
        hanoi(n - 1, b, a, c, moves)
    return moves
m = hanoi(10, "A", "B", "C", [])
print(len(m), "".join(m)[:30])
