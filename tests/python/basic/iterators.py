"""The iterator protocol: __iter__, __next__, iter with a sentinel, zip, map, enumerate, reversed."""

class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return CountIterator(self.n)

class CountIterator:
    def __init__(self, n):
        self.i, self.n = 0, n

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i

c = Count(3)
print(list(c), list(c), tuple(c), sum(c), [*c], 2 in c, 7 in c)
for a in c:
    for b in c:
        print(a * b, end=" ")
print()

class Old:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * 10

print(list(Old()), 20 in Old(), [x for x in Old()])
it = iter([1, 2, 3])
print(next(it), list(it), next(it, "default"))
values = [5, 4, 0, 3]
print(list(iter(lambda: values.pop(0), 0)), values)
print(list(zip([1, 2, 3], "ab")), list(enumerate("ab", 5)), list(map(lambda a, b: a + b, [1, 2], [10, 20])))
print(list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(4))), list(filter(lambda x: x > 1, c)))
try:
    list(zip([1], [1, 2], strict=True))
except ValueError as error:
    print(error)

class Rev:
    def __len__(self):
        return 3
    def __getitem__(self, i):
        return i

print(list(reversed(Rev())))
for bad in (5, None, object):
    try:
        iter(bad)
    except TypeError as error:
        print(error)
z = zip(*[iter(range(6))] * 2)
print(list(z))
a = iter(c)
print(a is iter(a), next(a))

class Bad:
    def __iter__(self):
        return 5

try:
    for x in Bad():
        pass
except TypeError as error:
    print(error)
print(min(c), max(c), sorted(c, reverse=True), dict(enumerate(c)), set(c))
x, y, z = c
print(x, y, z)
