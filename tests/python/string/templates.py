# string: templates and their subclasses, formatters that do more, constants, capwords; textwrap's paragraphs; pprint's structures.
import collections
import dataclasses
import pprint
import string
import textwrap
import types

T = string.Template
for text in ("$who likes ${what}", "$$5 $who", "${who}s", "$1", "$", "a $ b", "${", "${who", "$Who", "$who_x", "${é}", "$é", "line\n$bad-\n$$ $"):
    t = T(text)
    try:
        result = t.substitute({"who": "tim", "what": "kung pao"}, Who="W")
    except (KeyError, ValueError) as e:
        result = f"{type(e).__name__}: {e}"
    print(repr(text), result, t.safe_substitute(who="tim"), t.is_valid(), t.get_identifiers() if t.is_valid() else "")


class Percent(T):
    delimiter = "%"
    idpattern = "[a-z]+"
    braceidpattern = "[A-Z]+"
    flags = 0


class Pattern(T):
    pattern = r"<(?:(?P<escaped><)|(?P<named>\w+)>|(?P<braced>\{\w+\})>|(?P<invalid>))"


print(Percent("%abc %{ABC} %% %Abc").safe_substitute(abc=1, ABC=2), Pattern("<a> << <b>").safe_substitute(a="A"), Percent("%a").template, Percent("%ABC").is_valid())
for wrong in (lambda: T("$x").substitute(), lambda: T("$x").substitute({}, {}), lambda: T("$self").substitute(self=1), lambda: type("Bad", (T,), {"pattern": "(?P<named>x)"})("x").substitute(), lambda: T(5).substitute(), lambda: T("x").get_identifiers(1)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


class Lenient(string.Formatter):
    def __init__(self):
        self.used = None

    def get_value(self, key, args, kwargs):
        try:
            return super().get_value(key, args, kwargs)
        except (KeyError, IndexError):
            return f"<{key}>"

    def check_unused_args(self, used, args, kwargs):
        self.used = sorted(map(str, used))

    def convert_field(self, value, conversion):
        return str(value).upper() if conversion == "u" else super().convert_field(value, conversion)

    def format_field(self, value, spec):
        return ", ".join(map(str, value)) if spec == "list" else super().format_field(value, spec)


f = Lenient()
for text, args, kw in (("{0} {1!r} {2}", ("a", "b"), {}), ("{} {} {x}", (1, 2), {"x": 3}), ("{a.real:>5}|{b[0]}|{c!u}|{d:list}", (), {"a": 5, "b": "xy", "c": "up", "d": [1, 2]}), ("{0:{1}}", (3.14159, ".2f"), {}), ("{{}} {x:{y}{z}}", (), {"x": 5, "y": ">", "z": 4}), ("{missing}", (), {})):
    print(f.format(text, *args, **kw), f.used)
base = string.Formatter()
for text, args in (("{} {0}", (1,)), ("{0} {}", (1,)), ("{", ()), ("}", ()), ("{0!z}", (1,)), ("{0[}", (1,)), ("{0.}", (1,)), ("{0.nope}", (1,)), ("{x}", ()), ("{5}", (1,)), ("{0:{1:{2}}}", (1, 2, 3)), ("{0!r:>{1}}", ("a", 6))):
    try:
        print(repr(text), base.format(text, *args))
    except Exception as e:
        print(repr(text), type(e).__name__, e)
print(list(base.parse("a{b!r:c}{{d}}{}e{f.g[h]}")), base.get_field("a.b[c]", (), {"a": types.SimpleNamespace(b={"c": 7})}), base.vformat("{0}{x}", (1,), {"x": 2}), string.capwords("  hello   wORLD-x "), string.capwords("a,b", ","), string.digits, string.hexdigits, string.octdigits, string.punctuation, repr(string.whitespace), string.ascii_letters == string.ascii_lowercase + string.ascii_uppercase, len(string.printable))

TEXT = "The first paragraph's  text, which is long-winded and hyphen-ated; it has averyveryverylongwordthatnevereverends and --dashes-- (see http://x.org/a-b).\tTab.\n  Second   line. Third sentence!  And\u2003em space—dash."
for width, options in ((20, {}), (30, dict(initial_indent="* ", subsequent_indent="  ")), (20, dict(break_long_words=False, break_on_hyphens=False)), (25, dict(fix_sentence_endings=True, expand_tabs=False, replace_whitespace=False)), (24, dict(max_lines=3, placeholder=" [...]")), (10, dict(drop_whitespace=False, tabsize=2)), (1, {})):
    print(width, options, textwrap.wrap(TEXT if width > 1 else "ab c", width, **options))
print(textwrap.fill("a b c d", 3), textwrap.shorten("hello  big wide world", 15), textwrap.shorten("x" * 30, 10), textwrap.shorten("a b", 5), repr(textwrap.dedent("\n    a\n      b\n\n    \tc\n   \n")), repr(textwrap.dedent("\ta\n  b")), repr(textwrap.indent("a\n\n b\n", "> ")), repr(textwrap.indent("a\n\nb", "-", lambda line: True)), textwrap.wrap(""), textwrap.wrap("   "))
for wrong in (lambda: textwrap.wrap("x", 0), lambda: textwrap.wrap("long words", 5, max_lines=1, placeholder="......"), lambda: textwrap.wrap(5), lambda: textwrap.dedent(5), lambda: textwrap.indent("a", 5), lambda: textwrap.shorten("a", 1, placeholder="xx")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


@dataclasses.dataclass
class Node:
    name: str
    children: list = dataclasses.field(default_factory=list)
    hidden: int = dataclasses.field(default=0, repr=False)


class Odd:
    def __repr__(self):
        return "Odd(\n  multi-line)"


data = {"zeta": list(range(30)), "alpha": {"nested": {"deep": ("tuple", {1, 2, 3}, frozenset("b"))}}, 5: b"bytes" * 20, "text": "words that are long enough to be split " * 3, "od": collections.OrderedDict(b=1, a=[1] * 20), "dd": collections.defaultdict(list, x=[1]), "c": collections.Counter("hello"), "dq": collections.deque(range(25), 30), "cm": collections.ChainMap({"a": 1}, {"b": 2}), "ns": types.SimpleNamespace(x=1, y="z" * 60), "mp": types.MappingProxyType({"k": 1}), "node": Node("root", [Node("leaf" * 10), Node("other" * 10)]), "odd": [Odd(), Odd()], "ud": collections.UserDict(a=1), "ba": bytearray(b"q" * 50), None: ()}
pprint.pprint(data)
pprint.pprint(data, width=40, compact=True, depth=2, indent=3, sort_dicts=False)
loop = [1]
loop.append(loop)
print(pprint.pformat(loop).split(" with ")[0], pprint.isreadable(data), pprint.isrecursive(loop), pprint.saferepr({"b": 1, "a": loop}).split("<")[0], pprint.pformat(1_000_000, underscore_numbers=True), pprint.pformat("a\nb" * 10, width=10), pprint.PrettyPrinter(depth=1).pformat([[1]]), pprint.pformat({2: 1, "a": 2, (1,): 3}))
for wrong in (lambda: pprint.PrettyPrinter(indent=-1), lambda: pprint.PrettyPrinter(depth=0), lambda: pprint.PrettyPrinter(width=0)):
    try:
        wrong()
    except ValueError as e:
        print(e)
