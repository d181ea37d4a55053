# strip() with few and with many characters, of each width; dict keys that are equal but not the same object, of every short length.

texts = ["", "x", "..x..", "  a b  ", "....", "\xe9\xe9x\xe9", "\u0142x\u0142", "xyxxz" * 3, "ab" * 20 + "-" + "ba" * 20, "\t\n x \x1c\x85\xa0", "\U0001f600z\U0001f600"]
sets = ["", ".", ".,;", "xyz", "ab", "abcdefgh", "abcdefghi", "\xe9", "\xe9x", "\u0142x", "\U0001f600", " \t", "zyx\u0142.", "\x85\xa0\x1c\t\n "]
for text in texts:
    for chars in sets:
        print(ascii(text.strip(chars)), ascii(text.lstrip(chars)), ascii(text.rstrip(chars)), end=" ")
    print(ascii(text.strip()), ascii(text.lstrip(None)), ascii(text.rstrip(None)))
for bad in (1, b"x", ["x"]):
    try:
        "x".strip(bad)
    except TypeError as problem:
        print(problem)

for letter in ("a", "\xe9", "\u0142", "\U0001f600"):
    keys = {}
    for n in range(40):
        keys[letter * n] = n
        keys[letter * n + "b"] = n + 100
        keys["b" + letter * n] = n + 200
    print([keys["".join([letter] * n)] for n in range(40)] == list(range(1)) + [keys[letter * n] for n in range(1, 40)],
          sum(keys["".join([letter] * n + ["b"])] for n in range(40)), sum(keys["".join(["b"] + [letter] * n)] for n in range(40)), len(keys),
          [("".join([letter] * n) + "c") in keys for n in (1, 3, 4, 7, 8, 9, 15, 16, 17, 31)])
