"""Comparison, repr of self-containing lists, identity shortcuts, membership, hashing errors."""

nan = float("nan")
print([nan] == [nan], [nan] == [float("nan")], nan in [nan], [nan].index(nan), [nan].count(nan), [1, nan] < [1, nan])
a = []
a.append(a)
print(a, repr([a, a]), a == a)
b = [1, [2]]
b[1].append(b)
print(b)
try:
    c = []
    c.append(c)
    print(a == c)
except RecursionError as error:
    print("RecursionError", error)

class Noisy:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        print(f"eq {self.n}", end=" ")
        return isinstance(other, Noisy) and self.n == other.n
    def __lt__(self, other):
        print(f"lt {self.n}", end=" ")
        return self.n < other.n
    def __repr__(self):
        return f"N{self.n}"

x = [Noisy(1), Noisy(2), Noisy(3)]
y = [Noisy(1), Noisy(5)]
print(x == y, x < y, x != y, x == x, x > y if False else "-")
print(x == [x[0], x[1], x[2]], [x[0]] in [[x[0]]])

class RaisingEq:
    def __eq__(self, other):
        raise ValueError("no comparing")

for f in (lambda: [RaisingEq()] == [1], lambda: 1 in [RaisingEq()], lambda: [1, RaisingEq()].index(2), lambda: [RaisingEq()].count(3), lambda: [RaisingEq()].remove(0)):
    try:
        print(f())
    except ValueError as error:
        print(error)
for l in ([], [None], ["a", b"b", 1.5, (1,), {1}, {2: 3}, ..., int, len, slice(1)], [[[]]], ["it's", 'q"'], [True, -0.0]):
    print(l, str(l) == repr(l), len(repr(l)))

class BadRepr:
    def __repr__(self):
        raise KeyError("bad repr")

try:
    repr([1, BadRepr()])
except KeyError as error:
    print("KeyError", error)
print([BadRepr() for _ in range(2)] is None, [1, 2, 3] > [1, 2], [2] > [1, 9, 9], [1, "a"] == [1, "a"], [1] == (1,), [] == [], not [], [0] or "x")
try:
    [1, "a"] < [1, 2]
except TypeError as error:
    print(error)
print([1, "a"] < [2, 5], ["a", 1] != ["a", 2], min([3, 1], [2, 9]), max([[1, 2], [1, 3]]), sorted([[2], [1, 5], [1]]))
