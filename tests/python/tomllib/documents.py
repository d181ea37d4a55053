# tomllib: documents of every kind of value, tables, arrays, dates; own floats; errors with their places.
import datetime
import decimal
import io
import tomllib

DOC = r'''
title = "A \"document\" with \u00fc and \U0001F600\tTab"
literal = 'C:\no\escape'
multi = """
First line
  second \
     joined
third"""
raw = \'\'\'
keep \n all 'quotes' \'\'\'
bare-key_1 = true
"quoted key" = false
"" = "empty key"
3.14 = "dotted number"
site."google.com".visits = 10
ints = [0, +99, -17, 1_000, 0xDEAD_beef, 0o755, 0b1101, 9223372036854775807, 123456789012345678901234567890]
floats = [1.0, -0.01, 5e+22, 1E06, -2e-2, 6.626e-34, 224_617.445_991_228, inf, -inf]
dates = [1979-05-27T07:32:00Z, 1979-05-27T00:32:00.999999-07:00, 1979-05-27 07:32:00, 1979-05-27, 07:32:00, 00:32:00.5, 1979-05-27t07:32:00z]
nested = [[1, 2], ["a", {x = 1, y.z = [2]}], [],] # comment
mixed = [
  1, # one
  2.0,

  "three",
]
inline = { a = 1, b = { c = "d" }, "e f" = [] }
empty = {}

[owner]
name = "Tom"
[owner.address]
city = "X"
[a.b.c]
d = 1
[a]
e = 2
[[products]]
name = "Hammer"
[[products.sizes]]
n = 1
[[products.sizes]]
n = 2
[[products]]
[products.detail]
ok = true
'''.replace("\\'\\'\\'", "'''")
data = tomllib.loads(DOC)
for key, value in data.items():
    print(repr(key), repr(value))
print(tomllib.load(io.BytesIO(DOC.encode())) == data, tomllib.loads(DOC.replace("\n", "\r\n"))["owner"] == data["owner"], tomllib.loads(""), tomllib.loads("x = nan")["x"] != 0, tomllib.loads("a = 1.10", parse_float=decimal.Decimal), tomllib.loads("a = 1e3", parse_float=str), tomllib.loads("a=1e3\nb=inf", parse_float=lambda s: (s,)))
BAD = ["a", "a =", "= 1", "a = 1 b = 2", "a = 1\na = 2", "[a]\n[a]", "[a.b]\n[a]\nb = 1", "a.b = 1\na.b.c = 2", "a = [1, 2", "a = [1 2]", "a = {b = 1", "a = {b = 1,}", "a = {b = 1\n}", "a = {b=1, b=2}", "a = {b.c=1, b.c.d=2}", 'a = "x', 'a = "x\ny"', "a = 'x", 'a = """x', 'a = "\\q"', 'a = "\\u12"', 'a = "\\uD800"', 'a = "\\U00110000"', "a = 01", "a = 1_", "a = _1", "a = 1__0", "a = 0x", "a = 0xG", "a = +0x1", "a = .5", "a = 5.", "a = 1.e5", "a = 1e", "a = True", "a = tru", "a = nul", "a = 2020-13-01", "a = 2020-02-30", "a = 25:00:00", "a = 2020-01-01T", "a = 07:32", "[a", "[]", "[[a]", "[[a]]\n[a]", "[a]\n[[a]]", "a = [1]\n[[a]]", "a = {}\n[a.b]", "a = {}\na.b = 1", "\"a\nb\" = 1", "a\u00e9 = 1", "a = \x00", "# \x01", "a = 'x\x7f'", "a = 1 # \x02", "a.= 1", "[a.]", "[ a . b ]\nc = 1", "a = '''x''''''", 'a = """x"""""', 'a = """x""""""', "a = [[[[[1]]]]]", "[a]\nb.c = 1\n[a.b]", "a = 1\r", "a\r\n= 1", "[a] b = 1", "a = 'b' c", "'''a''' = 1", "a = 99999999999999999999:00", "fruit.apple = 1\nfruit = 2", "\ufeffa = 1", "a = - 1", "a = inf1", "[fruit]\napple.color = 1\n[fruit.apple.taste]\nx=1"]
for text in BAD:
    try:
        print(repr(text), tomllib.loads(text))
    except tomllib.TOMLDecodeError as e:
        print(repr(text), e)
for wrong in (lambda: tomllib.loads(b"a=1"), lambda: tomllib.loads(5), lambda: tomllib.load(io.StringIO("a=1")), lambda: tomllib.load("file"), lambda: tomllib.load(io.BytesIO(b"a = '\xff'")), lambda: tomllib.loads("a=1.5", parse_float=lambda s: {}), lambda: tomllib.loads("a=1.5", parse_float=lambda s: []), lambda: tomllib.loads("a=1.5", parse_float=5), lambda: tomllib.loads("a = " + "[" * 3000 + "]" * 3000) and None):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, str(e)[:80])
print(issubclass(tomllib.TOMLDecodeError, ValueError), tomllib.loads("t = 1979-05-27T07:32:00+01:30")["t"].utcoffset(), type(tomllib.loads("t = 07:32:00")["t"]) is datetime.time)
