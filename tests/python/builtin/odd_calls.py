"""Calls with odd arguments on which the differential fuzzer once found a difference: which of several wrong arguments is named, and in what words."""
import array, bisect, cmath, codecs, collections, contextvars, copy, csv, datetime, decimal, fnmatch, functools, io, itertools, json, operator, pickle, posixpath, re, struct, sys, types, weakref, zlib


class BadText(str):
    def __str__(self):
        return 5
    __repr__ = __format__ = __str__


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Tup(tuple):
    def __iter__(self):
        return iter((7, 8))


class Sup(super):
    pass


class Enum_(enumerate):
    pass


CALLS = """
float(BadText('ab'))
contextvars.ContextVar('v').reset(BadText('ab'))
re.compile('a').groupindex
re.compile('(?P<n>a)').groupindex
range(0).__reduce__(1, 2)
sys.audit(None)
(lambda *a: a)(*re.match('a', 'a'))
[*re.match('a', 'a')]
struct.Struct(operator.itemgetter(0))
struct.Struct(functools.partial(max))
io.IncrementalNewlineDecoder(1.5, iter([1]))
io.IncrementalNewlineDecoder(None, 3).decode('a\\r\\n')
UnicodeDecodeError('u', 'text', [1], 2, 'r')
UnicodeDecodeError('u', 'text', 1, 2, 5)
UnicodeDecodeError('u', 'text', 1, 2, 'r')
datetime.time(1, -3, 2, 10, 'zone')
datetime.datetime(2020, 1, 1, 25, 0, 0, 0, 'zone')
datetime.datetime(2020, 13, 1, 25, 0, 0, 0, 'zone')
datetime.datetime(2020, 1, 1).replace(month=13, tzinfo=5)
super(5, 1)
Sup(5, 1)
super(5)
enumerate()
Enum_()
json.dumps(Tup((1, 2)))
json.dumps([Tup(()), Tup((1,))], indent=1)
compile('1', 'f', 'a\\x00b')
type(iter('ab')), type(iter(BadText('ab'))), type(iter('\\xe9'))
decimal.Decimal('1.25').quantize([], '%s')
decimal.Decimal('1.25').quantize([])
ExceptionGroup('g', [ValueError(1)]).subgroup(abs)
ExceptionGroup('g', [ValueError(1)]).split(functools.partial(max))
ExceptionGroup('g', [ValueError(1)]).subgroup(lambda e: True)
sys.unraisablehook(5)
AttributeError('m').__new__()
SystemExit(3).__new__()
FileNotFoundError.__new__(5)
UnboundLocalError.__new__()
UnicodeDecodeError.__new__()
StopAsyncIteration.__new__()
cmath.log(0.0, 1j)
cmath.acos(1e-7)
""".strip().split("\n")

for text in CALLS:
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)
for thing in (re.match("a", "a"), re.compile("a"), zlib.decompressobj(), array.array("i"), collections.deque(), operator.itemgetter(1), functools.partial(max), io.BytesIO(), csv.reader([]), struct.Struct("i"), iter([]), itertools.count(),
              datetime.date(1, 1, 1), weakref.ref(Index), decimal.Decimal(1)):
    print(type(thing).__name__, getattr(thing, "__module__", "none"), "__module__" in vars(type(thing)))


class Hint:
    def __length_hint__(self):
        return -1

    def __iter__(self):
        return iter([1, 2])


class Path:
    def __fspath__(self):
        return collections.deque()


for text in """
itertools.combinations(Hint(), -1)
itertools.combinations_with_replacement([1], -1)
itertools.combinations(5, 'x')
posixpath.normpath(functools.partial(max))
open(itertools.count())
open(Path())
fnmatch.fnmatch(collections.deque(), 'a')
""".strip().split("\n"):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)

# Numbers that need more than 61 bits, where small ones are usual.
class Long:
    def __init__(self, n):
        self.n = n

    def __length_hint__(self):
        return self.n




for text in """
json.JSONDecoder().raw_decode('12', 2**62)
json.JSONDecoder().raw_decode('12', 2**63 - 1)
json.JSONDecoder().raw_decode('12', -2**63)
json.decoder.scanstring('"', 2**62)
operator.length_hint(5, 2**62)
operator.length_hint(Long(2**63 - 1))
operator.length_hint(Long(2**63))
'ab'.ljust(-2**63), 'ab'.rjust(-2**63), 'ab'.center(-2**63), 'ab'.zfill(-2**63)
b'ab'.ljust(-2**63), b'ab'.rjust(-2**63), b'ab'.center(-2**63), b'ab'.zfill(-2**63)
""".strip().split("\n"):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)
