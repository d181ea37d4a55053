"""Sequence patterns: which types match, star patterns, nesting, order of tests, length checks, bindings that remain."""

import collections
import collections.abc

def kind(v):
    match v:
        case []: return "empty"
        case [1]: return "just 1"
        case [x]: return f"one {x!r}"
        case [1, 2, *rest]: return f"1 2 {rest}"
        case [first, *_, last] if first == last: return f"same ends {first!r}"
        case (a, (b, c)): return f"nested {a!r} {b!r} {c!r}"
        case [[x, y], *more]: return f"pair first {x!r} {y!r} {more!r}"
        case [_, _, _]: return "three"
        case [*everything]: return f"all {len(everything)}"
    return "no sequence"

class Seq(collections.UserList): pass
class MyList(list): pass
class Dict(dict): pass
values = [[], (), [1], (9,), [1, 2], [1, 2, 3, 4], "ab", b"ab", bytearray(b"ab"), [5, 6, 5], (1, (2, 3)), (1, [2, 3]), [[1, 2], 3, 4], [7, 8, 9], range(4), range(1, 2), {1, 2}, {1: 2}, iter([1]), None, collections.deque([1, 2, 7]), Seq([1]), MyList([3]), memoryview(b"abcd"), (x for x in [1]), [[]], ((),), [None, None, None, None]]
for v in values:
    print(type(v).__name__, kind(v))

def bindings(v):
    a = b = "unset"
    match v:
        case [a, 1]: r = "first"
        case [a, b, 2]: r = "second"
        case [a, [b, 3]]: r = "third"
        case _: r = "none"
    return r, a, b

print(bindings([9, 1]), bindings([8, 7, 2]), bindings([5, [6, 3]]), bindings([5, [6, 4]]), bindings(0))

class Loud:
    def __len__(self):
        print("len", end=" ")
        return 2
    def __getitem__(self, i):
        if i >= 2:
            raise IndexError
        return i
collections.abc.Sequence.register(Loud)
match Loud():
    case [0, 0]: print("no")
    case [0, *rest, 1]: print("yes", rest)
match (1, 2), 3:
    case (a, b), c: print(a, b, c)
match [1, [2, [3, [4]]]]:
    case [a, [b, [c, [d]]]]: print(a, b, c, d)
match *[1, 2], 3:
    case 1, *_: print("star subject")
match [1, 2, 3, 4, 5]:
    case [a, b, *c, d]: print(a, b, c, d)
match "abc":
    case ["a", *_]: print("no, str is no sequence")
    case str(s): print("str", s)
match ("x", 5):
    case ("x" | "y" as k, int(n) | float(n)): print(k, n)
match [1, 2]:
    case (1, x) | (x, 1): print("alt", x)
match [[1, 2], [3, 4]]:
    case [[a, b], [c, d]] if a + d == b + c: print("determinant-ish", a * d - b * c)
def evaluate(e):
    match e:
        case int() | float(): return e
        case ["+", a, b]: return evaluate(a) + evaluate(b)
        case ["*", *args]:
            p = 1
            for x in args: p *= evaluate(x)
            return p
        case ["let", [name, value], body]: return evaluate(substitute(body, name, evaluate(value)))
        case ["if", c, t, f]: return evaluate(t if evaluate(c) else f)
        case [op, *_]: raise ValueError(f"unknown operator {op!r}")
def substitute(e, name, v):
    match e:
        case str() if e == name: return v
        case [*parts]: return [substitute(p, name, v) for p in parts]
    return e
print(evaluate(["+", 1, ["*", 2, 3, ["+", 1, 1]]]), evaluate(["let", ["x", 5], ["*", "x", "x"]]), evaluate(["if", 0, 1, ["+", 2.5, 2]]))
try:
    evaluate(["?", 1])
except ValueError as e:
    print(e)
