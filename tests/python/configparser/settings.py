# configparser: settings read from texts, files and dicts, interpolated, converted, written back, and every mistake's message.
import configparser
import io
import os

TEXT = """
# comment
[DEFAULT]
home = /home/me
Debug: yes

[paths]
data = %(home)s/data
deep = %(data)s/deep
percent = 100%%
multi =
    one
    two  ; not a comment
        three

    after blank
empty =
novalue
spaced key = spaced value
[numbers]
int = 42
float = -1.5e3
on = On
off = 0
bad = maybe
list = 1, 2,3
[other section]
x=a=b:c
y : d = e
"""
p = configparser.ConfigParser(allow_no_value=True, inline_comment_prefixes=(";",), converters={"list": lambda s: [x.strip() for x in s.split(",")]})
p.read_string(TEXT)
print(p.sections(), p.defaults(), list(p), len(p), "paths" in p, p.has_option("paths", "HOME"), p.options("paths"))
for section in p.sections():
    print(section, dict(p[section]), p.items(section, raw=True))
n = p["numbers"]
print(n.getint("int"), n.getfloat("float"), n.getboolean("on"), p.getboolean("numbers", "off"), n.getlist("list"), p.getlist("numbers", "list"), n.getint("none", 7), n.get("none"), n.get("none", "d"), p.get("numbers", "none", fallback=None), p.get("paths", "data", vars={"home": "/v"}), p.get("paths", "deep", raw=True), n.name, n.parser is p)
for wrong in (lambda: n.getboolean("bad"), lambda: n.getint("float"), lambda: p["none"], lambda: p["paths"]["none"], lambda: p.get("none", "x"), lambda: p.get("paths", "none"), lambda: p.items("none"), lambda: p.add_section("paths"), lambda: p.add_section("DEFAULT"), lambda: p.set("none", "a", "b"), lambda: p.set("paths", "a", 5), lambda: p.set("paths", "a", "%"), lambda: p.__setitem__("s", {"k": 5}),
              lambda: p.add_section(5), lambda: p.remove_option("none", "a"), lambda: n.__delitem__("none"), lambda: p.popitem() and None, lambda: p.read(5)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
p["new"] = {"a": "1", "B": "2"}
p["new"]["c"] = "x\ny"
p.set("new", "d", "100%%")
print(p.remove_option("new", "a"), p.remove_option("new", "a"), p.remove_section("numbers"), p.remove_section("numbers"))
out = io.StringIO()
p.write(out)
print(out.getvalue())
out = io.StringIO()
p.write(out, space_around_delimiters=False)
again = configparser.ConfigParser(allow_no_value=True, strict=False)
again.read_string(out.getvalue())
print(again == p, dict(again["new"]))
for text in ("key = before\n[s]\n", "[s]\n[s]\n", "[s]\na=1\nA=2\n", "[s\na=1", "[s]\nnothing here\n", "[s]\n= v\n", "[s]\na=1\n  [t]\n", "[]\na=1\n", "[s] trailing\na=1\n", "[a]b]\nk=1\n", "[s]\na=%(b)s\n", "[s]\na=%(a)s\n", "[s]\na=%(b\n", "[s]\na=%x\n", "[s]\na=%(b)d\nb=1\n", "[s]\n\ta=1\n\tb=2\n"):
    q = configparser.ConfigParser()
    try:
        q.read_string(text, source="<piece>")
        print(repr(text), {s: dict(q[s]) for s in q.sections()})
    except configparser.Error as e:
        print(repr(text), type(e).__name__, e, e.args)
e = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
e.read_dict({"common": {"base": "/b", "n": 5}, "use": {"path": "${common:base}/x", "own": "${path}/y", "cash": "$$5", "bad": "${nope}", "worse": "${a:b:c}", "sect": "${none:x}", "loop": "${use:loop}"}})
for key in e["use"]:
    try:
        print(key, e["use"][key])
    except configparser.Error as x:
        print(key, type(x).__name__, str(x).replace("\n", " "))
r = configparser.RawConfigParser(delimiters=("->",), comment_prefixes=("//",), default_section="base", empty_lines_in_values=False, defaults={"k": "v"})
r.optionxform = str
r.read_string("// c\n[base]\nX -> 1\n[s]\nKey -> %(raw)s\nkey -> other\n cont\n\nlast -> z\n")
print(dict(r["s"]), r.defaults(), r["base"]["X"], r.sections())
with open("one.ini", "w") as f:
    f.write("[s]\na=1\n")
with open("two.ini", "w") as f:
    f.write("\ufeff[s]\na=2\nb=ü\n")
m = configparser.ConfigParser()
print(m.read(["one.ini", "absent.ini", "two.ini"], encoding="utf-8-sig"), dict(m["s"]), m.read("one.ini"), m["s"]["a"])
m.read_file(open("one.ini"))
with open("one.ini") as f:
    m.read_file(f, source="src")
m.read_file(["[list]", "of=lines"])
print(m["list"]["of"], m.BOOLEAN_STATES, m.converters["int"], repr(m["list"]))
try:
    m.read_file(["a=1"])
except configparser.MissingSectionHeaderError as x:
    print(x)
big = configparser.ConfigParser({"a0": "x"})
big.read_string("[s]\n" + "".join(f"a{i + 1} = %(a{i})s\n" for i in range(14)))
for key in ("a5", "a9", "a10", "a12"):
    try:
        print(key, big["s"][key])
    except configparser.InterpolationDepthError as x:
        print(key, str(x).replace("\n", " "))
