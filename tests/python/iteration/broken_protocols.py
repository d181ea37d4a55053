"""Iterators that break the rules: __iter__ that returns none, __next__ that is missing, StopIteration from odd places, length hints, __getitem__ fallback."""

import operator


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def cls(name, **namespace):
    return type(name, (), namespace)


class Old:
    def __init__(self, items, error=IndexError):
        self.items, self.error = items, error

    def __getitem__(self, index):
        if index >= len(self.items):
            raise self.error("end")
        return self.items[index]


class Hint:
    def __init__(self, hint, n=3):
        self.hint, self.left = hint, n

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        return self.left

    def __length_hint__(self):
        if isinstance(self.hint, Exception):
            raise self.hint
        return self.hint


class Len:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __iter__(self):
        return iter("ab")


values = {"iter int": cls("A", __iter__=lambda s: 5)(), "iter none": cls("A", __iter__=None)(), "iter list": cls("A", __iter__=lambda s: [1])(), "iter self no next": cls("A", __iter__=lambda s: s)(), "next none": cls("A", __iter__=lambda s: s, __next__=None)(), "next arity": cls("A", __iter__=lambda s: s, __next__=lambda: 1)(), "iter arity": cls("A", __iter__=lambda: 1)(),
          "iter raises": cls("A", __iter__=lambda s: 1 / 0)(), "iter raises AttributeError": cls("A", __iter__=lambda s: s.x)(), "getitem int": cls("A", __getitem__=5)(), "getitem none": cls("A", __getitem__=None)(), "iter none getitem": cls("A", __iter__=None, __getitem__=lambda s, i: "x"[i])(), "old": Old("abc"), "old StopIteration": Old("ab", StopIteration), "old KeyError": Old("a", KeyError),
          "class": Old, "generator function": lambda: (yield), "iterator class": iter, "int": 5, "none": None, "ellipsis": ..., "dict": {1: 2}, "instance iter": (lambda o: (setattr(o, "__iter__", lambda: iter([1])), o)[1])(cls("A")())}
for name, value in values.items():
    for use in ("list(v)", "[*v]", "a, b, c = v", "for _ in v: pass", "1 in v", "dict(v)", "sorted(v)", "zip(v)", "max(v)", "''.join(v)", "iter(v)", "f(*v)", "[].extend(v)", "set(v)", "sum(v)", "map(len, v)", "enumerate(v)", "reversed(v)", "bytes(v)", "x = [i for i in v]", "any(v)", "next(v)", "(yield_from(v))", "{**v}"):
        def run():
            scope = {"v": value, "f": lambda *a: a, "yield_from": lambda v: list((lambda: (yield from v))())}
            if "=" in use or use.startswith("for"):
                return exec(use, scope)
            result = eval(use, scope)
            return sorted(result) if isinstance(result, set) else result if isinstance(result, (list, tuple, set, int, str, bool)) else type(result).__name__
        attempt(f"{name}: {use}", run)
for hint in (0, 3, -1, 10 ** 6, 2 ** 70, "x", 1.5, None, NotImplemented, True, TypeError("type"), ValueError("value"), AttributeError("attr")):
    attempt(f"hint {hint!r}", lambda: operator.length_hint(Hint(hint)))
    attempt("   list", lambda: list(Hint(hint)))
    attempt("   tuple", lambda: tuple(Hint(hint)))
    attempt("   extend", lambda: [].extend(Hint(hint)))
    attempt("   bytes", lambda: bytes(Hint(hint)))
for n in (0, 2, -1, 2 ** 70, "x", 1.5, True):
    attempt(f"len {n!r}", lambda: len(Len(n)))
    attempt("   list", lambda: list(Len(n)))
    attempt("   hint", lambda: operator.length_hint(Len(n), 7))
    attempt("   bool", lambda: bool(Len(n)))
    attempt("   reversed", lambda: list(reversed(Len(n))))
calls = iter([1, 2, 3, 0, 4])
attempt("sentinel", lambda: list(iter(lambda: next(calls), 0)))
attempt("after sentinel", lambda: next(calls))
attempt("sentinel not callable", lambda: iter(5, 0))
attempt("sentinel StopIteration", lambda: list(iter(iter([1]).__next__, None)))
attempt("sentinel raises", lambda: list(iter(lambda: 1 / 0, None)))


class Eq:
    def __eq__(self, other):
        raise LookupError("eq")


attempt("sentinel eq", lambda: list(iter(lambda: Eq(), 1)))
it = iter(lambda: 1, 1)
print(next(it, "over"), next(it, "over"), type(it).__name__)


class Restarts:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n % 3 == 0:
            raise StopIteration(f"pause {self.n}")
        return self.n


r = Restarts()
print(list(r), list(r), next(r), next(r))
attempt("value of StopIteration", lambda: next(r))
for make in (lambda r: zip(r), lambda r: map(str, r), lambda r: filter(None, r), lambda r: enumerate(r), lambda r: (x for x in r), lambda r: iter(r)):
    made = make(Restarts())
    print(list(made), list(made), next(made, "end"))


def stops():
    raise StopIteration("from a function")


attempt("map", lambda: list(map(lambda x: stops(), [1, 2])))
attempt("filter", lambda: list(filter(lambda x: stops(), [1, 2])))
attempt("list comprehension", lambda: [stops() for _ in [1]])
attempt("generator expression", lambda: list(stops() for _ in [1]))
attempt("sorted", lambda: sorted([1, 2], key=lambda x: stops()))
attempt("for", lambda: exec("for i in [1]: stops()", globals()))
attempt("next default", lambda: next((stops() for _ in [1]), "default"))
attempt("any", lambda: any(map(lambda x: stops(), [1])))
attempt("tuple", lambda: tuple(map(lambda x: stops(), [1])))
attempt("unpack", lambda: exec("a, = map(lambda x: stops(), [1])", globals()))
attempt("contains", lambda: 1 in map(lambda x: stops(), [1]))
for target, source in (("a, b", "[1]"), ("a, b", "[1, 2, 3]"), ("a, *b, c", "[1]"), ("a, *b", "[]"), ("a, (b, c)", "[1, 2]"), ("a, (b, c)", "[1, [2]]"), ("(a,)", "5"), ("[a, b]", "None"), ("a, b", "'xyz'"), ("a, b", "{1: 2}"), ("*a,", "5"), ("a, b", "iter([1, 2, 3])"), ("a, b", "(x for x in [1])"), ("()", "[1]"), ("[]", "''"), ("a, b, c, d, e", "range(4)"), ("a, *b, c, d", "'ab'"), ("a, b", "2"), ("a, b", "int"), ("a, b", "{}")):
    attempt(f"{target} = {source}", lambda: exec(f"{target} = {source}", {}))
