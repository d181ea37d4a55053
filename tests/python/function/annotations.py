"""Annotations: stored, evaluated in order, on variables, in classes and with strings; not evaluated for locals."""

def f(a: int, b: "forward" = 1, *args: str, c: list[int] = None, **kw: dict[str, int]) -> tuple[int, ...]:
    local: undefined_name = 5
    other: this.is_.never.evaluated
    (parenthesised): also_not_stored = 6
    return local + parenthesised

print(f.__annotations__, f(1))
x: int = 5
y: str
z: "list[undefined]" = []
print(__annotations__, x, z)
try:
    y
except NameError as error:
    print(error)

class C:
    a: int
    b: str = "default"
    c: "C" = None
    d: list["C"] = []
    def m(self: "C") -> "C": return self

print(C.__annotations__, C.b, hasattr(C, "a"), C.m.__annotations__)

class D(C):
    pass

class E(C):
    e: float = 1.5

print(D.__annotations__ is C.__annotations__, E.__annotations__, "__annotations__" in D.__dict__)
log = []
def note(v):
    log.append(v)
    return v
target = [0]
class T: pass
t = T()
t.attr: note("annotation of attribute") = note("value")
target[note(0)]: note("annotation of item") = note("item")
print(log, t.attr, target)
try:
    bad: undefined_thing = 1
except NameError as error:
    print(error, "bad" in globals())
print(list[int], dict[str, list[int]], tuple[int, ...], int | str, int | None, list[int] | None, set[frozenset[bytes]], type[int])
print((int | str).__args__, list[int].__origin__, list[int].__args__, isinstance(1, int | str), isinstance("x", int | None), issubclass(bool, int | str), list[int]([1, 2]), int | int, (int | str) == (str | int), hash(int | str) == hash(str | int))
for bad in (lambda: isinstance([], list[int]), lambda: int | 5, lambda: "x" | int, lambda: list[int].nope, lambda: int[str], lambda: issubclass(list, list[int])):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
lam = lambda a, b=1: a
print(lam.__annotations__, (lambda: 0).__annotations__, f.__annotations__["return"], None | int if False else "-")
f.__annotations__["new"] = 1
print(sorted(f.__annotations__))
del f.__annotations__
print(f.__annotations__)
