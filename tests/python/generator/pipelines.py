"""Generator programs: pipelines, windows, merging, coroutines as consumers, primes, permutations, state machines."""

def numbers():
    n = 1
    while True:
        yield n
        n += 1

def take(n, it):
    for i, x in enumerate(it):
        if i >= n:
            return
        yield x

def where(f, it):
    return (x for x in it if f(x))

def window(it, size):
    buffer = []
    for x in it:
        buffer.append(x)
        if len(buffer) == size:
            yield tuple(buffer)
            buffer.pop(0)

def merge(a, b):
    a, b = iter(a), iter(b)
    x, y = next(a, None), next(b, None)
    while x is not None or y is not None:
        if y is None or x is not None and x <= y:
            yield x
            x = next(a, None)
        else:
            yield y
            y = next(b, None)

def primes():
    found = []
    for n in numbers():
        if n > 1 and all(n % p for p in found if p * p <= n):
            found.append(n)
            yield n

print(list(take(5, where(lambda n: n % 3 == 1, numbers()))), list(window(range(6), 3)), list(merge([1, 4, 6], [2, 3, 7, 8])))
print(list(take(15, primes())), sum(take(200, primes())), next(where(lambda p: p > 1000, primes())))

def consumer(f):
    def start(*args):
        g = f(*args)
        next(g)
        return g
    return start

@consumer
def averager():
    total, n, average = 0, 0, None
    while True:
        x = yield average
        total, n = total + x, n + 1
        average = total / n

@consumer
def grep(pattern, target):
    while True:
        line = yield
        if pattern in line:
            target.send(line)

@consumer
def collect(out):
    while True:
        out.append((yield))

a = averager()
print([a.send(x) for x in (10, 20, 60)])
out = []
g = grep("py", collect(out))
for line in ("python", "ruby", "pypy", "c"):
    g.send(line)
print(out)

def permutations(items, n=None):
    n = len(items) if n is None else n
    if n == 0:
        yield ()
        return
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:], n - 1):
            yield (x,) + rest

print(list(permutations("abc")), len(list(permutations("abcde", 3))))

@consumer
def machine():
    state = "idle"
    while True:
        event = yield state
        state = {("idle", "go"): "running", ("running", "pause"): "paused", ("paused", "go"): "running", ("running", "stop"): "idle"}.get((state, event), state)

m = machine()
print([m.send(e) for e in "go pause stop go stop go".split()])

def scheduler(*tasks):
    ready = list(tasks)
    while ready:
        task = ready.pop(0)
        try:
            yield next(task)
            ready.append(task)
        except StopIteration:
            pass

def job(name, n):
    for i in range(n):
        yield f"{name}{i}"

print(list(scheduler(job("a", 3), job("b", 1), job("c", 2))))

def fib():
    a, b = 0, 1
    while True:
        jump = yield a
        a, b = b, a + b
        if jump:
            for _ in range(jump):
                a, b = b, a + b

f = fib()
print([next(f) for _ in range(8)], f.send(5), next(f))
def groups(it, key):
    it = iter(it)
    try:
        x = next(it)
    except StopIteration:
        return
    while True:
        k, part = key(x), [x]
        for x in it:
            if key(x) != k:
                break
            part.append(x)
        else:
            yield k, part
            return
        yield k, part
print(list(groups([1, 1, 2, 3, 3, 3], lambda x: x)), list(groups("", len)), dict(groups(["a", "b", "cc", "dd", "e"], len)))
lines = "a=1\nb = 2\n\n#c\nc=x".splitlines()
pairs = ((k.strip(), v.strip()) for k, _, v in (line.partition("=") for line in lines if line and line[0] != "#"))
print(dict(pairs), list(zip(*window(numbers(), 2).__class__ and [range(3)])), max(len(list(take(n, numbers()))) for n in range(5)))
