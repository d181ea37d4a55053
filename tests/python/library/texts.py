# pprint, difflib, shlex, cmd, html, string.Template, textwrap, configparser, gettext.
import cmd
import configparser
import difflib
import gettext
import html
import html.parser
import io
import pprint
import shlex
import string
import textwrap
import dataclasses
import collections
import types


@dataclasses.dataclass
class D:
    name: str
    values: list


data = {"b": list(range(30)), "a": {"nested": ("x" * 30, "y" * 30, {1, 2, 3}), "s": "long text " * 12}, (1, 2): frozenset([3]), "d": D("n", list(range(40)))}
pprint.pprint(data)
pprint.pprint(data, width=40, depth=2, indent=2, compact=True, sort_dicts=False, underscore_numbers=True)
loop = [1]
loop.append(loop)
print(pprint.pformat(loop).split(" id=")[0], pprint.isreadable(loop), pprint.isrecursive(loop), pprint.saferepr({"k": 1}))
pprint.pprint(collections.OrderedDict(a=1)), pprint.pprint(collections.Counter("abca")), pprint.pprint(types.SimpleNamespace(a=1, b="x" * 90)), pprint.pprint(collections.deque(range(30)))
pprint.pp(b"bytes " * 20)

a, b = "one\ntwo\nthree\nfour\n".splitlines(True), "one\n2\nthree\nfive\nfour\n".splitlines(True)
print("".join(difflib.unified_diff(a, b, "a", "b")), "".join(difflib.context_diff(a, b, "a", "b", n=1)), "".join(difflib.ndiff(a, b)))
m = difflib.SequenceMatcher(None, "abcd efgh", "bcde fgxh")
print(m.ratio(), m.quick_ratio(), m.get_opcodes(), m.get_matching_blocks(), difflib.get_close_matches("appel", ["ape", "apple", "peach"]))
print(len(difflib.HtmlDiff().make_table(a, b)) > 500, "".join(difflib.restore(difflib.ndiff(a, b), 2)))

for text in ("a 'b c' d\\ e", 'x "y\\"z" # no', "a'b'c", "", "a;b && c | d>e"):
    print(shlex.split(text), list(shlex.shlex(text, punctuation_chars=True)), shlex.split(text, comments=True))
print(shlex.quote("it's"), shlex.join(["a b", "c"]))
try:
    shlex.split("'open")
except ValueError as e:
    print(e)


class Shell(cmd.Cmd):
    prompt = "> "
    intro = "hello"

    def do_add(self, line):
        "add numbers"
        self.stdout.write(f"{sum(map(int, line.split()))}\n")

    def do_quit(self, line):
        return True

    def default(self, line):
        self.stdout.write(f"? {line}\n")


out = io.StringIO()
shell = Shell(stdin=io.StringIO("add 1 2\nhelp\nhelp add\nhelp zz\nbogus\n\nquit\n"), stdout=out)
shell.use_rawinput = False
shell.cmdloop()
print(out.getvalue())

print(html.escape("<a href='x'>&\"</a>"), html.unescape("&lt;&eacute;&#233;&#xe9;&notit;&amp&bogus;&#0;&#128;"))


class P(html.parser.HTMLParser):
    def handle_starttag(self, tag, attrs): print("start", tag, attrs)
    def handle_endtag(self, tag): print("end", tag)
    def handle_data(self, data): print("data", repr(data))
    def handle_comment(self, data): print("comment", data)
    def handle_decl(self, decl): print("decl", decl)


P().feed("<!DOCTYPE html><p class='a' b>Text &amp; more<br/><!-- c --><script>if (a < b) {}</script></p>")
print(string.Template("$a ${b} $$ $c").safe_substitute(a=1, b=2), string.capwords("the quick  fox"), string.Formatter().vformat("{0!r:>6} {x[k]} {y.real}", ("a",), {"x": {"k": 3}, "y": 4}))
try:
    string.Template("$x $").substitute(x=1)
except ValueError as e:
    print(e)
t = "The quick brown fox jumped over the lazy dog, and a verylongwordthatdoesnotfit came along.  Twice.\n\nNew paragraph."
print(textwrap.fill(t, 24), textwrap.wrap(t, 20, break_long_words=False, initial_indent="* ", subsequent_indent="  "), textwrap.shorten(t, 40), textwrap.indent("a\n\nb", "> "), textwrap.dedent("   a\n     b\n   c"))

c = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), allow_no_value=True)
c.read_string("[DEFAULT]\nhome = /h\n[s]\npath = ${home}/x\nflag = yes\nn = 4\nmulti = one\n  two\nalone\n[t]\nref = ${s:path}\n")
print(c.sections(), dict(c["s"]), c.getboolean("s", "flag"), c["s"].getint("n"), c.get("t", "ref"), c.get("s", "zz", fallback="f"), "s" in c, c.has_option("s", "alone"))
c["new"] = {"a": "1"}
f = io.StringIO()
c.write(f)
print(f.getvalue())
for bad in ("[a]\nx=1\nx=2\n", "x=1\n", "[a]\n[a]\n", "[a]\nnonsense line: ok\n==\n"):
    try:
        configparser.ConfigParser().read_string(bad)
    except configparser.Error as e:
        print(type(e).__name__, str(e).replace("\n", "|"))
for bad in (lambda: c.get("none", "x"), lambda: c.getint("s", "path"), lambda: configparser.ConfigParser({"a": "%(b)s"}).get("DEFAULT", "a")):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, str(e).replace("\n", "|"))
print(gettext.NullTranslations().gettext("m"), gettext.NullTranslations().ngettext("one", "many", 2), gettext.c2py("n%10==1 && n%100!=11 ? 0 : 1")(21), gettext.find("none"))
