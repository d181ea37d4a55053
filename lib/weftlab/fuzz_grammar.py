"""The tables of the fuzzer's grammar: for each kind of value, literals and templates of expressions that make it.

In a template <kind> stands for an expression of that kind, <name> for a fresh local name, <var> for a variable in scope. Anything whose cost
grows with a value (repetition, powers, shifts, widths) takes <small>, a literal.
"""

LITERALS = {
    "int": ["0", "1", "-1", "2", "3", "7", "10", "-5", "100", "255", "256", "2**31", "2**63", "-2**63", "10**20", "2**64 - 1", "0x7f", "0b1011", "1_000",
            "-(2**30)", "True", "12345678901234567890"],
    "big": ["(2**31)", "(-2**63)", "(10**20)", "(2**64 - 1)", "3", "-1", "(2**100 + 1)"],
    "small": ["0", "1", "2", "3", "4", "5", "-1", "-2"],
    "float": ["0.0", "-0.0", "1.5", "-2.25", "1e16", "1e-5", "1e308", "float('inf')", "float('nan')", "0.1", "1e22", "123456789.125", "5e-324", "2.5",
              "3.0", "-1e100"],
    "complex": ["1j", "0j", "1 + 2j", "complex(-0.0, 1.5)", "complex('nan')", "-1e300j"],
    "str": ["''", "'a'", "'abc'", "'ABC def'", "'é'", "'ß'", "'日本語'", "'\\U0001f600x'", "'  x y '", "'123'", "'-4'", "'a,b,c'", "'line\\nnext\\ttab\\r\\n'",
            "'İı'", "'%s'", "'%5.2f|%-4d'", "'{}'", "'{0!r:>5}'", "\"it's\"", "'\\x00\\x7f\\x80'", "'\\ud800'", "'1e5'", "'ǆ ﬁ'", "'Σας'"],
    "bytes": ["b''", "b'abc'", "b'\\x00\\xff\\x80'", "b'a b c'", "bytearray(b'xyz')", "b'12'", "memoryview(b'view')", "b'Line\\n'", "b'%d'"],
    "list": ["[]", "[1]", "[1, 2, 3]", "['a', 'b']", "[0, 1.5, 'x', 'y']", "[[1], [2, 3]]", "[3, 1, 2]", "list(range(6))", "[True, False]"],
    "tuple": ["()", "(1,)", "(1, 2)", "('a', 1)", "(1, (2, 3))", "(None, True, 2.5)"],
    "dict": ["{}", "{'a': 1}", "{1: 'one', 2: 'two'}", "{'k': [1], 'l': {}}", "dict(a=1, b=2)", "{(1, 2): 3, None: 4}"],
    "set": ["set()", "{1, 2, 3}", "{'a'}", "frozenset((1, 2))", "{1, 'x', 2.5}", "frozenset()"],
    "bool": ["True", "False"],
    "none": ["None"],
    "other": ["...", "NotImplemented", "object", "int", "str", "len", "print", "slice(1, None, -1)", "range(3)", "range(10, 0, -3)", "type", "ValueError('v')",
              "ZeroDivisionError", "iter([1, 2])", "lambda: 0"],
    "slice": ["1:", ":2", ":", "::-1", "-2:", "1:3", "::2", "5:1:-2", "-1:-3:-1"],
    "exc": ["ValueError", "TypeError", "KeyError", "IndexError", "ZeroDivisionError", "AttributeError", "Exception", "LookupError", "ArithmeticError",
            "StopIteration", "RuntimeError", "OSError", "(ValueError, TypeError)", "NameError", "UnicodeError", "AssertionError"],
    "spec": ["", "d", "5", "<5", ">7", "^9", "05", "+", "+d", "x", "#x", "b", "#o", ".2f", "8.3f", "e", ".3g", ",", "_", "10,", "s", ".2", "*^8", "=+6", "c", "%",
             ".1%", "n", "-8.2e", "08.3f", "#b", "_x", "r", "5.5s", "z.1f", "G", "F"],
    "fmt": ["%s", "%r", "%a", "%d", "%5d", "%-5d|", "%05d", "%+d", "%x", "%#x", "%o", "%e", "%.2f", "%8.3f", "%g", "%c", "%%", "%(k)s", "%i", "%u", "%5s",
            "%.1s", "%z", "%b"],
    "conv": ["", "", "", "!r", "!s", "!a"],
}

VALUE_KINDS = ["int", "int", "int", "float", "str", "str", "bytes", "list", "list", "tuple", "dict", "set", "bool", "none", "complex", "other", "obj"]

# Kind -> templates. Those that begin with ~ need parentheses wherever they stand.
TEMPLATES = {
    "int": [
        "<int> + <int>", "<int> - <int>", "<int> * <small>", "<big> * <big>", "len(range(<int>, <int>, <small>))", "<int> // <int>", "<int> % <int>", "<int> & <int>", "<int> | <int>", "<int> ^ <int>",
        "<int> << <small>", "<int> >> <small>", "-<int>", "~<int>", "+<int>", "abs(<num>)", "int(<num>)", "int(<str>)", "int(<str>, <small>)", "len(<sized>)",
        "hash(<num>)", "round(<num>)", "sum(<list>)", "max(<int>, <int>)", "min(<list>)", "divmod(<int>, <int>)[<small>]", "pow(<int>, <small>)",
        "pow(<int>, <small>, <int>)", "(<int>).bit_length()", "(<int>).bit_count()", "int.from_bytes(<bytes>, 'big')", "ord(<str>)", "<list>.index(<any>)",
        "<str>.find(<str>)", "<str>.count(<str>)", "<bytes>.find(<bytes>)", "<list>.count(<any>)", "~<int> if <bool> else <int>", "math.gcd(<int>, <int>)",
        "math.isqrt(<int>)", "math.comb(<small>, <small>)", "operator.index(<any>)", "functools.reduce(operator.add, <list>, <int>)", "math.floor(<num>)",
        "<small> ** <small>", "<str>.rindex(<str>, <small>)", "bisect.bisect(<list>, <any>)", "int(<bytes>)", "<int>.real", "(<int>).numerator",
        "sum(map(len, <list>))", "next(iter(<any>), <int>)", "(lambda x=<int>: x)()", "round(<int>, <small>)", "operator.length_hint(<any>)",
    ],
    "float": [
        "<float> + <num>", "<num> / <num>", "<float> * <small>", "<num> - <float>", "<float> // <num>", "<num> % <float>", "-<float>", "abs(<float>)",
        "float(<str>)", "float(<num>)", "round(<float>, <small>)", "math.sqrt(<num>)", "math.floor(<float>)", "math.fmod(<num>, <num>)", "<float>.hex()",
        "float.fromhex(<str>)", "(<float>).as_integer_ratio()", "(<float>).is_integer()", "math.copysign(<num>, <num>)", "sum(<list>, <float>)",
        "divmod(<num>, <num>)", "max(<num>, <num>)", "math.ldexp(<num>, <small>)", "math.frexp(<num>)", "math.hypot(<num>, <num>)", "math.log(<num>)",
        "math.fsum(<list>)", "math.dist(<tuple>, <tuple>)", "math.nextafter(<num>, <num>)", "math.ulp(<num>)", "<float> ** <small>", "math.trunc(<num>)",
        "math.remainder(<num>, <num>)", "math.isclose(<num>, <num>)", "math.modf(<num>)",
    ],
    "complex": ["<complex> + <num>", "<complex> * <small>", "<num> / <complex>", "<complex> ** <small>", "-<complex>", "<complex>.conjugate()", "complex(<num>, <num>)",
                "complex(<str>)", "abs(<complex>)", "<complex>.imag", "<complex> - <any>"],
    "num": ["<int>", "<float>", "<int>", "<bool>", "<complex>"],
    "str": [
        "<str> + <str>", "<str> * <small>", "<str>[<small>]", "<str>[<slice>]", "str(<any>)", "repr(<any>)", "ascii(<any>)", "format(<any>, '<spec>')",
        "'<fmt>' % <any>", "'<fmt> <fmt>' % (<any>, <any>)", "f'{<fany><conv>:<spec>}'", "f'{<fany>}{<fany><conv>}'", "f'a{<fany>=}b'", "f'{<fany>:{<small>}}'",
        "<str>.<strmethod>()", "<str>.<strmethod>(<any>)", "<str>.<strmethod>(<str>, <any>)", "<str>.join(<list>)", "<str>.replace(<str>, <str>)",
        "<str>.replace(<str>, <str>, <small>)", "chr(<int>)", "hex(<int>)", "bin(<int>)", "oct(<int>)", "'{}-{}'.format(<any>, <any>)", "'{:<spec>}'.format(<any>)",
        "'{0[0]}{1.real}'.format(<list>, <num>)", "'{a<conv>:>{w}}'.format(a=<any>, w=<small>)", "<str>.split(<str>)", "<str>.translate(<dict>)", "<str>.center(<small>, <str>)",
        "<bytes>.decode(<codec>)", "<bytes>.hex()", "type(<any>).__name__", "max(<str>)", "~<str> if <bool> else <str>", "<str>.strip(<str>)", "<str>.partition(<str>)",
        "re.sub(<regex>, <str>, <str>)", "re.findall(<regex>, <str>)", "re.split(<regex>, <str>)", "string.capwords(<str>)", "<str>.expandtabs(<small>)",
        "'<fmt>' % <dict>", "<str>.format(<any>)", "<str> % <any>", "<str>.zfill(<small>)", "<str>.splitlines(<bool>)", "str(<bytes>, <codec>, 'replace')",
        "re.match(<regex>, <str>)", "''.join(reversed(<str>))", "''.join(sorted(<str>))", "textwrap.fill(<str>, 8)", "json.dumps(<any>)", "<str>.encode(<codec>, <errors>)",
        "unicodedata.normalize('NFKD', <str>)", "re.fullmatch(<regex>, <str>, re.I | re.S)", "repr(<str>)[<slice>]", "<str>.casefold()",
    ],
    "bytes": [
        "<bytes> + <bytes>", "<bytes> * <small>", "<bytes>[<small>]", "<bytes>[<slice>]", "<str>.encode(<codec>)", "bytes(<list>)", "bytearray(<list>)", "bytes(<small>)",
        "<bytes>.<bytesmethod>()", "<bytes>.<bytesmethod>(<any>)", "<bytes>.<bytesmethod>(<bytes>, <any>)", "b'<fmt>' % <any>", "bytes.fromhex(<str>)",
        "(<int>).to_bytes(8, 'little', signed=<bool>)", "(<int>).to_bytes(<small>, 'big')", "bytes(<str>)", "<bytes>.join(<list>)", "struct.pack('<packing>', <any>)",
        "struct.unpack('<packing>', <bytes>)", "memoryview(<bytes>)[<slice>]", "memoryview(<bytes>).tolist()", "memoryview(<bytes>).cast('B')", "<bytes>.replace(<bytes>, <bytes>)",
        "bytearray(<bytes>)", "<bytes>.split(<bytes>)",
    ],
    "list": [
        "[<any>, <any>]", "[<any>, *<iter>]", "<list> + <list>", "<list> * <small>", "<list>[<slice>]", "list(<iter>)", "sorted(<iter>)", "sorted(<iter>, key=<key>, reverse=<bool>)",
        "[<name> for <name> in <iter>]", "[<body> for <name> in <iter> if <name>]", "[(x, y) for x in <iter> for y in <iter>]", "list(map(<key>, <iter>))",
        "list(filter(<key>, <iter>))", "list(zip(<iter>, <iter>))", "list(enumerate(<iter>, <small>))", "list(reversed(<any>))", "<dict>.items()", "list(<dict>.values())",
        "<str>.split()", "<list>.copy()", "list(itertools.chain(<iter>, <iter>))", "list(itertools.accumulate(<iter>))", "list(itertools.combinations(<iter>, 2))",
        "list(itertools.islice(<iter>, <small>))", "list(itertools.groupby(<iter>))", "list(itertools.zip_longest(<iter>, <iter>))", "list(itertools.pairwise(<iter>))",
        "[<any> for _ in range(3)]", "~[*<iter>] or <list>", "<list>.<listmethod>(<any>)", "<list>.<listmethod>()", "[[y for y in <iter>] for x in <iter>]",
        "list(zip(<iter>, <iter>, strict=True))", "[x for x in <iter> if (y := x)]", "list(itertools.product(<iter>, repeat=2))[:9]", "collections.deque(<iter>, <small>)",
        "heapq.nsmallest(<small>, <iter>)", "list(itertools.starmap(<key>, <list>))", "list(itertools.takewhile(<key>, <iter>))", "list(itertools.permutations(<iter>, 2))[:9]",
    ],
    "tuple": ["(<any>, <any>)", "(<any>,)", "<tuple> + <tuple>", "tuple(<iter>)", "<tuple>[<slice>]", "(*<iter>, <any>)", "divmod(<num>, <num>)", "<str>.partition(<str>)",
              "<tuple> * <small>", "tuple(<name> for <name> in <iter>)", "<tuple>.index(<any>)", "slice(<any>, <any>).indices(<small>)", "math.frexp(<num>)"],
    "dict": ["{<any>: <any>}", "{<any>: <any>, <any>: <any>}", "{**<dict>, <any>: <any>}", "<dict> | <dict>", "dict(<list>)", "dict(zip(<iter>, <iter>))",
             "{<name>: <body> for <name> in <iter>}", "dict.fromkeys(<iter>, <any>)", "<dict>.copy()", "dict(<dict>, x=<any>)", "collections.Counter(<iter>)",
             "dict(sorted(<dict>.items()))", "<dict>.<dictmethod>()", "<dict>.<dictmethod>(<any>)", "<dict>.<dictmethod>(<any>, <any>)", "<dict>[<any>]", "collections.OrderedDict(<dict>)",
             "collections.ChainMap(<dict>, <dict>)", "collections.defaultdict(list, <dict>)", "dict(**<dict>)"],
    "set": ["{<any>, <any>}", "set(<iter>)", "<set> | <set>", "<set> & <set>", "<set> - <set>", "<set> ^ <set>", "frozenset(<iter>)", "{<name> for <name> in <iter>}",
            "<set>.<setmethod>(<any>)", "<set>.<setmethod>()", "{*<iter>}", "<dict>.keys() & <iter>", "<dict>.keys() | <set>", "<dict>.items() - <set>"],
    "bool": ["<num> < <num>", "<any> == <any>", "<any> != <any>", "<num> >= <num>", "~<any> in <any>", "~<any> not in <any>", "~not <any>", "~<any> and <any>", "~<any> or <any>",
             "~<any> is None", "~<any> is not <any>", "isinstance(<any>, <cls>)", "bool(<any>)", "all(<iter>)", "any(<iter>)", "~<num> < <num> <= <num>", "callable(<any>)",
             "<str>.startswith(<any>)", "<str>.endswith(<str>, <small>)", "<str> < <str>", "<list> < <list>", "<tuple> >= <tuple>", "<set> <= <set>", "hasattr(<any>, '<attr>')",
             "issubclass(<cls>, <cls>)", "any(<name> for <name> in <iter>)", "<bytes> == <bytes>", "<set>.isdisjoint(<iter>)", "<any> < <any>", "<any> >= <any>"],
    "none": ["print(<any>)", "print(<any>, <any>, sep=<str>, end=<str>)", "<list>.append(<any>)", "<dict>.get(<any>)", "<dict>.update(<any>)", "setattr(<obj>, '<attr>', <any>)"],
    "other": ["range(<small>, <small>)", "range(<small>, 100)", "slice(<any>, <any>)", "type(<any>)", "(x for x in <iter>)", "iter(<any>)", "zip(<iter>)",
              "next(iter(<any>))", "next(<any>, <any>)", "vars(<obj>)", "getattr(<any>, '<attr>')", "getattr(<any>, '<attr>', <any>)", "<any>.<attr>", "<any>[<any>]", "<any>[<slice>]",
              "<any>[<small>]", "<any>(<any>)", "<any>()", "<any>(*<iter>)", "<any>(**<dict>)", "(lambda *a, **k: (a, k))(*<iter>, **<dict>)", "-<any>", "~<any>", "+<any>",
              "<any> + <any>", "<any> * <small>", "<any> - <any>", "<any> / <any>", "<any> % <any>", "<any> // <any>", "<any> & <any>", "<any> | <any>", "<any> @ <any>",
              "<any> >> <small>", "~lambda x=<any>: x", "map(<key>, <iter>)", "filter(None, <iter>)", "reversed(<list>)", "enumerate(<iter>)",
              "functools.partial(<any>, <any>)", "copy.copy(<any>)", "copy.deepcopy(<any>)", "operator.itemgetter(<small>)(<any>)", "operator.attrgetter('<attr>')(<any>)",
              "fractions.Fraction(<any>)", "fractions.Fraction(<int>, <int>)", "~<any> if <any> else <any>", "(y := <any>)", "range(<small>)[<slice>]", "<any> ^ <any>",
              "types.SimpleNamespace(**<dict>)", "super(<cls>, <any>)", "list[<any>]", "int | <any>", "abs(<any>)", "round(<any>, <any>)", "divmod(<any>, <any>)", "len(<any>)",
              "hash(<any>) and 1", "sum(<any>)", "max(<any>)", "min(<any>, key=<key>)", "sorted(<any>)", "int(<any>)", "float(<any>)", "str(<any>, <any>)", "bytes(<any>, <any>)",
              "isinstance(<any>, <any>)", "dict(<any>)", "set(<any>)", "tuple(<any>)", "complex(<any>)", "pow(<small>, <small>, <any>)", "ord(<any>)", "chr(<any>)", "zip(<any>, <any>)"],
    "obj": ["<class>(<any>)", "<class>(<any>)", "<class>()", "<obj> + <any>", "<any> * <obj>", "<obj>[<any>]", "<obj>(<any>)", "-<obj>", "<obj>.m(<any>)", "<obj>.p", "<class>.c(<any>)",
            "<obj>.<attr>", "<obj> < <obj>", "<obj> == <any>", "len(<obj>)", "list(<obj>)", "<any> in <obj>", "format(<obj>, '<spec>')", "bool(<obj>)", "int(<obj>)", "hash(<obj>) and 0",
            "<obj>.missing", "<class>.m(<obj>, <any>)", "<obj> @ <obj>", "<any> - <obj>", "round(<obj>)", "<class>[<any>]", "isinstance(<any>, <class>)"],
    "call": ["<function>(<any>)", "<function>()", "<function>(<any>, <any>)", "<function>(*<iter>)", "<function>(a=<any>)", "<function>(<any>, b=<any>)", "<function>(*<iter>, **<dict>)",
             "list(<function>(<any>))", "next(<function>(<any>))"],
    "iter": ["<list>", "<tuple>", "<str>", "range(<small>)", "range(<small>, 6)", "<set>", "<dict>", "<bytes>", "<list>", "(x for x in <list>)", "<any>", "map(str, <list>)"],
    "sized": ["<list>", "<str>", "<dict>", "<set>", "<tuple>", "<bytes>", "<any>"],
    "key": ["str", "len", "repr", "abs", "lambda x: -x", "lambda x: (type(x).__name__, str(x))", "int", "None", "bool", "lambda *x: x", "type", "ord", "lambda x: x[0]", "operator.neg"],
    "cls": ["int", "str", "float", "list", "tuple", "object", "bool", "(int, str)", "type", "dict", "int | None", "BaseException", "<class>", "collections.abc.Iterable", "list[int]", "<any>"],
    "fany": ["<var>", "<var>", "1", "2.5", "(<int>)", "[1, 2]", "(<float>)", "None", "<var>[0]", "(lambda x: x)(3)"],
    "codec": ['"utf-8"', '"ascii"', '"latin-1"', '"utf-16"', '"utf-32-le"', '"idna"', '"no-such"', '"unicode_escape"', '"cp1252"', '"utf-7"'],
    "errors": ['"strict"', '"ignore"', '"replace"', '"backslashreplace"', '"xmlcharrefreplace"', '"surrogateescape"', '"surrogatepass"', '"namereplace"', '"bad"'],
    "regex": ['r"\\w+"', 'r"[a-z]"', 'r"(a)|(b)"', 'r"\\s*"', 'r"."', 'r"(?P<n>\\d)x?"', 'r"^|$"', 'r"a*?b"', 'r"(?<=a)b"', 'r"[^\\W\\d]+"', 'r"(?i:A)"', 'r"(x"', 'r"a{2,1}"', 'r"(?:ab)*+"',
              'r"\\b"', 'r"(.)\\1"', '<str>'],
}

# Methods that take a width.
WIDE = ("center", "ljust", "rjust", "zfill", "expandtabs")

# Names that stand for themselves, by the placeholder they fill.
WORDS = {
    "strmethod": [name for name in dir(str) if not name.startswith("_") and name not in WIDE],
    "bytesmethod": [name for name in dir(bytearray) if not name.startswith("_") and name not in WIDE],
    "listmethod": [name for name in dir(list) if not name.startswith("_")],
    "dictmethod": [name for name in dir(dict) if not name.startswith("_")],
    "setmethod": [name for name in dir(set) if not name.startswith("_")],
    "attr": ["real", "imag", "v", "w", "p", "x", "__class__", "__name__", "__len__", "append", "args", "start", "missing", "__mro__", "__eq__", "__module__", "c", "m"],
    "packing": ["i", "<h", ">Q", "b", "d", "<f", "3s", "?", "c", "ii", "x", "<Hb", "e", "p", "n"],
    "body": ["<name>", "<name> + <any>", "str(<name>)", "(<name>, <any>)", "<name> * <small>", "[<name>]"],
}

BINARY = ["+", "-", "*", "//", "/", "%", "&", "|", "^", "@"]
AUGMENTED = ["+=", "-=", "*=", "//=", "/=", "%=", "&=", "|=", "^="]

# Methods that a class may have, by their parameters: (name, parameters, what the body returns).
METHODS = [
    *[(f"__{r}{name}__", "self, o", "<any>") for name in ("add", "sub", "mul", "truediv", "mod", "matmul", "and", "or", "lshift") for r in ("", "r")],
    *[(f"__i{name}__", "self, o", "<ret>") for name in ("add", "mul", "or")],
    *[(f"__{name}__", "self, o", "<cmp>") for name in ("eq", "ne", "lt", "le", "gt", "ge")],
    *[(f"__{name}__", "self", "<any>") for name in ("neg", "pos", "invert", "abs", "int", "float", "bool", "hash", "str", "iter", "round", "trunc", "enter", "complex", "bytes",
                                                    "dir", "floor")],
    *[(f"__{name}__", "self", "<small>") for name in ("len", "index", "length_hint", "hash")],
    ("__getitem__", "self, k", "<any>"), ("__setitem__", "self, k, x", "None"), ("__delitem__", "self, k", "None"), ("__contains__", "self, x", "<any>"),
    ("__call__", "self, *a, **k", "(a, k)"), ("__getattr__", "self, n", "<any>"), ("__format__", "self, s", "<str>"), ("__exit__", "self, t, v, b", "<bool>"),
    ("__missing__", "self, k", "<any>"), ("__reversed__", "self", "<list>"), ("m", "self, a, b=1", "<any>"), ("m", "self, *a, k=2", "(a, k)"), ("__iter__", "self", "iter(<iter>)"),
    ("__len__", "self", "<str>"), ("__index__", "self", "<list>"), ("__iter__", "self", "self"), ("__next__", "self", "next(<any>)"), ("__hash__", "self", "7"), ("__bool__", "self", "<bool>"), ("__getitem__", "self, k", "[1, 2, 3][k]"), ("__eq__", "self, o", "self is o"),
    ("__lt__", "self, o", "False"), ("__index__", "self", "2"), ("__str__", "self", "'text'"), ("__setattr__", "self, n, x", "object.__setattr__(self, n, x)"),
    ("__getattribute__", "self, n", "object.__getattribute__(self, n)"), ("__class_getitem__", "cls, k", "k"), ("__init_subclass__", "cls, **k", "None"),
    ("__radd__", "self, o", "NotImplemented"), ("__contains__", "self, x", "x == 1"), ("__delattr__", "self, n", "None"),
]

MODULES = ("math", "operator", "functools", "itertools", "collections.abc", "re", "string", "struct", "bisect", "heapq", "copy", "fractions", "types", "json", "textwrap", "unicodedata")

PATTERNS = ["<small>", "-1", "'a'", "None", "True", "_", "<name>", "[<name>, *_]", "[1, <name>]", "(<name>, <name2>)", "{'a': <name>}", "{**<name>}", "int()", "str(<name>)", "int(<name>) | float(<name>)",
            "[int(), *<name>]", "<class>()", "<class>(v=<name>)", "(1 | 2) as <name>", "list([<name>])", "{'k': [*_], **<name>}", "1.5 | 2j", "b'abc'", "()", "[_, _]", "math.pi", "dict(x=1)", "object(real=0)"]
