# re: every kind of syntax, flags, methods, errors with positions, substitution templates, scanners, unicode, bytes.
import re

cases = [
    (r"(a|b)*c", "ababc"), (r"(?P<x>\d+)-(?P=x)", "12-12 13-14"), (r"(?i:AbC)d", "abcd ABCD"), (r"a{2,3}?", "aaaa"), (r"a{,2}b", "aab"), (r"x*", "aaxxa"), (r"\b\w+\b", "one two"),
    (r"(?<=a)b(?!c)", "ab abc"), (r"(?<!\d)\d{2}(?!\d)", "1 22 333"), (r"^.$", "a\nb\n"), (r"(?m)^.$", "a\nb\n"), (r"(?s).+", "a\nb"), (r"(?x) a  b # c", "ab"), (r"[^\W\d_]+", "ab1_c é"),
    (r"(a)?(?(1)b|c)", "ab c"), (r"[]a-]+", "]a-"), (r"\Aa\Z", "a"), (r"(?:a|ab)(?:c|bcd)(d*)", "abcd"), (r"(?>a+)b", "aaab"), (r"a++b", "aaab"), (r"(a+)+$", "aaaaaaaaaaaaaaab"), (r"\u00e9\x41\101\N{BULLET}", "éAA•"),
    (r"[\s\S]", "\n"), (r"(?a)\w+", "aé"), (r"ß", "SS"), (r"(?i)ſ", "s S"), (r"(?i)[k]", "K"), (r"(|a)b", "ab"), (r"()", ""), (r"(?=(a))\1", "aa"), (r"((a)|b)*", "ab"), (r"[a-f&&x]", "&"),
]
for pattern, text in cases:
    p = re.compile(pattern)
    print(repr(pattern), [(m.span(), m.groups(), m.lastindex, m.lastgroup) for m in p.finditer(text)], p.findall(text), p.split(text), p.sub("<\\g<0>>", text), bool(p.fullmatch(text)), p.groups, p.groupindex)
for bad in ("(", ")", "[", "a**", "(?P<1>a)", "(?P<a>x)(?P<a>y)", "\\", "(?", "(?<a", "[z-a]", "(?(2)a)", "x{3,2}", "(?i", "a(?i)b", "\\1", "(?P=no)", "\\N{NOPE}", "(?<=a+)b", "(?z)", "[\\q]", "\\8", "(?-i)", "(?P>a)", "*", "(?#", "a{1}{2}", "+a", "\\x1", "\\u12", "(?L)a"):
    try:
        re.compile(bad)
        print("compiled", bad)
    except re.error as e:
        print(repr(bad), e.msg, e.pos, e.lineno, e.colno, e)
m = re.search(r"(?P<first>\w)(?P<rest>\w*)(z)?", "  hello")
print(m, m.group(), m.group(1, "rest"), m["first"], m.groups("dflt"), m.groupdict(), m.start("rest"), m.end(), m.span(3), m.regs, m.expand(r"\2-\g<first>\n"), m.string, m.pos, m.endpos, m.re.pattern, m.lastgroup)
for bad in (lambda: m.group(9), lambda: m["no"], lambda: re.sub("a", r"\g<9>", "a"), lambda: re.sub("(a)", r"\2", "a"), lambda: re.sub("a", r"\q", "a"), lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"), lambda: re.compile(3), lambda: re.sub("a", 3, "a"),
            lambda: re.compile(re.compile("a"), re.I), lambda: re.sub("a", r"\g<", "a"), lambda: re.template if hasattr(re, "templatex") else re.match("(?u)a", "a").re.flags, lambda: re.compile(b"(?u)a")):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(re.sub(r"(\w)(\d)?", lambda m: f"[{m[1]}{m[2]}]", "a1b"), re.sub("x*", "-", "abxd"), re.subn("[aeiou]", "", "education", count=3), re.split(r"(,)|;", "a,b;c"), re.split("", "abc"), re.split(r"\s", " a b ", maxsplit=1))
p = re.compile("a.", re.I | re.S | re.X)
print(p, p.flags, p.match("xAy", 1), p.match("aaa", 0, 1), p.fullmatch("a\n"), p == re.compile("a.", re.S | re.I | re.X), hash(p) == hash(re.compile("a.", re.S | re.I | re.X)), re.escape("a.b*c é\n"), repr(re.compile("x" * 300)), re.purge())
s = re.Scanner([(r"\d+", lambda sc, t: int(t)), (r"[a-z]+", lambda sc, t: t), (r"\s+", None)])
print(s.scan("12 ab 3!"), re.compile(b"\xff+").findall(b"a\xff\xff"), re.findall(rb"(?i)[\w]", b"aZ_\xe9"), re.RegexFlag(10), re.I | re.M, re.A)
print(re.search("a{1,70000}", "a" * 100000).end(), len(re.findall(r"(?:ab|a)*?c", "abac" * 500)))
print([m.span() for m in re.finditer(r"(?=(\w{3}))", "abcdef")], re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", "1234567"), re.findall(r"\d+(?=%)", "10% 20 30%"))
