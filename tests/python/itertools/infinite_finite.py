"""itertools: count, cycle, repeat, chain, islice, takewhile, dropwhile, filterfalse, compress, starmap, accumulate, zip_longest, pairwise."""

from itertools import *
import operator

print(list(islice(count(5), 3)), list(islice(count(1.5, 0.5), 3)), list(islice(count(10, -3), 4)), count(3), count(2, 5), next(count(10**30)), list(islice(cycle("ab"), 5)), list(cycle([])), list(repeat(7, 3)), repeat(1), repeat("x", 2), list(islice(repeat(0), 2)), list(map(pow, range(4), repeat(2))))
print(list(chain("ab", [1], ())), list(chain.from_iterable(["ab", [1, 2]])), list(islice("abcdef", 2)), list(islice("abcdef", 1, 4)), list(islice("abcdef", 1, None, 2)), list(islice("abcdef", 0, 0)), list(islice(range(10), 8, 100)), list(takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 5, 1])), list(filterfalse(None, [0, 1, ""])), list(filterfalse(lambda x: x % 2, range(5))), list(compress("abcd", [1, 0, True, ""])), list(starmap(pow, [(2, 3), (3, 2)])))
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate("abc")), list(accumulate([1, 2], initial=100)), list(accumulate([])), list(accumulate([3, 1, 4], max)), list(accumulate([], initial=5)), list(zip_longest("ab", [1], fillvalue="-")), list(zip_longest()), list(zip_longest("a", range(3))), list(pairwise("abcd")), list(pairwise([1])))
for bad in (lambda: islice([1], -1), lambda: islice([1], 1, 2, 0), lambda: islice([1], "x"), lambda: islice([1]), lambda: count("a"), lambda: cycle(5), lambda: repeat(), lambda: repeat(1, "x"), lambda: chain(5).__next__(), lambda: takewhile(5, [1]).__next__(), lambda: starmap(pow, [5]).__next__(), lambda: accumulate(5), lambda: zip_longest(5), lambda: zip_longest("a", bad=1), lambda: compress("a"), lambda: pairwise(), lambda: pairwise(5), lambda: list(accumulate([1, "a"])), lambda: chain.from_iterable(5), lambda: list(chain.from_iterable([5])), lambda: islice([1], 0, 1, -1), lambda: count(1, 2, 3)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
it = iter(range(10)); print(list(islice(it, 3)), list(islice(it, 1, 4, 2)), list(it))
c = cycle(iter([1, 2])); print(next(c), next(c), next(c), next(c))
a, b, d = tee((x * x for x in range(5)), 3); print(next(a), next(a), list(b), list(a), next(d), list(d), tee("ab", 0), [list(t) for t in tee("ab", 2)])
e, f = tee(iter("xyz")); g = e.__copy__(); print(next(e), list(g), list(f), list(e))
r = repeat("q", 3); print(r.__length_hint__(), next(r), r, len(list(r)))
class Explodes:
    def __iter__(self):
        yield 1
        raise ValueError("mid")
for make in (lambda: chain(Explodes(), [2]), lambda: accumulate(Explodes()), lambda: zip_longest(Explodes(), [1, 2, 3]), lambda: pairwise(Explodes()), lambda: cycle(Explodes()), lambda: islice(Explodes(), 5), lambda: tee(Explodes())[0], lambda: compress(Explodes(), [1, 1])):
    out, i = [], make()
    try:
        for x in i: out.append(x)
    except ValueError as e: out.append(str(e))
    print(out)
print(sum(takewhile(lambda x: x < 1000, (x * x for x in count()))), list(islice((p for p in count(2) if all(p % q for q in range(2, p))), 8)), next(dropwhile(lambda x: x ** 2 < 500, count())), [k for k in chain(*[[1], [2, 3]])], dict(zip(count(), "ab")), list(map(operator.add, "ab", cycle("xy"))) if False else "-", type(count()).__name__, [*chain.from_iterable(repeat(i, i) for i in range(4))])
def sliding(it, n):
    ts = tee(it, n)
    for i, t in enumerate(ts):
        for _ in range(i): next(t, None)
    return zip(*ts)
print(list(sliding(range(6), 3)), list(zip(*[iter("abcdef")] * 2)))
