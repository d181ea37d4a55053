"""Patterns that fail half way: which names stay bound, how often subjects are asked, odd sequences and mappings, guards with effects, keys by value."""

import collections
import collections.abc


def attempt(action):
    try:
        print("ok", action())
    except Exception as error:
        print(type(error).__name__, error)


def partial(subject):
    a = b = c = rest = "unset"
    match subject:
        case [a, 1]:
            which = 1
        case [a, b, 2]:
            which = 2
        case {"k": c, "l": 5}:
            which = 3
        case {"k": c, **rest} if c == "guard":
            which = 4
        case [a, [b, *c], *rest] if not rest:
            which = 5
        case ((1 | 2 | 3) as a) | [a]:
            which = 6
        case str(b) if (c := b.upper()) == "NO":
            which = 7
        case _:
            which = 0
    return which, a, b, c, rest


for subject in ([9, 1], [9, 8, 2], [9, 8, 3], {"k": 1, "l": 5}, {"k": 1, "l": 6}, {"k": "guard", "m": 2}, {"k": "x"}, [1, [2, 3]], [1, [2], 3], 2, [7], "no", "yes", None, (9, 1), range(2), "ab", b"ab", bytearray(b"\x09\x01"), memoryview(b"\x09\x01"), collections.deque([9, 1]), collections.UserList([9, 1]), collections.ChainMap({"k": 1, "l": 5}), collections.Counter("k"), {1, 9}, iter([9, 1])):
    print(type(subject).__name__, partial(subject))


class Seq(collections.abc.Sequence):
    def __init__(self, items, length=None):
        self.items, self.length = items, length

    def __len__(self):
        print("len", end=" ")
        return len(self.items) if self.length is None else self.length

    def __getitem__(self, index):
        print(f"get {index}", end=" ")
        return self.items[index]


class Map(collections.abc.Mapping):
    def __init__(self, items):
        self.items_ = items

    def __len__(self):
        print("len", end=" ")
        return len(self.items_)

    def __getitem__(self, key):
        print(f"getitem {key}", end=" ")
        return self.items_[key]

    def __iter__(self):
        print("iter", end=" ")
        return iter(self.items_)

    def keys(self):
        print("keys", end=" ")
        return self.items_.keys()

    def get(self, key, default=None):
        print(f"get {key}", end=" ")
        return self.items_.get(key, default)


def shapes(subject):
    match subject:
        case []:
            return "empty"
        case [x]:
            return "one", x
        case [x, 5, *_]:
            return "five", x
        case [*_, 7]:
            return "seven"
        case [x, *middle, y]:
            return x, middle, y


for items in ([], [1], [1, 5, 6], [1, 6, 7], [1, 2, 3, 4]):
    print(shapes(Seq(items)))
attempt(lambda: shapes(Seq([1, 2], 3)))
attempt(lambda: shapes(Seq([1, 2, 3], 1)))
attempt(lambda: shapes(Seq([1], -1)))
attempt(lambda: shapes(Seq([1], "x")))


class Const:
    key = "k"
    none = None


def keys(subject):
    match subject:
        case {Const.key: 1}:
            return "by value"
        case {"a": {"b": [x, *_]}, **rest}:
            return x, rest
        case {-1: x} | {1.5: x} | {2j: x} | {True: x} | {None: x} | {b"b": x}:
            return "odd key", x
        case {"p": _, "q": _}:
            return "two"
        case {**rest}:
            return rest


for subject in ({"k": 1}, {"k": 2}, {"a": {"b": [5, 6]}, "z": 1}, {-1: "m"}, {1.5: "f"}, {2j: "c"}, {1: "t"}, {None: "n"}, {b"b": "b"}, {"p": 1, "q": 2}, {}, Map({"k": 1}), Map({"p": 0, "q": 0}), Map({}), collections.defaultdict(list), collections.defaultdict(int, q=1)):
    attempt(lambda: keys(subject))
d = collections.defaultdict(list)
match d:
    case {"absent": x}:
        print("made")
    case _:
        print("not made", dict(d))


def duplicate(subject, first, second):
    class K:
        a, b = first, second
    match subject:
        case {K.a: x, K.b: y}:
            return x, y


attempt(lambda: duplicate({1: 2, 3: 4}, 1, 3))
attempt(lambda: duplicate({1: 2}, 1, 1.0))
attempt(lambda: duplicate({1: 2}, [], 1))
attempt(lambda: duplicate(5, 1, 1))


class Eq:
    def __init__(self, answer):
        self.answer = answer

    def __eq__(self, other):
        print(f"eq {other!r}", end=" ")
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    __hash__ = None


def values(subject):
    match subject:
        case 1 | "s" | None | True:
            return "literal"
        case Const.key:
            return "value"
        case -3.5 | 1 + 2j | b"x":
            return "number"
    return "none"


for subject in (Eq(True), Eq(False), Eq(0), Eq([]), Eq([1]), Eq(ValueError("eq")), True, 1.0, 1 + 0j, None, "k", 1 + 2j, -3.5):
    attempt(lambda: values(subject))


def captures():
    for subject in ([1, 2], {"x": 3}, "text"):
        match subject:
            case [first, *others]:
                pass
            case {"x": first}:
                pass
            case first:
                others = None
        yield first, others


print(list(captures()))
for source in ("case x: pass\n case y: pass", "case _: pass\n case 1: pass", "case x | 1: pass", "case 1 | x: pass", "case [x, x]: pass", "case {'a': x, 'a': y}: pass", "case {**r, 'a': 1}: pass", "case {x: 1}: pass", "case [*a, *b]: pass", "case A(x=1, x=2): pass", "case A(x, y=x): pass", "case 1 + 1: pass", "case -x: pass",
               "case f'a': pass", "case a.b(): pass", "case {'a': 1, 1 + 2j: 3, -1: 4}: pass", "case x as _: pass", "case _ as x: pass", "case (x as y) as z: pass", "case {**_}: pass", "case [1, 2, *_, 3]: pass", "case A(1, x=2, 3): pass", "case *a, b: pass", "case 1, 2: pass", "case (): pass", "case (1): pass", "case (1,): pass",
               "case a | b if c: pass", "case (1 as x) | (2 as y): pass", "case x if (yield): pass", "case 'a' 'b': pass", "case b'a' | 'b': pass", "case 1 + 2: pass", "case 1j + 1: pass", "case not 1: pass", "case ...: pass", "case A.B.C(): pass", "case {None: 1, True: 2, False: 3}: pass", "case {1: 1, 1.0: 2}: pass"):
    try:
        compile(f"match v:\n {source}", "<m>", "exec")
        print(source, "| compiles")
    except SyntaxError as error:
        print(source, "|", error.msg, error.lineno, error.offset, error.end_offset)
