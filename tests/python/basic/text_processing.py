"""Counting words, caesar cipher, run lengths, palindromes, roman numerals, simple parsing."""

text = """The quick brown fox jumps over the lazy dog. The dog sleeps;
the fox runs away, and the quick hunter looks at the brown trees."""

counts = {}
for word in text.lower().replace(".", "").replace(",", "").replace(";", "").split():
    counts[word] = counts.get(word, 0) + 1
for word, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:6]:
    print(f"{word:<8}{n:>3} {'#' * n}")

def caesar(s, k):
    out = []
    for c in s:
        if c.isalpha() and c.isascii():
            base = ord("A" if c.isupper() else "a")
            out.append(chr((ord(c) - base + k) % 26 + base))
        else:
            out.append(c)
    return "".join(out)

secret = caesar(text[:44], 3)
print(secret, caesar(secret, -3) == text[:44])

def runs(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out.append(f"{s[i]}{j - i}")
        i = j
    return "".join(out)

print(runs("aaabbbccd"), runs(""), runs("abc"))

def roman(n):
    out = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= value:
            out, n = out + sign, n - value
    return out

print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024)])
clean = lambda s: "".join(c for c in s.lower() if c.isalnum())
print([clean(s) == clean(s)[::-1] for s in ("A man, a plan, a canal: Panama", "weft", "Was it a car")])
ini = "[main]\nname = weft\nsize=3\n# comment\n[other]\nflag = yes\n"
section, config = None, {}
for line in ini.splitlines():
    line = line.strip()
    if not line or line.startswith("#"):
        continue
    if line[0] == "[" and line[-1] == "]":
        section = config.setdefault(line[1:-1], {})
    else:
        key, _, value = line.partition("=")
        section[key.strip()] = value.strip()
print(config)
print("\n".join(" ".join(w.capitalize() for w in line.split()[:3]) for line in text.splitlines()))
