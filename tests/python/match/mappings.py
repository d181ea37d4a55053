"""Mapping patterns: keys that are values, rest captures, missing keys, types that count as mappings, nested data."""

import collections
import collections.abc

def route(r):
    match r:
        case {}  if not r: return "empty"
        case {"type": "move", "to": (x, y)}: return f"move {x},{y}"
        case {"type": "say", "text": str(t), **extra}: return f"say {t} {extra}"
        case {"type": ("a" | "b") as kind}: return f"short {kind}"
        case {1: one, 2.5: half, None: nothing}: return f"{one} {half} {nothing}"
        case {"items": [{"id": first}, *_], "total": int(n)} if n > 1: return f"first of {n}: {first}"
        case {"nested": {"deep": {"er": value}}}: return f"deep {value}"
        case {"a": _, **rest}: return f"rest {sorted(rest)}"
        case {**all_}: return f"other {len(all_)}"
    return "no mapping"

for r in ({}, {"type": "move", "to": (1, 2)}, {"type": "move", "to": [3, 4], "fast": True}, {"type": "say", "text": "hi"}, {"type": "say", "text": "hi", "loud": 1}, {"type": "say", "text": 5}, {"type": "b"}, {1: "x", 2.5: "y", None: "z"}, {"items": [{"id": 7}, {"id": 8}], "total": 2}, {"items": [], "total": 2}, {"nested": {"deep": {"er": [1]}}}, {"a": 1, "q": 2}, {"z": 1}, [("a", 1)], "a", 5, collections.OrderedDict(a=1, b=2), collections.defaultdict(list, a=1), collections.ChainMap({"a": 1}, {"b": 2}), collections.Counter("aab"), True):
    print(route(r))

class Default(dict):
    def __missing__(self, k): return "made"
d = collections.defaultdict(lambda: "default")
match d:
    case {"key": v}: print("matched", v)
    case _: print("defaultdict makes nothing", dict(d))
match Default():
    case {"k": v}: print("matched", v)
    case {}: print("__missing__ is not asked")

class Keys:
    A, B = "a", "b"
match {"a": 1, "b": 2}:
    case {Keys.A: x, Keys.B: y}: print("dotted keys", x, y)
match {-1: "neg", 1j: "imag", b"x": "bytes", True: "bool"}:
    case {-1: a, 1j: b, b"x": c, True: d}: print(a, b, c, d)
match {"k": None}:
    case {"k": None}: print("None value")
match {"x": 1}:
    case {"x": 1.0}: print("equal across types")
match {"k": {"list": [1, 2, {"z": 3}]}}:
    case {"k": {"list": [_, _, {"z": z}]}}: print(z)
class M(collections.abc.Mapping):
    def __getitem__(self, k):
        if k == "there": return "value"
        raise KeyError(k)
    def __len__(self): return 1
    def __iter__(self): return iter(["there"])
    def get(self, k, default=None):
        print("get", k, end=" ")
        return self[k] if k == "there" else default
match M():
    case {"missing": _}: print("no")
    case {"there": v, **rest}: print(v, rest)
try:
    exec("match 1:\n case {'a': 1, 'a': 2}: pass")
except SyntaxError as e:
    print(e.msg)
Keys.B = "a"
try:
    match {"a": 1, "b": 2}:
        case {Keys.A: x, Keys.B: y}: print("never")
except ValueError as e:
    print(e)
def flatten(j, prefix=""):
    match j:
        case {**entries}:
            for k, v in entries.items():
                yield from flatten(v, f"{prefix}.{k}" if prefix else k)
        case [*items]:
            for i, v in enumerate(items):
                yield from flatten(v, f"{prefix}[{i}]")
        case None | bool() | int() | float() | str():
            yield prefix, j
print(dict(flatten({"a": {"b": [1, {"c": None}], "d": "x"}, "e": [True, []]})))
match {}:
    case {"x": _}: print("no")
    case {}: print("{} matches any mapping")
match {"x": 0, "y": 0}:
    case {"x": 0 as zero, **others}: print(zero, others)
