"""Keys with their own __hash__ and __eq__: collisions, identity shortcut, failures, mutation inside comparison."""

class K:
    def __init__(self, h, v):
        self.h, self.v = h, v
    def __hash__(self):
        return self.h
    def __eq__(self, other):
        compared.append((self.v, getattr(other, "v", other)))
        return isinstance(other, K) and self.v == other.v
    def __repr__(self):
        return f"K{self.v}"

compared = []
d = {K(1, i): i for i in range(6)}
print(len(d), len(compared) > 0)
compared.clear()
print(d[K(1, 3)], K(1, 9) in d, len(compared) > 0, d.get(K(2, 0)))
del d[K(1, 0)]
print(d, d.pop(K(1, 5)), list(d.values()))
same = K(7, "same")
compared.clear()
d = {same: 1}
print(d[same], compared)

class BadHash:
    def __hash__(self):
        raise ValueError("no hash")

class NotIntHash:
    def __hash__(self):
        return "x"

class BigHash:
    def __hash__(self):
        return 10**30

class BadEq:
    def __hash__(self):
        return 1
    def __eq__(self, other):
        raise ValueError("no eq")

class EqOnly:
    def __eq__(self, other):
        return True

for f in (lambda: {BadHash(): 1}, lambda: {}.get(BadHash()), lambda: hash(NotIntHash()), lambda: {EqOnly(): 1}, lambda: {BadEq(): 1, BadEq(): 2}, lambda: {1: 1}[BadEq()], lambda: {1} | {BadEq()}, lambda: BadHash() in set()):
    try:
        print(f())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(hash(BigHash()) == hash(10**30), {BigHash(): "big"} is not None, EqOnly.__hash__, hash(None) == hash(None))

class Child(K):
    def __eq__(self, other):
        return super().__eq__(other)

try:
    hash(Child(1, 2))
except TypeError as error:
    print(error)

class Mutator:
    def __hash__(self):
        return 5
    def __eq__(self, other):
        target.clear()
        return False

target = {}
target[Mutator()] = 1
target[Mutator()] = 2
print(len(target))
d = {1: "int", "1": "str", (1,): "tuple", frozenset([1]): "fs", None: "none", True: "overwrites 1"}
print(d, d[1.0], d[frozenset({1})])
table = {}
for i in range(500):
    table[(i % 10, i // 10)] = i
    table[str(i)] = i
    table[i * 0.5] = i
print(len(table), table[3, 7], table["77"], table[12.5], table[5], sum(v for k, v in table.items() if isinstance(k, tuple)))
