"""String literals, escapes, indexing, slicing and the everyday methods."""

s = "hello, world"
print(s[0], s[-1], s[2:5], s[::-1], s[::2], s[-5:], s[:100])
print(s.upper(), s.title(), s.capitalize(), s.swapcase())
print(s.find("o"), s.rfind("o"), s.find("z"), s.index("w"), s.count("l"))
print(s.replace("l", "L"), s.replace("l", "", 2))
print(s.split(", "), "a b  c".split(), "a,b,,c".split(","), "a,b,c".rsplit(",", 1))
print("-".join(["x", "y", "z"]), "".join([]))
print("  pad ".strip(), "xxabcxx".strip("x"), "xxabc".lstrip("x"), "abcxx".rstrip("x"))
print(s.startswith("hell"), s.endswith(("x", "world")), "lo" in s, "zz" not in s)
print("abc" * 3, 2 * "xy", "a" + "b" "c")
print("tab\there", "new\nline", 'quote\'s', "back\\slash", "\x41\u0042\103")
print(r"raw\n", """triple
quoted""")
print(repr("a'b"), repr('a"b'), repr("a'b\"c"), repr("\n\t\x00\x7f"))
print(len(s), min(s), max(s), sorted("banana"))
print("abc" < "abd", "Z" < "a", "" < "a", "abc" == "ab" + "c")
print("x".center(7, "*"), "x".ljust(4) + "|", "x".rjust(4), "42".zfill(5), "-42".zfill(6))
print("a1".isalnum(), "a1".isalpha(), "12".isdigit(), " ".isspace(), "Ab".islower(), "AB".isupper())
print("one\ntwo\r\nthree".splitlines(), "one\ntwo".splitlines(True))
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="))
print(ord("A"), chr(97), chr(8364), ascii("h\u00e9\u20ac"))
print("prefix_name".removeprefix("prefix_"), "name.py".removesuffix(".py"))
print("a\tb\tcd".expandtabs(4))
for i, c in enumerate("xyz"):
    print(i, c, end=" ")
print()
