"""Subclasses of set and frozenset, __hash__ rules, sets of instances, comparison with custom types."""

class S(set):
    def __init__(self, *args):
        super().__init__(*args)
        self.note = "noted"
    def add(self, x):
        super().add(x * 2)
    def __contains__(self, x):
        return x == "always" or super().__contains__(x)

s = S([1, 2])
s.add(5)
print(sorted(s), "always" in s, 10 in s, 5 in s, s.note, len(s), type(s | {1}).__name__, type(s.copy()).__name__, type(s & s).__name__, type({1} | s).__name__, type(s - {1}).__name__)
s |= {7}
s.update([8])
print(sorted(s), type(s).__name__, repr(S([1])), s == {1, 2, 7, 8, 10}, s > {1}, bool(S()))

class F(frozenset):
    def __new__(cls, items):
        return super().__new__(cls, [i.upper() for i in items])
    def __hash__(self):
        return 42

f = F("ab")
print(sorted(f), hash(f), type(f | f).__name__, f == frozenset("AB"), {f: 1}[F("ba")], repr(F("a")), type(f.copy()).__name__)

class Person:
    def __init__(self, name, age):
        self.name, self.age = name, age
    def __eq__(self, other):
        return isinstance(other, Person) and self.name == other.name
    def __hash__(self):
        return hash(self.name)
    def __repr__(self):
        return f"{self.name}/{self.age}"

people = {Person("a", 1), Person("b", 2)}
people.add(Person("a", 99))
print(sorted(people, key=repr), len(people), Person("b", 0) in people, people & {Person("b", 50)}, {Person("b", 50)} & people)
people.discard(Person("a", 0))
print(people, people - {Person("b", 7)}, people ^ {Person("c", 3), Person("b", 9)})

class Other:
    def __ror__(self, other):
        return "ror"
    def __rand__(self, other):
        return "rand"
    def __gt__(self, other):
        return "gt"
    def __eq__(self, other):
        return "eq"

print({1} | Other(), {1} & Other(), {1} < Other(), {1} == Other())
try:
    {1} - Other()
except TypeError as error:
    print(error)

class Iterable:
    def __iter__(self):
        return iter([1, 2, 3])

print({1}.union(Iterable()), {1} >= {1}, {1, 5}.intersection(Iterable()), {2}.issubset(Iterable()), set(Iterable()), {9}.isdisjoint(Iterable()))

class Breaks:
    def __iter__(self):
        yield 1
        raise KeyError("broke")

s = {0}
for m in (s.update, s.intersection_update, s.difference, s.issuperset, s.symmetric_difference_update):
    try:
        print(m(Breaks()))
    except KeyError as error:
        print("KeyError", error, s)
print(set.__or__({1}, {2}), set.__or__({1}, [2]), {1}.__le__([1]), {1}.__eq__([1]), set.union({1}, [2], [3]), frozenset.__and__(frozenset([1]), {1}))
