# itertools with odd arguments: fractions and own types in counts, huge and negative bounds, broken iterators, copies and pickles, lengths, errors.
import copy
import decimal
import fractions
import itertools as it
import operator
import pickle
import sys


class Noisy:
    """An iterator that fails at its third step and says when it is asked."""

    def __init__(self, n=2): self.n, self.asked = n, 0
    def __iter__(self): return self
    def __next__(self):
        self.asked += 1
        if self.asked > self.n:
            raise RuntimeError(f"asked {self.asked} times")
        return self.asked


class Index:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v


class Adds:
    def __init__(self, v): self.v = v
    def __add__(self, other): return Adds(f"{self.v}+{getattr(other, 'v', other)}")
    def __repr__(self): return f"Adds({self.v})"


def head(iterable, n=4):
    return list(it.islice(iterable, n))


for args in ((), (5,), (-2,), (1, 3), (10, -4), (0.5,), (1, 0.25), (fractions.Fraction(1, 3), fractions.Fraction(1, 6)), (decimal.Decimal("1.1"), decimal.Decimal("-.1")), (1j, 2), (2**63 - 2,), (-2**63 + 1, -1), (sys.maxsize, 5), (2**100, 2**99), (0, 0), (True,), (1, True), (float("nan"),), (5, fractions.Fraction(1, 2))):
    c = it.count(*args)
    print(args, repr(c), head(c), repr(c))
print(it.count(start=2, step=3), repr(it.count(1, 1)), repr(it.count(1, 1.0)), head(it.count(Index(3).v)))
for args in ((5,), (2, 5), (0, 10, 3), (None,), (1, None, 4), (0, 0), (7, 3), (Index(2),), (None, None, None), (3, 4, 100), (10**5,), (True, 3)):
    source = iter(range(12))
    print(args if not isinstance(args[0], Index) else "index", list(it.islice(source, *args)), next(source, "end"))
for name, make in (("chain", lambda: it.chain([1], Noisy(), "never")), ("from_iterable", lambda: it.chain.from_iterable(["ab", Noisy(1), 5])), ("chain int", lambda: it.chain([1], 5)), ("compress", lambda: it.compress("abcd", Noisy(3))), ("cycle", lambda: it.cycle(Noisy(2))), ("dropwhile", lambda: it.dropwhile(lambda x: 1 / (x - 2), Noisy())), ("takewhile", lambda: it.takewhile(lambda x: [] if x > 1 else [0], Noisy())), ("filterfalse", lambda: it.filterfalse(None, [0, "", 1, [], "x"])), ("starmap", lambda: it.starmap(pow, [(2, 3), [3, 2], "ab"])), ("starmap 2", lambda: it.starmap(divmod, iter([(7, 2), 5]))), ("accumulate", lambda: it.accumulate(Noisy(), initial=Adds(0))), ("accumulate 2", lambda: it.accumulate([1, "a"])), ("accumulate 3", lambda: it.accumulate([Adds("x"), 2, 3])), ("accumulate 4", lambda: it.accumulate([], initial=5)), ("accumulate 5", lambda: it.accumulate([3, 1, 4], max, initial=None)), ("zip_longest", lambda: it.zip_longest("ab", Noisy(1), range(3), fillvalue="-")), ("zip_longest 0", lambda: it.zip_longest()), ("pairwise", lambda: it.pairwise(Noisy())), ("pairwise 1", lambda: it.pairwise([1])), ("repeat", lambda: it.repeat(Adds(1), Index(2))), ("repeat -", lambda: it.repeat("x", -5)), ("product", lambda: it.product("ab", range(2), repeat=1)), ("product 0", lambda: it.product(repeat=3)), ("product -", lambda: it.product("a", repeat=0)), ("product e", lambda: it.product("ab", [])), ("permutations", lambda: it.permutations("abc", 5)), ("permutations 0", lambda: it.permutations([], None)), ("combinations", lambda: it.combinations(Noisy(9), 2)), ("combinations 0", lambda: it.combinations("ab", 0)), ("replacement", lambda: it.combinations_with_replacement("ab", Index(3))), ("tee", lambda: it.tee(Noisy(), 3)[1])):
    got = []
    try:
        iterator = make()
        for _ in range(9):
            got.append(next(iterator))
    except Exception as e:
        print(name, got, type(e).__name__, e)
        try:
            print("   then", next(iterator))
        except Exception as e:
            print("   then", type(e).__name__, e)
    else:
        print(name, got)
groups = it.groupby([1, 1, 2, 3, 3, 3, 1], key=lambda x: x // 2)
saved = [(k, g) for k, g in groups]
print([(k, list(g)) for k, g in saved], [(k, len(list(g))) for k, g in it.groupby("AAaB", str.upper)])
outer = it.groupby("aabb")
k1, g1 = next(outer)
print(next(g1), next(outer)[0], list(g1))
a, b = it.tee(iter(range(5)))
next(a)
c = copy.copy(a)
print(list(a), list(b), list(c), it.tee([1], 0), len(it.tee("x", 4)), type(it.tee(a)[0]) is type(a))
for iterator in (it.count(3, 2), it.cycle([1, 2, 3]), it.repeat(5, 3), it.chain([1], [2, 3]), it.islice(range(9), 2, 8, 2), it.product("ab", repeat=2), it.permutations("abc", 2), it.combinations("abcd", 2), it.combinations_with_replacement("ab", 2), it.accumulate([1, 2, 3]), it.zip_longest([1, 2], [3]), it.starmap(operator.add, [(1, 2), (3, 4)]), it.compress("abc", [1, 0, 1]), it.dropwhile(bool, [1, 0, 2]), it.takewhile(bool, [1, 2, 0])):
    next(iterator)
    for copied in (copy.copy(iterator), pickle.loads(pickle.dumps(iterator))):
        print(type(copied).__name__, head(copied, 3), end=" ")
    print(head(iterator, 3), operator.length_hint(iterator, -1), type(iterator.__reduce__()).__name__)
for wrong in (lambda: it.count("x"), lambda: it.count(1, "x"), lambda: it.count(1, 2, 3), lambda: it.islice([]), lambda: it.islice([], -1), lambda: it.islice([], 1, 2, 0), lambda: it.islice([], "x"), lambda: it.islice([], 1.0), lambda: it.islice([], 2**64), lambda: it.islice(5, 1), lambda: it.chain(step=1), lambda: it.chain.from_iterable(5), lambda: it.cycle(), lambda: it.cycle(5), lambda: it.repeat(), lambda: it.repeat(1, "x"), lambda: it.repeat(1, None), lambda: it.repeat(1, times=2.0), lambda: it.accumulate(), lambda: it.accumulate([], 5).__next__(), lambda: next(it.accumulate([1, 2], 5)) and list(it.accumulate([1, 2], 5)), lambda: it.groupby(), lambda: it.groupby([], 1, 2), lambda: list(it.groupby([1], 5)), lambda: it.tee([], -1), lambda: it.tee(5), lambda: it.tee([], "x"), lambda: it.product("a", repeat=-1), lambda: it.product(5), lambda: it.product("a", nope=1), lambda: it.permutations("a", -1), lambda: it.permutations("a", "x"), lambda: it.combinations("a"), lambda: it.combinations("a", -1), lambda: it.combinations(5, 1), lambda: it.combinations("a", None), lambda: it.zip_longest("a", fill=1), lambda: it.zip_longest(5), lambda: it.pairwise(), lambda: it.pairwise(5), lambda: it.compress("a"), lambda: it.compress(5, 5), lambda: it.starmap(5), lambda: list(it.starmap(5, [(1,)])), lambda: it.takewhile(1), lambda: list(it.takewhile(5, [1])), lambda: it.filterfalse(1, 2), lambda: it.dropwhile(None, [1]).__next__(), lambda: it.repeat(1).__length_hint__(), lambda: it.product("ab", repeat=2**62), lambda: len(it.count())):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
