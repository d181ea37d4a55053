# gettext: catalogues written by hand, plural rules in C syntax, contexts, fallbacks, installation, look-up on disk, damaged files.
import builtins
import gettext
import io
import os
import struct


def compile_catalogue(messages, header="Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n", order="<"):
    """The bytes of a .mo file."""
    pairs = sorted({"": header, **messages}.items())
    keys, values = [], []
    for key, value in pairs:
        keys.append(("\0".join(key) if isinstance(key, tuple) else key).encode())
        values.append(("\0".join(value) if isinstance(value, tuple) else value).encode())
    start = 28 + 16 * len(pairs)
    table, blob = [], b""
    for text in keys + values:
        table.append((len(text), start + len(blob)))
        blob += text + b"\0"
    return struct.pack(order + "7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) + b"".join(struct.pack(order + "2I", *t) for t in table) + blob


GERMAN = {"hello": "hallo", "file": "Datei", "month\4May": "Mai", "verb\4May": "darf", "empty": "", "ünï": "☃", "%d file\0%d files": "%d Datei\0%d Dateien", "c\4one\0many": "eins\0viele"}
for order in "<>":
    t = gettext.GNUTranslations(io.BytesIO(compile_catalogue(GERMAN, order=order)))
    print(t.gettext("hello"), t.gettext("missing"), t.pgettext("month", "May"), t.pgettext("verb", "May"), t.pgettext("x", "May"), repr(t.gettext("empty")), t.gettext("ünï"), [t.ngettext("%d file", "%d files", n) % n for n in (0, 1, 2)], t.npgettext("c", "one", "many", 1), t.npgettext("c", "one", "many", 5), t.npgettext("z", "one", "many", 5), t.ngettext("a", "b", 1), t.info(), t.charset())
RULES = ["0", "n!=1", "n>1", "n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2", "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5", "!(n-1)", "n/2*2==n", "n", "(n<5)+(n>2)", "2-n%3"]
for rule in RULES:
    try:
        f = gettext.c2py(rule)
        print(rule, [f(n) for n in range(25)])
    except ValueError as e:
        print(rule, "ValueError", e)
for rule in ("", "n=", "x", "n && ", "(n", "n)", "n ? 1", "n n", "1" * 2000, "n%0", "!", "n!=1 ? : 2", "n==1==1", "(" * 30 + "n" + ")" * 30, "n[0]", "__import__('os')"):
    try:
        print(rule[:20], gettext.c2py(rule)(3))
    except (ValueError, ZeroDivisionError, RecursionError) as e:
        print(rule[:20], type(e).__name__, str(e)[:70])
f = gettext.c2py("n!=1")
for n in (1.0, 1.5, "1", None):
    try:
        import warnings
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            print(repr(n), f(n), [str(w.message) for w in seen])
    except TypeError as e:
        print(type(e).__name__, e)
for lang, words in (("de", GERMAN), ("fr", {"hello": "bonjour"}), ("de_AT", {"hello": "servus"})):
    folder = os.path.join("loc", lang, "LC_MESSAGES")
    os.makedirs(folder)
    with open(os.path.join(folder, "app.mo"), "wb") as out:
        out.write(compile_catalogue(words))
print(gettext.find("app", "loc", ["de_AT.UTF-8", "fr"]), gettext.find("app", "loc", ["de_AT@euro", "de"], all=True), gettext.find("app", "loc", ["xx", "C", "fr"]), gettext.find("none", "loc", ["de"]))
at = gettext.translation("app", "loc", ["de_AT"])
print(at.gettext("hello"), at.gettext("file"), gettext.translation("app", "loc", ["xx"], fallback=True).gettext("hello"), type(gettext.translation("app", "loc", ["xx"], fallback=True)).__name__, gettext.translation("app", "loc", ["de"]) is not gettext.translation("app", "loc", ["de"]))
os.environ["LANGUAGE"] = "fr:de"
print(gettext.translation("app", "loc").gettext("hello"), gettext.translation("app", "loc").gettext("file"))
gettext.bindtextdomain("app", "loc")
print(gettext.textdomain("app"), gettext.textdomain(), gettext.bindtextdomain("app"), gettext.gettext("hello"), gettext.dgettext("app", "file"), gettext.ngettext("%d file", "%d files", 2), gettext.dgettext("other", "hello"), gettext.pgettext("month", "May"), gettext.dnpgettext("app", "c", "one", "many", 3))
gettext.install("app", "loc", names=["ngettext", "pgettext"])
print(_("hello"), ngettext("%d file", "%d files", 5), builtins._.__name__, hasattr(builtins, "npgettext"))
del builtins._, builtins.ngettext, builtins.pgettext


class Shout(gettext.NullTranslations):
    def gettext(self, message):
        return (self._fallback.gettext(message) if self._fallback else message).upper()


s = Shout()
s.add_fallback(at)
n = gettext.NullTranslations()
n.add_fallback(s)
print(s.gettext("hello"), n.gettext("file"), n.ngettext("a", "b", 1), n.charset(), gettext.translation("app", "loc", ["de"], class_=type("G", (gettext.GNUTranslations,), {"lgettext": 1})).lgettext)
good = compile_catalogue({"a": "b"})
for data in (b"", b"junk" * 10, good[:30], good[:4] + b"\xff\xff\xff\xff" + good[8:], good[:-30], compile_catalogue({"a": "b"}, "Plural-Forms: nplurals=2; plural=bad bad;\n"), compile_catalogue({}, "Content-Type: text/plain; charset=nope\n"), compile_catalogue({"k": "v"}, "X: 1\nX2 no colon\n more\nY: 2\n")):
    try:
        c = gettext.GNUTranslations(io.BytesIO(data))
        print(c.info(), c.gettext("k"))
    except Exception as e:
        print(type(e).__name__, e)
try:
    gettext.translation("app", "loc", ["zz"])
except FileNotFoundError as e:
    print(e.errno, e.strerror, e.filename)
