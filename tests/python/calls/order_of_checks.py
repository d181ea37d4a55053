"""Which of several odd arguments a call complains of: the order in which it looks at them, and what it has done by then."""
import array, bisect, codecs, collections, contextvars, csv, datetime, decimal, functools, io, json, operator, pickle, re, time, types


def show(call, *args, **kw):
    try:
        print(call(*args, **kw))
    except Exception as error:
        print(type(error).__name__, repr(str(error)))


class BadIndex:
    def __index__(self): raise KeyError("index")


class Index:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v


class Real:
    def __float__(self): return 1


class LoudItems(list):
    def __iter__(self): raise KeyError("iter")
    def __len__(self): return 50
    def __getitem__(self, i): return i


class Text(str):
    pass


class Number(int):
    def __float__(self): raise KeyError("float")


# decoders look at the data first
for decode in (codecs.utf_8_decode, codecs.charmap_decode, codecs.utf_16_ex_decode, codecs.ascii_decode, codecs.unicode_escape_decode, codecs.readbuffer_encode):
    show(decode, 3, 4)
    show(decode, b"ab", 4)
for order in (3, -3, 0, True):
    show(codecs.utf_16_ex_decode, b"12", "strict", order, True)
for start, end in ((3, -1), (2, 1), (0, 2), (1, 9)):
    for handler in (codecs.namereplace_errors, codecs.backslashreplace_errors, codecs.xmlcharrefreplace_errors):
        show(handler, UnicodeEncodeError("u", "aéc", start, end, "r"))

# a bytearray's slice before the value, and twice where the value is turned into a bytearray
for key in (slice(BadIndex(), 1), slice(1, 2, 0), slice(0, 2)):
    for value in (2.5, 7, None, "x", b"xy", [1, 2], [300], ValueError()):
        show(operator.setitem, bytearray(b"abcd"), key, value)
calls = []


class Counted:
    def __index__(self):
        calls.append(1)
        return 1


for value in (b"x", bytearray(b"x"), [1]):
    target = bytearray(b"abc")
    target[Counted():2] = value
    print(target, len(calls))
target = bytearray(b"ab")
show(target.__init__, 5, "x")
print(target)
show(bytes, "é", "a\0b")
show(bytes, 2**63 - 1)

# a deque's items by name
for index in ("x", 1.5, 2**70, 5, -4, -1, None):
    items = collections.deque([1, 2, 3])
    show(items.__getitem__, index)
    show(items.__setitem__, index, 9)
    print(items)
    show(items.__delitem__, index)
    print(items)
    show(operator.getitem, items, index)
show(collections.OrderedDict(a=1).move_to_end, (1, 2))
show(collections.OrderedDict(a=1).move_to_end, None)

# dates: each number before the next is missed, keywords last
Date, DateTime = datetime.date, datetime.datetime
for call, args, kw in ((Date, ("x",), {}), (Date, (), {"z": 1}), (Date, (1, 2, 3), {"z": 1}), (Date, (1, "x"), {"z": 1}), (DateTime, (1, 2, 3), {"z": 1}), (DateTime, ("x",), {"z": 1}),
                       (DateTime, (1, 2, 3, "x"), {"z": 1}), (datetime.time, ("x",), {"z": 1}), (datetime.time, (), {"z": 1}), (datetime.timezone, (1,), {"z": 1}),
                       (datetime.timezone, (), {"z": 1}), (Date.fromisocalendar, ("x",), {}), (Date.fromisocalendar, (1,), {"z": 1}), (Date.fromisocalendar, (), {"week": "x"}),
                       (Date.fromisocalendar, (2020, 1, 1), {}), (DateTime.combine, (1,), {}), (DateTime.combine, (Date.min,), {"z": 1}), (DateTime.combine, (Date.min, 1), {}),
                       (DateTime.min.isoformat, (1,), {"z": 1}), (DateTime.min.isoformat, ("T",), {"z": 1}), (DateTime.min.isoformat, (" ", "minutes"), {})):
    show(call, *args, **kw)
for args in ((1e300, "x"), (2**100,), (float("nan"), 1e300), (1e300, float("nan")), (2**40,), (1, 2, 3)):
    show(datetime.timedelta, *args)

# one thing each
show(complex, Real(), "x")
show(complex, Real(), None)
show(complex, Real(), 1)
show(complex, None, None)
show(json.decoder.scanstring, 'a"', 9, BadIndex())
show(operator.getitem, re.match("a", "a"), BadIndex())
show(re.match("a", "a").span, 2**70)
show(operator.mod, b"%5.1f", Real())
show(operator.mod, "%*d", (-2**63, 1))
show(format, Number(2), "G")
show(array.array, "i", LoudItems([1, 2]))
show(lambda: memoryview(b"abcdefgh").cast("B", LoudItems([2, 4])).shape)
show(bisect.bisect, [1], 1, 0, "x")
show(bisect.bisect, [1], 1, 0, 2**70)
show(pickle.dumps, 1, 2**63)
show(operator.length_hint, range(3), Index(1))
show(time.sleep, Real())
show(types.TracebackType, 1, 2, 3, 4)
show(ExceptionGroup("g", [KeyError(1)]).derive, types.SimpleNamespace())
show(int.__getformat__ if hasattr(int, "__getformat__") else float.__getformat__, "a\0b")
show(delattr, decimal.Context(), "abs")
show(io.TextIOWrapper, io.BytesIO(), newline="\ud800")
show(compile, "1", "f", "\ud800")
show(object.__new__, type("Meta", (type,), {}))
print(type(Text("ab").partition("x")[0]).__name__, type(Text("ab").rpartition("x")[2]).__name__)
for kind in (type(csv.reader([])), type(csv.writer(io.StringIO()))):
    print(type(kind()).__name__)
    show(kind, 1)
    show(kind().__init__, 1)

# a context's keys, values and items are iterators of their own, with a length
variable = contextvars.ContextVar("v")
context = contextvars.copy_context()
context.run(variable.set, 5)
for part in (context.keys(), context.values(), context.items(), iter(context)):
    print(type(part), len(part), iter(part) is part, [type(x).__name__ for x in part], len(part))
    show(type(part))
for args, kw in (((), {"name": "a"}), (("a", 1), {}), (("a",), {"x": 1}), (("a", 1, 2), {}), ((), {})):
    show(contextvars.ContextVar, *args, **kw)
functools.lru_cache(len).__deepcopy__(1, 2, 3)


class Loud(int):
    def __hash__(self): raise KeyError("hash")


show(OSError, Loud(2), "x")
show(b"".replace, 1, 2, BadIndex())
show(b"".replace, b"a", 2, BadIndex())
show(object.__getstate__, 5)
print(object.__getstate__(Text)["__module__"], object.__getstate__(Text) is not Text.__dict__)
target = bytearray(b"ab")
show(target.__init__, 5, 5)
print(target)
show(memoryview(b"ab").cast, "B", None)
show(time.strftime, "\ud800%Y", time.gmtime(0))
show(time.strftime, "a\0", time.gmtime(0))


class BadText(str):
    def __hash__(self): raise KeyError("hash")


show(type, "T", (), {"__slots__": BadText("ab")})
import _opcode
for jump in (None, True, False):
    print([_opcode.stack_effect(i, jump=jump) for i in range(-10, 0)])
show(_opcode.stack_effect, -11)
