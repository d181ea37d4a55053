"""The % operator: flags, widths from arguments, mappings, every error."""

print("%s %r %a" % ("h\u00e9", "h\u00e9", "h\u00e9"), "%5s|%-5s|%.1s|%5.1s|" % (("ab",) * 4), "%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159))
print("%d %i %u" % (1.9, -2, True), "%x %X %o %#x %#o %#X" % (255, 255, 8, 255, 8, 255), "%05d %+05d % d %-5d|" % (42, 42, 42, 42), "%.5d" % 42, "%#.5x" % 255)
print("%c%c%c" % (65, "b", 0x20AC), "%5c|%-5c|" % ("x", "y"), "%%" % (), "100%%", "%s" % [1, 2], "%s" % {"a": 1}, "%s" % ((1, 2),), "%r" % ("x",))
print("%(a)s %(b)05d %(a)r %(c).2f %%" % {"a": "x", "b": 42, "c": 1.005}, "%(k)s" % {"k": (1, 2)}, "%(a(b))s" % {"a(b)": "nested"}, "%()s" % {"": "empty"})
print("%d" % 10**30, "%x" % -(2**70), "%o" % -8, "%+x" % 255, "% x" % 255, "%010x" % -255, "%s" % -0.0, "%e" % 12345.678, "%.3e" % 0)
for fmt, args in (("%d", "x"), ("%d", None), ("%x", 1.5), ("%c", "ab"), ("%c", -1), ("%c", 0x110000), ("%c", 1.5), ("%s %s", 1), ("%s", (1, 2)), ("%s %s", (1,)), ("%", ()), ("%z", 1), ("%5", 1), ("%(a)s", 5),
                  ("%(a)s", {}), ("%(a", {}), ("%*d", ("x", 1)), ("%f", "x"), ("%.*f", (1,)), ("%s", ()), ("abc", 1), ("abc", (1,)), ("abc", [1]), ("abc", {}), ("%d", 1j), ("%(x)s %s", {"x": 1}), ("%i", b"1"), ("%#c", 65), ("%l", 1), ("%ld", 5), ("%hd", 6)):
    try:
        print(repr(fmt), repr(fmt % args))
    except Exception as error:
        print(repr(fmt), type(error).__name__, error)

class S:
    def __str__(self):
        return "str"
    def __repr__(self):
        return "repr\u20ac"
    def __int__(self):
        return 9
    def __index__(self):
        return 10
    def __float__(self):
        return 2.5
    def __getitem__(self, key):
        return key * 2

print("%s %r %a" % (S(), S(), S()), "%d %x %f" % (S(), S(), S()), "%(ab)s" % S())
print("%s" * 3 % (1, 2, 3), "%-10s|%10s" % ("\u20ac", "\U0001F600"), "%s%%" % 50)
text = "name=%(name)-8s size=%(size)6.2fK"
for name, size in (("a", 1), ("longer.txt", 2048.5), ("\u00e9", 0)):
    print(text % {"name": name, "size": size, "unused": None})
