"""Augmented assignment: what is evaluated once and in which order, what is stored after a failure, targets of every kind."""


def attempt(action):
    try:
        print("ok", action())
    except Exception as error:
        print(type(error).__name__, error)


def say(text, value):
    print(text, end=" ")
    return value


class Box:
    def __init__(self, items):
        object.__setattr__(self, "items", items)

    def __getitem__(self, key):
        print("get", key, end=" ")
        return self.items[key]

    def __setitem__(self, key, value):
        print("set", key, value)
        self.items[key] = value

    def __getattr__(self, name):
        print("getattr", name, end=" ")
        return 10

    def __setattr__(self, name, value):
        print("setattr", name, value)


box = Box({1: 5, "k": [1]})
say("object", box)[say("key", 1)] += say("value", 2)
say("object", box).field -= say("value", 3)
say("object", box)[say("key", "k")] += say("value", (2, 3))
attempt(lambda: exec("say('o', box)[say('k', 9)] *= say('v', 2)", globals()))
attempt(lambda: exec("say('o', box)[say('k', 1)] @= say('v', 2)", globals()))
t = ([1], 2)
attempt(lambda: exec("t[0] += [5]", globals()))
print(t)
attempt(lambda: exec("t[1] += 1", globals()))
attempt(lambda: exec("t += 1", globals()))
t += (3,)
print(t)
x = y = [1]
x += "ab"
x *= 2
print(y is x, y)
x = y = (1,)
x += (2,)
print(x, y)
x = y = {1}
x |= {2}
x -= {1}
x ^= {2, 3}
x &= {3, 4}
print(x, y is x)
attempt(lambda: exec("y |= [1]", globals()))
attempt(lambda: exec("y += {1}", globals()))
f = frozenset({1})
g = f
f |= {2}
print(sorted(f), g)
d = e = {"a": 1}
d |= [("b", 2)]
d |= {"a": 3}
print(d, e is d)
attempt(lambda: exec("d |= 5", globals()))
attempt(lambda: exec("d |= ['abc']", globals()))
attempt(lambda: exec("d += {}", globals()))
a = [0, 1, 2, 3, 4, 5]
a[1:3] += [9, 9]
a[::2] *= 1
print(a)
attempt(lambda: exec("a[::2] += [1]", globals()))
i = 0
a[(i := i + 1)] += i
print(a, i)
b = bytearray(b"ab")
c = b
b += b"c"
b *= 2
print(c, b is c)
attempt(lambda: exec("b += 'x'", globals()))
attempt(lambda: exec("b += [1]", globals()))
v = memoryview(b)
attempt(lambda: exec("b += b'x'", globals()))
v.release()


class InPlace:
    def __init__(self, result):
        self.result = result

    def __iadd__(self, other):
        return self.result

    def __add__(self, other):
        return "add"


n = InPlace(None)
n += 1
print(n)
n = InPlace(NotImplemented)
n += 1
print(n)


class NoneInPlace(InPlace):
    __iadd__ = None


n = NoneInPlace(1)
attempt(lambda: exec("n += 1", globals()))


def unbound():
    z += 1


def unbound_by_del():
    z = 1
    del z
    z -= 1


def nested():
    count = 0

    def bump():
        nonlocal count
        count += 1
        return count
    return bump() + bump() * 10


attempt(unbound)
attempt(unbound_by_del)
attempt(nested)
attempt(lambda: exec("missing_name += 1", {}))
attempt(lambda: exec("class K:\n    i += 1\n    j = i", globals()))


class K:
    i += 100


print(i, K.i)


class Descr:
    def __get__(self, obj, cls):
        print("get", obj is None, end=" ")
        return 1

    def __set__(self, obj, value):
        print("set", value)


class Owner:
    d = Descr()


o = Owner()
o.d += 4
Owner.d += 5
print(Owner.d)
for source in ("f() += 1", "(a, b) += 1", "[a] += 1", "a + b += 1", "1 += 1", "None += 1", "*a += 1", "a: int += 1", "a += b += 1", "(yield) += 1", "x if y else z += 1", "a.b, c += 1", "'s' += 1", "f'{x}' += 1", "(a) += 1; (a.b) = 1",
               "__debug__ += 1", "a += yield", "a += *b", "a += *b,", "a += b, c", "{1} += 1", "... += 1", "not a += 1", "(x := 1) += 1", "lambda: 0 += 1"):
    try:
        compile(source, "<s>", "exec")
        print(source, "| compiles")
    except SyntaxError as error:
        print(source, "|", error.msg, error.offset, error.end_offset)
