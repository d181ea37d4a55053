"""Laying out text with str methods: paragraphs, columns, centring, justification, boxes, wrapping with unicode."""

TEXT = "The threads of a fabric cross each other at right angles. The warp is held under tension; the weft is drawn through, over and under, row after row, until there is cloth."

def wrap(text, width):
    lines, line, length = [], [], 0
    for word in text.split():
        if line and length + len(word) + len(line) > width:
            lines.append(line)
            line, length = [], 0
        line.append(word)
        length += len(word)
    return lines + [line]

def justify(words, width, last=False):
    if last or len(words) == 1:
        return " ".join(words).ljust(width)
    gaps = len(words) - 1
    spaces = width - sum(map(len, words))
    return "".join(w + " " * (spaces // gaps + (i < spaces % gaps)) if i < gaps else w for i, w in enumerate(words))

def box(lines, width):
    return "\n".join(["┌" + "─" * (width + 2) + "┐", *(f"│ {l:{width}} │" for l in lines), "└" + "─" * (width + 2) + "┘"])

for width in (20, 33):
    lines = wrap(TEXT, width)
    print(box([justify(l, width, i == len(lines) - 1) for i, l in enumerate(lines)], width))
left, right = [" ".join(l) for l in wrap(TEXT[:80], 16)], [" ".join(l) for l in wrap(TEXT[80:], 16)]
for i in range(max(len(left), len(right))):
    print(f"{left[i] if i < len(left) else '':<16} ║ {right[i] if i < len(right) else '':>16}")
for title in ("a", "even", "Ünïcödé ✓", "odd"):
    print(title.center(21, "="), f"{title:-^21}", title.ljust(12, ".") + "|", title.rjust(12, "."))
print("\n".join(f"{'*' * (2 * i + 1):^13}".rstrip() for i in range(7)))
items = {"alpha": 3, "beta": 11, "gamma": 7}
longest = max(map(len, items))
for k, v in items.items():
    print(f"{k:>{longest}} {'█' * v}{'░' * (12 - v)} {v:2d}")
def columns(words, n):
    rows = -(-len(words) // n)
    cols = [words[i:i + rows] for i in range(0, len(words), rows)]
    widths = [max(map(len, c)) for c in cols]
    for r in range(rows):
        yield "  ".join(c[r].ljust(w) for c, w in zip(cols, widths) if r < len(c)).rstrip()
print(*columns("the quick brown fox jumps over one lazy dog now".split(), 3), sep="\n")
print("\n".join(line.expandtabs(6) for line in ("a\tbb\tccc", "dddd\te\tf")), TEXT[:30].title(), TEXT[:9].swapcase(), sep="\n")
calendar = [" Mo Tu We Th Fr Sa Su"] + ["".join(f"{d:3}" if 1 <= d <= 31 else "   " for d in range(w, w + 7)).rstrip() for w in range(-2, 32, 7)]
print("\n".join(calendar))
def morse(text):
    table = dict(zip("abcdefghijklmnopqrstuvwxyz", ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..".split()))
    return " / ".join(" ".join(table[c] for c in w if c in table) for w in text.lower().split())
print(morse("Warp and weft"))
print("".join(f"{c}{c.upper()}" for c in "weft"), "-".join(TEXT.split()[:5])[::-1], TEXT.count("the"), TEXT.lower().count("the"), len(TEXT), sorted(set(TEXT.lower()) - set(" .;,"))[:8], TEXT.partition(";")[0][-7:], [w for w in TEXT.split() if len(w) > 6])
