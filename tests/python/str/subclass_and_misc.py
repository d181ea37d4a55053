"""str subclasses, hashing, interning by equality, concatenation in loops, string building, errors of str()."""

class S(str):
    def __new__(cls, value, extra=None):
        self = super().__new__(cls, value)
        self.extra = extra
        return self
    def __add__(self, other):
        return S(str(self) + "+" + other, self.extra)
    def __getitem__(self, i):
        return "item"

s = S("abc", extra=[1])
print(s, s.extra, type(s.upper()).__name__, type(s + "d").__name__, s + "d", s[0], list(s), s == "abc", {"abc": 1}[s], len(s), isinstance(s, str), type(str(s)).__name__, type("".join([s])).__name__)
print("x".join(s), s in ("abc",), hash(s) == hash("abc"), s * 2, "abc" + s, f"{s:>5}", sorted([s, "abb"]), s.extra)

class T:
    def __str__(self):
        return S("from T")

class Bad:
    def __str__(self):
        return 5

class BadRepr:
    def __repr__(self):
        return None

print(str(T()), type(str(T())).__name__)
for call in (lambda: str(Bad()), lambda: repr(BadRepr()), lambda: str(BadRepr()), lambda: "a" + 1, lambda: 1 + "a", lambda: "a" + b"b", lambda: "a" * "b", lambda: "a" - "b", lambda: "a" < 1, lambda: "abc".nope, lambda: "abc".upper(1), lambda: "a".join(), lambda: str(1, 2, 3, 4)):
    try:
        print(call())
    except TypeError as error:
        print(error)
    except AttributeError as error:
        print("AttributeError", error)
out = ""
for i in range(1000):
    out += chr(97 + i % 26)
copy = out
out += "\u20ac"
print(len(out), len(copy), out[:10], out[-3:], copy[-3:])
parts = []
for i in range(100):
    parts.append(f"{i:03}")
text = "".join(parts)
print(len(text), text[30:36], text.count("09"))
d = {}
for w in ("a" "b", "ab", "".join(["a", "b"]), "xab"[1:], str(b"ab", "ascii")):
    d[w] = d.get(w, 0) + 1
print(d, "ab".__hash__() == hash("ab"), "abc".__contains__("b"), "a".__mod__(()), "a".__eq__(1), "a".__lt__("b"), "abc".__len__(), "abc".__iter__().__next__(), "a".__format__(">3"), "abc".__getnewargs__())
print(type("").__name__, "".__doc__ is not None, str.__mro__, str is type("x"), str().__class__, "a\
b", 'it''s', """a"b""", "\
")
