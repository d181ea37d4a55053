"""Who is named when a builtin refuses keywords or counts its arguments: the class that it is bound to, the one that defines it, or none."""
import array, csv, functools, io, math, re, time, types, weakref, zlib


def show(call, *args, **kw):
    try:
        print(call(*args, **kw))
    except Exception as error:
        print(type(error).__name__, error)


class Plain:
    pass


class Table(dict):
    pass


ODD = {"k": 1}
for bound in ("a".find, b"a".count, {1}.update, frozenset().union, "a".join, [].append, {}.get, Table().get, "a".split, re.match("a", "a").group, re.compile("a").search,
              io.BytesIO().seek, io.BytesIO().__exit__, io.IOBase().truncate, io.StringIO()._checkClosed, range(3).index, math.sin, math.hypot, time.ctime, time.strftime,
              io.text_encoding, ExceptionGroup("g", [KeyError()]).derive, functools.lru_cache(len).__copy__, memoryview(b"").__exit__, array.array("i").extend,
              array.array("i").tofile, array.array("i").fromfile, re.compile("a").scanner("a").match, types.ModuleType("m").__format__, print, iter):
    print(type(bound).__name__, bound.__name__)
    show(bound, **ODD)
    show(bound, *range(7), **ODD)
    if bound.__name__ not in ("print", "hypot", "update", "union", "__copy__", "__exit__", "truncate"):
        show(bound, *range(30))

show(str.find, "a", k=1)
show(set.update, {1}, k=1)
show(io.IOBase.__format__, 1j)
show(Plain.__format__, 1j)
show(Plain.__format__, 3, 4, 5)
show(Plain.__reduce__, types, 2)
show(types.ModuleType.__format__, types.ModuleType("m"), k=1)
show(io.BytesIO.__iter__, 3)
show(io.BytesIO.writelines, 3, 4)
show(io.StringIO.__del__, 3)
show(io.IOBase().__del__, 4)
show(re.Match.group)
for function in (weakref.ref.__repr__, dict.pop, functools.partial.__reduce__, re.Pattern.match, io.BytesIO.read):
    show(function)

# What is a field of a struct: a member descriptor, read-only or not.
for owner, name in ((type(len), "__module__"), (type(str.join), "__name__"), (type(str.join), "__objclass__"), (type(int.__add__), "__name__"), (type(zlib.decompressobj()), "eof"),
                    (types.SimpleNamespace, "__dict__"), (types.ModuleType, "__dict__"), (weakref.ref, "__callback__"), (io.BufferedReader, "raw"), (io.TextIOWrapper, "encoding"),
                    (type(csv.reader([])), "line_num"), (io.BytesIO, "closed"), (io.StringIO, "closed")):
    print(owner.__name__, name, type(owner.__dict__[name]).__name__)
for thing, name in ((int.__add__, "__objclass__"), (str.join, "__name__"), (types.SimpleNamespace(), "__dict__"), (weakref.ref(Plain), "__callback__"), (io.BytesIO(), "closed"),
                    (io.BytesIO(), "__dict__"), (io.TextIOWrapper(io.BytesIO()), "buffer")):
    show(setattr, thing, name, 5)
    show(delattr, thing, name)
scan = re.compile("a").scanner("aa").match
print(scan == scan, isinstance(scan, types.BuiltinFunctionType), scan().span(), hash(scan) == hash(scan))
print(io.open.__module__, io.text_encoding.__module__, len.__module__)
sine = "ab".join
sine.__module__ = 7
print(sine.__module__)
del sine.__module__
print(sine.__module__)
