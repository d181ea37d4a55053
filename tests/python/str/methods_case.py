"""Case and classification methods, beyond ASCII."""

words = ["hello World", "STRASSE", "stra\u00dfe", "\u01c6 \u01c5", "\u0130stanbul", "\u03a3\u03a3 \u03c3\u03c2", "\u00c9COLE", "they're bill's", "x1y2 z3", "\ufb01ne", "\u1e9e", "ABC\u0345", "\U00010400\U00010428", ""]
for w in words:
    print(*(ascii(m(w)) for m in (str.upper, str.lower, str.title, str.capitalize, str.swapcase, str.casefold)))
checks = [str.isalpha, str.isalnum, str.isdigit, str.isdecimal, str.isnumeric, str.isspace, str.isupper, str.islower, str.istitle, str.isidentifier, str.isprintable, str.isascii]
for s in ["abc", "ABC", "Abc", "Abc Def", "123", "\u00b2", "\u2155", "\u0661", "\u4e00", " \t\n", "\u2003", "a1", "_x", "1x", "", "caf\u00e9", "\u00aa", "\x7f", "\u200b", "\ud800", "\U0001F600", "A\u0301", "\u2160", "\u01c5", "class"]:
    print(ascii(s), "".join("1" if c(s) else "0" for c in checks))
print("\u0391\u03a3".lower(), "\u0391\u03a3 x".lower(), "\u03a3".lower(), "a\u03a3b".lower(), "A\u00adΣ".lower())
print("hello world foo".title(), "o'neil 3rd x-ray".title(), "ǆabc".capitalize(), "ßx".capitalize(), "ŉ".upper(), "ﬃ".title())
print("Straße".casefold() == "STRASSE".casefold(), "İ".lower() == "i̇", len("İ".lower()))
print("abc".isidentifier(), "a b".isidentifier(), "µ".isidentifier(), "℘".isidentifier(), "a·".isidentifier(), "·a".isidentifier())
