# Random patterns over random texts: sets, repeats of all sorts, groups, look-around, back references, with and without case.
# What engines leave out because it could not help (choices, starts, marks to be undone) must not be missed.

import random
import re
import sys

SEED, PATTERNS = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (7, 1200)
rng = random.Random(SEED)
ALPHABET = "abAB01 _.,\n-\xe9\xc9\u0142\u0141\u212a\U0001f600k"


def letter():
    return rng.choice("aabbcAB01 ,.-\n_k" + rng.choice("\xe9\u0142\U0001f600k"))


def a_set():
    items = "".join(rng.choice((re.escape(letter()), "a-c", "0-9", r"\d", r"\w", r"\s", r"\S", r"\W", "\xe0-\xff", "\u0100-\u0200", "A-B"))
                    for _ in range(rng.randint(1, 3)))
    return "[" + rng.choice(("", "", "^")) + items + "]"


def atom(depth, groups):
    kind = rng.randrange(16)
    if kind < 4 or depth <= 0 and kind >= 9:
        return re.escape(letter())
    if kind < 7:
        return a_set()
    if kind < 9:
        return rng.choice((".", r"\d", r"\w", r"\s", r"\S", r"\D", r"\W"))
    if kind == 9:
        return rng.choice(("^", "$", r"\b", r"\B", r"\A", r"\Z"))
    if kind == 10 and groups[0]:
        return "(?:\\%d)" % rng.randint(1, groups[0])
    if kind == 11:
        return rng.choice(("(?=%s)", "(?!%s)", "(?>%s)")) % alternatives(depth - 1, groups)
    if kind == 12:
        return rng.choice(("(?<=%s)", "(?<!%s)")) % (a_set() + re.escape(letter()))
    if kind == 13 and groups[0]:
        return "(?(%d)%s|%s)" % (rng.randint(1, groups[0]), sequence(depth - 1, groups), sequence(depth - 1, groups))
    if kind == 14:
        return "(?:%s)" % alternatives(depth - 1, groups)
    inner = alternatives(depth - 1, groups)
    groups[0] += 1
    return "(%s)" % inner


def item(depth, groups):
    one = atom(depth, groups)
    if rng.random() < 0.5 or one in ("^", "$", r"\b", r"\B", r"\A", r"\Z"):
        return one
    return one + rng.choice(("*", "+", "?", "{2}", "{1,3}", "{,2}", "{2,}")) + rng.choice(("", "", "", "?", "+"))


def sequence(depth, groups):
    return "".join(item(depth, groups) for _ in range(rng.randint(1, 4)))


def alternatives(depth, groups):
    return "|".join(sequence(depth, groups) for _ in range(rng.choice((1, 1, 1, 2, 3))))


def text():
    letters = ALPHABET if rng.random() < 0.4 else "abcAB01 ,.-\n_k"
    return "".join(rng.choice(letters) for _ in range(rng.randint(0, 14)))


def show(match):
    return match and (match.regs, match.lastindex)


def main():
    compiled = 0
    for number in range(PATTERNS):
        groups = [0]
        source = alternatives(2, groups)
        flags = rng.choice((0, 0, 0, re.I, re.M, re.S, re.A, re.I | re.A, re.I | re.M))
        try:
            pattern = re.compile(source, flags)
        except re.error as problem:
            print(number, "refused", problem)
            continue
        compiled += 1
        for subject in (text(), text(), text()):
            start = rng.randint(0, 3)
            print(number, ascii(source), int(flags), ascii(subject), show(pattern.match(subject)), show(pattern.search(subject, start)),
                  show(pattern.fullmatch(subject)), show(pattern.search(subject, start, len(subject) - 2)))
            print(ascii(pattern.findall(subject)), ascii(pattern.split(subject, 3)), ascii(pattern.sub("<>", subject)),
                  ascii(pattern.sub(lambda match: "(%s)" % match[0], subject, 2)), [show(match) for match in pattern.finditer(subject)])
            if subject.isascii() and source.isascii() and not flags & re.A:
                raw = re.compile(source.encode(), flags & ~re.U)
                print(raw.findall(subject.encode()), raw.subn(b"+", subject.encode()), show(raw.search(subject.encode(), start)))
    print(compiled, "patterns")


main()
