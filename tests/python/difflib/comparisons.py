# difflib: matching blocks, ratios, every kind of diff, HTML tables, restoring, close matches, junk, and the errors.
import difflib
import random

OLD = "The quick brown\nfox jumps\nover the\nlazy dog.\n\nA last line\n".splitlines(keepends=True)
NEW = "The quick red\nfox jumps\nright over the\nlazy dog.\n\tA tab\nA last  line".splitlines(keepends=True)
s = difflib.SequenceMatcher(None, "qabxcd", "abycdf")
print(s.get_matching_blocks(), s.get_opcodes(), round(s.ratio(), 4), round(s.quick_ratio(), 4), s.real_quick_ratio(), s.find_longest_match(0, 6, 0, 6), s.find_longest_match(), s.find_longest_match(ahi=2))
for a, b in (("", ""), ("abc", ""), ("abcd", "bcde"), ("private Thread currentThread;", "private volatile Thread currentThread;"), ([1, 2, (3,)], [2, (3,), 4]), (b"abc", b"abd")):
    m = difflib.SequenceMatcher(lambda x: x == " ", a, b)
    print(repr(a)[:20], m.get_opcodes(), round(m.ratio(), 3), [list(g) for g in m.get_grouped_opcodes(1)], m.bjunk, len(m.b2j))
m = difflib.SequenceMatcher(None, "x" * 250 + "a", "x" * 250 + "b")
print(m.ratio(), m.bpopular, difflib.SequenceMatcher(None, "x" * 250 + "a", "x" * 250 + "b", autojunk=False).ratio())
m.set_seq1("new")
m.set_seq2("newer")
print(m.ratio(), m.get_matching_blocks()[0]._fields, m.a, difflib.SequenceMatcher(a="x", b="x").ratio())
print("".join(difflib.ndiff(OLD, NEW)), "".join(difflib.unified_diff(OLD, NEW, "old", "new", "d1", "d2", n=1)), "".join(difflib.context_diff(OLD, NEW, "old", "new", n=0)), sep="\n====\n")
print(list(difflib.unified_diff(["a"], ["a"])), list(difflib.unified_diff([], ["x\n"], lineterm="")), list(difflib.context_diff(["x"], [])), list(difflib.unified_diff(["a", "b"], ["b"], lineterm="")))
delta = list(difflib.ndiff(OLD, NEW, linejunk=difflib.IS_LINE_JUNK, charjunk=None))
print("".join(difflib.restore(delta, 1)) == "".join(OLD), "".join(difflib.restore(delta, 2)) == "".join(NEW))
print(list(difflib.diff_bytes(difflib.unified_diff, [b"caf\xe9\n"], [b"caf\xc3\xa9\n"], b"a", b"b")))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.get_close_matches("x", ["y"]), difflib.get_close_matches("abc", ["abd", "abe", "abf", "xbc"], n=2, cutoff=0.5), difflib.get_close_matches([1, 2], [[1, 3], [5, 6]], cutoff=0.3), difflib.IS_CHARACTER_JUNK(" "), difflib.IS_LINE_JUNK(" # \n"), difflib.IS_LINE_JUNK("x"))
html = difflib.HtmlDiff(tabsize=4, wrapcolumn=12)
table = html.make_table(OLD, NEW, "Old <1>", "New", context=True, numlines=1)
print(table)
page = html.make_file(OLD[:1], NEW[:1], charset="ascii")
print(len(page) > 2000, page[:120])
for text in (list(difflib.Differ().compare(["one two\n", "\tthree\n", "same\n"], ["one too\n", "\tthere\n", "same\n"])), list(difflib.Differ(linejunk=lambda l: l == "\n").compare(["a\n", "\n", "b\n"], ["\n", "b\n", "c\n"]))):
    print(text)
rng = random.Random(5)
words = "alpha beta gamma delta epsilon".split()
for _ in range(60):
    a = [rng.choice(words) + str(rng.randrange(3)) + "\n" for _ in range(rng.randrange(12))]
    b = [x for x in a if rng.random() > .2] + [rng.choice(words) + "\n" for _ in range(rng.randrange(3))]
    if rng.random() > .7:
        rng.shuffle(b)
    d = list(difflib.ndiff(a, b))
    assert list(difflib.restore(d, 1)) == a and list(difflib.restore(d, 2)) == b
    rebuilt = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b).get_opcodes():
        rebuilt += a[i1:i2] if tag == "equal" else b[j1:j2]
    assert rebuilt == b
print("sixty round trips", len(d))
for wrong in (lambda: difflib.get_close_matches("a", [], n=0), lambda: difflib.get_close_matches("a", [], cutoff=2), lambda: list(difflib.restore([], 3)), lambda: list(difflib.unified_diff([1], [2])), lambda: list(difflib.unified_diff([b"a"], ["b"])), lambda: list(difflib.unified_diff(["a"], ["b"], b"x", "y")), lambda: difflib.SequenceMatcher(None, [[]], [[]]), lambda: list(difflib.diff_bytes(difflib.unified_diff, ["a"], ["b"])), lambda: list(difflib.ndiff([1], ["a"])), lambda: difflib.SequenceMatcher(5), lambda: difflib.SequenceMatcher(5, "a", "b")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
