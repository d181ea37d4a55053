"""Random calls with odd arguments: every function and method that can be found in a list of modules and objects, and templates for what needs its arguments to fit.

A program is a list of lines `attempt(call)` or `attempt(call, receiver)`; fuzz/runner.py says what these show.
"""

import functools
import importlib
import inspect
import re

from weftlab import fuzz_values as values
from weftlab.fuzz_call_templates import TEMPLATES, WORDS

LINES = 24          # of a program
ODD = 0.25          # how often any value stands where one of a kind is wanted

MODULES = ("array", "ast", "base64", "binascii", "bisect", "builtins", "calendar", "cmath", "codecs", "collections", "colorsys", "contextlib", "contextvars", "copy",
    "csv", "dataclasses", "datetime", "decimal", "difflib", "dis", "enum", "errno",
           "fnmatch", "fractions", "functools", "graphlib", "hashlib", "heapq", "hmac", "html", "inspect", "io", "ipaddress", "itertools", "json", "keyword", "marshal",
           "math", "numbers", "operator", "pickle", "posixpath", "pprint", "random", "re",
           "reprlib", "shlex", "statistics", "string", "struct", "sys", "textwrap", "time", "traceback", "types", "typing", "unicodedata", "urllib.parse", "weakref",
           "zlib", "collections.abc")
# Modules whose functions are called by templates only: what most of theirs do depends on the run, or lasts longer than a program.
BY_TEMPLATE = {"sys", "time", "random", "hashlib", "contextlib", "inspect", "typing", "traceback", "dis", "posixpath", "collections.abc", "pickle", "dataclasses",
    "calendar", "ast", "marshal", "numbers", "codecs"}

# What reads or changes the world, lasts longer than the program, or depends on addresses or the clock.
LEFT_OUT = {
    "builtins": "input breakpoint exit quit help open exec copyright credits license globals locals vars dir id hash __import__ __build_class__ print object",
    "io": "open open_code FileIO", "csv": "register_dialect unregister_dialect field_size_limit", "decimal": "setcontext", "statistics": "NormalDist",
    "types": "coroutine", "shlex": "split",
    "collections": "namedtuple", "enum": "global_enum global_enum_repr global_str global_flag_repr IntEnum IntFlag ReprEnum StrEnum",     # a message shows a set of data types
    "functools": "singledispatch",
    "weakref": "ReferenceType ProxyType CallableProxyType getweakrefs getweakrefcount",     # registries refer to classes, of which each has its own
    "hmac": "HMAC new digest",
    "itertools": "count cycle", "base64": "main test decode encode", "math": "factorial comb perm", "operator": "pow ipow lshift ilshift", "re": "template",
    "unicodedata": "ucd_3_2_0", "struct": "", "zlib": "", "array": "", "ipaddress": "summarize_address_range collapse_addresses",
}
# Methods that tell of addresses, sizes, hashes, documentation, or whether CPython made a type in C's static memory; and those that are called on everything elsewhere.
SKIPPED = set("__doc__ __text_signature__ __builtins__ __annotations__ __vectorcalloffset__ __weakrefoffset__ __dictoffset__ __basicsize__ __itemsize__ __flags__ __hash__ __sizeof__ __dir__ __getattribute__ __getattr__ __setattr__ __delattr__ __subclasses__ __reduce_ex__ __init_subclass__ __subclasshook__ __alloc__ fileno now today utcnow seed getrandbits_ __class__ open print".split())
# Calls whose cost grows with a number: small ones only.
GROWING = set("__pow__ __rpow__ __ipow__ pow repeat round __round__ __lshift__ __rlshift__ scaleb shift rotate quantize fma factorial elements isqrt nlargest nsmallest truncate seek __mul__ __rmul__ __imul__ product".split())

RECEIVERS = {
    "int": values.VALUES["int"][:19], "float": values.VALUES["float"][:13], "complex": values.VALUES["complex"][:5], "str": values.VALUES["str"], "bytes": ["b''",
        "b'a'", "b'abc'", "b'a,b,,c'", "Raw(b'Ab c')", "b' 12 '"],
    "bytearray": ["bytearray()", "bytearray(b'abc')", "bytearray(b'a b')", "dirty.raw", "LoudRaw(b'abc')"], "memoryview": ["memoryview(b'abc')",
        "memoryview(bytearray(b'abcd'))", "memoryview(b'abcd')[::2]", "memoryview(b'abcd').cast('B', [2, 2])", "memoryview(array.array('h', [1, 2]))"],
    "list": values.VALUES["list"], "tuple": values.VALUES["tuple"], "dict": ["{}", "{'a': 1}", "{1: 2, 3: 4}", "Table(a=1)", "LoudTable(a=1)", "dirty.table",
        "{BadEq(): 1}"], "set": ["set()", "{1}", "{1, 2, 3}", "Bag([1, 2])", "{BadEq()}", "dirty.bag"],
    "frozenset": ["frozenset()", "frozenset([1, 2])", "frozenset('a')"], "range": ["range(3)", "range(0)", "range(5, 0, -2)", "range(0, 2**70, 2**68)",
        "range(-2**64, 2**64, 2**62)"], "slice": ["slice(1, 2)", "slice(None)", "slice('a', [], 0)", "slice(Index(1), BadIndex())"],
    "view": ["{1: 2}.keys()", "{'a': [1]}.items()", "{1: 2}.values()", "dirty.table.keys()", "types.MappingProxyType({'a': 1})",
        "collections.OrderedDict(a=1).items()"], "iterator": ["iter([1, 2])", "iter('abc')", "iter({1: 2})", "iter({1})", "iter(range(3))", "reversed([1, 2])",
    "zip([1], 'a')", "map(int, ['1'])", "filter(None, [1])", "enumerate('ab')", "iter(b'ab')", "reversed({1: 2})", "iter(Sequence())", "iter(int, 0)",
    "iter(dirty.box)", "iter(dirty.table)", "iter((1, 2))", "reversed(Items([1, 2]))", "iter(range(2**70, 2**70 + 3))"],
    "itertools": ["itertools.islice('abcd', 1, 3)", "itertools.chain('a', [1])", "itertools.repeat(1, 3)",
        "itertools.accumulate([1, 2])", "itertools.groupby('aab')", "itertools.product('ab', repeat=2)", "itertools.combinations('abc', 2)",
    "itertools.permutations('ab')", "itertools.zip_longest('a', 'bc')", "itertools.tee([1, 2])[0]", "itertools.starmap(max, [(1, 2)])",
    "itertools.takewhile(bool, [1, 0])", "itertools.pairwise('abc')", "itertools.compress('ab', [1, 0])"],
    "generator": ["(x for x in [1, 2])", "(lambda: (yield 1))()", "(1 / x for x in [0])"], "function": ["(lambda x, y=1: x)", "len", "[].append", "str.join",
        "'a'.join", "int.__add__", "(5).__add__", "dict.fromkeys", "Reader('a').read"],
    "code": ["(lambda x, *y: x).__code__", "compile('x = 1', 'f', 'exec')"], "type": ["int", "Plain", "Slots", "Metaed", "Meta", "list[int]", "int | str", "bool",
        "type(None)", "ExceptionGroup"], "property": ["property(len)", "property(len, max, min, 'd')", "classmethod(Reader.read)", "staticmethod(Reader.read)", "super(Num, Num(1))",
        "Plain.__dict__['__dict__']", "Slots.a"],
    "exception": ["ValueError('v', 2)", "KeyError()", "OSError(2, 'no', 'f')", "StopIteration(3)", "SyntaxError('m', ('f', 1, 2, 't', 3, 4))",
        "UnicodeDecodeError('u', b'abc', 1, 2, 'r')", "UnicodeEncodeError('u', 'abc', 1, 2, 'r')", "UnicodeTranslateError('abc', 1, 9, 'r')",
        "ImportError('m', name='n', path='p')", "NameError('m', name='n')",
    "AttributeError('m', name='n', obj=1)", "ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [KeyError(2)])])",
    "BaseExceptionGroup('g', [KeyboardInterrupt()])", "SystemExit(3)", "MemoryError()"], "namespace": ["types.SimpleNamespace(a=1)", "types.ModuleType('m')",
        "types.CellType(1)", "types.CellType()", "object()", "Plain()", "Slots()"],
    "deque": ["collections.deque()", "collections.deque([1, 2, 3])", "collections.deque('abc', 3)", "collections.deque([BadEq()])",
        "collections.deque([Trap(dirty), 1])"], "maps": ["collections.OrderedDict(a=1, b=2)", "collections.defaultdict(list, a=1)", "collections.defaultdict(None)",
        "collections.Counter('aab')", "collections.ChainMap({1: 2}, {3: 4})",
    "collections.UserDict(a=1)", "collections.UserList([1, 2])", "collections.UserString('ab')"], "array": ["array.array('i', [1, 2, 3])", "array.array('u', 'ab')",
        "array.array('d')", "array.array('B', b'xyz')", "array.array('Q', [2**64 - 1])"], "Struct": ["struct.Struct('<ih')", "struct.Struct('3s')",
        "struct.iter_unpack('B', b'ab')"],
    "StringIO": ["io.StringIO('ab\\ncd\\n')", "io.StringIO()", "io.StringIO('a\\r\\nb', newline=None)", "io.StringIO('é\\ud800x')"],
    "BytesIO": ["io.BytesIO(b'ab\\ncd\\n')", "io.BytesIO()", "io.BytesIO(bytearray(b'abc'))"],
    "file": ["io.TextIOWrapper(io.BytesIO(b'ab\\ncd\\n'))", "io.TextIOWrapper(io.BytesIO(b'\\xff\\xfea'), 'utf-16')", "io.BufferedReader(io.BytesIO(b'ab\\ncd'))",
        "io.BufferedWriter(io.BytesIO())", "io.BufferedRandom(io.BytesIO(b'abc'))", "io.BufferedRWPair(io.BytesIO(b'a'), io.BytesIO())",
        "io.TextIOWrapper(io.BytesIO(), 'ascii', 'replace')",
    "io.IncrementalNewlineDecoder(None, True)", "io.IncrementalNewlineDecoder(codecs.getincrementaldecoder('utf-8')(), False)", "io.RawIOBase()", "io.IOBase()",
    "io.TextIOBase()"],
    "Decimal": values.VALUES["decimal"][:12], "Context": ["decimal.Context()", "decimal.Context(prec=3, rounding='ROUND_UP', traps=[])", "decimal.BasicContext.copy()"],
    "Fraction": values.VALUES["fraction"][:4], "date": values.VALUES["date"],
    "Pattern": ["re.compile(r'(a)|(?P<n>b)')", "re.compile(r'\\w*?')", "re.compile(b'a+')", "re.compile('(?i)É')"], "Match": ["re.match(r'(a)(?P<n>b)?', 'ab')",
        "re.search('(x)?', 'y')", "re.match(b'a', b'a')"], "scanner": ["re.compile('a|b').scanner('abab')", "re.compile('').finditer('ab')"],
    "csv": ["csv.reader(['a,b', '\"c\"\"d\", e'])", "csv.reader(['a', 5])", "csv.writer(io.StringIO())", "csv.writer(Reader())",
        "csv.DictReader(['a,b', '1,2,3', '4'])", "csv.Sniffer()"], "zlib": ["zlib.compressobj()", "zlib.decompressobj()", "zlib.decompressobj(-15)"],
    "contextvars": ["contextvars.copy_context()", "contextvars.ContextVar('v')", "contextvars.ContextVar('v', default=1)"], "weakref": ["weakref.WeakSet([Plain])",
        "weakref.WeakKeyDictionary({Plain: 1})", "weakref.WeakValueDictionary(a=Plain)", "weakref.ref(Plain)", "weakref.proxy(Plain)",
        "weakref.finalize(Plain, len, 'a')"],
    "random": ["random.Random(5)", "random.Random('a')", "random.Random(b'x')", "random.Random(2.5)", "random.Random(-2**70)"],
    "functools": ["functools.partial(max, 1, key=None)", "functools.lru_cache(2)(lambda *a, **k: a)", "functools.cmp_to_key(lambda a, b: 0)(5)",
        "functools.partialmethod(len)",
    "functools.singledispatch(lambda x: 1)", "functools.cached_property(Reader.read)"], "operator": ["operator.itemgetter(1, 'a')", "operator.attrgetter('real', 'a.b')",
        "operator.methodcaller('get', 1, x=2)"], "codec": ["codecs.getincrementaldecoder('utf-8')('replace')", "codecs.getincrementalencoder('utf-16')()",
    "codecs.getreader('utf-8')(io.BytesIO(b'\\xc3\\xa9\\nb'))", "codecs.lookup('ascii')", "codecs.getincrementaldecoder('utf-7')()",
    "codecs.getwriter('latin-1')(io.BytesIO(), 'replace')", "codecs.getincrementaldecoder('shift_jis')()", "codecs.getincrementalencoder('iso2022_jp')()"],
    "hash": ["hashlib.md5(b'a')", "hashlib.sha3_256()", "hashlib.blake2b(b'x', digest_size=8)", "hashlib.shake_128(b'a')", "hmac.new(b'k', b'm', 'sha1')"],
    "json": ["json.JSONEncoder(sort_keys=True)", "json.JSONDecoder()", "json.JSONDecoder(strict=False, parse_int=str)",
        "json.JSONEncoder(indent='\\t', skipkeys=True)"],
    "ast": ["ast.parse('x = f(1)')", "ast.Name('x')", "ast.Constant(1, kind='u')", "ast.BinOp()", "ast.arguments()"], "text": ["string.Template('$a ${b} $$ $')",
        "string.Formatter()", "textwrap.TextWrapper(5)", "reprlib.Repr()", "pprint.PrettyPrinter(width=10)", "difflib.SequenceMatcher(None, 'abcd', 'bcde')",
        "shlex.shlex('a \"b c\" d')"],
    "ipaddress": ["ipaddress.ip_address('1.2.3.4')", "ipaddress.ip_network('10.0.0.0/30')", "ipaddress.ip_interface('::1/64')"], "enum": ["enum.Enum('E', 'a b').a",
        "enum.Flag('F', 'a b c').b", "enum.IntFlag('G', {'a': 1, 'b': 6}).b", "enum.Enum('E', 'a b')", "enum.auto()"], "pickle": ["pickle.Pickler(io.BytesIO())",
        "pickle.Unpickler(io.BytesIO(b'K\\x05.'))",
    "pickle.PickleBuffer(b'ab')"], "topology": ["graphlib.TopologicalSorter({1: [2], 2: [3]})"], "typing": ["typing.List[int]", "typing.Optional[str]",
        "typing.TypeVar('T')", "typing.NamedTuple('N', [('a', int)])", "typing.ParamSpec('P')", "typing.Callable[[int], str]", "typing.ForwardRef('x')"],
    "signature": ["inspect.signature(lambda a, /, b=1, *c, d: 0)"],
}

# The kind of an argument by its parameter's name.
_PARAMETERS = {
    "int": "n i index start stop end size maxsplit count width tabsize length maxlen step lo hi k times position pos limit year month day hour minute second microsecond fold base whence wbits level bufsize max_length digits ndigits number numerator denominator modulus exp indent depth",
    "str": "string text s old new sub prefix suffix sep fillchar chars name form pattern_ qualname delimiter url word",
    "bytes": "data bytes buffer source b bytestring", "iter": "iterable iterables seq sequence it p q data_ weights args a_ selectors",
    "call": "func function key predicate callable method hook object_hook default_factory cmp",
    "float": "x y z a b value real imag", "dict": "mapping mappings kwargs table dict namespace", "class": "cls type class_or_tuple bases", "codec": "encoding",
    "errors": "errors", "spec": "format_spec format_", "regex": "pattern", "repl": "repl", "date": "date time tz tzinfo td dt", "isodate": "date_string time_string",
    "strf": "fmt",
    "decimal": "other context", "list": "keys values list lst",
}
KINDS = {name: kind for kind, names in _PARAMETERS.items() for name in names.split()}
# The kind of arguments that a receiver's methods mostly take.
OWN = {"str": "str", "bytes": "bytes", "bytearray": "bytes", "int": "int", "float": "float", "complex": "complex", "set": "set", "frozenset": "set", "dict": "any",
    "Decimal": "decimal", "Context": "decimal", "Fraction": "fraction", "date": "date", "array": "int", "StringIO": "str",
       "BytesIO": "bytes", "Pattern": "str", "zlib": "bytes", "hash": "bytes", "view": "iter", "random": "int", "memoryview": "any"}
_PLACEHOLDER = re.compile(r"<([a-z]+)>")
_LOOSE = re.compile(r"-|\d|lambda|.* [|+] ")       # what needs parentheses as an operand
GENERIC = ("r[<any>]", "r[<int>]", "r + <any>", "<any> + r", "r * <small>", "<small> * r", "r - <any>", "r / <any>", "<any> // r", "r % <any>", "r | <any>",
    "<any> & r", "r ^ <any>", "r @ <any>", "divmod(r, <any>)", "-r", "~r", "r < <any>", "r >= <any>", "r == <any>", "r != <any>", "<any> in r", "len(r)",
           "bool(r)", "format(r, <spec>)", "str(r)", "repr(r)", "ascii(r)", "copy.copy(r)", "copy.deepcopy(r)", "pickle.loads(pickle.dumps(r, <small>))", "iter(r)",
           "reversed(r)", "next(r, <any>)", "list(r)", "r(<any>)", "r()", "int(r)", "float(r)", "complex(r)", "operator.index(r)", "round(r, <small>)", "abs(r)",
           "operator.setitem(r, <any>, <any>)", "operator.setitem(r, <int>, <any>)", "operator.delitem(r, <any>)",
           "operator.delitem(r, slice(<small>, <small>, <small>))", "operator.setitem(r, slice(<small>, <small>, <small>), <iter>)", "r[<small>:<small>:<small>]",
           "'%s|%r|%a' % (r, r, r)", "'%d' % r", "'%5.2f' % r",
           "f'{r!r:>20}'", "'{:<9}'.format(r)", "isinstance(r, <class>)", "issubclass(r, <class>)", "operator.iadd(r, <any>)", "operator.ior(r, <any>)",
           "operator.imul(r, <small>)", "[*r]", "{**r}", "(lambda *a: a)(*r)", "(lambda **k: k)(**r)", "operator.length_hint(r)", "pow(r, <small>, <int>)", "sorted(r)",
           "sum(r)", "max(r)",
           "type(r)(<any>)", "bytes(r)", "memoryview(r)", "dict(r)", "set(r)", "json.dumps(r)", "hash(r) and 1", "marshal.loads(marshal.dumps(r))",
           "struct.pack('d', r)", "struct.pack('q', r)", "chr(r)", "getattr(r, r)", "tuple(map(r, <iter>))", "eval(r)", "range(r)", "(lambda a, *b: b)(*r)",
           "[*zip(r, r)]", "math.floor(r)", "r.__reduce__()")


@functools.cache
def _namespace():
    """What receivers and functions are found in when the catalogue is made: never what a program itself works on."""
    space = {}
    for name in MODULES:
        importlib.import_module(name)
        top = name.partition(".")[0]
        space[top] = importlib.import_module(top)
    for source in values.CLASSES.values():
        exec(source, space)
    dirty = type("Dirty", (), {"__call__": lambda self: None})()
    dirty.box, dirty.table, dirty.bag, dirty.raw = [3, 1, 2], {"a": 1}, {1, 2}, bytearray(b"abcd")
    space["dirty"] = dirty
    return space


def _parameters(function):
    """[(name, kind, whether it must be there)] as far as the function tells."""
    try:
        found = list(inspect.signature(function).parameters.values())
    except Exception:
        return None
    return [(p.name, KINDS.get(p.name, "any"), p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)) for p in found]


@functools.cache
def _functions():
    """(what to call, its parameters)"""
    found = []
    for module in MODULES:
        left_out = LEFT_OUT.get(module, "").split()
        if module in BY_TEMPLATE:
            continue
        own = eval(module, _namespace())
        for name in dir(own):
            thing = getattr(own, name)
            if name.startswith("_") or name in left_out or not callable(thing) or inspect.ismodule(thing):
                continue
            found.append((name if module == "builtins" else f"{module}.{name}", _parameters(thing)))
    return found


@functools.cache
def _methods():
    """{kind of receiver: [(method, parameters)]}"""
    found = {}
    for kind, texts in RECEIVERS.items():
        methods = {}
        for text in texts:
            thing = eval(text, _namespace())
            for name in dir(type(thing)) if not isinstance(thing, type) else dir(thing):
                if name not in SKIPPED and name not in methods and (name.startswith("__") or not name.startswith("_")):
                    methods[name] = _parameters(getattr(thing, name, None))
        found[kind] = sorted(methods.items())
    return found


class Maker:
    def __init__(self, random):
        self.random = random

    def value(self, kind):
        if kind == "any" or kind not in values.VALUES or (kind != "small" and self.random.random() < ODD):
            kind = self.random.choice(values.ANY)
        return self.fill(self.random.choice(values.VALUES[kind]))

    def fill(self, template):
        def one(match):
            kind = match[1]
            if kind in WORDS:
                return self.random.choice(WORDS[kind])
            if kind != "any" and kind not in values.VALUES:
                return match[0]
            text = self.value(kind)
            return f"({text})" if _LOOSE.match(text) else text

        return _PLACEHOLDER.sub(one, template)

    def arguments(self, parameters, own, growing):
        if parameters is None:
            parameters = [("", own if self.random.random() < 0.8 else "int", i == 0) for i in range(self.random.choice((0, 1, 1, 1, 2, 2, 3)))]
        required = sum(must for _, _, must in parameters)
        count = self.random.choice((required, required, len(parameters), self.random.randint(0, len(parameters) + 1)))
        texts = []
        for i in range(min(count, 5)):
            name, kind, _ = parameters[i] if i < len(parameters) else ("", own, False)
            if growing and kind in ("int", "any", "float", "decimal", "fraction"):
                kind = "small"
            elif kind == "any" and self.random.random() < 0.5:
                kind = own
            value = self.value(kind)
            named = name.isidentifier() and (texts and "=" in texts[-1].split("(")[0] or self.random.random() < 0.08)
            texts.append(f"{name}={value}" if named else value)
        if self.random.random() < 0.04:
            texts.append(self.random.choice(values.VALUES["keyword"]))
        if self.random.random() < 0.02:
            texts.append(self.random.choice(("*<iter>", "**{'k': <any>}")))
        return self.fill(", ".join(texts))

    def function(self):
        name, parameters = self.random.choice(_functions())
        return f"{name}({self.arguments(parameters, 'any', name.split('.')[-1] in GROWING)})", None

    def method(self):
        kind = self.random.choice(tuple(RECEIVERS))
        name, parameters = self.random.choice(_methods()[kind])
        receiver = self.random.choice(RECEIVERS[kind])
        form = self.random.random()
        arguments = self.arguments(parameters, OWN.get(kind, "any"), name in GROWING)
        if form < 0.05:
            return f"type(r).{name}({self.value('any')}{', ' * bool(arguments)}{arguments})", receiver
        if form < 0.08:
            return self.random.choice((f"r.{name}", f"setattr(r, {name!r}, {self.value('any')})", f"delattr(r, {name!r})")), receiver
        return f"r.{name}({arguments})", receiver

    def generic(self):
        receivers = RECEIVERS[self.random.choice(tuple(RECEIVERS))] if self.random.random() < 0.7 else values.VALUES["obj"]
        return self.fill(self.random.choice(GENERIC)), self.random.choice(receivers)

    def template(self):
        return self.fill(self.random.choice(self.random.choice(TEMPLATES))), None

    def line(self):
        call, receiver = self.random.choice((self.function, self.method, self.method, self.generic, self.template, self.template))()
        return f"attempt({call!r}, {receiver!r})" if receiver else f"attempt({call!r})"


def make(random):
    maker = Maker(random)
    lines = [maker.line() for _ in range(LINES)]
    head = ["import " + ", ".join(name for name in MODULES if name != "builtins"), *values.classes_used(lines)]
    return "\n".join(head + lines) + "\n"
