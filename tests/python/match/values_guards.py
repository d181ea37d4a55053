"""Value, literal, singleton, capture, or- and as-patterns with guards; irrefutable positions; soft keywords; errors."""

class Color:
    RED, GREEN = "red", "green"
    class Deep:
        BLUE = "blue"

def f(v):
    match v:
        case Color.RED: return "RED"
        case Color.Deep.BLUE: return "BLUE"
        case 0: return "zero"
        case -1: return "minus one"
        case 1.5: return "1.5"
        case -2.5e10: return "neg float"
        case 3 + 4j: return "complex"
        case -3 - 4j: return "neg complex"
        case "a" "b": return "joined"
        case b"x": return "bytes"
        case None: return "None"
        case True: return "True"
        case False: return "False"
        case (5): return "parenthesised"
        case ("x" | "y" | "z") as letter: return f"letter {letter}"
        case int() as n if n > 100 and n % 2 == 0: return f"big even {n}"
        case int() | float() as n if (half := n / 2) > 100: return f"half {half}"
        case other if callable(other): return "callable"
        case _: return "default"

for v in ("red", "green", "blue", 0, 0.0, False, True, 1, -1, -1.0, 1.5, -2.5e10, 3 + 4j, -3 - 4j, "ab", b"x", None, 5, "y", 102, 101, 301, len, 7, 0j, "None"):
    print(repr(v) if not callable(v) else "callable", f(v))

class Eq:
    def __init__(self, tag): self.tag = tag
    def __eq__(self, other):
        print("eq", self.tag, other, end="; ")
        return self.tag == other
class NS:
    A, B = Eq("a"), Eq("b")
match "b":
    case NS.A: print("A")
    case NS.B: print("B")
match Eq("q"):
    case "p": print("p")
    case "q": print("q")
match = 5
case = [1, 2]
_ = "underscore"
print(match, case, _, match + 1, case[0])
match (match):
    case case if case == 5: print("soft keywords", case)
match case:
    case _: print("wildcard leaves _", _)
match [match, 2][0]: 
    case x: print(x)
match -match:
    case -5: print("unary subject")
match {"k": match}["k"], "two":
    case a, b: print(a, b)
print(match[0] if False else "not a statement", match * 2)
def guards(v):
    seen = []
    def g(tag, r):
        seen.append(tag)
        return r
    match v:
        case int(x) if g("g1", False): pass
        case x if g("g2", x == 1): seen.append("second")
        case int() | str() if g("g3", True): seen.append("third")
    return seen, x
print(guards(1), guards(2), guards("s"))
def guard_raises():
    match 1:
        case x if 1 / 0: pass
try:
    guard_raises()
except ZeroDivisionError as e:
    print(e)
for bad in ("case x: pass\n case 1: pass", "case _: pass\n case 1: pass", "case 1 | x: pass", "case x | 1: pass", "case [a, a]: pass", "case {**_}: pass", "case {**a, 'k': 1}: pass", "case [*a, *b]: pass", "case a.b as c.d: pass", "case 1 + 2: pass", "case -x: pass", "case f'{x}': pass", "case Point(x=1, 2): pass", "case Point(x=1, x=2): pass", "case x as _: pass", "case (x := 1): pass", "case 1 as 2: pass", "case {1 + 1: x}: pass", "case {x: 1}: pass", "case 1j + 1: pass", "case [x] | [x, y]: pass", "case *a: pass", "case x.y(): pass", "case not 1: pass", "case 1 < 2: pass"):
    try:
        compile("match v:\n " + bad, "<test>", "exec")
        print(bad.replace("\n", ";"), "fine")
    except SyntaxError as e:
        print(bad.replace("\n", ";"), "|", e.msg)
