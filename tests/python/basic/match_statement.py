"""match: literals, sequences, mappings, classes, guards, captures and or-patterns."""

class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

def describe(v):
    match v:
        case 0 | 1:
            return "bit"
        case int(n) if n < 0:
            return f"negative {n}"
        case int():
            return "int"
        case "hello" | "hi" as word:
            return f"greeting {word}"
        case str():
            return "str"
        case []:
            return "empty list"
        case [x]:
            return f"one {x}"
        case [1, 2, *rest]:
            return f"starts 1 2 then {rest}"
        case (a, b):
            return f"pair {a} {b}"
        case [first, *_, last]:
            return f"from {first} to {last}"
        case {"type": "circle", "r": r}:
            return f"circle {r}"
        case {"type": kind, **others}:
            return f"{kind} with {others}"
        case Point(x=0, y=0):
            return "origin"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point(x, y=yy):
            return f"point {x} {yy}"
        case None | True | False:
            return "singleton"
        case float() as f:
            return f"float {f}"
        case _:
            return "other"

for v in (0, 1, -5, 7, "hi", "yo", [], [5], [1, 2, 3, 4], (8, 9), [1, 5, 6], {"type": "circle", "r": 2},
          {"type": "box", "w": 1, "h": 2}, Point(0, 0), Point(3, 3), Point(1, 2), None, 2.5, {1, 2}, {}, True):
    print(repr(v) if not isinstance(v, Point) else "Point", "->", describe(v))

def command(text):
    match text.split():
        case ["go", ("north" | "south") as d]:
            return "going " + d
        case ["take", *things]:
            return "taking " + ", ".join(things)
        case ["quit" | "exit"]:
            return "bye"
        case [verb, _]:
            return "cannot " + verb
    return "silence"

print([command(c) for c in ("go north", "go up", "take a b", "exit", "", "a b c")])
