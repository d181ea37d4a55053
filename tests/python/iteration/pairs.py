"""for with two targets over enumerate, dict items and zip, which weft steps without making the pairs."""
import sys
import traceback


def show(*values):
    print(*values)


def warm(n=40):
    total = 0
    for i, x in enumerate(range(n)):
        total += i * x
    for k, v in {j: j + 1 for j in range(n)}.items():
        total += k * v
    for a, b in zip(range(n), [1] * n):
        total += a - b
    return total


show(warm())

# Targets of every kind.
class Holder:
    pass


def targets():
    h, d, l = Holder(), {}, [0, 0]
    for h.index, h.value in enumerate("ab"):
        show(h.index, h.value)
    for d["k"], l[1] in {"x": 1, "y": 2}.items():
        show(d, l)
    for i, (a, *b) in enumerate([(1, 2, 3), "xyz"]):
        show(i, a, b)
    for (i, a), (j, b) in zip(enumerate("pq"), enumerate("rs", 5)):
        show(i, a, j, b)
    for i, i in enumerate("mn"):
        show(i)
    global g1, g2
    for g1, g2 in zip("ab", "cd"):
        pass
    show(g1, g2)
    show([(k, v) for k, v in {"a": 1}.items()], {v: k for k, v in {"a": 1}.items()}, {a + b for a, b in zip([1], [2])})


targets()


# A cell as a target, and a generator's frame.
def cells():
    fs = []
    for i, x in enumerate("abc"):
        fs.append(lambda: (i, x))
    show([f() for f in fs])

    def gen():
        for k, v in {1: 2, 3: 4}.items():
            yield k
            yield v
    show(list(gen()))


cells()


# The ends of iterators.
def ends():
    e = enumerate([1, 2])
    for i, x in e:
        pass
    show(i, x, list(e))
    z = zip([1, 2, 3], it := iter([4]))
    for a, b in z:
        pass
    show(a, b, next(z, "end"), next(it, "end"))
    for strict in (zip([1, 2], [3], strict=True), zip([1], [3, 4], strict=True)):
        try:
            for a, b in strict:
                show(a, b)
        except ValueError as error:
            show(error)
    for a, b in zip([1], [2], strict=True):
        show(a, b)
    for i, x in enumerate([], 3):
        show("never")
    for i, x in enumerate("ab", 2**61 - 2):
        show(i)
    for i, x in enumerate("abc", 2**61 - 1):
        show(i)
    for i, x in enumerate("ab", -1):
        show(i)


ends()


# Other numbers of iterators: pairs must still be told from others.
def counts():
    for row in (zip(), zip([(1, 2)]), zip([1], [2], [3])):
        try:
            for a, b in row:
                show("got", a, b)
            show("done")
        except (TypeError, ValueError) as error:
            show(type(error).__name__, error)


counts()


# Subclasses go their own way.
class MyEnumerate(enumerate):
    def __next__(self):
        i, x = super().__next__()
        return x, i


class MyDict(dict):
    def items(self):
        return [("my", "items")]


class MyZip(zip):
    pass


def subclasses():
    for a, b in MyEnumerate("ab"):
        show(a, b)
    for a, b in MyDict(x=1).items():
        show(a, b)
    for a, b in MyZip("ab", "cd"):
        show(a, b)


subclasses()


# One site, all kinds.
def polymorphic():
    out = []
    kinds = [enumerate("ab"), {"k": 1}.items(), zip("ab", "cd"), [(1, 2)], ((3, 4),), iter([[5, 6]]), (p for p in ["78"]), reversed([(9, 0)]),
             {"ab"}, zip([1], [2], [3])]
    for _ in range(4):
        for it in kinds:
            try:
                for a, b in it:
                    out.append((a, b))
            except ValueError as error:
                out.append(str(error))
    return out


show(polymorphic())


# Exceptions from within.
class Bad:
    def __init__(self, error):
        self.left, self.error = 2, error

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise self.error
        return self.left


def raising():
    for error in (KeyError("k"), StopIteration("s")):
        for make in (lambda: enumerate(Bad(error)), lambda: zip("abc", Bad(error)), lambda: zip(Bad(error), "abc")):
            got = []
            try:
                for a, b in make():
                    got.append((a, b))
            except KeyError as e:
                got.append(repr(e))
            show(got)
    d = {i: i for i in range(5)}
    try:
        for k, v in d.items():
            d[k + 10] = v
    except RuntimeError as error:
        show(error)
    d = {i: i for i in range(3)}
    try:
        for k, v in d.items():
            del d[k]
            d[k + 10] = v
    except RuntimeError as error:
        show(error)
    d = {i: [i] for i in range(4)}
    for k, v in d.items():
        d[k] = "new"
        show(k, v)
    show(d)


raising()


def where():
    for (
        a,
        b,
    ) in enumerate(
        Bad(OSError("here"))
    ):
        c = a / (b - 1
                 if a else 1)


try:
    where()
except (OSError, ZeroDivisionError):
    print(traceback.format_exc().replace(__file__, "FILE"))


# What a loop drops, and when.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        show("del", self.name, sys._getframe(1).f_lineno - sys._getframe(1).f_code.co_firstlineno)


def noisy():
    for i, x in enumerate(Noisy(n) for n in "abc"):
        show(i, x.name)
    x = None
    for a, b in zip((Noisy("k%d" % n) for n in range(2)), (Noisy("v%d" % n) for n in range(2))):
        show(a.name, b.name)
    a = b = None
    show("end")


noisy()


# Changing a list under enumerate.
def growing():
    l = [1, 2]
    for i, x in enumerate(l):
        if i < 5:
            l.append(i)
    show(l)
    for i, x in enumerate(l):
        l.pop()
    show(l)


growing()


# Traced: line events as ever.
def traced():
    events = []

    def tracer(frame, event, arg):
        if frame.f_code.co_name == "body":
            events.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
            return tracer

    def body():
        for i, x in enumerate("ab"):
            y = i
        for k, v in {"a": 1}.items():
            y = k

    body()
    sys.settrace(tracer)
    body()
    sys.settrace(None)
    show(events)


traced()

# At module level the targets are names.
for i, x in enumerate("xy"):
    show(i, x)
for k, v in zip("ab", "cd"):
    show(k, v)
