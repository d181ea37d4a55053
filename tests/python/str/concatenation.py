# a + b of strs: kinds, sizes, what grows in place and what must not, subclasses with operators of their own.


class S(str):
    pass


class Adds(str):
    def __add__(self, other):
        return ("add", str(self), other)


class AddsRight(str):
    def __radd__(self, other):
        return ("radd", other, str(self))


texts = ["", "a", "hello ", "x" * 7, "y" * 8, "z" * 15, "w" * 16, "v" * 17, "u" * 900, "t" * 1000, "s" * 70000, "\xe9", "na\xefve", "\u20ac", "\U0001f40d",
         "mixed \u20ac \U0001f40d"]


def add(a, b):
    return a + b


def add_constant(a):
    return a + "constant", "constant" + a, a + "", "" + a, a + "\xfc", "\u20ac" + a


for a in texts:
    for b in texts:
        r = add(a, b)
        assert len(r) == len(a) + len(b) and r.startswith(a) and r.endswith(b) and r.isascii() == (a.isascii() and b.isascii()), (a, b)
        assert r == "".join([a, b]) and hash(r) == hash("".join([a, b])), (a, b)
    print([len(x) for x in add_constant(a)], [x[-9:] for x in add_constant(a)[:2]])

for a, b in [(S("s"), "t"), ("s", S("t")), (Adds("s"), "t"), ("s", Adds("t")), ("s", AddsRight("t")), (AddsRight("s"), "t"), (S("s"), AddsRight("t"))]:
    r = add(a, b)
    print(type(r).__name__, r)
for a, b in [("a", 1), ("a", None), ("a", b"b"), (1, "a"), (None, "a"), (b"a", "b"), ("a", ["b"])]:
    try:
        print(add(a, b))
    except TypeError as e:
        print(e)
    try:
        print("k" + b)
    except TypeError as e:
        print(e)


def grow(n):
    s = "start "
    other = s
    kept = []
    for i in range(n):
        s = s + "ab"
        kept.append(s)
        s += str(i)
    return s, other, kept[:3], len(kept[-1])


print(grow(40))


def doubled(s, n):
    for _ in range(n):
        s = s + s
    return s


print(len(doubled("ab", 10)), doubled("x", 3), doubled("\u20ac", 2))


def chain(a, b, c):
    return a + b + c + a, (a + b) + (b + c), a + "-" + b + "-" + c


print(chain("one", "two", "three"))
print(chain("1", "\xe9", "\u20ac"))


def hashed():
    s = "grown text that is long enough to grow"
    table = {s: 1}
    s += "!"
    hash(s)
    table[s] = 2
    s += "!"
    return sorted(table.items()), s


print(hashed())


class Holder:
    text = "class text "


def attribute():
    h = Holder()
    h.text = h.text + "more"
    h.text += " and more"
    return h.text, Holder.text


print(attribute())
