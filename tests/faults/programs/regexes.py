# Regular expressions: compiling and matching.
import re
from _step import step


def searching():
    text = "The year 1999 and the year 2024, mail a.b@c.org or x@y.net"
    pattern = re.compile(r"(?P<user>[\w.]+)@(?P<host>\w+)\.(\w+)")
    m = pattern.search(text)
    return re.findall(r"\d{4}", text), m.groups(), m.groupdict(), m.span("host"), [x.group() for x in pattern.finditer(text)], m.expand(r"\2:\g<user>")


def replacing():
    return re.sub(r"(\w)(\w*)", lambda m: m[1].upper() + m[2], "some words here"), re.subn("a+", "<\\g<0>>", "baaad aa"), re.split(r"[,;]\s*", "a, b;c,d"), re.sub("x*", "-", "abc")


def fancy():
    return [bool(re.fullmatch(p, s)) for p, s in ((r"(a|b)*c", "abababc"), (r"(?i)HELLO", "hello"), (r"(?=.*\d)\w+", "abc1"), (r"(x+)+y", "xxxxz"), (r"\bfoo\b", "foo"), (r"(.)\1", "aa"),
                                                  (r"[^\W\d_]+", "é"), (r"a{2,3}?b", "aab"), (r"(?:a(?:b|c))+", "abac"), (r"(?<=a)b", "b"))]


def errors():
    found = []
    for pattern in ("(", "[a", "*a", "(?P<n>a)(?P<n>b)", "a**", "\\"):
        try:
            re.compile(pattern)
        except re.error as e:
            found.append(str(e))
    return found


for f in (searching, replacing, fancy, errors):
    re.purge()
    step(f)
