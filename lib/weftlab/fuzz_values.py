"""Odd values that the fuzzer hands to calls, as expressions by kind, and the classes that some of them are of.

No number lies between a hundred and 2**62: a larger one is refused wherever memory or time would grow with it, a smaller one is cheap.
"""

import re

# The source of each class by its name; a program holds those it uses.
CLASSES = {
    "Index": "class Index:\n    def __init__(self, v): self.v = v\n    def __index__(self): return self.v",
    "BadIndex": "class BadIndex:\n    def __index__(self): raise KeyError('index')",
    "Real": "class Real:\n    def __init__(self, v=2.5): self.v = v\n    def __float__(self): return self.v",
    "BadReal": "class BadReal:\n    def __float__(self): raise KeyError('float')\n    __complex__ = __int__ = __float__",
    "Whole": "class Whole:\n    def __init__(self, v=3): self.v = v\n    def __int__(self): return self.v\n    __trunc__ = __int__",
    "Imaginary": "class Imaginary:\n    def __init__(self, v=2j): self.v = v\n    def __complex__(self): return self.v",
    "Num": "class Num(int): pass",
    "LoudNum": "class LoudNum(int):\n    def __index__(self): raise KeyError('index')\n    __int__ = __float__ = __hash__ = __index__\n    def __eq__(self, o): raise KeyError('eq')\n    def __add__(self, o): return 'sum'\n    __radd__ = __add__",
    "Flo": "class Flo(float): pass",
    "LoudFlo": "class LoudFlo(float):\n    def __float__(self): return 7\n    def __round__(self, *a): return a\n    def __trunc__(self): return 'trunc'\n    __floor__ = __ceil__ = __int__ = __trunc__",
    "Text": "class Text(str): pass",
    "LoudText": "class LoudText(str):\n    def __str__(self): return 'loud'\n    def __len__(self): raise KeyError('len')\n    def __iter__(self): return iter('xyz')\n    def __eq__(self, o): raise KeyError('eq')\n    def __hash__(self): return 5",
    "BadText": "class BadText(str):\n    def __hash__(self): raise KeyError('hash')\n    def __str__(self): return 5\n    __repr__ = __format__ = __str__",
    "Raw": "class Raw(bytes): pass",
    "LoudRaw": "class LoudRaw(bytearray):\n    def __bytes__(self): return 'text'\n    def __len__(self): return 99\n    def __getitem__(self, i): raise KeyError('item')",
    "Items": "class Items(list): pass",
    "LoudItems": "class LoudItems(list):\n    def __iter__(self): raise KeyError('iter')\n    def __len__(self): return 50\n    def __getitem__(self, i): return i",
    "Tup": "class Tup(tuple):\n    def __iter__(self): return iter((7, 8))\n    def __len__(self): return 1",
    "Table": "class Table(dict):\n    def __missing__(self, k): return ('missing', k)",
    "LoudTable": "class LoudTable(dict):\n    def keys(self): return ['x', 'y']\n    def __getitem__(self, k): raise LookupError(k)\n    def __iter__(self): return iter(())\n    def items(self): return 5",
    "Bag": "class Bag(set):\n    def __iter__(self): raise KeyError('iter')\n    def __contains__(self, x): return x",
    "BadLen": "class BadLen:\n    def __init__(self, n): self.n = n\n    def __len__(self): return self.n\n    def __getitem__(self, i):\n        if i > 2: raise IndexError\n        return i",
    "Hint": "class Hint:\n    def __init__(self, n): self.n = n\n    def __length_hint__(self):\n        if self.n is None: raise KeyError('hint')\n        return self.n\n    def __iter__(self): return iter([1, 2])",
    "Failing": "class Failing:\n    def __init__(self, *items): self.items = iter(items)\n    def __iter__(self): return self\n    def __next__(self):\n        for x in self.items: return x\n        raise KeyError('next')",
    "NoIter": "class NoIter:\n    def __init__(self, v=5): self.v = v\n    def __iter__(self): return self.v",
    "Sequence": "class Sequence:\n    def __getitem__(self, i):\n        if i == 3: raise IndexError('end')\n        return i * 2",
    "Mapping": "class Mapping:\n    def __init__(self, keys=('a', 'b')): self.k = keys\n    def keys(self): return self.k\n    def __getitem__(self, k):\n        if k.__class__ is int and k > 20: raise IndexError\n        return k * 2",
    "BadBool": "class BadBool:\n    def __init__(self, v='x'): self.v = v\n    def __bool__(self): return self.v",
    "BadEq": "class BadEq:\n    def __eq__(self, o): raise KeyError('eq')\n    def __hash__(self): return 1\n    def __lt__(self, o): raise KeyError('lt')\n    __gt__ = __le__ = __ge__ = __ne__ = __lt__",
    "OddEq": "class OddEq:\n    def __eq__(self, o): return 'equal'\n    def __hash__(self): return 2**70\n    def __lt__(self, o): return []\n    def __gt__(self, o): return BadBool(None)",
    "BadHash": "class BadHash:\n    def __hash__(self): return 'x'",
    "BadRepr": "class BadRepr:\n    def __repr__(self): raise KeyError('repr')\n    def __str__(self): return 5\n    def __format__(self, s): return s",
    "BadCall": "class BadCall:\n    def __call__(self, *a, **k): raise KeyError('call')",
    "Attrs": "class Attrs:\n    def __getattr__(self, n):\n        if n.startswith('__'): raise AttributeError(n)\n        return n",
    "BadAttrs": "class BadAttrs:\n    def __getattribute__(self, n): raise KeyError(n)",
    "Slots": "class Slots:\n    __slots__ = ('a', 'b')",
    "Plain": "class Plain: pass",
    "Meta": "class Meta(type):\n    def __instancecheck__(self, o): raise KeyError('check')\n    __subclasscheck__ = __instancecheck__\n    def __call__(self, *a, **k): return a\n    def __repr__(self): return 'meta'",
    "Metaed": "class Metaed(metaclass=Meta): pass",
    "Reader": "class Reader:\n    def __init__(self, *v): self.v = list(v)\n    def read(self, *a): return self.v.pop(0)\n    readline = read\n    def write(self, x): return self.v.append(x)",
    "Path": "class Path:\n    def __init__(self, v='p'): self.v = v\n    def __fspath__(self): return self.v",
    "Trap": ("class Trap:\n    def __init__(self, do): self.do = do\n    def __eq__(self, o): self.do(); return False\n    def __hash__(self): return 3\n    def __index__(self): self.do(); return 1\n"
             "    def __lt__(self, o): self.do(); return True\n    def __call__(self, *a): self.do(); return 0\n    def __iter__(self): self.do(); return iter([9, 8])\n    def __len__(self): self.do(); return 2\n"
             "    def __float__(self): self.do(); return 1.0\n    def __str__(self): self.do(); return 's'\n    def __repr__(self): return 'Trap'\n    def __bool__(self): self.do(); return True\n"
             "    def __add__(self, o): self.do(); return 1\n    __radd__ = __add__\n    def __format__(self, s): self.do(); return s"),
}

VALUES = {
    "int": ["0", "1", "2", "3", "-1", "-2", "7", "10", "True", "100", "2**62", "2**63", "-2**63", "-2**63 - 1", "2**64", "-10**30", "2**100 + 1", "Index(2)",
        "Index(-1)", "Num(3)", "LoudNum(2)", "BadIndex()",
            "Index('x')", "Index(Num(1))", "Index(2**70)", "Index(True)", "Trap(dirty)", "2**63 - 1"],
    "small": ["0", "1", "2", "3", "4", "-1", "-3", "True", "Index(2)", "Num(2)", "Index('x')", "BadIndex()", "LoudNum(1)"],
    "float": ["0.0", "-0.0", "1.5", "-2.5", "0.1", "1e16", "1e300", "5e-324", "float('inf')", "-float('inf')", "float('nan')", "Flo(1.5)", "LoudFlo(2.5)", "Real()",
        "Real(1)", "Real('x')", "Real(Flo(1.0))", "BadReal()",
              "123456789.125", "1e-7"],
    "complex": ["1j", "0j", "1+2j", "complex('nan')", "complex('inf-infj')", "Imaginary()", "Imaginary(5)", "-0.0-1e300j", "complex(-0.0, -0.0)"],
    "str": ["''", "'a'", "'abc'", "'ab cd'", "'é'", "'ß\\u0130'", "'\\ud800'", "'\\U0001f600'", "'a\\x00b'", "'12'", "' -5 '", "'1_0'", "'nan'", "'1e5'", "'x,y;z'",
        "'\\r\\n\\t'", "'%s'", "'{}'", "'aaaaa'", "'日本'",
            "Text('ab')", "LoudText('ab')", "BadText('ab')", "'0x1f'", "'٣'", "'a.b'", "'utf-8'"],
    "bytes": ["b''", "b'a'", "b'abc'", "b'\\x00\\xff'", "b'12'", "b'a,b'", "bytearray(b'ab')", "bytearray()", "memoryview(b'abc')", "memoryview(b'abcd')[::2]",
        "memoryview(b'abcd').cast('H')", "array.array('i', [1, 2])",
              "Raw(b'ab')", "LoudRaw(b'ab')", "b'YWJj'", "b'6162'", "array.array('B', b'xy')", "b'\\xed\\xa0\\x80'", "memoryview(b'')"],
    "list": ["[]", "[1]", "[3, 1, 2]", "['b', 'a']", "[1, 'a', None]", "[[1, 2], [3]]", "[0.5, 1j]", "Items([1, 2])", "LoudItems([1, 2])", "[float('nan')]",
        "[BadEq(), 1]", "[OddEq()]", "[1, 2, 3, 4, 5, 6]", "[('a', 1), ('b', 2)]",
             "dirty.box", "[Trap(dirty), 2, 1]"],
    "tuple": ["()", "(1,)", "(1, 2)", "('a', 'b')", "(1, (2, [3]))", "Tup((1, 2))", "(int, str)", "(None, None, None)", "(BadEq(),)"],
    "dict": ["{}", "{'a': 1}", "{1: 2, 3: 4}", "{'a': 1, 'b': [2]}", "Table(a=1)", "LoudTable(a=1)", "Mapping()", "Mapping(5)", "Mapping([1, 'b'])", "{OddEq(): 1}",
        "collections.OrderedDict(a=1)", "collections.Counter('aab')",
             "types.MappingProxyType({'a': 1})", "dirty.table", "{97: 'X', 98: None}", "collections.defaultdict(int)", "collections.UserDict(a=1)"],
    "set": ["set()", "{1}", "{1, 2, 3}", "frozenset()", "frozenset([1, 2])", "{'a'}", "Bag([1, 2])", "{BadEq()}", "dirty.bag", "{}.keys()", "{1: 2}.items()"],
    "iter": ["iter([1, 2])", "range(3)", "range(0)", "(x for x in 'ab')", "map(str, [1])", "zip([1], [2])", "Failing()", "Failing(1, 2)", "NoIter()", "NoIter(None)",
        "Sequence()", "Hint(2)", "Hint(-1)", "Hint('x')", "Hint(None)", "Hint(2**70)",
             "BadLen(3)", "BadLen(-1)", "BadLen('x')", "BadLen(2**70)", "reversed([1, 2])", "enumerate('ab')", "Trap(dirty)", "range(5, 0, -2)",
             "itertools.repeat(1, 2)", "filter(None, [0, 1])", "collections.deque([1, 2], 3)", "iter(int, 0)"],
    "call": ["len", "str", "int", "repr", "lambda *a: a", "lambda *a, **k: (a, k)", "lambda: 0", "lambda x: -x", "lambda x, y: (x, y)", "BadCall()", "None", "max",
        "functools.partial(max, 1)", "Trap(dirty)", "operator.add", "[].append", "bool",
             "lambda x, y: x < y", "print", "type", "{}.get", "'a'.join", "operator.itemgetter(0)", "abs", "lambda *a: NotImplemented"],
    "class": ["int", "str", "object", "type", "list", "(int, str)", "()", "(int, (str, (list,)))", "int | str", "list[int]", "Metaed", "Meta", "bool", "ValueError",
        "Exception", "types.NoneType", "Plain", "collections.abc.Iterable", "5", "[int]", "dict",
              "BaseExceptionGroup", "(5, int)", "typing.Any", "enum.Enum", "tuple", "property", "float", "bytes"],
    "none": ["None"],
    "obj": ["object()", "Plain()", "Slots()", "Attrs()", "BadAttrs()", "BadBool()", "BadBool(None)", "BadEq()", "OddEq()", "BadHash()", "BadRepr()", "BadCall()",
        "Trap(dirty)", "...", "NotImplemented", "Reader('a', 'b')", "Reader(b'ab', b'')",
            "Reader(5)", "Path()", "Path(b'q')", "Path(5)", "Whole()", "Whole('x')", "slice(1, 2)", "slice(None)", "slice('a', [], 0)", "slice(Index(1), BadIndex())",
            "ValueError('v')", "KeyError('k')", "OSError(2, 'x', 'f')", "types", "len",
            "ExceptionGroup('g', [ValueError(1)])", "io.StringIO('ab\\ncd')", "io.BytesIO(b'ab\\ncd')", "decimal.Decimal('1.5')", "fractions.Fraction(1, 3)",
            "datetime.timedelta(1)", "super", "classmethod(Plain)", "staticmethod(5)",
            "property()", "types.SimpleNamespace(a=1)", "memoryview(b'a')", "UnicodeDecodeError('u', b'abc', 1, 2, 'r')", "weakref.ref(Plain)"],
    "codec": ["'utf-8'", "'ascii'", "'latin-1'", "'utf-16'", "'utf-32-le'", "'utf-7'", "'unicode_escape'", "'raw_unicode_escape'", "'cp1252'", "'idna'", "'punycode'",
        "'no-such'", "'hex'", "'rot13'", "'UTF_8'", "'utf-8-sig'", "'charmap'", "''", "'a\\x00b'",
              "'base64'", "'shift_jis'", "'gb18030'", "'iso2022_jp'", "'mbcs'", "'\\udc80'", "'big5'", "'koi8-r'"],
    "errors": ["'strict'", "'ignore'", "'replace'", "'backslashreplace'", "'xmlcharrefreplace'", "'surrogateescape'", "'surrogatepass'", "'namereplace'", "'bad'", "''",
        "None"],
    "attr": ["'real'", "'a'", "'__class__'", "'__dict__'", "'__name__'", "'__len__'", "'missing'", "''", "'a.b'", "Text('real')", "'__mro__'",
        "'__module__'", "'__slots__'", "'\\ud800'", "'__abstractmethods__'"],
    "spec": ["''", "'5'", "'<5'", "'^7'", "'=+6'", "'05'", "'x'", "'#x'", "'b'", "'c'", "'n'", "'e'", "'.2f'", "'.3g'", "'8.3%'", "','", "'_'", "'_x'", "',x'", "'s'",
        "'.2'", "'*>5s'", "'é^5'", "'z.1f'", "'zd'", "'+.0e'", "'-#.0f'", "'#g'", "'5.'",
             "'.'", "'.99999999999999999999'", "'99999999999999999999'", "'2**3'", "'<<5'", "'\\ud800<4'", "'10,.2f'", "'+c'", "',c'", "' d'", "'  5'", "'0<5'",
             "'0=5s'", "'a5'", "'{}'", "'%Y-%m'", "'!r'", "'5d5'", "'_,'", "',_d'", "'.2d'", "'#s'",
             "'\\x005'", "'G'", "'F'", "'X'", "'o'", "'#o'", "'+,'", "'010d'", "'-'", "'E'", "'#'"],
    "regex": ["r'\\w+'", "r'(a)|b'", "r''", "r'(?P<n>.)(?P=n)'", "r'(x'", "r'[z-a]'", "r'a{3,1}'", "r'(?<=a+)b'", "r'(?i)a'", "r'a(?i)'", "r'*'", "r'\\8'",
        "r'(?P<1>a)'", "r'(?(1)a|b)'", "r'(?>a*)b'", "r'a*+'", "b'a'", "b'\\\\w'", "r'[[a]'", "r'(?a:\\w)'",
              "r'\\N{DIGIT ONE}'", "r'\\u12'", "r'(?#x'", "r'$^'", "r'(?:a|ab)(?:c|bcd)(d*)'", "r'[^\\W\\d_]'", "r'\\Z|\\b'", "re.compile('a')", "re.compile(b'a')",
              "r'(?P<n>a)(?P<n>b)'", "r'(?L)a'", "r'a**'", "r'(?'", "r'(?z)'", "r'[]'", "r'a{2}{3}'",
              "r'((a)|(b))*'", "r'(?s-i:.)'"],
    "repl": ["'x'", "r'\\1'", "r'\\g<n>'", "r'\\g<0>'", "r'\\g<9>'", "r'\\q'", "r'\\n'", "lambda m: m[0] * 2", "lambda m: 5", "lambda m: None", "b'x'", "r'\\g<'",
        "'\\\\'", "r'\\01'", "r'\\g<-1>'", "r'\\g<n'", "str.upper"],
    "packing": ["'i'", "'<h'", "'>Q'", "'b'", "'d'", "'<f'", "'3s'", "'?'", "'c'", "'ii'", "'x'", "'<Hb'", "'e'", "'5p'", "'n'", "'@P'", "'!I'", "'z'", "'2'", "'<n'",
        "''", "'99999999999999999999i'", "b'h'", "' i'", "'0s'", "'0i'", "'i x'", "'\\u0660i'", "'L'", "'2?'",
                "'<'", "'i<'", "'hl'", "'chl'", "'P'"],
    "json": ["'1'", "'[1, 2.5, \"a\"]'", "'{\"a\": null}'", "'{'", "'[1,]'", "'NaN'", "'-Infinity'", "'\"\\\\ud800\"'", "'\"\\\\u12\"'", "'{\"a\": 1, \"a\": 2}'",
        "'01'", "'1.'", "'tru'", "'\"a\\tb\"'", "' [ ] x'", "'[1 2]'", "'{1: 2}'", "'{\"a\"}'", "b'[1]'",
             "'\\ufeff1'", "'1e999'", "'-'", "'\"\\\\x\"'", "'[[[]]'", "'{\"a\":}'", "'{\"a\" 1}'", "'{\"a\":1,}'", "b'\\xff'", "'\"\\\\uD83D\\\\uDE00\"'"],
    "source": ["'1 + 1'", "'x ='", "''", "'\\x00'", "'f(x for x in y, 1)'", "'a = [1, 2'", "'lambda: (yield)'", "b'1'", "'\\ud800'", "'def f(:'", "'if 1:\\n  x\\n y'",
        "'\"'", "'0777'", "'x: int = 3'", "'print(1)'", "'await x'", "'1 if 2'", "'None = 1'", "' 1'",
               "'(1, -2.5, {\"a\": [None]})'", "'{1, 2} | {3}'", "'f\"{a!x}\"'", "'*a'", "'del f()'", "'__debug__ = 1'", "'import a.b as c'", "'a; b\\n'",
               "bytearray(b'2')", "'1_'", "'\\t\\n'", "'-1+2j'", "'b\"x\" \"y\"'"],
    "date": ["datetime.date(2024, 2, 29)", "datetime.date(1, 1, 1)", "datetime.date(9999, 12, 31)", "datetime.datetime(2020, 1, 2, 3, 4, 5, 6)",
        "datetime.datetime(1, 1, 1, tzinfo=datetime.timezone.utc)", "datetime.datetime(9999, 12, 31, 23, 59, 59, 999999, fold=1)",
             "datetime.time(1, 2, 3)", "datetime.time(23, 59, tzinfo=datetime.timezone(datetime.timedelta(hours=-5)))", "datetime.timedelta(1, 2, 3)",
             "datetime.timedelta(-1)", "datetime.timedelta.max", "datetime.timedelta(microseconds=1)", "datetime.timezone.utc",
             "datetime.timezone(datetime.timedelta(seconds=1), 'n')", "datetime.datetime.min", "datetime.timedelta(0)"],
    "isodate": ["'2024-02-29'", "'20240229'", "'2024-W01-1'", "'2023-02-29'", "'2024-01-01T10:20'", "'2024-01-01T10:20:30.123456+05:30'", "'24:00'", "'10:20Z'",
        "'T10'", "''", "'2024-01-01 25:00'", "'2024-1-1'", "'\\ud800'", "'10:20:30,5'", "'2024-W54-1'", "'1020'",
                "'2024-01-01x10:20'", "'10:20:30.1234567'", "'10:20+25:00'", "'10:20-00:00:01'", "'2024-W01-8'", "'２０24-01-01'"],
    "strf": ["'%Y-%m-%d %H:%M:%S'", "'%j %U %W %a %A %b %B'", "'%f'", "'%z %Z'", "'%'", "'%%'", "'%q'", "'%y %I %p'", "'%G-W%V-%u'", "'\\ud800'", "'é%Y'", "'%x %X %c'",
        "'a\\x00%Y'", "''", "'%5Y'", "'%-d'", "'%s'", "'%:z'", "'%D %T %R %e %h %n %t'"],
    "decimal": ["decimal.Decimal('1.5')", "decimal.Decimal('-0')", "decimal.Decimal('NaN')", "decimal.Decimal('sNaN12')", "decimal.Decimal('Infinity')",
        "decimal.Decimal('1E+30')", "decimal.Decimal('123456789012345678901234567890.5')", "decimal.Decimal('0E-10')",
                "decimal.Decimal(7)", "decimal.Decimal('-2.5')", "decimal.Decimal('1E-40')", "decimal.Decimal('0.1')", "3", "2.5", "fractions.Fraction(1, 2)"],
    "fraction": ["fractions.Fraction(1, 3)", "fractions.Fraction(-7, 2)", "fractions.Fraction(0)", "fractions.Fraction(10**20, 3)", "2", "0.5",
        "decimal.Decimal('0.5')"],
    "numtext": ["'1'", "'-0'", "'+5'", "' 12 '", "'1_000'", "'_1'", "'1__0'", "'0x1F'", "'0b11'", "'0o7'", "'1e5'", "'1.5'", "'.5'", "'5.'", "'nan'", "'-inf'",
        "'Infinity'", "'1e400'", "'٣٤'", "'1\\x00'", "''", "' '", "'\\ud800'", "'1+2j'", "'(1j)'", "'j'", "'1 + 2j'",
                "'nanj'", "b'12'", "bytearray(b'3')", "b'\\xff'", "'1_0.5_0'", "'0x1.8p3'", "'0x'", "'1/3'", "'-1/0'", "'1.5e-3'", "'sNaN'", "'1e'", "'--1'", "'0_0'",
                "'zz'", "'\\u20035\\u2003'", "'1/ 2'", "'+.e'", "'1e+'", "'inf_'", "'infinityx'", "'0b_1'"],
    "keyword": ["x=1", "key=len", "default=0", "sep='x'", "base=2", "reverse=True", "start=1", "encoding='ascii'", "maxsplit=1", "strict=True", "iterable=[1]",
        "object=5", "string='a'", "end=3", "self=1", "errors='x'"],
}

# What "any" stands for, each as likely as the others.
ANY = ("int", "int", "float", "complex", "str", "str", "bytes", "list", "tuple", "dict", "set", "iter", "call", "class", "none", "obj", "obj")

_NAME = re.compile(r"\b[A-Z]\w+")


def classes_used(texts):
    """The sources of the classes that the texts name, in an order in which each finds what it needs."""
    wanted, todo = set(), [name for text in texts for name in _NAME.findall(text)]
    while todo:
        name = todo.pop()
        if name in CLASSES and name not in wanted:
            wanted.add(name)
            todo += _NAME.findall(CLASSES[name])
    return [source for name, source in CLASSES.items() if name in wanted]
