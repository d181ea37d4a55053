# operator's getters and callers: dotted names, many items, methods with keywords; copies, pickles, equality of the pure and C forms, errors.
import collections
import copy
import inspect
import operator as op
import pickle
import types

Row = collections.namedtuple("Row", "name size where")
rows = [Row("b", 2, types.SimpleNamespace(x=1, deep=types.SimpleNamespace(y="q"))), Row("a", 9, types.SimpleNamespace(x=3, deep=types.SimpleNamespace(y="p"))), Row("c", 2, types.SimpleNamespace(x=2, deep=types.SimpleNamespace(y="r")))]
for getter in (op.attrgetter("name"), op.attrgetter("size", "name"), op.attrgetter("where.x"), op.attrgetter("where.deep.y", "size"), op.itemgetter(0), op.itemgetter(1, 0), op.itemgetter(slice(2)), op.methodcaller("index", 2), op.methodcaller("_replace", name="z"), op.methodcaller("__getitem__", 1)):
    results = []
    for row in rows:
        try:
            results.append(getter(row))
        except Exception as e:
            results.append(f"{type(e).__name__}: {e}")
    again = pickle.loads(pickle.dumps(getter))
    print(getter, [str(r)[:40] for r in results], repr(again) == repr(getter), copy.copy(getter) is getter, copy.deepcopy(getter)(rows[0]) == getter(rows[0]), getter.__reduce__()[1])
print([r.name for r in sorted(rows, key=op.attrgetter("size", "where.x"))], max(rows, key=op.itemgetter(0)).name, list(map(op.methodcaller("count", 2), rows)), op.itemgetter("k")({"k": 5}), op.itemgetter(-1, "x")(type("D", (), {"__getitem__": lambda s, k: (k, k)})()), op.attrgetter("__class__.__name__")(5), op.methodcaller("join", "ab")("-"), op.methodcaller("format", 1, x=2)("{} {x}"), op.itemgetter(1, 1)([1, 2]), op.itemgetter(slice(1, None), 0)("abc"))
words = "the cat the dog a cat".split()
groups = collections.Counter(words)
print(sorted(groups.items(), key=op.itemgetter(1, 0), reverse=True), op.countOf(words, "the"), op.indexOf(words, "dog"), op.contains(words, "a"), op.concat([1], [2]), op.length_hint(iter(words)), op.length_hint(5, 7), op.length_hint((x for x in ()), 3))


class Log:
    """Answers every operator with its name; the in-place ones too."""

    def __getattr__(self, name):
        raise AttributeError(name)


for name in ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and", "or", "xor"):
    setattr(Log, f"__{name}__", lambda self, other, name=name: f"{name} {other}")
    setattr(Log, f"__i{name}__", lambda self, other, name=name: f"i{name} {other}")
for name in ("neg", "pos", "invert", "abs"):
    setattr(Log, f"__{name}__", lambda self, name=name: name)
log = Log()
for name in sorted(n for n in dir(op) if not n.startswith("__") and n not in ("attrgetter", "itemgetter", "methodcaller", "call", "index", "length_hint", "countOf", "indexOf", "setitem", "delitem", "getitem")):
    f = getattr(op, name)
    if not callable(f):
        continue
    for args in ((log, 5), (log,), (6, 3), (6,)):
        try:
            print(name, args[1:] if args[0] is log else args, f(*args))
        except Exception as e:
            print(name, args[1:] if args[0] is log else args, type(e).__name__, str(e).replace("'Log'", "Log"))
print(op.call(max, 1, 5, key=lambda x: -x), op.call(dict, a=1), op.index(True), [getattr(op, f"__{n}__") is getattr(op, n) for n in ("add", "lt", "neg", "contains", "call")], op.__and__ is op.and_, op.is_(log, log), op.not_([]), op.truth(""))
box = [0, 1, 2]
print(op.setitem(box, 0, "x"), op.delitem(box, 1), box, op.getitem(box, slice(None)), op.iadd(box, (7,)) is box, op.iconcat(box, [8]), op.imul(box, 2))
for wrong in (lambda: op.attrgetter(), lambda: op.attrgetter(5), lambda: op.attrgetter("a", 5), lambda: op.attrgetter("name", x=1), lambda: op.attrgetter("a.")(rows[0]), lambda: op.attrgetter("where.none")(rows[0]), lambda: op.attrgetter("name")(), lambda: op.attrgetter("name")(1, 2), lambda: op.itemgetter(), lambda: op.itemgetter(5)([1]), lambda: op.itemgetter("k")({}), lambda: op.itemgetter(1)(5), lambda: op.itemgetter(1)([1, 2], 3), lambda: op.itemgetter(1, x=2), lambda: op.methodcaller(), lambda: op.methodcaller(5), lambda: op.methodcaller("nope")(1), lambda: op.methodcaller("upper")(), lambda: op.methodcaller("upper", 1)("x"), lambda: op.methodcaller("upper")("x", "y"), lambda: op.methodcaller(name="x"), lambda: op.index(1.5), lambda: op.index("x"), lambda: op.length_hint(5, "x"), lambda: op.length_hint(type("H", (), {"__length_hint__": lambda s: -1})()), lambda: op.length_hint(type("H", (), {"__length_hint__": lambda s: "x"})()), lambda: op.indexOf([1], 2), lambda: op.countOf(5, 1), lambda: op.concat(1, 2), lambda: op.iconcat(1, [2]), lambda: op.contains(5, 1), lambda: op.setitem((1,), 0, 1), lambda: op.delitem({}, 1), lambda: op.call(), lambda: op.call(5), lambda: op.add(1), lambda: op.add(1, 2, 3), lambda: op.add(a=1, b=2), lambda: op.pow(2, 3, 5), lambda: setattr(op.itemgetter(1), "x", 1), lambda: op.itemgetter(1) == op.itemgetter(1), lambda: op.truth()):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
for f in (op.attrgetter, op.itemgetter, op.methodcaller, op.add, op.call, op.length_hint, op.setitem):
    try:
        print(f.__name__, inspect.signature(f))
    except ValueError as e:
        print(f.__name__, e)
