"""int() of texts: bases, prefixes, underscores, signs, spaces, digits of other scripts, bytes, and what the refusals say."""


def attempt(*arguments, **keywords):
    try:
        print(*map(ascii, arguments), "->", int(*arguments, **keywords))
    except Exception as error:
        print(*map(ascii, arguments), "->", type(error).__name__, ascii(str(error)))


for text in ("", " ", "0", "-0", "+5", "--5", "+-5", "- 5", " 5 ", "\t5\n", "\u20035\u3000", "5\x00", "\x005", "5\x1f", "\x1c5", "٣\x1f", "5\x1f\xa0", "5\xa0", "5\x85", "5 5", "1_000", "_1", "1_", "1__0", "1_000_", "0_7", "0x1f", "1e5", "1.0", "٣٤", "१२३", "²", "½", "Ⅷ",
             "１２", "1２", "-٣", "0٣", "𝟗𝟘", "五", "infinity", "nan", "True", "0" * 50, "9" * 40, "a" * 250, "é", "\ud800", "1\ud800", "５_５"):
    attempt(text)
for text, base in (("10", 2), ("12", 2), ("0b101", 2), ("0B101", 0), ("0b", 2), ("0b", 0), ("b1", 2), ("0o17", 8), ("0o18", 8), ("017", 8), ("017", 0), ("00", 0), ("0_0", 0), ("01", 0), ("0x", 16), ("0xfF", 16), ("0XfF", 0), ("x1", 16), ("zz", 36), ("Zz", 36),
                   ("0x_f", 0), ("0_xf", 0), ("0x__f", 0), ("-0x_f", 16), ("+ 0xf", 16), ("0b12", 0), ("0o_7", 0), ("1_0", 3), ("12", 3), ("13", 3), ("0b1", 16), ("0b1", 36), ("0x1", 36), ("0x1", 34), ("5", 1), ("5", -1), ("5", 37), ("5", 10 ** 20), ("5", True),
                   ("5", 0), ("5", None), ("5", "10"), ("5", 10.0), ("a", 11), ("A", 10), ("٣", 8), ("٩", 8), ("\x0b7\x0c", 8), ("", 0), ("_", 0), ("-", 0), ("0_", 0), ("1_1", 0)):
    attempt(text, base)
for data in (b"12", b" 12 ", b"1_2", b"\xb2", b"12\x00", b"5\x1f", b"5\xa0", b"\x855", b"", bytearray(b"-7"), b"0x1f", memoryview(b"5"), b"\xff" * 3):
    attempt(data) if not isinstance(data, memoryview) else attempt(data.tobytes())
    attempt(data.tobytes() if isinstance(data, memoryview) else data, 16)
attempt()
attempt(base=10)
attempt("5", base=8)
attempt(x="5") if False else None
attempt(5, 10)
attempt(5.5, 10)
attempt(None)
attempt([])
attempt({}, 3)
attempt(1j)
attempt(5.99)
attempt(-5.99)
attempt(1e300 * 1e300)
attempt(float("nan"))
attempt(object)


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Int(Index):
    def __int__(self):
        return self.value


class Trunc:
    def __init__(self, value):
        self.value = value

    def __trunc__(self):
        return self.value


class Sub(int):
    pass


class Text(str):
    def __int__(self):
        return 99


import warnings

for value in (5, True, Sub(6), 5.5, "7", None):
    for kind in (Index, Int, Trunc):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                made = int(kind(value))
                print(kind.__name__, repr(value), type(made).__name__, made, [str(w.message) for w in caught])
            except Exception as error:
                print(kind.__name__, repr(value), type(error).__name__, error, [str(w.message) for w in caught])
print(int(Text("5")), int(Text("5"), 8), int("10", Index(8)))
try:
    int("10", Index(5.5))
except TypeError as error:
    print(error)
print(int("1" * 30, 2), int("-" + "z" * 30, 36), int("7" * 100, 8) == 8 ** 100 - 1)
