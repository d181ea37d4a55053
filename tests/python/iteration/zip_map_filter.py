"""zip, map, filter, enumerate, reversed, sorted and friends: laziness, order of calls, mixtures, state after errors."""

log = []
def noisy(name, it):
    for x in it:
        log.append(f"{name}{x}")
        yield x
    log.append(f"{name}end")

print(list(zip(noisy("a", range(3)), noisy("b", range(2)))), log)
log.clear()
m = map(lambda x, y: x * y, noisy("a", range(3)), noisy("b", range(5)))
print(log, next(m), log, list(m), log)
log.clear()
f = filter(lambda x: log.append(f"test{x}") or x % 2, noisy("f", range(4)))
print(log, next(f), log)
log.clear()
print(list(f), log)
log.clear()
z = zip(noisy("s", "ab"), noisy("t", "abc"), strict=True)
try:
    print(list(z))
except ValueError as e:
    print(e, log)
log.clear()
def boom(x):
    if x == 2:
        raise ValueError(x)
    return x
m = map(boom, range(5))
out = []
while True:
    try:
        out.append(next(m))
    except ValueError as e:
        out.append(str(e) + "!")
    except StopIteration:
        break
print(out)
it = iter(range(10))
print(list(zip(it, it)), list(zip(*[iter(range(7))] * 3)), list(map(max, [1, 5], [4, 2])), list(map(None.__class__, [])), list(filter(None, [0, "a", [], [0], None])), list(filter(str.isalpha, "a1b2")))
print(dict(zip("abc", range(3))), [a + b for a, b in zip(*["ab", "cd"])], list(zip(*[(1, "a"), (2, "b")])), list(enumerate(zip("ab", "cd"), 1)), list(reversed(list(enumerate("ab")))), sorted(zip([3, 1, 2], "xyz")), max(zip([1, 2], [5, 0])), sum(map(len, ["a", "bb"])))
print(all(map(lambda x: log.append(x) or x < 2, range(5))), log)
log.clear()
print(any(map(lambda x: log.append(x) or x > 1, range(5))), log)
log.clear()
print(2 in map(lambda x: log.append(x) or x, range(5)), log, min(map(abs, [-3, 2])), max("apple", "fig", key=len), max([1, 2], [1, 3]), min({3: "a", 1: "b"}), max([], default=None), min((x for x in [4, 2]), key=lambda x: -x))
print(sorted("bca", reverse=True), sorted([(1, "b"), (1, "a")], key=lambda p: p[0]), sorted({"b": 1, "a": 2}), sorted([3, 1], key=lambda x: -x), list(reversed("abc")), list(reversed(range(0, 10, 3))), "".join(reversed("olleh")))
print(sum([0.1] * 3), sum([[1], [2]], []), sum(range(5), start=10), sum((1, 2.5, 3j)), sum([True, True]), sum(()), sum(["x"], ()) if False else "-")
for bad in (lambda: sum(["a"]), lambda: sum([1], "a"), lambda: sum([b"a"], b""), lambda: sorted([1, "a"]), lambda: max(1, "a"), lambda: max(), lambda: max([1], [2], default=3), lambda: min([], key=len), lambda: max([1], key=5), lambda: sorted(), lambda: sorted([1], 5), lambda: all(5), lambda: any(), lambda: list(map(5, [1])), lambda: list(filter(5, [1])), lambda: max(1, 2, foo=3), lambda: sum([[]]), lambda: next(zip()), lambda: max(x for x in ())):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
class Rev:
    def __reversed__(self): return iter("custom")
class SeqLike:
    def __len__(self): return 3
    def __getitem__(self, i): return "abc"[i]
print("".join(reversed(Rev())), list(reversed(SeqLike())), list(reversed({1: 2, 3: 4})), list(reversed({1: 2}.values())))
def primes():
    it = iter(range(2, 10**9))
    while True:
        p = next(it)
        yield p
        it = filter(lambda x, p=p: x % p, it)
g = primes()
print([next(g) for _ in range(25)])
print(list(map(lambda t: t[0] - t[1], zip([5, 7], (2, 3)))), [*map(str.upper, "ab")], {*filter(lambda x: x > 1, range(4))}, (lambda *a: a)(*zip("ab", "cd")), dict(map(lambda x: (x, x * x), range(3))), list(map(lambda f: f(-2), [abs, str, bool])))
