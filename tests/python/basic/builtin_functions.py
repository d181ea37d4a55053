"""The builtin functions one after another, with their usual error messages."""

print(abs(-3), all([1, 2]), any([]), ascii("\xe9"), bin(6), bool([]), bytes([65, 66]), callable(len), chr(65))
print(dict(a=1), divmod(7, 2), list(enumerate("ab")), list(filter(str.isdigit, "a1b2")), float("2.5"), format(1.5, "06.2f"))
print(frozenset([1]), hash("") == hash(""), hex(17), int("12"), isinstance(1, (str, int)), issubclass(bool, int), len({1: 2}))
print(list((1, 2)), list(map(str, [1, 2])), max([1, 3, 2]), max("b", "abc", key=len), min(4, 2), min([], default="none"))
print(oct(8), ord("a"), pow(2, 3), list(range(3)), repr("x"), list(reversed([1, 2])), round(2.567, 1), set("aa"))
print(slice(1, 2), sorted("cab"), str(12), sum([1, 2], 10), tuple("ab"), type(1).__name__, list(zip("ab", "cd")))
print(eval("1 + 2"), eval("x * 2", {"x": 21}))
namespace = {}
exec("def f(a):\n    return a + 1\ny = f(4)", namespace)
print(namespace["y"], namespace["f"](10))
print(sorted(vars(type("T", (), {"a": 1})))[-1] == "a", getattr("abc", "upper")(), hasattr(1, "real"))
print(id(print) == id(print), type(None), type(...), type(NotImplemented))
code = compile("a + b", "<test>", "eval")
print(eval(code, {"a": 1, "b": 2}))
print(sum([[1], [2]], []), sum([0.5, 0.25]), "a", "b", sep="-", end="!\n")
print(*[1, 2, 3], sep=", ")
print(list(map(pow, [2, 3], [3, 2])), [*zip(range(2), range(2))])
calls = [
    lambda: len(5), lambda: chr(-1), lambda: ord("ab"), lambda: max([]), lambda: int([]), lambda: float("x"),
    lambda: sum(["a"]), lambda: sorted([1, "a"]), lambda: range(1, 2, 0), lambda: hash([]), lambda: abs("x"),
    lambda: round("x"), lambda: divmod(1, 0), lambda: next(iter([])), lambda: isinstance(1, 1), lambda: getattr(1, "x"),
    lambda: eval("1 +"), lambda: print(sep=5), lambda: zip(1), lambda: map(1), lambda: issubclass(1, int), lambda: sum("ab", ""),
    lambda: min(1), lambda: enumerate(), lambda: len(), lambda: len([], []), lambda: pow(2, 3, 0), lambda: bytes([256]),
    lambda: reversed(5), lambda: int("9" * 3, 99), lambda: chr("a"), lambda: iter(1, 2), lambda: dict([1]), lambda: dict([(1, 2, 3)]),
]
for call in calls:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
