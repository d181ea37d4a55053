"""Every method of some objects, called with every mixture of odd arguments: what came of it, as one digest a method.

A digest that differs says which method to look at; `show_all` then prints each call."""
import copy
import hashlib
import itertools
import re

SKIPPED = {"__class__", "__init_subclass__", "__subclasshook__", "__new__", "__doc__", "__dir__", "__sizeof__", "__getattribute__", "__setattr__", "__delattr__",
           "__init__", "__reduce__", "__reduce_ex__", "__hash__", "__class_getitem__", "__getstate__", "__alloc__"}
GROWING = {"__mul__", "__rmul__", "__imul__", "__pow__", "__rpow__", "__lshift__", "__rlshift__", "ljust", "rjust", "center", "zfill", "expandtabs", "to_bytes", "__round__"}


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value

    def __repr__(self):
        return f"Index({self.value})"


class Real:
    def __float__(self):
        return 2.5

    def __repr__(self):
        return "Real"


class Pair:
    def __iter__(self):
        return iter([1, 2])

    def __repr__(self):
        return "Pair"


class Liar:
    def __index__(self):
        return "x"

    def __iter__(self):
        return 5

    def __len__(self):
        return -1

    def __eq__(self, other):
        raise KeyError("eq")

    def __hash__(self):
        return 1

    def __repr__(self):
        return "Liar"


class Text(str):
    pass


class Items(list):
    pass


ARGUMENTS = [None, True, 0, 1, -1, 3, 2**31, -2**63, 2**64, 1.5, float("nan"), 1j, "", "a", "ab", "\xe9", "\U0001f600", "utf-8", "ignore", b"", b"a", b"ab",
             bytearray(b"b"), [], [1], ["a", "b"], ("a", "b"), (), {}, {1: 2}, {"a": 1}, set(), {1}, Index(2), Real(), Pair(), Liar(), Text("a"), Items([1]),
             range(3), slice(0, 2), int, len, ..., memoryview(b"ab"), {97: "X"}, [(1, 2)]]
CALLS = [(), *[(a,) for a in ARGUMENTS], *itertools.product(ARGUMENTS[::5], ARGUMENTS[1::6])]


def text(value):
    name = type(value).__name__
    if name in ("set", "frozenset"):
        return name + repr(sorted(map(repr, value)))
    if "iterator" in name:
        try:
            return name + repr(list(itertools.islice(value, 5)))
        except Exception as error:
            return name + repr(error)
    return name + repr(value)[:200]


def fresh(value):
    return copy.copy(value) if isinstance(value, (list, dict, set, bytearray)) else value


def outcome(target, method, arguments):
    try:
        attribute = getattr(target, method)
        result = text(attribute(*map(fresh, arguments)) if callable(attribute) else attribute)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    return re.sub(r"0x[0-9a-f]{6,}", "0x", f"{arguments} {result} {text(target)}")


def outcomes(make, method):
    for arguments in CALLS:
        if method in GROWING and any(isinstance(a, int) and abs(a) > 100 for a in arguments):
            continue
        yield outcome(make(), method, arguments)


def show(*makers):
    """Each maker gives a new object every time."""
    for make in makers:
        print(text(make()))
        for method in dir(type(make())):
            if method not in SKIPPED:
                print("   ", method, hashlib.md5("\n".join(outcomes(make, method)).encode("utf-8", "surrogatepass")).hexdigest()[:8])


def show_all(make, method):
    print("\n".join(outcomes(make, method)))
