"""str.format: fields, attributes, indexes, nested specs, conversions, auto numbering and errors; format_map."""

class P:
    x, y = 1, {"k": [10, 20]}
    def __format__(self, spec):
        return f"<{spec}>"
    def __str__(self):
        return "str!"

p = P()
print("{0} {1} {0}".format("a", "b"), "{} {}".format(1, 2), "{a}{b}".format(a=1, b=2), "{0.x} {0.y[k][1]} {p.x}".format(p, p=p))
print("{:>10}|{:<10}|{:^10}|{:*^10}".format("r", "l", "c", "f"), "{:{}}|{:{w}.{p}}".format("a", 5, 3.14159, w=8, p=3), "{!r} {!s} {!a} {!r:>6}".format("x", "y", "\u00e9", "z"))
print("{:spec}|{!s}|{!s:>6}|{}".format(p, p, p, p), "{{}} {{{}}}".format(1), "{0[0]}{0[1]} {1[key]}".format("ab", {"key": "v"}), "{0[-1]}".format({"-1": "neg"}))
print("{:d} {:b} {:o} {:x} {:X} {:#x} {:c} {:e} {:n}".format(5, 5, 8, 255, 255, 255, 65, 5, 1234567), "{:,} {:_} {:_x}".format(1234567, 1234567, 0xABCDEF12))
print("{:+} {: } {:-} {:=+8} {:08} {:<08} {:^+8}".format(5, 5, 5, 5, 5, 5, 5), "{:.3} {:10.3}|{:s}".format("abcdef", "abcdef", "s"), "{:%} {:.0%}".format(0.5, 0.255))
for fmt, args, kw in (("{", (), {}), ("}", (), {}), ("{0} {}", (1, 2), {}), ("{} {0}", (1, 2), {}), ("{2}", (1,), {}), ("{a}", (), {}), ("{0.nope}", (1,), {}), ("{0[k]}", ({},), {}), ("{0[9]}", ([],), {}),
                      ("{!x}", (1,), {}), ("{!}", (1,), {}), ("{0!r", (1,), {}), ("{:d}", ("s",), {}), ("{:s}", (5,), {}), ("{:q}", (5,), {}), ("{:.2d}", (5,), {}), ("{:,s}", ("a",), {}), ("{:=5}", ("a",), {}), ("{0[}", (1,), {}),
                      ("{0.}", (1,), {}), ("{0[]}", ([1],), {}), ("{:{}", (1,), {}), ("{a.b}", (), {"a": 1}), ("{:c}", (-1,), {}), ("{:+s}", ("a",), {}), ("{0x}", (1,), {}), ("{:{:{}}}", (1, 2, 3), {}), ("{:5x}", ([],), {}), ("{:>>>5}", (1,), {}), ("{:99999999999999999999}", (1,), {})):
    try:
        print(repr(fmt), fmt.format(*args, **kw))
    except Exception as error:
        print(repr(fmt), type(error).__name__, error)

class Default(dict):
    def __missing__(self, key):
        return f"<{key}>"

print("{a} {b}".format_map(Default(a=1)), "{x.y}".format_map({"x": type("N", (), {"y": 5})}), format(p, "abc"), format(5, "05"), format("s"), "{}".format(None), "{!r}".format(...))
print("{0:{1}{2}{3}}".format(7, "*", "^", 9), "{:{fill}{align}{width}}".format("mid", fill="-", align="^", width=11), "{:\u20ac^7}".format("x"), "{:<}".format(3), "{:}".format("e"))
for bad in ("5", ">5"):
    for value in (None, [], {}, object):
        try:
            print(format(value, bad))
        except TypeError as error:
            print(error)
