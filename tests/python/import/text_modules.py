"""re, string, textwrap, linecache, tokenize and traceback: what the command line's tools stand on."""

import io
import re
print(re.findall(r"(\w+)=(\d+)", "a=1 b=22"), re.sub(r"(?P<x>\d)", r"<\g<x>>", "a1b2"), re.split(r"[,;]\s*", "a, b;c"), re.match(r"(?i)HeLLo (?=w)", "hello world").end(), re.fullmatch(r"\d{2,3}", "123") is not None, [m.span() for m in re.finditer("o", "foo boo")], re.compile("x+", re.M).flags & re.M, re.escape("a.b"), re.search(r"(a)|(b)", "b").groups())
import string, textwrap, linecache, tokenize, traceback
print(string.Template("$a-${b}").substitute(a=1, b=2), string.capwords("a b"), textwrap.dedent("  x\n  y"), textwrap.wrap("the quick brown fox", 10), linecache.getline(__file__, 1).strip()[:20], [t.string for t in tokenize.generate_tokens(io.StringIO("x = 1\n").readline)][:3], string.ascii_letters[:5])
