"""Generators: yield, send, throw, close, yield from, generator expressions."""

def count(n):
    i = 0
    while i < n:
        yield i
        i += 1

print(list(count(4)), sum(count(10)), max(count(5)))
g = count(2)
print(next(g), next(g), next(g, "done"), next(g, "still"))

def echo():
    received = None
    while True:
        received = yield received
        if received == "stop":
            return "returned"

g = echo()
print(next(g), g.send(1), g.send("two"))
try:
    g.send("stop")
except StopIteration as stop:
    print("value", stop.value)

def guarded():
    try:
        yield 1
        yield 2
    except ValueError as error:
        print("caught", error)
        yield "recovered"
    finally:
        print("closing")

g = guarded()
print(next(g), g.throw(ValueError("thrown")), next(g, None))
g = guarded()
next(g)
g.close()
print(list(g))

def flatten(tree):
    for item in tree:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item

print(list(flatten([1, [2, [3, [4]], 5], []])))

def delegate():
    result = yield from echo()
    print("inner gave", result)
    yield "end"

g = delegate()
print(next(g), g.send("a"), g.send("stop"), list(g))
print(sum(x * x for x in range(10) if x % 2), [*count(3)], {*count(3)}, (*count(2), 9))
pairs = ((a, b) for a in "ab" for b in range(2))
print(next(pairs), list(pairs))
a, b, c = count(3)
print(a, b, c)

def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b

f = fibonacci()
print([next(f) for _ in range(15)])
try:
    next(count(0))
except StopIteration:
    print("empty")
