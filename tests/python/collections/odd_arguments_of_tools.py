"""What deque, itertools, functools, operator and the classes of collections say of odd arguments: too few, too many, wrong types, huge numbers."""

import collections
import functools
import itertools
import operator


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


Q = collections.deque
for name in ("append", "appendleft", "clear", "copy", "count", "extend", "extendleft", "index", "insert", "pop", "popleft", "remove", "reverse", "rotate", "__add__", "__iadd__", "__contains__", "__init__", "__reversed__", "__copy__", "__sizeof__"):
    for args in ((), (1,), ("x",), (1, 2), (1, "x"), ("x", 1), (1, 2, 3), (1, None, None), (2, -1, 10**30), (1, 2, 3, 4), ([1],), (None,), (1.5,), (2**70,)):
        d = Q([1, 2, 3], 5)
        attempt(f"{name}{args}", lambda: (getattr(d, name)(*args) if name != "__sizeof__" and not name.startswith("__rev") else "x", d))
    attempt(f"{name} keyword", lambda: getattr(Q([1]), name)(x=1))
for args, kw in (((), {}), ((5,), {}), (([1], -1), {}), (([1], "x"), {}), (([1], None), {}), (([1], 2**70), {}), (([1], 1.5), {}), (([1, 2, 3], 2, 3), {}), ((), {"maxlen": 2}), ((), {"iterable": "ab"}), ((), {"x": 1}), (([1],), {"iterable": [2]})):
    attempt(f"deque{args}{kw}", lambda: Q(*args, **kw))
d = Q(range(5))
for i in (0, -1, 5, -6, 2**70, "x", 1.5, None, slice(1)): attempt(f"get {i}", lambda: d[i])
it = iter(d); next(it); d.append(1); attempt("changed", lambda: next(it))
it = reversed(d); next(it); d.pop(); attempt("changed", lambda: next(it))
attempt("insert full", lambda: Q([1], 1).insert(0, 2)); attempt("maxlen set", lambda: setattr(d, "maxlen", 3)); attempt("cmp", lambda: (Q([1]) < Q([2]), Q([1]) == [1], Q([1]) != Q([1], 2)))
attempt("hash", lambda: hash(d)); attempt("add", lambda: Q([1]) + [1]); attempt("iadd", lambda: Q([1]).__iadd__([1])); attempt("repr", lambda: repr(Q([1], 3)))
r = Q(); r.append(r); attempt("recursive", lambda: repr(r))
for cls, argss in ((itertools.accumulate, ((), (5,), ([1, 2], 5), ([1, 2], None, 3), ([], None, 3), ([1], None, 1, 2))), (itertools.batched if hasattr(itertools, "batched") else itertools.chain, ((), (5,))), (itertools.combinations, ((), ([1],), ([1], -1), ([1], "x"), ([1, 2], 5), ([1], 2**70), (5, 1))),
    (itertools.combinations_with_replacement, ((), ([1], -1), ([], 0), ([], 2), ([1], None))), (itertools.permutations, ((), ([1, 2], None), ([1], -1), ([1], "x"), ([1, 2], 5), ([1], 2**70))), (itertools.compress, ((), ([1],), ([1], 5), ([1, 2], [0, 1, 1]))), (itertools.count, ((), ("x",), (1, "x"), (1.5,), (1, 2, 3), (2**70, -1), (1, 0))),
    (itertools.cycle, ((), (5,), ([],), ([1], 2))), (itertools.dropwhile, ((), (5,), (None, [1]), (5, [1]), (bool, 5))), (itertools.filterfalse, ((), (None, [0, 1]), (5, [1]), (bool,))), (itertools.groupby, ((), (5,), ([1], 5), ([1], None, 3))), (itertools.islice, ((), ([1],), ([1], -1), ([1], "x"), ([1, 2, 3], 1, None), ([1], 0, 1, 0), ([1], 0, 1, -1), ([1], 1, -1), ([1], 2**70), ([1], None, None, None), ([1], 1, 2, 3, 4), (5, 1))),
    (itertools.pairwise, ((), (5,), ([1],), ([1, 2], 3))), (itertools.product, ((), (5,), ([1], 5), ([1, 2], "a"))), (itertools.repeat, ((), (1, -1), (1, "x"), (1, 2, 3), (1, 2**70), (1, 1.5))), (itertools.starmap, ((), (5,), (max, [1]), (max, [[1, 2]]), (5, [[1]]), (max, 5))), (itertools.takewhile, ((), (bool,), (5, [1]))), (itertools.tee, ((), (5,), ([1], -1), ([1], "x"), ([1], 0), ([1], 1, 2), ([1], 2**70))), (itertools.zip_longest, ((), (5,), ([1], "ab"))), (itertools.chain.from_iterable, ((), (5,), ([5],), (["ab"],)))):
    for args in argss:
        attempt(f"{cls.__name__}{args}", lambda: list(itertools.islice(r, 4)) if hasattr(r := cls(*args), "__next__") else [type(x).__name__ for x in r])
    attempt(f"{cls.__name__} keyword", lambda: cls(x=1))
for source in ("itertools.product([1], repeat=-1)", "itertools.product([1], repeat='x')", "list(itertools.product([1, 2], repeat=0))", "itertools.product([1], repeat=2**70)", "itertools.product([1], repeat=1, x=2)", "list(itertools.accumulate([1, 2], initial=5))", "list(itertools.accumulate([1, 2], func=max, initial=None))", "next(itertools.count(step=2, start=5))", "repr(itertools.count(1))", "repr(itertools.count(1, 2))", "repr(itertools.count(1.5, 1))", "repr(itertools.repeat(1))", "repr(itertools.repeat(1, 3))", "repr(itertools.repeat(1, times=-3))", "len(itertools.repeat(1))", "operator.length_hint(itertools.repeat(1, 3))", "operator.length_hint(itertools.repeat(1))", "list(itertools.zip_longest([1], 'ab', fillvalue=0))", "itertools.zip_longest([1], foo=1)", "list(itertools.islice(itertools.count(), 2, 9, 3))",
    "functools.reduce()", "functools.reduce(max)", "functools.reduce(max, [])", "functools.reduce(max, [], 1)", "functools.reduce(max, 5)", "functools.reduce(5, [1, 2])", "functools.reduce(5, [1])", "functools.reduce(max, [1], 2, 3)", "functools.reduce(function=max, iterable=[1])", "functools.partial()", "functools.partial(5)", "functools.partial(max, 1)(2)", "functools.partial(max, key=5)([1])", "functools.partial(max)(1, foo=2)", "functools.lru_cache(5)(max)(1, 2)", "functools.lru_cache('x')", "functools.lru_cache(maxsize=-1)(max).cache_info()", "functools.lru_cache(max)([])", "functools.cache(5)", "functools.cmp_to_key()", "functools.cmp_to_key(5)(1) < functools.cmp_to_key(5)(2)", "functools.cached_property(5).__get__(None, int) is not None", "functools.total_ordering(int)", "functools.total_ordering(type('A', (), {}))", "functools.wraps(5)(max)", "functools.update_wrapper(lambda: 0, 5).__wrapped__",
    "collections.Counter(5)", "collections.Counter([[]])", "collections.Counter('ab', 'c')", "collections.Counter(a=1, b=-1) + collections.Counter()", "collections.Counter(a='x').most_common()", "collections.Counter('ab') < 5", "collections.Counter.fromkeys('a')", "collections.Counter('aab').most_common('x')", "collections.OrderedDict(5)", "collections.OrderedDict([(1, 2)]).move_to_end(3)", "collections.OrderedDict([(1, 2)]).move_to_end(1, 2, 3)", "collections.OrderedDict().popitem()", "collections.OrderedDict([(1, 2)]).popitem(last=0)", "collections.OrderedDict([(1, 2)]).popitem('x', 1)", "collections.OrderedDict([(1, 2)]).pop(3)", "collections.OrderedDict([(1, 2)]).pop(3, None)", "collections.OrderedDict([(1, 2)]).pop()", "collections.OrderedDict([(1, 2)]).setdefault()", "collections.OrderedDict.fromkeys(5)", "collections.OrderedDict([(1, 2)]) | 5", "collections.OrderedDict([(1, 2)]) == {1: 2}", "collections.defaultdict(5)", "collections.defaultdict(int, 5)", "collections.defaultdict(None)[1]", "collections.defaultdict(lambda: 1 / 0)[1]", "collections.defaultdict(int).__missing__()", "collections.defaultdict(int, a=1) | 5", "collections.namedtuple('A', 'a b a')", "collections.namedtuple('A', 'a _b')", "collections.namedtuple('A', 'class')", "collections.namedtuple('1', 'a')", "collections.namedtuple('A', 5)", "collections.namedtuple('A', 'a b')(1)", "collections.namedtuple('A', 'a')(1)._replace(b=2)", "collections.namedtuple('A', 'a', defaults=(1, 2))", "collections.namedtuple('A', 'a')._make([1, 2])", "collections.ChainMap({}).popitem()", "collections.ChainMap({})[1]", "operator.itemgetter()", "operator.itemgetter(1)()", "operator.itemgetter(1)([1, 2], 3)", "operator.itemgetter(1, 'x')([1, 2])", "operator.attrgetter()", "operator.attrgetter(5)", "operator.attrgetter('a.b')(1)", "operator.attrgetter('real.imag', 'x')(1)", "operator.methodcaller()", "operator.methodcaller(5)", "operator.methodcaller('x')(1)", "operator.methodcaller('bit_length')()", "repr(operator.itemgetter(1, 2))", "repr(operator.attrgetter('a.b', 'c'))", "repr(operator.methodcaller('a', 1, b=2))", "operator.add(1)", "operator.add(1, 'a')", "operator.length_hint('a', 'b')", "operator.length_hint(5)", "operator.index('x')", "operator.concat(1, 2)", "operator.countOf(5, 1)", "operator.indexOf([1], 2)", "operator.contains(1, 2)", "operator.setitem(1, 2, 3)", "operator.not_()", "operator.is_(1)", "operator.call()", "operator.call(max, 1, 2)"):
    attempt(source, lambda: eval(source))
