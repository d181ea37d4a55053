"""What functions say of keywords they do not take, and which of several wrong arguments is named; what can't be pickled."""
import io, pickle, sys, hashlib, struct
def att(s):
    try: print(s, '->', repr(eval(s)))
    except BaseException as e: print(s, '->', type(e).__name__, e)
for k in ('io.BufferedWriter(io.BytesIO())','io.BufferedReader(io.BytesIO())','io.BufferedRandom(io.BytesIO())','io.BufferedRWPair(io.BytesIO(),io.BytesIO())','io.TextIOWrapper(io.BytesIO())','io.IncrementalNewlineDecoder(None,1)', 'sys._getframe()', '(lambda:0).__code__','(i for i in ())','memoryview(b"a")', 'int', 'type("T",(),{})'):
    att(k+'.__getstate__()'); 
    for p in (0,1,2,4): att(f'pickle.dumps({k}, {p})')
for a in ("'12', memoryview(b'abcd')[::2]", "'12', 5", "5, 5", "'md5', 5", "'md5', 'x'", "'12', 'x'", "'12', b''"):
    att(f'hashlib.new({a})')
for a in ("newline=5", "5, newline='x'", "5, newline=b'x'", "newline='ab'"):
    att(f'io.StringIO({a})')
    att(f'io.TextIOWrapper(io.BytesIO(), errors=5, {a[5:] if a.startswith(chr(39)) else a})' if 'newline' in a and not a.startswith('5') else '1')
att("io.TextIOWrapper(5, 5, 5, 5, 5)"); att("io.TextIOWrapper(5, None, 5, None, 'x')"); att("io.TextIOWrapper(5, 'a', None, b'', 5)"); att("io.TextIOWrapper(io.BytesIO(), 'nope', 5, 'x')"); att("io.TextIOWrapper(io.BytesIO(), 'nope', None, 'x')"); att("io.TextIOWrapper(io.BytesIO(), 'nope', 5)"); att("io.TextIOWrapper(io.BytesIO(), 'utf-8', 5)"); att("io.TextIOWrapper(io.BytesIO(), None, 'a\\0b')"); att("io.TextIOWrapper(io.BytesIO(), 'a\\0b', 5)")
att("io.BufferedRWPair(5, 6, 'x')"); att("io.BufferedRWPair(5, 6, 2**70)"); att("io.BufferedRWPair(5, 6, -1)"); att("io.BufferedReader(5, 'x')"); att("io.BufferedReader(5, -1)"); att("io.BufferedWriter(5, 'x')"); att("io.BufferedRandom(5, None)")
att("io.text_encoding('utf-8', None)"); att("io.text_encoding('utf-8', 2**70)"); att("io.text_encoding(None, 'x')"); att("io.text_encoding(5)"); att("io.text_encoding()")
att("eval('1', 5, 6)"); att("eval(5, 5, 6)"); att("eval('1', 5)"); att("eval(5, {}, 6)"); att("exec('1', 5, 6)"); att("exec(5, 5)"); att("eval('1', {}, [])")
att("BlockingIOError(1, 2, 1j)"); att("BlockingIOError(1, 2, 2.5)"); att("BlockingIOError(1, 2, 2**70)"); att("BlockingIOError('a', 2, 7).characters_written"); att("BlockingIOError(1, 2, 'x').filename"); att("BlockingIOError(1, 2, 7, None, 5).filename2"); att("BlockingIOError(1,2,True).args")
import math
for f in ('math.lcm(x=1)','math.gcd(1, x=1)','math.hypot(x=1)','max(x=1)','min(1, x=2)','print(x=1)','zip(x=1)','map(x=1)','filter(x=1)','range(x=1)','slice(x=1)','itertools.chain(x=1)','operator.itemgetter(x=1)','set().union(x=1)','set().update(x=1)','struct.pack(x=1)','struct.pack("i", x=1)','isinstance(x=1)','getattr(x=1)','[].append(x=1)','"".join(x=1)','"".find(x=1)','"".format(x=1)','dict.fromkeys(x=1)','{}.pop(x=1)','{}.get(x=1)','{}.setdefault(x=1)','int.from_bytes(x=1)','divmod(x=1)','iter(x=1)','next(x=1)','hash(x=1)','io.StringIO().write(x=1)','[].insert(x=1)','[].index(x=1)','().index(x=1)','"a".startswith(x=1)','b"".join(x=1)','bytearray().extend(x=1)','memoryview(b"").cast(x=1)','collections.deque().rotate(x=1)','collections.deque().append(x=1)','re.compile("a").match(x=1)','array.array("i").append(x=1)','itertools.tee(x=1)','functools.reduce(x=1)','functools.partial(x=1)','heapq.heappush(x=1)','math.log(x=1)','math.dist(x=1)','math.fsum(x=1)','math.isclose(x=1)','vars(x=1)','dir(x=1)','type(x=1)','super(x=1)','object(x=1)','property(x=1)','classmethod(x=1)','staticmethod(x=1)','bool(x=1)','float(x=1)','tuple(x=1)','list(x=1)','frozenset(x=1)','set(x=1)','str(x=1)','bytes(x=1)','complex(x=1)','memoryview(x=1)','reversed(x=1)','enumerate(x=1)','sorted(x=1)','sorted([],x=1)','sum(x=1)','round(x=1)','pow(x=1)','open(x=1)','compile(x=1)','__import__(x=1)','__build_class__(x=1)','abs(x=1)','weakref.ref(x=1)','weakref.ref(int,x=1)','weakref.proxy(x=1)','binascii.crc32(x=1)','zlib.crc32(x=1)','datetime.timedelta(x=1)','decimal.Decimal(x=1)','json.dumps(x=1)','operator.add(x=1)','operator.length_hint(x=1)','operator.attrgetter(x=1)','operator.methodcaller(x=1)','unicodedata.name(x=1)','codecs.encode(x=1)','io.StringIO().writelines(lines=5)'):
    import itertools, operator, collections, re, array, functools, heapq, weakref, binascii, zlib, datetime, decimal, json, unicodedata, codecs
    att(f)

class BadLen:
    def __len__(self): return -1
    def __getitem__(self, i): return [1, 2][i]
att("bytes(BadLen())"); att("bytearray(BadLen())"); att("iter([1]).__setstate__([])"); att("iter('a').__setstate__(1.5)"); att("iter(()).__setstate__('x')"); att("reversed([1]).__setstate__(None)"); att("iter(BadLen()).__setstate__(1j)")
import bisect
import copy
att("bisect.insort({1: 2}, 5, lo=1)"); att("bisect.bisect({1: 2}, 5)"); att("copy.copy(type.__dict__['__dict__'])")
