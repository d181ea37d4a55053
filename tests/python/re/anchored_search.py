# Searches that are anchored to the beginning, in all the ways of searching; long texts are given up at once.
import re

TEXTS = ["", "a", "ab\nab", "ba", "\na", "x" * 5]
for pattern in (r"\Aa", r"^a", r"(?m)^a", r"(^a)", r"\A", r"^", r"^$", r"\Ab*", r"^a|b", r"(?:^a)", r"\A\b", r"(?m)\Aa", r"^^a", r"\Z"):
    p = re.compile(pattern)
    for text in TEXTS:
        print(pattern, repr(text), [m.span() for m in p.finditer(text)], p.findall(text), p.split(text), p.sub("-", text), p.subn("_", text, 1),
              p.search(text, 1), p.search(text, 0, 1), p.match(text, 1), bool(p.fullmatch(text)))
    q = re.compile(pattern.encode())
    print([q.sub(b"-", text.encode()) for text in TEXTS])
s = "x" * 10**7
for pattern in (r"\Ay", r"^y"):
    for i in range(20):
        print(re.search(pattern, s), len(re.split(pattern, s)), re.findall(pattern, s), re.sub(pattern, "", s) == s, end=" ")
