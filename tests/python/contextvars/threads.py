# Each thread starts with an empty context; contexts are copied, shared for reading and handed over between threads.
import contextvars
import decimal
import threading
import queue

var = contextvars.ContextVar("var", default="default")
other = contextvars.ContextVar("other")
var.set("main")
lines = []


def plain(i):
    lines.append((i, var.get(), len(contextvars.copy_context())))
    var.set(i)
    for k in range(200):
        token = other.set(k)
        assert other.get() == k and var.get() == i
        if k % 2:
            other.reset(token)
    lines.append((i, var.get(), other.get()))


threads = [threading.Thread(target=plain, args=(i,)) for i in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for line in sorted(lines, key=str):
    print(line)
print(var.get(), other.get(None))

# A context cannot run in two threads at once.
shared = contextvars.copy_context()
entered, release = threading.Event(), threading.Event()


def hold():
    var.set("held")
    entered.set()
    release.wait()


t = threading.Thread(target=shared.run, args=(hold,))
t.start()
entered.wait()
try:
    shared.run(print)
except RuntimeError as e:
    print(str(e).split("<")[0], str(e).rsplit(">")[-1])
print(shared[var], var.get())
release.set()
t.join()
shared.run(lambda: print(var.get()))

# Readers of a context that another thread changes see whole maps.
ctx = contextvars.Context()
pairs = [contextvars.ContextVar(f"p{i}") for i in range(20)]
stop = threading.Event()
bad = []


def write():
    for k in range(300):
        for p in pairs:
            p.set(k)
    stop.set()


def read():
    while not stop.is_set():
        values = list(ctx.copy().values())
        if values != sorted(values, reverse=True):
            bad.append(values)
        if any(v not in pairs for v in ctx):
            bad.append("key")


readers = [threading.Thread(target=read) for _ in range(3)]
for r in readers:
    r.start()
ctx.run(write)
for r in readers:
    r.join()
print("whole maps:", not bad, set(ctx.values()))

# Jobs carry the context of who submitted them.
jobs, done = queue.Queue(), queue.Queue()


def worker():
    while (job := jobs.get()) is not None:
        context, f = job
        done.put(context.run(f))


workers = [threading.Thread(target=worker) for _ in range(3)]
for w in workers:
    w.start()
for i in range(10):
    var.set(f"request {i}")
    jobs.put((contextvars.copy_context(), lambda: var.get()))
for _ in workers:
    jobs.put(None)
for w in workers:
    w.join()
print(sorted(done.get() for _ in range(10)))

# decimal keeps its precision in a context variable.
results = []


def divide(precision):
    with decimal.localcontext() as c:
        c.prec = precision
        results.append((precision, str(decimal.Decimal(1) / 7)))


threads = [threading.Thread(target=divide, args=(p,)) for p in (5, 10, 20)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results), decimal.getcontext().prec)
