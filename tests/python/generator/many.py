"""Thousands of suspended generators, deep delegation, generators holding each other, finalisation order."""

def worker(k):
    total = k
    while True:
        x = yield total
        if x is None:
            return total
        total += x

gens = [worker(k) for k in range(2000)]
for g in gens:
    next(g)
for step in range(1, 4):
    for g in gens:
        g.send(step)
results = []
for g in gens:
    try:
        g.send(None)
    except StopIteration as stop:
        results.append(stop.value)
print(len(results), results[:3], results[-1], sum(results))

def chain(n):
    g = iter([1, 2, 3])
    for _ in range(n):
        g = (lambda it: (x + 1 for x in it))(g)
    return g

print(list(chain(100)), sum(chain(200)))

def nest(n):
    if n:
        yield from nest(n - 1)
    yield n

print(sum(nest(200)), list(nest(3)))
order = []
def tracked(name):
    try:
        yield name
        yield name
    finally:
        order.append(name)

held = [tracked(i) for i in range(5)]
for g in held:
    next(g)
held[1:3] = []
print(order)
held.pop()
del held[0]
print(order)
held.clear()
print(order)
order.clear()
def holder():
    inner = tracked("inner")
    yield next(inner)
    yield next(inner)
h = holder()
print(next(h))
del h
print(order)
ring = []
def member(i):
    while True:
        yield (i, len(ring))
for i in range(5):
    ring.append(member(i))
print([next(g) for g in ring] + [next(g) for g in reversed(ring)])
def ping(n):
    while n:
        n = yield ("ping", n)
def pong(n):
    while n:
        n = yield ("pong", n)
a, b = ping(3), pong(3)
print(next(a), next(b), a.send(2), b.send(2), a.send(1))
for g in (a, b):
    try:
        g.send(0)
    except StopIteration:
        print("end")
def collatz(n):
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1
print(max(range(1, 200), key=lambda n: sum(1 for _ in collatz(n))), max(max(collatz(n)) for n in range(1, 100)))
def locals_kept():
    a, b, c = 1, [2], {"c": 3}
    for i in range(3):
        d = (a, i)
        yield d
        b.append(i)
        c[i] = d
    yield a, b, c
print(list(locals_kept()))
live = [iter(nest(k % 7)) for k in range(300)]
total = 0
while live:
    live = [g for g in live if (v := next(g, None)) is not None and (total := total + v + 1)]
print(total)
