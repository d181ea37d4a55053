"""Format specifications: every type letter against every kind of value with each option, and str.format's field syntax gone wrong."""


def attempt(template, *args, **kwargs):
    try:
        print(ascii(template), "->", ascii(template.format(*args, **kwargs)))
    except Exception as error:
        print(ascii(template), "->", type(error).__name__, ascii(str(error)))


LETTERS = ["", *"bcdoxXneEfFgG%s", "q", "dd"]
OPTIONS = ["", "10", "<8", "=+9", "^+9", "#", "#012", ",", "_", ".2", "+.3", "z", "z.1", "08", "é>7", "-,", " "]
VALUES = [0, 42, -1234567, True, 3.75, -0.0, 1e20, float("inf"), float("nan"), 2 - 3j, "text", None, [], b"b"]
for value in VALUES:
    row = []
    for letter in LETTERS:
        for option in OPTIONS:
            try:
                row.append(format(value, option + letter))
            except Exception as error:
                row.append(f"{type(error).__name__[:5]}: {error}")
    print(repr(value), len(row), len(set(row)))
    for i in range(0, len(row), 17):
        print("  ", ascii(row[i:i + 17]))
for spec in ("5 5", "<<", "<<<", "==5", "+-5", "5.", ".", ".f", "..2f", "5.2.2f", "10,_d", "_,", ",,", "__", ",_", ",b", "_b", ",x", "_o", ",s", ",n", ",c", "#s", "+s", " s", "=s", "0s", "05s", ".2d", ".0x", "+c", "#c", ".2c", "-5", "5-", "\x00>5", "}>5", "999999999999999999999", ".999999999999999999999f", "1000000", ".1000c", "٣", "5٣", "٣.٢f", "z", "zd", "zs", "z.", "#z.1f", "z#.1f", "0", "00", "000", "0<5", "<05", "=05", "0=5"):
    for value in (5, 2.5, "s", 1j):
        try:
            text = format(value, spec)
            print(ascii(spec), value, "->", ascii(text) if len(text) < 60 else len(text))
        except Exception as error:
            print(ascii(spec), value, "->", type(error).__name__, ascii(str(error)))


class O:
    a = [1, {"k": "v", "1": "text one", 1: "int one"}]
    b = "bee"

    def __getitem__(self, key):
        return f"item {key!r}"

    def __format__(self, spec):
        return f"O<{spec}>"

    def __repr__(self):
        return "O()"


o = O()
for template in ("{", "}", "{{", "}}", "{}}", "{{}", "{{}}", "{{{}}}", "{!}", "{!r", "{!r}", "{!x}", "{!rr}", "{! r}", "{!r }", "{:", "{:}", "{:{}", "{:{}}", "{:{}}}", "{:{:{}}}", "{:{:{:{}}}}", "{0", "{0]", "{0[}", "{0[]}", "{0[a}", "{0[a]]}", "{0[a]b}", "{0[a].b}", "{0.}", "{0.a}", "{0.a[0]}", "{0.a[1][k]}", "{0.a[1][1]}", "{0.a[-1]}", "{0.a[x]}", "{0.a[0].real}", "{0.nope}", "{0[0]}", "{0[-1]}", "{0[ 1 ]}", "{0[a b]}", "{0[{]}", "{0[}]}",
                 "{.b}", "{[k]}", "{.b}{[x]}", "{0}{}", "{}{0}", "{a}{}", "{}{a}", "{-1}", "{+1}", "{ 0}", "{0 }", "{1.5}", "{99}", "{a}", "{a.b}", "{a[b]}", "{A}", "{٣}", "{0!r:>12}", "{0!s:x}", "{0:{1}}", "{0:{b}}", "{0:{0}}", "{0:{1}{2}}", "{0:{{}}}", "{0:}}", "{0!r:{{", "{:{}} {}", "{0:{}}", "{a!r}", "{a!a:5}", "{:\n}", "{\n}", "{0:!r}", "{0:a!r}", "{0!:a}", "{0:[}", "{0:]}", "{999999999999999999999999}", "{0[999999999999999999999999]}", "{0.a[999999999999999999999999]}", "{__class__}", "{0.__class__.__name__}", "{0.b.upper}"[:14] + "}", "{é}", "{0.é}", "{0[é]}"):
    attempt(template, o, 5, "x", a="á", b=7)
attempt("{}")
attempt("{} {}", 1)
attempt("{a}")
attempt("{0}", a=1)
attempt("{0.imag:{w}.{p}f}|{x[0]:>{w}}", 1 + 2.5j, w=8, p=2, x="z")
for mapping in ({"a": 1}, {}, None, [], "text", 5, type("D", (dict,), {"__missing__": lambda s, k: k * 2})()):
    for template in ("{a}", "{0}", "{}", "x", "{a.b}", "{a[b]}"):
        try:
            print(template, type(mapping).__name__, "->", template.format_map(mapping))
        except Exception as error:
            print(template, type(mapping).__name__, "->", type(error).__name__, error)
