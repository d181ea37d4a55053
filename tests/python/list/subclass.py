"""Subclasses of list: overriding, what builtins honour, class attributes and identity of results."""

class L(list):
    def __init__(self, *args, tag=None):
        super().__init__(*args)
        self.tag = tag
    def append(self, x):
        super().append(("appended", x))
    def __getitem__(self, i):
        return ("got", super().__getitem__(i))
    def __len__(self):
        return 100
    def __contains__(self, x):
        return x == "magic"
    def __repr__(self):
        return f"L({list.__repr__(self)}, {self.tag})"

l = L([1, 2], tag="t")
l.append(3)
l += [4]
l.extend([5])
print(l, l[0], l[1:2], len(l), list.__len__(l), "magic" in l, 1 in l, list(l), [*l], bool(L()))
print(type(l + [1]).__name__, type(l * 2).__name__, type(l[:]).__name__, type(l.copy()).__name__, type(sorted(l, key=str)).__name__)
l.insert(0, "first")
l.sort(key=str)
print(l, l.pop(), l.index(2), list(reversed(L("ab"))) if False else "-")

class Iter(list):
    def __iter__(self):
        return iter(["overridden"])

i = Iter([1, 2])
print(list(i), tuple(i), [*i], sorted(i), ",".join(Iter(["a"])), [x for x in i], sum([], i) if False else "-", set(i), i == [1, 2], 1 in i, max(i), dict.fromkeys(i))
a, = i
print(a)
x = []
x += i
x.extend(i)
x[0:0] = i
print(x)

class Stack:
    def __init__(self):
        self._items = []
    def __getattr__(self, name):
        return getattr(self._items, name)

s = Stack()
s.append(1)
s.extend([2, 3])
print(s.pop(), s._items, s.count(1))

class Fixed(list):
    __slots__ = ()
    def __setitem__(self, i, v):
        raise TypeError("immutable")

f = Fixed("ab")
try:
    f[0] = 1
except TypeError as error:
    print(error)
f.append("c")
print(f, hasattr(f, "__dict__"), f == ["a", "b", "c"], f < ["b"], Fixed([1]) + Fixed([2]))

class Missing(list):
    def __getitem__(self, i):
        try:
            return super().__getitem__(i)
        except IndexError:
            return None

print(Missing([1])[5], Missing([1])[0], list.__getitem__(Missing([7]), 0))
class Init(list):
    pass
print(Init("abc"), Init(range(3)), Init(), type(Init()).__name__, Init.__new__(Init, "ignored"), isinstance(Init(), list))
