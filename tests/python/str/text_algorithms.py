"""Longest common subsequence, edit distance, KMP, anagrams, word wrap: string code as people write it."""

def lcs(a, b):
    table = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + x if x == y else max(table[i][j + 1], table[i + 1][j], key=len)
    return table[-1][-1]

def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]

def kmp(text, pattern):
    fail, k = [0], 0
    for c in pattern[1:]:
        while k and c != pattern[k]:
            k = fail[k - 1]
        k += c == pattern[k]
        fail.append(k)
    k = 0
    for i, c in enumerate(text):
        while k and c != pattern[k]:
            k = fail[k - 1]
        k += c == pattern[k]
        if k == len(pattern):
            yield i - k + 1
            k = fail[k - 1]

def wrap(text, width):
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line

print(lcs("AGGTABQQXYZ", "GXTXAYBZXYZ"), lcs("", "x"), lcs("αβγδε", "βxδyε"))
print([distance(a, b) for a, b in (("kitten", "sitting"), ("", "abc"), ("same", "same"), ("intention", "execution"))])
print(list(kmp("abababcababab", "abab")), list(kmp("aaaaa", "aa")), list(kmp("x€y€x€", "€x")))
words = "listen silent enlist google elgoog tinsel banana inlets".split()
groups = {}
for w in words:
    groups.setdefault("".join(sorted(w)), []).append(w)
print(sorted(groups.values(), key=lambda g: (-len(g), g)))
text = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness"
for line in wrap(text, 28):
    print(f"|{line:<28}|{line:>28}|{line:^28}|")
freq = {c: text.count(c) for c in sorted(set(text)) if c.isalpha()}
print("".join(f"{c}{n}" for c, n in sorted(freq.items(), key=lambda kv: (-kv[1], kv[0]))))
def rotations(s): return sorted(s[i:] + s[:i] for i in range(len(s)))
bwt = "".join(r[-1] for r in rotations("mississippi$"))
table = [""] * len(bwt)
for _ in bwt:
    table = sorted(c + r for c, r in zip(bwt, table))
print(bwt, next(r for r in table if r.endswith("$")))
