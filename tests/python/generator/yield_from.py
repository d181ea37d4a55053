"""yield from: delegation of send, throw and close, return values, to iterators without those methods, recursion."""

def inner():
    try:
        while True:
            try:
                x = yield "inner ready"
                print("inner got", x)
                if x == "stop":
                    return "inner result"
            except ValueError as e:
                print("inner handles", e)
    finally:
        print("inner finally")

def outer():
    try:
        result = yield from inner()
        print("outer got", result)
        yield "outer ready"
    except KeyError as e:
        print("outer handles", repr(e))
        yield "recovered"

g = outer()
print(next(g), g.send(1), g.throw(ValueError("v")), g.gi_yieldfrom.__name__, g.send("stop"), next(g, "exhausted"))
g = outer()
next(g)
print(g.throw(KeyError("k")), next(g, None))
g = outer()
next(g)
g.close()

def delegate(it):
    return (yield from it)

def run(it, sends):
    g = delegate(it)
    out = []
    try:
        out.append(next(g))
        for s in sends:
            out.append(g.send(s))
    except Exception as e:
        out.append(repr(e))
    return out

print(run([1, 2, 3], [None, None, None]), run("ab", [5]), run(iter(range(3)), [None, 1]), run({"k": 1}, [None]), run(5, []), run((x for x in [1]), ["ignored"]))

class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("it's value")
        return self.n
    def send(self, v): return ("sent", v)
    def throw(self, *a): return ("thrown", len(a), a[0].__name__ if isinstance(a[0], type) else repr(a[0]))
    def close(self): print("it closed")

print(run(It(), [None, "x", None, None]))
g = delegate(It())
next(g)
print(g.throw(ValueError("q")), g.send(9))
g.close()

class BadClose(It):
    def close(self): raise OSError("bad close")

g = delegate(BadClose())
next(g)
try:
    g.close()
except OSError as e:
    print(repr(e), repr(e.__context__))

def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)

print(list(tree(4)), sum(tree(8)))

def count(n):
    total = 0
    while n:
        total += yield n
        n -= 1
    return total

def driver():
    a = yield from count(2)
    b = yield from count(3)
    return a, b

g = driver()
values = [next(g)]
try:
    while True:
        values.append(g.send(len(values)))
except StopIteration as stop:
    print(values, stop.value)

def deep(n):
    if n == 0:
        x = yield "bottom"
        return x
    return (yield from deep(n - 1)) + 1

g = deep(50)
print(next(g))
try:
    g.send(100)
except StopIteration as stop:
    print(stop.value)

def chain(*its):
    for it in its:
        yield from it

print(list(chain("ab", range(2), chain([None]), {})), dict(chain(zip("xy", range(2)))))
def self_delegate():
    yield 1
    yield from me
me = self_delegate()
try:
    print(list(me))
except ValueError as e:
    print(e)
def empty():
    yield from ()
    return (yield from iter([]))
print(list(empty()), next(delegate(iter([])), "none"), list(delegate(x for x in [0, 1])))
