"""A formatted text that is one text already is that text itself, subclass and all: str.format, format_map and % with a single field at the end."""


class S(str):
    pass


class Says:
    def __init__(self, text):
        self.text = text

    def __format__(self, spec):
        return self.text

    def __str__(self):
        return self.text

    __repr__ = __str__


class Spec:
    def __format__(self, spec):
        return f"{type(spec).__name__} {spec!r}"


def names(*values):
    print([type(value).__name__ for value in values])


x = "abc" * 3
s = S("hello")
for spec in ("", "s", "^9", "^1", "5", "5.5", ".9", ".5", ".2", "<5s", "05"):
    template, percent = "{:" + spec + "}", "%" + spec.strip("^<0s") + "s"
    for value in (x, s):
        made = [template.format(value), format(value, spec), value.__format__(spec), percent % value, percent % (value,), ("%" + spec.strip("^<0s") + "r") % Says(value)]
        print(repr(spec), [(type(v).__name__, v, v is value) for v in made])
one, two, key = "%s", "%s%s", "%(k)s"
print([v is x for v in (one % x, two % ("", x), two % (x, ""), "%s " % x, "%+s" % x, key % {"k": x}, "{}{}".format("", x), "{}{}".format(x, ""), "{k}".format_map({"k": x}), "{0!s}".format(x), x.format(), x % ())])
names(one % Says(s), "%r" % Says(s), "%a" % Says(s), two % ("", Says(s)), two % (Says(s), ""), "%5s" % Says(s), "%9s" % Says(s), "%% s" % ())
names("{}".format(Says(s)), "{!s}".format(Says(s)), "{!r:5}".format(Says(s)), "{!r:9}".format(Says(s)), "{}{}".format("", Says(s)), "{}{}".format(Says(s), ""), " {}".format(Says(s)), "{} ".format(Says(s)))
names(S("{}").format(1), S("plain").format(), S("plain").format_map({}), S("{{").format(), S("plain") % (), S("%%") % (), S("{}").format(s), S("{}").format(Says(s)))
names(f"{Says(s)}", f"{Says(s)!s}", f"{Says(s)!r:5}", f"{Says(s)!r:9}", f"{Says(s)}{''}", f"{''}{Says(s)}")
print("{:{}}".format(Spec(), Says(s)), "{:{}{}}".format(Spec(), "", Says(s)), "{:{}{}}".format(Spec(), Says(s), ""), f"{Spec():{Says(s)}}")
empty = S("")
names("{}".format(Says(empty)), one % Says(empty), S("").format(), S("") % (), "{}{}".format(Says(empty), Says(s)))
